"""A record in which every text field of every kind holds hostile text.

The miniature record is copied once for each text, with ids of its own; in copy `i` every field
that takes text, those that the miniature leaves out too, holds text `i`. Its harmless twin has the
same shape: whatever a template makes of one it must make of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kzus.loader import load
from kzus.model import base
from kzus.model.base import model_in
from kzus.model.records import RECORDS, TABLES, Publisher, Source
from records import AS_OF, MINI, write

RUN = "window.hacked=1"
# What each must look like on a page: as it stands here.
TEXTS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"</title></script></textarea></style><svg onload={RUN}>",
    f"\" onmouseover=\"{RUN}\" x=\"' onfocus='{RUN}' autofocus='",
    f"]]><script>{RUN}</script><!-- --> -->",
    f"[click](javascript:{RUN}) ![x](data:image/svg+xml,<svg/onload={RUN}>)",
    f"<javascript:{RUN}> <https://elsewhere.example/> https://elsewhere.example/x",
    "# A heading { #sources .evil onclick=window.hacked=1 }",
    "{{ 7*7 }} {% raw %} {# x #} ${7*7} #{7*7}",
    "- a list",
    "1. a list",
    "2020) a list",
    "+ another list",
    "> a quotation",
    "| a | table |",
    "===",
    "*emphasis* **strong** _under_ __two__ ~~gone~~ `code` ``` \\*",
    "[ref][id] [^1] [id]: https://elsewhere.example/ *[abbr]: x",
    "&lt;script&gt; &amp;amp; &#60;b&#62; &copy",
    "<div markdown=1> <details><summary>x</summary>",
    "!!! note ??? x === tab ::: mod --8<-- file",
    "{: onclick=window.hacked=1 } { .x }",
    "'; DROP TABLE events; -- \\\" \\' \\",
    '=HYPERLINK("https://elsewhere.example/";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "кириллица ұқыпты 中文 \U0001f600 Ωμ ﬁ ñ n\u0303",
    "wordwithoutanyspace" * 25,
    f"<b><i><a href=javascript:{RUN}>" * 10,
)


def harmless(text: str) -> str:
    """Text of the same shape: words and spaces stay, all else is a letter."""
    return re.sub(r"[^\w\s]|_", "x", text)


def hostile(root: Path, texts: tuple[str, ...] = TEXTS) -> Path:
    """Write the record below a folder, and return the folder."""
    found = load(MINI, as_of=AS_OF)[0]
    for number, text in enumerate(texts):
        for kind in (*RECORDS, *TABLES, Publisher):
            entries = getattr(found, kind.kind)
            filled = {key: _filled(kind, entry, text) for key, entry in entries.items()}
            if kind is Publisher:
                for key, source in found.sources.items():
                    inside = filled[source.publisher].setdefault("sources", {})
                    inside[key] = _filled(Source, source, text)
                    inside[key]["url"] += f"/{number}"
                    del inside[key]["publisher"]  # the file tells it
            _write(root, kind.kind, _renamed(filled, f"-{number:02}", _ids(found)))
    return root


def _write(root: Path, kind: str, entries: dict[str, Any]) -> None:
    if kind in {table.kind for table in TABLES}:
        path = root / f"data/{kind}.yaml"
        before = yaml.safe_load(path.read_text()) if path.exists() else {}
        _dump(root, f"data/{kind}.yaml", dict(sorted((before | entries).items())))
        return
    for key, entry in entries.items():
        folder = f"{kind}/{entry['date'][:4]}" if kind == "events" else kind
        _dump(root, f"data/{folder.replace('publishers', 'sources')}/{key}.yaml", entry)


def _dump(root: Path, name: str, value: Any) -> None:
    write(root, name, yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=9999))


def _ids(found: Any) -> frozenset[str]:
    return frozenset(key for kind in (*RECORDS, *TABLES) for key in getattr(found, kind.kind)) | {
        *found.sources,
        *found.publishers,
    }


def _renamed(value: Any, suffix: str, ids: frozenset[str]) -> Any:
    """The value with every id of the record given a suffix, as key and as text."""
    if isinstance(value, dict):
        return {
            _renamed(k, suffix, ids): v if k == "topic" else _renamed(v, suffix, ids)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_renamed(item, suffix, ids) for item in value]
    return value + suffix if isinstance(value, str) and value in ids else value


def _filled(model: type[BaseModel], entry: BaseModel | None, text: str) -> dict[str, Any]:
    """What a file would hold: the entry's own values, and the text in each field that takes it."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        value = _value(field, getattr(entry, name, None), text)
        if name != "id" and value is not None:
            values[field.alias or name] = value
    if model.__name__ in ("Dispute", "Disagreement"):  # as the rules want it
        values["question"] += " ?"
        for number, claim in enumerate(values["claims"]):
            claim["says"] += " too" * number
    if model.__name__ in ("Participant", "Involved"):  # one or the other
        values.pop("name" if values.get("person") or values.get("organization") else "person", "")
    return values


def _value(field: FieldInfo, value: Any, text: str) -> Any:
    if _takes_text(field):
        return [text, text] if _many(field) else text
    inner = model_in(field.annotation)
    if inner and _many(field):
        items = list(value or ()) or ([None] if _only_text(inner) else [])
        return [_filled(inner, item, text) for item in items] or None
    if inner:
        return _filled(inner, value, text) if value or _only_text(inner) else None
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value] or None
    return value if value is None or isinstance(value, bool) else str(value)


def _many(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _only_text(model: type[BaseModel]) -> bool:
    """Whether a part of the record can be made of text alone."""
    return all(_takes_text(f) or not f.is_required() for f in model.model_fields.values())


def _takes_text(field: FieldInfo) -> bool:
    marks = {*map(id, field.metadata), *map(id, _metadata(field.annotation))}
    return bool(marks & {id(mark) for kind in (base.Text, base.Title) for mark in _texts(kind)})


def _texts(kind: Any) -> Iterator[Any]:
    yield from (mark for mark in kind.__metadata__ if type(mark).__name__ == "PlainValidator")


def _metadata(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for part in get_args(annotation):
        yield from _metadata(part)
