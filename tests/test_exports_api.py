"""The JSON API: every published file against its published schema."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from kzus import exports
from kzus.dataset import Dataset, Redirects
from kzus.edition import Edition
from kzus.exports import EXPORTS, api, convert
from kzus.loader import load
from records import AS_OF, MINI

EDITION = Edition("9.8.7", "https://example.org/record/")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    moved = {"people/j-kerry": "people/john-kerry"}
    withdrawn = {"events/2015-11-01-visit": "It was told twice.", "disputes/x": "It was settled."}
    return replace(load(MINI, as_of=AS_OF)[0], redirects=Redirects(moved, withdrawn))


@pytest.fixture(scope="module")
def files(dataset: Dataset) -> dict[str, bytes]:
    found = dict(exports.files(dataset, EDITION))
    return {path: raw for path, raw in found.items() if path.startswith("api/")}


def _schema_of(path: str, value: Any) -> str:
    kind, one, _ = path.removeprefix("api/v1/").removesuffix(".json").partition("/")
    if not one:
        return f"{kind}-list"
    return kind if "data" in value else "gone"


def test_every_file_obeys_its_schema(files: dict[str, bytes]) -> None:
    others = ("schemas/", "openapi.json")
    checked: Counter[str] = Counter()
    for path, raw in files.items():
        if not path.removeprefix("api/v1/").startswith(others):
            value = json.loads(raw)
            name = _schema_of(path, value)
            Draft202012Validator(json.loads(files[f"api/v1/schemas/{name}.json"])).validate(value)
            checked[name] += 1
    assert set(checked) == set(api.SHAPES)
    assert checked["gone"] == 3


def test_every_schema_is_a_schema(files: dict[str, bytes]) -> None:
    for path, raw in files.items():
        if "/schemas/" in path:
            Draft202012Validator.check_schema(json.loads(raw))


def test_openapi_is_valid_and_names_every_file(files: dict[str, bytes]) -> None:
    document = json.loads(files["api/v1/openapi.json"])
    OpenAPIV31SpecValidator(document).validate()
    for path in files:
        short = path.removeprefix("api/v1")
        if not short.startswith(("/schemas/", "/openapi")):
            parts = short.split("/")
            assert short in document["paths"] or f"/{parts[1]}/{{id}}.json" in document["paths"]


def test_openapi_describes_every_answer(files: dict[str, bytes]) -> None:
    document = json.loads(files["api/v1/openapi.json"])
    for path, raw in files.items():
        short = path.removeprefix("api/v1")
        if not short.startswith(("/schemas/", "/openapi")):
            kind = short.split("/")[1]
            operation = document["paths"].get(short) or document["paths"][f"/{kind}/{{id}}.json"]
            answer = operation["get"]["responses"]["200"]["content"]["application/json"]
            schema = {**answer["schema"], "components": document["components"]}
            Draft202012Validator(schema).validate(json.loads(raw))


def test_an_id_that_is_gone_says_where_to_or_why(files: dict[str, bytes]) -> None:
    moved = json.loads(files["api/v1/people/j-kerry.json"])
    assert (moved["moved_to"], moved["withdrawn"]) == ("people/john-kerry", None)
    gone = json.loads(files["api/v1/events/2015-11-01-visit.json"])
    assert (gone["moved_to"], gone["withdrawn"]) == (None, "It was told twice.")


def test_each_file_says_which_edition_it_is(files: dict[str, bytes]) -> None:
    for path, raw in files.items():
        if "/schemas/" in path or path.endswith("openapi.json"):
            continue
        value = json.loads(raw)
        found = (value["schema_version"], value["data_version"], value["date"], value["license"])
        assert found == ("1.0", "9.8.7", "2017-01-31", "CC0-1.0"), path


def test_every_entry_has_a_file_and_the_list_leads_to_it(
    dataset: Dataset, files: dict[str, bytes]
) -> None:
    for kind in convert.KINDS:
        listed = json.loads(files[f"api/v1/{kind}.json"])
        assert [item["id"] for item in listed["data"]] == list(dataset.of(kind))
        for item in listed["data"]:
            assert item["api"].removeprefix("https://example.org/record/") in files


def test_an_agreement_says_its_state_and_an_inherited_statement_its_sources(
    files: dict[str, bytes],
) -> None:
    value = _data(files, "agreements/2015-legal-assistance-treaty")
    assert value["state"]["code"] in ("in-force", "not-shown")
    for statement in value["facts"]:
        assert statement["sources"], "a statement always names its sources"


def _data(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"api/v1/{name}.json"])["data"]


def test_any_day_is_answered_from_one_small_file(dataset: Dataset, files: dict[str, bytes]) -> None:
    value = json.loads(files["api/v1/on.json"])
    main = {office.id for office in dataset.offices.values() if office.main}
    assert {post["id"] for post in value["posts"]} <= main
    days = [change[0] for post in value["posts"] for change in post["turns"]]
    assert all(len(day) == 10 for day in days)
    assert {event["id"] for event in value["events"]} <= set(dataset.events)


def test_addresses_stay_below_the_root_while_the_site_is_nowhere(dataset: Dataset) -> None:
    found = dict(api.index(dataset, Edition("1")))
    value = json.loads(found["api/v1/index.json"])
    assert value["data"][0]["url"] == "/api/v1/events.json"


def test_every_export_is_declared_in_words() -> None:
    for export in EXPORTS:
        assert export.title
        assert export.description.endswith(".")
        assert "/" in export.media_type
    assert len({export.path for export in EXPORTS}) == len(EXPORTS)
