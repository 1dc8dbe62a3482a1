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

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ..dataset import Dataset
from ..edition import Edition
from ..model.records import Entry
from ..views.changes import learned
from ..views.gone import gone
from ..views.refs import date_of, title_of
from . import convert, on, shapes
from .base import LICENSE, NAME, Export, Files, address, json_bytes, page

ROOT = "api/v1"
LISTS = (*convert.KINDS, "sources")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


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


def _one(kind: str) -> Any:
    return shapes.Document[convert.KINDS[kind][0]]  # type: ignore[misc]


def record(dataset: Dataset, edition: Edition, entry: Entry) -> bytes:
    """The file of one entry, of a kind in `convert.KINDS`."""
    data = convert.KINDS[entry.kind][1](dataset, edition, entry)
    return _bytes(_one(entry.kind)(**_about(dataset, edition), data=data))


def records(dataset: Dataset, edition: Edition, kind: str) -> Files:
    """A file for each entry of a kind."""
    for key, entry in dataset.of(kind).items():
        yield f"{ROOT}/{kind}/{key}.json", record(dataset, edition, entry)


def lists(dataset: Dataset, edition: Edition) -> Files:
    """A file for each kind, with its entries in short."""
    about = _about(dataset, edition)
    for kind in convert.KINDS:
        found = [
            shapes.Summary(
                id=key,
                title=title_of(entry),
                date=convert.when(date_of(entry)),
                url=address(edition, page(entry)),
                api=address(edition, f"{ROOT}/{kind}/{key}.json"),
            )
            for key, entry in dataset.of(kind).items()
        ]
        listing = shapes.Listing[shapes.Summary](**about, count=len(found), data=found)
        yield f"{ROOT}/{kind}.json", _bytes(listing)


def sources(dataset: Dataset, edition: Edition) -> Files:
    """Every source, so that ids in other files can be resolved with one request."""
    found = [convert.source(entry) for entry in dataset.sources.values()]
    about = _about(dataset, edition)
    listing = shapes.Listing[shapes.Source](**about, count=len(found), data=found)
    yield f"{ROOT}/sources.json", _bytes(listing)


def index(dataset: Dataset, edition: Edition) -> Files:
    """What the API holds."""
    found = [
        shapes.Part(
            kind=kind,
            count=len(dataset.of(kind)),
            url=address(edition, f"{ROOT}/{kind}.json"),
            schema_url=address(edition, f"{ROOT}/schemas/{kind}-list.json"),
        )
        for kind in LISTS
    ]
    about = _about(dataset, edition)
    listing = shapes.Listing[shapes.Part](**about, count=len(found), data=found)
    yield f"{ROOT}/index.json", _bytes(listing)


def any_day(dataset: Dataset, edition: Edition) -> Files:
    """What was so on any day: main posts, agreements, sessions, events."""
    yield f"{ROOT}/on.json", _bytes(on.value(dataset, _about(dataset, edition)))


def shapes_by_name() -> dict[str, Any]:
    """The shape of each file, by the name of its schema."""
    found = {kind: _one(kind) for kind in convert.KINDS}
    found |= {f"{kind}-list": shapes.Listing[shapes.Summary] for kind in convert.KINDS}
    found["sources-list"] = shapes.Listing[shapes.Source]
    found["changes-list"] = shapes.Listing[shapes.Learned]
    found["on-list"] = shapes.AnyDay
    found["index-list"] = shapes.Listing[shapes.Part]
    return found


def schemas(dataset: Dataset, edition: Edition) -> Files:
    """JSON Schema of each file of the API."""
    for name, shape in sorted(shapes_by_name().items()):
        path = f"{ROOT}/schemas/{name}.json"
        head = {"$schema": DIALECT}
        if edition.site_url:
            head["$id"] = address(edition, path)
        yield path, json_bytes(head | shape.model_json_schema(mode="serialization"))


def openapi(dataset: Dataset, edition: Edition) -> Files:
    """The API as an OpenAPI 3.1 document."""
    named = shapes_by_name()
    inputs = [(shape, "serialization") for shape in dict.fromkeys(named.values())]
    refs, definitions = models_json_schema(
        inputs,  # type: ignore[arg-type]
        ref_template="#/components/schemas/{model}",
    )
    by_name = {name: refs[shape, "serialization"] for name, shape in named.items()}
    value = {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": edition.version,
            "summary": "Static JSON files; every statement names its source.",
            "license": {"name": "CC0 1.0", "url": LICENSE},
        },
        "servers": [{"url": address(edition, ROOT)}],
        "paths": _paths(by_name),
        "components": {"schemas": definitions["$defs"]},
    }
    yield f"{ROOT}/openapi.json", json_bytes(value)


def _paths(by_name: Mapping[str, Any]) -> dict[str, Any]:
    paths = {"/index.json": _operation("index", "What the API holds", by_name["index-list"])}
    for kind in LISTS:
        summary = f"All {kind}"
        paths[f"/{kind}.json"] = _operation(f"list-{kind}", summary, by_name[f"{kind}-list"])
    summary = "What the record learned"
    paths["/changes.json"] = _operation("changes", summary, by_name["changes-list"])
    paths["/on.json"] = _operation("on", "What was so on any day", by_name["on-list"])
    for kind in convert.KINDS:
        operation = _operation(f"get-{kind}", f"One of {kind}", by_name[kind])
        parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"/{kind}/{{id}}.json"] = {**operation, "parameters": [parameter]}
    return paths


def _operation(name: str, summary: str, schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    answers = {"200": {"description": summary, "content": content}}
    answers["404"] = {"description": "There is no such file."}
    return {"get": {"operationId": name, "summary": summary, "responses": answers}}


def _family(kind: str) -> Export:
    title = f"API: one file for each of {kind}"
    return Export(
        f"{ROOT}/{kind}/{{id}}.json",
        title,
        (convert.KINDS[kind][0].__doc__ or "").split("\n")[0],
        "application/json",
        lambda dataset, edition: records(dataset, edition, kind),
    )


def changes(dataset: Dataset, edition: Edition) -> Files:
    """What the record learned, commit by commit, newest first."""
    told = [
        shapes.Learned(
            commit=one.commit,
            date=one.day.isoformat(),
            files=one.files,
            summary=one.words,
            changes=[
                shapes.Alteration(
                    record=f"{c.kind}/{c.id}", title=c.title, verb=c.verb, details=list(c.details)
                )
                for c in one.changes
            ],
        )
        for one in learned(edition.revisions)
    ]
    about = _about(dataset, edition)
    listing = shapes.Listing[shapes.Learned](**about, count=len(told), data=told)
    yield f"{ROOT}/changes.json", _bytes(listing)


def moved(dataset: Dataset, edition: Edition) -> Files:
    """A file at the address of each entry that moved or was withdrawn."""
    for one in gone(dataset):
        new = f"{one.entry.kind}/{one.entry.id}" if one.entry else None
        told = {"moved_to": new} if new else {"withdrawn": one.reason}
        about = {**_about(dataset, edition), "kind": one.kind, "id": one.id}
        yield f"{ROOT}/{one.kind}/{one.id}.json", json_bytes({**about, **told})


EXPORTS = (
    Export(f"{ROOT}/index.json", "API: index", "The lists.", "application/json", index),
    Export(f"{ROOT}/{{kind}}.json", "API: lists", "Entries in short.", "application/json", lists),
    Export(f"{ROOT}/sources.json", "API: sources", "Every source.", "application/json", sources),
    *(_family(kind) for kind in convert.KINDS),
    Export(
        f"{ROOT}/{{kind}}/{{old_id}}.json",
        "API: moved and withdrawn",
        "Where an id that is no longer there has gone, or why.",
        "application/json",
        moved,
    ),
    Export(
        f"{ROOT}/changes.json",
        "API: changes",
        "What the record learned, commit by commit.",
        "application/json",
        changes,
    ),
    Export(
        f"{ROOT}/on.json",
        "API: on any day",
        "Main posts, agreements and events by date, compact.",
        "application/json",
        any_day,
    ),
    Export(
        f"{ROOT}/schemas/{{name}}.json",
        "API: JSON Schemas",
        "The shape of each file.",
        "application/schema+json",
        schemas,
    ),
    Export(
        f"{ROOT}/openapi.json",
        "API: OpenAPI 3.1",
        "The API described for machines.",
        "application/vnd.oai.openapi+json;version=3.1",
        openapi,
    ),
)
