"""What the models find wrong, as problems: at its place, in words, with a hint where one helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from .hints import QUOTE, hint
from .model.base import model_in
from .problems import DataPath, Problem, nearest, shown
from .yamlfile import Document


def problems_of(
    model: type[BaseModel], key: str, values: Mapping[str, Any], path: str
) -> list[Problem]:
    """What is wrong with the values of an entry that stands in no file yet."""
    try:
        model.model_validate({**values, "id": key})
    except ValidationError as error:
        return list(explained(error, model, (), path, Document()))
    return []


def explained(
    error: ValidationError, model: type[BaseModel], at: DataPath, path: str, document: Document
) -> Iterator[Problem]:
    """Turn what Pydantic found in the value at `at` of a file into problems."""
    errors = error.errors(include_url=False, include_input=True)
    broken = [tuple(found["loc"]) for found in errors]
    for found, where in zip(errors, broken, strict=True):
        if found["type"] == "too_short" and any(b[: len(where)] == where != b for b in broken):
            continue  # the list is short only because its items are broken
        rule, message, help_text = _wording(found, where, model)
        place = document.key_position if rule == "unknown-key" else document.position
        told = shown(where[:-1] if rule in ("unknown-key", "missing-field") else where)
        if where == ("id",):
            told = shown(at) or "the file's name"
        message = f"{told}: {message}" if told else message
        yield Problem(path, *place((*at, *where)), rule, message, help_text)


def _wording(found: Any, path: DataPath, model: type[BaseModel]) -> tuple[str, str, str]:
    """Rule, message and hint; the model's own errors carry theirs, Pydantic's are translated."""
    kind, context, value = found["type"], found.get("ctx", {}), found.get("input")
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        text = re.search(r"\W", key)  # no key, but the beginning of a sentence
        return (
            "unknown-key",
            f"unknown key {key}",
            QUOTE if text else nearest(key, keys_at(model, path)),
        )
    if kind == "unknown-word":
        return kind, found["msg"], nearest(context["word"], context["words"])
    if kind == "missing":
        return "missing-field", f"the field {key} is missing", ""
    if kind == "too_short":
        return "empty-list", f"must have {context['min_length']} or more", ""
    wanted = {"model": "a group of keys", "bool_": "true or false"}
    must = next((words for start, words in wanted.items() if kind.startswith(start)), "")
    message = f"must be {must}, found {value!r}"[:160] if must else found["msg"]
    rule = kind if "-" in kind else "wrong-type"
    if kind.startswith("model") and isinstance(value, str):
        keys = ", ".join(keys_at(model, (*path, "")))
        return rule, message, f"write keys in lines of their own: {keys}"
    return rule, message, hint(rule, value, message)


def keys_at(model: type[BaseModel], path: DataPath) -> list[str]:
    """The keys that a model, or the part of it that a path leads to, can have."""
    for step in path[:-1]:
        if isinstance(step, int):
            continue
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        inner = model_in(fields[step].annotation) if step in fields else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items() if name != "id"]
