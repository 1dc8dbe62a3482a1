"""JSON Schemas for editors: completion and first hints while a record is being written.

Made from the models, with the ids of the record as choices. They are kept beside the data in
data/schema/, because editors read them from the checkout; `kzus check` remains the judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from ..dataset import Dataset
from ..model.base import Statement
from ..model.records import RECORDS, TABLES, Publisher, Source
from ..views.refs import title_of
from .base import json_bytes

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"  # what YAML editors support
# Kinds whose ids are offered as choices; events are many and rarely named from memory.
CHOICES = frozenset(
    (
        *("people", "sources", "offices", "agreements", "organizations"),
        *("themes", "dialogues", "places", "publishers"),
    )
)


def schemas(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Each schema: path below the repository, and bytes."""
    for model in RECORDS:
        yield _file(model.kind, _schema(model, dataset))
    for table in TABLES:
        yield _file(table.kind, _table(_schema(table, dataset)))
    yield _file(Source.kind, _publisher(dataset))


def _file(kind: str, schema: Schema) -> tuple[str, bytes]:
    head = {"$schema": DIALECT, "title": f"{kind} of the record"}
    return f"data/schema/{kind}.schema.json", json_bytes({**head, **schema})


def _table(schema: Schema) -> Schema:
    """The schema of a file that holds many entries: id -> the rest."""
    definitions = schema.pop("definitions", {})
    return {"type": "object", "additionalProperties": schema, "definitions": definitions}


def _publisher(dataset: Dataset) -> Schema:
    """A publisher's file also holds its sources."""
    schema, source = _schema(Publisher, dataset), _schema(Source, dataset)
    source["properties"].pop("publisher")
    source["required"].remove("publisher")
    schema["definitions"] = schema.get("definitions", {}) | source.pop("definitions", {})
    told = "The sources, each below its id, in the order of the alphabet."
    sources = {"description": told, "type": "object", "additionalProperties": source}
    schema["properties"]["sources"] = sources
    return schema


def _schema(model: type[BaseModel], dataset: Dataset) -> Schema:
    """A model's schema as a file of the record writes it: without the id, with choices."""
    schema = model.model_json_schema(ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    schema.pop("title", None)
    schema["properties"].pop("id", None)
    schema["required"] = [name for name in schema.get("required", ()) if name != "id"]
    if "Statement" in schema["definitions"]:
        _allow_plain(schema["definitions"])
    used: set[str] = set()
    offered: Schema = _offered(schema, used)
    for kind in sorted(used):
        offered["definitions"][f"id-of-{kind}"] = _choice(kind, dataset)
    return offered


def _allow_plain(definitions: Schema) -> None:
    """A statement may be written as plain text, which inherits the sources of the record."""
    full = definitions["Statement"]
    text = Statement.model_json_schema()["properties"]["text"]
    definitions["Statement"] = {"anyOf": [text, full], "description": full["description"]}


def _offered(part: Any, used: set[str]) -> Any:
    """Turn marks of references into choices, and let text be written as YAML numbers."""
    if isinstance(part, list):
        return [_offered(item, used) for item in part]
    if not isinstance(part, dict):
        return part
    found: Schema = {key: _offered(value, used) for key, value in part.items()}
    kinds = found.pop("x-references", None)
    if kinds and set(kinds) <= CHOICES:
        used.update(kinds)
        told = {key: found[key] for key in found if key == "description"}
        return {**told, "anyOf": [{"$ref": f"#/definitions/id-of-{kind}"} for kind in kinds]}
    if found.get("type") == "string" and "maxLength" in found and "pattern" not in found:
        found["type"] = ["string", "number", "boolean"]  # `says: 22` or `text: true`
    return found


def _choice(kind: str, dataset: Dataset) -> Schema:
    entries = dataset.of(kind)
    words = [title_of(entry) for entry in entries.values()]
    return {"enum": list(entries), "enumDescriptions": words}
