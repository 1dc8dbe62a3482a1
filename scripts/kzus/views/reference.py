"""The contributor's reference: fields and rules, told from the models and the checks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..canonical import field_order
from ..model.base import Id, OneOf, References, Text, Url, model_in, parts_of
from ..model.records import KINDS, TABLES, Publisher, Source
from ..rules import RULES
from ..rules.base import Rule


@dataclass(frozen=True)
class Field:
    """A field: its key, what may stand there, whether it must, and what it means."""

    key: str
    holds: str
    required: bool
    meaning: str
    part: str = ""  # the anchor of the shape that it holds


@dataclass(frozen=True)
class Shape:
    """A kind of record, or a part of one. `file` is empty for parts."""

    name: str
    anchor: str
    text: str
    file: str
    fields: tuple[Field, ...]


_SIMPLE = {"Date": "date", "str": "text", "bool": "true or false", "int": "whole number"}
_TEXTS: tuple[tuple[Any, str], ...] = (
    (Url, "http or https address"),
    (Id, "id"),
    (Text, "text, one or two sentences"),
)
_SIMPLE |= {"Decimal": "number"}


def shapes() -> tuple[Shape, ...]:
    """Every kind of record in the order of the models, then the parts that they are made of."""
    kinds = KINDS.values()
    parts: dict[type[BaseModel], None] = {}
    for model in kinds:
        parts |= dict.fromkeys(_parts(model))
    return tuple(_shape(model) for model in (*kinds, *(p for p in parts if p not in kinds)))


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are applied."""
    return RULES


def _parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for name in field_order(model):
        inner = model_in(model.model_fields[name].annotation)
        if inner is not None:
            yield inner
            yield from _parts(inner)


def _shape(model: type[BaseModel]) -> Shape:
    fields = tuple(_field(model, name) for name in field_order(model))
    text = " ".join((model.__doc__ or "").split())
    return Shape(model.__name__, model.__name__.lower(), text, _file(model), fields)


def _file(model: type[BaseModel]) -> str:
    kind = getattr(model, "kind", "")
    if model in TABLES:
        return f"data/{kind}.yaml"
    if model in (Publisher, Source):
        return "data/sources/<publisher>.yaml"
    return f"data/{kind}/{'<year>/' if kind == 'events' else ''}<id>.yaml" if kind else ""


def _field(model: type[BaseModel], name: str) -> Field:
    info = model.model_fields[name]
    inner = model_in(info.annotation)
    return Field(
        key=info.alias or name,
        holds=_holds(list(parts_of(info.annotation, *info.metadata))),
        required=info.is_required(),
        meaning=info.description or "",
        part=inner.__name__.lower() if inner else "",
    )


def _holds(marks: list[Any]) -> str:
    many = "list of " if tuple in marks else ""
    for mark in marks:
        if isinstance(mark, OneOf):
            return f"{many}one of: " + ", ".join(mark.words)
        if isinstance(mark, References):
            return f"{many}id from {' or '.join(mark.kinds)}"
    inner = next((m for m in marks if isinstance(m, type) and issubclass(m, BaseModel)), None)
    if inner is not None:
        return many + inner.__name__
    for annotation, words in _TEXTS:
        if any(mark in annotation.__metadata__ for mark in marks):
            return many + words
    names = (getattr(mark, "__name__", "") for mark in marks)
    return many + next((_SIMPLE[found] for found in names if found in _SIMPLE), "text")
