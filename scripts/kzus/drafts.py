"""Drafts of new entries: which fields to ask for, what may stand there, and the file's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from . import dates, yamlfile
from .canonical import canonical, dump, field_order
from .dataset import Dataset
from .explain import problems_of
from .hints import slug
from .loader import load_files
from .model.base import Model, OneOf, References, model_in, parts_of
from .model.records import KINDS, RECORDS, TABLES, Publisher, Source, title_of
from .problems import Problem, nearest

_SINGULAR = {"people": "person", "series": "series", "disputes": "dispute"}
MODELS = {_SINGULAR.get(kind, kind.removesuffix("s")): model for kind, model in KINDS.items()}
# The parts that an answer holds in order; elsewhere those that must be there. Others go by name.
_ORDER: dict[str, tuple[str, ...]] = {
    "participants": ("person", "side", "role"),
    "organizations": ("organization",),
    "lifecycle": ("event", "date", "place"),
    "claims": ("says", "sources"),
    "dialogue": ("format", "level", "number"),
    "offices": ("office", "title", "from", "to"),
}
_FLAGS = {"true": True, "false": False, "yes": True, "no": False}
_FIELD = re.compile(r"(\w+)[.:[]|the field (\w+)|.* under (\w+)$")
SHORT = 25  # a list that is shown whole


@dataclass(frozen=True)
class Question:
    """A field to ask for. An answer can fill several parts of it, the first ones in `order`."""

    name: str
    help: str
    required: bool
    many: bool
    flag: bool
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    parts: Mapping[str, Question]
    order: tuple[str, ...]


class Wrong(Exception):
    """A draft that the check would refuse."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def questions(model: type[BaseModel], *, within: bool = False) -> dict[str, Question]:
    """The fields of a model that a new entry can be asked for, in canonical order.

    Not asked for is what has parts that have parts, such as disputes: it is written in the file.
    """
    found = {}
    for name in field_order(model):
        info = model.model_fields[name]
        inner = model_in(info.annotation)
        parts = questions(inner, within=True) if inner and not within else {}
        inside = inner.model_fields if inner else {}
        needed = [i.alias or n for n, i in inside.items() if i.is_required()]
        if inner is None or (parts and parts.keys() >= {*needed}):
            asked = _question(info.alias or name, info, parts, needed)
            sourced = name == "sources" and model in RECORDS
            found[asked.name] = replace(asked, required=asked.required or sourced)
    return found


def _question(
    key: str, info: FieldInfo, parts: Mapping[str, Question], needed: Iterable[str]
) -> Question:
    marks = list(parts_of(info.annotation, *info.metadata))
    order = _ORDER.get(key, tuple(needed)) if parts else ()
    flag = bool in marks
    form = "; ".join([*order, *(f"{part}=..." for part in parts if part not in order)])
    return Question(
        key,
        f"{info.description or ''} {f'Write: {form}' if parts else ''}".strip(),
        info.is_required(),
        tuple in marks,
        flag,
        next((mark.kinds for mark in marks if isinstance(mark, References)), ()),
        next((m.words for m in marks if isinstance(m, OneOf)), tuple(_FLAGS) if flag else ()),
        parts,
        order,
    )


def choices(question: Question, dataset: Dataset) -> dict[str, str]:
    """What may stand in a field or begin it, with what it means; empty where any text may."""
    if question.order:
        return choices(question.parts[question.order[0]], dataset)
    if question.words:
        return dict.fromkeys(question.words, "")
    kinds = question.kinds
    return {key: title_of(entry) for kind in kinds for key, entry in dataset.of(kind).items()}


def matching(part: str, known: Mapping[str, str]) -> list[str]:
    """The ids that hold every word that was typed, in themselves or in what they are called."""
    words = part.casefold().split()
    texts = {key: f"{key} {name}".casefold() for key, name in known.items()}
    return [key for key, text in texts.items() if all(word in text for word in words)]


def items(question: Question, answer: str) -> list[str]:
    """The answers in one: ids and words can be divided by commas."""
    divided = question.many and (question.kinds or question.words)
    return re.split(r"\s*[,;]\s*", answer) if divided else [answer]


def meant(question: Question, answer: str, dataset: Dataset) -> Any:
    """The value that an answer stands for: ids and words by a part of their name.

    Raises:
        ValueError: nothing fits, or more than one thing.
    """
    if not question.parts:
        value = _known(question, answer.strip(), dataset)
        return _FLAGS.get(value, value) if question.flag else value
    found: dict[str, Any] = {}
    for key, text in _divided(question, answer).items():
        part = question.parts[key]
        texts = items(part, text) if part.kinds or not part.many else text.split(";")
        try:
            values = [meant(part, each, dataset) for each in texts]
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from error
        found[key] = values if part.many else values[0]
    return found["text"] if found.keys() == {"text"} else found


def _divided(question: Question, answer: str) -> dict[str, str]:
    """The parts of an answer by their keys: `Secretary`, third, is what `role=Secretary` is."""
    found: dict[str, str] = {}
    key = ""
    for place, text in enumerate(answer.split(";")):
        name, mark, named = text.partition("=")
        own = bool(mark) and name.strip() in question.parts
        if not own and place >= len(question.order):  # a `;` within the last part
            if not key:
                raise ValueError(f"must begin with one of {'=, '.join(question.parts)}=")
            found[key] += f";{text}"
            continue
        key = name.strip() if own else question.order[place]
        if key in found:
            raise ValueError(f"{key} is given twice")
        found[key] = named if own else text
    return {key: text.strip() for key, text in found.items() if text.strip()}


def _known(question: Question, answer: str, dataset: Dataset) -> str:
    """The one id or word that a part of it means; the answer itself where any text may stand."""
    known = choices(question, dataset)
    if answer in known or not (question.kinds or question.words):
        return answer
    found = matching(answer, known)
    if question.kinds == ("sources",) and "://" in answer:
        found = [key for key, source in dataset.sources.items() if source.url == answer]
    if len(found) == 1:
        return found[0]
    if found:
        more = ", ..." if len(found) > 12 else ""
        raise ValueError(f"which one? {', '.join(found[:12])}{more}")
    hint = nearest(answer, known)
    if not hint and len(question.kinds) == 1:
        name = next(name for name, model in MODELS.items() if model.kind == question.kinds[0])
        hint = f"`kzus {'cite' if name == 'source' else f'new {name}'}` adds one"
    elif not hint and len(known) <= SHORT:
        hint = f"one of {', '.join(known)}"
    raise ValueError(f"nothing fits {answer!r}: {hint}".removesuffix(": "))


def values(
    model: type[BaseModel], answers: Mapping[str, list[str]], dataset: Dataset
) -> dict[str, Any]:
    """The values of an entry from the answers to its questions.

    The sources of its parts are sources of the entry, but for those of evidence.
    """
    asked, found = questions(model), dict[str, Any]()
    for name, texts in answers.items():
        if texts:
            each = [meant(asked[name], text, dataset) for text in texts]
            found[name] = each if asked[name].many else each[-1]
    if model in RECORDS and (listed := [*found.get("sources", ()), *_sources(found)]):
        found["sources"] = list(dict.fromkeys(listed))
    return found


def _sources(found: Mapping[str, Any]) -> Iterator[str]:
    for name, items in found.items():
        for item in items if isinstance(items, list) and name != "evidence" else ():
            yield from item.get("sources", ()) if isinstance(item, dict) else ()


def field_of(problem: Problem) -> str:
    """The field that a problem is about; nothing where it does not say."""
    match = _FIELD.match(problem.message)
    return next(filter(None, match.groups())) if match else ""


def refused(model: type[BaseModel], name: str, value: Any) -> list[Problem]:
    """What the model says against the value of one field."""
    told = problems_of(model, "an-id", {name: value}, "")
    return [problem for problem in told if field_of(problem) == name]


def suggested(model: type[BaseModel], given: Mapping[str, Any]) -> str:
    """An id from what the entry is called, from its date and, for a source, from its site."""
    names = ("short_title", "title", "name", "publisher", "text", "question")
    name = slug(str(next((given[key] for key in names if key in given), "")))
    day = slug(str(given.get("date") or given.get("made") or "").split("/")[0])
    # The first part of the site's name that is a word: `state` of 2009-2017.state.gov.
    host = re.match(r"https?://(?:(?:www|[\d-]+)\.)*([\w-]+)", str(given.get("url", "")))
    if model is Source and host:
        return "-".join(filter(None, (slug(host[1]), day, name[:50].strip("-"))))
    return "-".join(filter(None, (day, name)))


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
            return ""  # the check says what is wrong with the date

    def written(self, root: Path) -> tuple[str, str]:
        """The path, and the text of the file with the entry in it.

        Raises:
            Wrong: the entry is wrong by itself, or its file is.
        """
        path = self.path()
        if problems := problems_of(self.model, self.id, self.values, path):
            raise Wrong([replace(problem, line=0, column=0) for problem in problems])
        if self.in_table and (root / path).exists():
            return path, self._added(root, path)
        if self.model in TABLES:
            return path, dump({self.id: dict(self.values)}, path)
        values = {**self.values, "sources": {}} if self.model is Publisher else self.values
        return path, modeline(path) + dump(dict(values), path)

    def _added(self, root: Path, path: str) -> str:
        """The table's text with the entry added: other entries and comments stay."""
        raw = (root / path).read_bytes()
        values = {key: value for key, value in self.values.items() if key != "publisher"}
        inner = self.model is Source
        entry = dump({self.id: values}, "data/themes.yaml" if not inner else "")
        indented = "".join(("  " if inner else "") + line + "\n" for line in entry.splitlines())
        try:
            text = canonical(raw, path)  # the entries end the file, indented by two
            if inner:
                text = re.sub(r"(?m)^sources: \{\}$", "sources:", text)
            return canonical((text + indented).encode(), path)
        except yamlfile.Fault as fault:
            raise Wrong([fault.problem(path)]) from fault


def with_file(dataset: Dataset, path: str, text: str, as_of: date | None) -> Dataset:
    """The record with what a file would hold, as the loader reads it.

    Raises:
        Wrong: the loader would refuse the file.
    """
    part, problems = load_files([(path, text.encode())], as_of=as_of)
    if not part.files:
        raise Wrong(problems)
    others = {key: place for key, place in dataset.files.items() if place[0] != path}
    kinds: dict[str, Any] = {
        kind: MappingProxyType({**dataset.of(kind), **part.of(kind)}) for kind in dataset.kinds
    }
    return replace(
        dataset,
        **kinds,
        files=MappingProxyType({**others, **part.files}),
        as_of=as_of or max(dataset.as_of, part.as_of),
    )


def modeline(path: str) -> str:
    """The line by which an editor finds the schema of a file."""
    folder, up = path.split("/")[1], "../" * (path.count("/") - 1)
    return f"# yaml-language-server: $schema={up}schema/{folder}.schema.json\n"
