"""Drafts of new entries: which fields to ask for, what may stand there, and the file's text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from . import dates, yamlfile
from .canonical import canonical, dump, field_order
from .dataset import Dataset
from .explain import problems_of
from .hints import slug
from .model.base import Model, OneOf, References, model_in, parts_of
from .model.records import KINDS, TABLES, Publisher, Source, title_of
from .problems import Problem, nearest

_SINGULAR = {"people": "person", "series": "series", "disputes": "dispute"}
MODELS = {_SINGULAR.get(kind, kind.removesuffix("s")): model for kind, model in KINDS.items()}
# Parts that one answer can hold: a statement is its text, a participant `person, side, role`.
_PARTS: dict[str, tuple[str, ...]] = {
    "facts": ("text",),
    "outcomes": ("text",),
    "notes": ("text",),
    "participants": ("person", "side", "role"),
    "organizations": ("organization",),
    "lifecycle": ("event", "date"),
    "evidence": ("date", "fact"),
    "values": ("period", "value"),
    "claims": ("says", "sources"),
    "dialogue": ("format", "level", "number"),
}


@dataclass(frozen=True)
class Question:
    """A field to ask for. `parts` are the keys that an answer fills, divided by `;`."""

    name: str
    help: str
    required: bool
    many: bool
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Wrong(Exception):
    """A draft that the check would refuse."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def questions(model: type[BaseModel]) -> dict[str, Question]:
    """The fields of a model that a new entry can be asked for, in canonical order."""
    found = {}
    for name in field_order(model):
        info = model.model_fields[name]
        key, inner = info.alias or name, model_in(info.annotation)
        if inner is not None and key not in _PARTS:
            continue  # names, identifiers, disputes, posts: written in the file
        help_text = info.description or ""
        parts = _PARTS[key] if inner is not None else ()
        asked = inner.model_fields[parts[0]] if inner is not None else info
        marks = list(parts_of(asked.annotation, *asked.metadata))
        if len(parts) > 1:
            help_text = f"{help_text} Write: {'; '.join(parts)}".strip()
        found[key] = Question(
            key,
            help_text,
            info.is_required(),
            "tuple" in str(info.annotation),
            next((mark.kinds for mark in marks if isinstance(mark, References)), ()),
            next((mark.words for mark in marks if isinstance(mark, OneOf)), ()),
            parts,
        )
    return found


def choices(question: Question, dataset: Dataset) -> dict[str, str]:
    """What may stand in a field, with what it means; empty where any text may."""
    if question.words:
        return dict.fromkeys(question.words, "")
    kinds = question.kinds
    return {key: title_of(entry) for kind in kinds for key, entry in dataset.of(kind).items()}


def matching(part: str, known: Mapping[str, str]) -> list[str]:
    """The ids that hold every word that was typed, in themselves or in what they are called."""
    words = part.casefold().split()
    texts = {key: f"{key} {name}".casefold() for key, name in known.items()}
    return [key for key, text in texts.items() if all(word in text for word in words)]


def chosen(answer: str, question: Question, known: Mapping[str, str]) -> str:
    """The one id that an answer means; the answer itself where any text may stand.

    Raises:
        ValueError: none fits, or more than one.
    """
    answer, mark, rest = answer.partition(";") if question.parts else (answer, "", "")
    answer = answer.strip()
    if not known or answer in known:
        return answer + mark + rest
    found = matching(answer, known)
    if len(found) == 1:
        return found[0] + mark + rest
    if found:
        raise ValueError("which one? " + ", ".join(found[:12]))
    raise ValueError(f"nothing fits {answer!r} {nearest(answer, known)}".strip())


def put(given: dict[str, Any], question: Question, answer: str) -> None:
    """Set an answer into the values of a draft."""
    value: Any = answer
    if question.parts and question.parts != ("text",):
        texts = [text.strip() for text in answer.split(";")]
        value = {key: text for key, text in zip(question.parts, texts, strict=False) if text}
        if "sources" in value:
            value["sources"] = [text.strip() for text in value["sources"].split(",")]
    if question.many:
        given.setdefault(question.name, []).append(value)
    elif question.required is False and answer in ("true", "false", "yes", "no"):
        given[question.name] = answer in ("true", "yes")
    else:
        given[question.name] = value


def suggested(model: type[BaseModel], given: Mapping[str, Any]) -> str:
    """An id from what the entry is called, from its date and, for a source, from its site."""
    names = ("short_title", "title", "name", "publisher", "text", "question")
    name = slug(str(next((given[key] for key in names if key in given), "")))
    date = str(given.get("date") or given.get("made") or "").split("/")[0].rstrip("~")
    # The first part of the site's name that is a word: `state` of 2009-2017.state.gov.
    host = re.match(r"https?://(?:(?:www|[\d-]+)\.)*([\w-]+)", str(given.get("url", "")))
    if model is Source and host:
        return "-".join(filter(None, (slug(host[1]), date, name[:50].strip("-"))))
    return "-".join(filter(None, (date, name)))


@dataclass(frozen=True)
class Draft:
    """An entry that is to be: its model, id and values."""

    model: type[Model]
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def in_table(self) -> bool:
        """Whether it goes into a file with others."""
        return self.model in TABLES or self.model is Source

    def path(self) -> str:
        """The file's path below the repository."""
        if self.model in TABLES:
            return f"data/{self.model.kind}.yaml"
        if self.model is Source:
            return f"data/sources/{self.values.get('publisher', '')}.yaml"
        folder = "sources" if self.model is Publisher else self.model.kind
        return f"data/{folder}{self._year()}/{self.id}.yaml"

    def _year(self) -> str:
        if self.model.kind != "events":
            return ""
        try:
            return f"/{dates.parse(str(self.values.get('date'))).year:04}"
        except ValueError:
            return "/0000"  # the check says what is wrong with the date

    def problems(self) -> list[Problem]:
        """What the check would say of the entry by itself."""
        return problems_of(self.model, self.id, self.values, self.path())

    def written(self, root: Path) -> tuple[str, str]:
        """The path, and the text of the file with the entry in it.

        Raises:
            Wrong: the check would refuse it.
        """
        path = self.path()
        if problems := self.problems():
            raise Wrong(problems)
        if self.in_table:
            return path, self._added(root, path)
        values = {**self.values, "sources": {}} if self.model is Publisher else self.values
        return path, modeline(path) + dump(dict(values), path)

    def _added(self, root: Path, path: str) -> str:
        """The table's text with the entry added: other entries and comments stay."""
        if not (root / path).exists():
            message = "there is no such file: write the publisher first, with `kzus new publisher`"
            raise Wrong([Problem(path, 0, 0, "unknown-publisher", message)])
        raw = (root / path).read_bytes()
        document = yamlfile.read(raw)
        if document.faults:
            raise Wrong([document.faults[0].problem(path)])
        inner = self.model is Source
        table = (document.value.get("sources") or {}) if inner else document.value
        if self.id in table:
            message = f"the id {self.id} is taken: choose another --id"
            raise Wrong([Problem(path, 0, 0, "duplicate-id", message)])
        values = {key: value for key, value in self.values.items() if key != "publisher"}
        entry = dump({self.id: values}, "data/themes.yaml" if not inner else "")
        indented = "".join(("  " if inner else "") + line + "\n" for line in entry.splitlines())
        text = canonical(raw, path)  # the entries end the file, indented by two
        if inner:
            text = re.sub(r"(?m)^sources: \{\}$", "sources:", text)
        return canonical((text + indented).encode(), path)


def modeline(path: str) -> str:
    """The line by which an editor finds the schema of a file."""
    folder, up = path.split("/")[1], "../" * (path.count("/") - 1)
    return f"# yaml-language-server: $schema={up}schema/{folder}.schema.json\n"
