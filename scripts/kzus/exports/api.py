"""The JSON API, version 1: static files below /api/v1/.

index.json               the lists, with their addresses
<kind>.json              every entry of a kind in short
<kind>/<id>.json         one entry
sources.json             every source
changes.json             what the record learned, commit by commit
on.json                  what a page needs to answer "what was so on this day?"
schemas/<kind>.json      JSON Schema of an entry's file; <kind>-list.json of a list's
openapi.json             the whole as OpenAPI 3.1
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ..dataset import Dataset
from ..edition import Edition
from ..model.records import Entry
from ..views.changes import learned
from ..views.gone import gone
from ..views.refs import date_of, title_of
from . import convert, shapes
from .base import LICENSE, NAME, Files, address, json_bytes, page

ROOT = "api/v1"
LISTS = (*convert.KINDS, "sources")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The shape of each file, by the name of its schema.
SHAPES: dict[str, Any] = {
    **{kind: shapes.Document[shape] for kind, (shape, _) in convert.KINDS.items()},  # type: ignore[valid-type]
    **{f"{kind}-list": shapes.Listing[shapes.Summary] for kind in convert.KINDS},
    "sources-list": shapes.Listing[shapes.Source],
    "changes-list": shapes.Listing[shapes.Learned],
    "on-list": shapes.AnyDay,
    "index-list": shapes.Listing[shapes.Part],
    "gone": shapes.Gone,
}


def _about(dataset: Dataset, edition: Edition) -> dict[str, str]:
    return {
        "schema_version": shapes.SCHEMA_VERSION,
        "data_version": edition.version,
        "date": dataset.as_of.isoformat(),
        "license": "CC0-1.0",
    }


def _bytes(value: BaseModel) -> bytes:
    """The same form as `json_bytes`, by pydantic's own writer, which is many times as fast."""
    return value.model_dump_json(indent=1).encode() + b"\n"


def _list(dataset: Dataset, edition: Edition, name: str, found: Sequence[Any]) -> Files:
    shape = SHAPES[f"{name}-list"]
    listing = shape(**_about(dataset, edition), count=len(found), data=found)
    yield f"{ROOT}/{name}.json", _bytes(listing)


def record(dataset: Dataset, edition: Edition, entry: Entry) -> bytes:
    """The file of one entry, of a kind in `convert.KINDS`."""
    data = convert.published(dataset, edition, entry)
    return _bytes(SHAPES[entry.kind](**_about(dataset, edition), data=data))


def records(dataset: Dataset, edition: Edition, kind: str) -> Files:
    """A file for each entry of a kind."""
    for key, entry in dataset.of(kind).items():
        yield f"{ROOT}/{kind}/{key}.json", record(dataset, edition, entry)


def lists(dataset: Dataset, edition: Edition) -> Files:
    """Of each kind a list, with its entries in short."""
    for kind in convert.KINDS:
        found = [
            shapes.Summary(
                id=key,
                title=title_of(entry),
                date=date_of(entry),
                url=address(edition, page(entry)),
                api=address(edition, f"{ROOT}/{kind}/{key}.json"),
            )
            for key, entry in dataset.of(kind).items()
        ]
        yield from _list(dataset, edition, kind, found)


def sources(dataset: Dataset, edition: Edition) -> Files:
    """Every source, so that ids in other files can be resolved with one request."""
    found = [convert.source(entry) for entry in dataset.sources.values()]
    return _list(dataset, edition, "sources", found)


def index(dataset: Dataset, edition: Edition) -> Files:
    """The lists of the API."""
    found = [
        shapes.Part(
            kind=kind,
            count=len(dataset.of(kind)),
            url=address(edition, f"{ROOT}/{kind}.json"),
            schema_url=address(edition, f"{ROOT}/schemas/{kind}-list.json"),
        )
        for kind in LISTS
    ]
    return _list(dataset, edition, "index", found)


def changes(dataset: Dataset, edition: Edition) -> Files:
    """What the record learned, commit by commit, newest first."""
    found = [
        shapes.Learned(
            commit=one.commit,
            date=one.day.isoformat(),
            files=one.files,
            summary=one.words,
            changes=[
                convert.build(shapes.Alteration, change, record=f"{change.kind}/{change.id}")
                for change in one.changes
            ],
        )
        for one in learned(edition.revisions)
    ]
    return _list(dataset, edition, "changes", found)


def any_day(dataset: Dataset, edition: Edition) -> Files:
    """Main posts, agreements and events by date, compact."""
    yield f"{ROOT}/on.json", _bytes(convert.any_day(dataset, _about(dataset, edition)))


def moved(dataset: Dataset, edition: Edition) -> Files:
    """Where an id that is no longer there has gone, or why."""
    for one in gone(dataset):
        if one.kind not in convert.KINDS:
            continue
        told = shapes.Gone(
            **_about(dataset, edition),
            kind=one.kind,
            id=one.id,
            moved_to=f"{one.entry.kind}/{one.entry.id}" if one.entry else None,
            withdrawn=None if one.entry else one.reason,
        )
        yield f"{ROOT}/{one.kind}/{one.id}.json", _bytes(told)


def schemas(dataset: Dataset, edition: Edition) -> Files:
    """The shape of each file of the API."""
    for name, shape in sorted(SHAPES.items()):
        path = f"{ROOT}/schemas/{name}.json"
        head = {"$schema": DIALECT}
        if edition.site_url:
            head["$id"] = address(edition, path)
        yield path, json_bytes(head | shape.model_json_schema(mode="serialization"))


def openapi(dataset: Dataset, edition: Edition) -> Files:
    """The API described for machines."""
    refs, definitions = models_json_schema(
        [(shape, "serialization") for shape in dict.fromkeys(SHAPES.values())],
        ref_template="#/components/schemas/{model}",
    )
    value = {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": edition.version,
            "summary": "Static JSON files; every statement names its source.",
            "license": {"name": "CC0 1.0", "url": LICENSE},
        },
        "servers": [{"url": address(edition, ROOT)}],
        "paths": _paths({key: refs[shape, "serialization"] for key, shape in SHAPES.items()}),
        "components": {"schemas": definitions["$defs"]},
    }
    yield f"{ROOT}/openapi.json", json_bytes(value)


def _paths(schemas: dict[str, Any]) -> dict[str, Any]:
    """The operations by path; `schemas` has a reference to each schema by its name."""
    paths = {"/index.json": _operation("index", "What the API holds", schemas["index-list"])}
    for kind in LISTS:
        answer = schemas[f"{kind}-list"]
        paths[f"/{kind}.json"] = _operation(f"list-{kind}", f"All {kind}", answer)
    for key, words in (("changes", "What the record learned"), ("on", "What was so on any day")):
        paths[f"/{key}.json"] = _operation(key, words, schemas[f"{key}-list"])
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    for kind in convert.KINDS:
        # An id may have moved or been withdrawn.
        answer = {"oneOf": [schemas[kind], schemas["gone"]]}
        operation = _operation(f"get-{kind}", f"One of {kind}", answer)
        paths[f"/{kind}/{{id}}.json"] = {**operation, "parameters": [parameter]}
    return paths


def _operation(name: str, summary: str, schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    answers = {"200": {"description": summary, "content": content}}
    answers["404"] = {"description": "There is no such file."}
    return {"get": {"operationId": name, "summary": summary, "responses": answers}}
