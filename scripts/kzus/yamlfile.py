"""A strict reader of YAML that knows where everything stands.

YAML 1.2's core schema in the part that the record needs: mappings, lists, text, and the plain
words `null`, `true` and `false`. Everything else plain stays the text that the contributor wrote
(`NO`, `12:30`, `1993-10-23`, `1993`); the model turns it into numbers and dates. Anchors, aliases,
tags, duplicate keys, tabs, several documents and input that is over-long or over-deep are refused:
they surprise readers or attack parsers, and the record needs none of them.

PyYAML's C parser delivers events with positions; this module builds the values from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from .problems import DataPath

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_CONSTANTS: dict[str, bool | None] = {"": None, "~": None}
_CONSTANTS |= dict.fromkeys(("null", "Null", "NULL"))
_CONSTANTS |= dict.fromkeys(("true", "True", "TRUE"), True)
_CONSTANTS |= dict.fromkeys(("false", "False", "FALSE"), False)
_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
Loader = getattr(yaml, "CLoader", yaml.Loader)  # parse events only: nothing is constructed


class Position(NamedTuple):
    """Line and column, from 1."""

    line: int
    column: int


class Fault(Exception):
    """What is wrong with the text, and where."""

    def __init__(self, rule: str, message: str, position: Position, hint: str = "") -> None:
        super().__init__(message)
        self.rule, self.message, self.position, self.hint = rule, message, position, hint


@dataclass
class Document:
    """A file's value with the position of each value and each key, by path."""

    value: Any = None
    values: dict[DataPath, Position] = field(default_factory=dict)
    keys: dict[DataPath, Position] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def position(self, path: DataPath) -> Position:
        """Where the value at the path stands, or else the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(1, 1))

    def key_position(self, path: DataPath) -> Position:
        """Where the key of the path stands, or else its value."""
        return self.keys.get(path) or self.position(path)


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, with or without a byte order mark, any newline.

    Raises:
        Fault: too long, not UTF-8, or with characters that no text has.
    """
    if len(raw) > MAX_BYTES:
        message = f"a file may have {MAX_BYTES:,} bytes at most, this one has {len(raw):,}"
        raise Fault("file-too-long", message, Position(1, 1))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        position = Position(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = f"not UTF-8 text: byte 0x{raw[error.start]:02x} cannot stand here"
        raise Fault("not-text", message, position, "save the file with UTF-8 encoding") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen := _UNSEEN.search(text):
        message = f"the invisible character U+{ord(unseen[0]):04X} may not stand in a file"
        raise Fault("not-text", message, _place(text, unseen.start()))
    return text


def _place(text: str, index: int) -> Position:
    line_start = text.rfind("\n", 0, index) + 1
    return Position(text.count("\n", 0, index) + 1, index - line_start + 1)


def read(raw: bytes) -> Document:
    """Read one document. Faults are collected in the result; nothing is raised for bad input."""
    document = Document()
    try:
        text = decoded(raw)
        if tab := _TAB_INDENT.search(text):
            place = _place(text, tab.end() - 1)
            document.faults.append(
                Fault("yaml-syntax", "a tab cannot indent a line", place, "use two spaces")
            )
            return document
        _Builder(text, document).build()
    except Fault as fault:
        document.faults.append(fault)
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax(error))
    except yaml.YAMLError as error:  # pragma: no cover - decoded() leaves it nothing to find
        document.faults.append(Fault("yaml-syntax", str(error).splitlines()[0], Position(1, 1)))
    return document


def _syntax(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    words = [part for part in (error.context, error.problem) if part]
    hint = ""
    if any("mapping values are not allowed" in word for word in words):
        hint = "put text that has a colon and a space in it between quotation marks"
    return Fault("yaml-syntax", ", ".join(words) or "cannot be read", position, hint)


class _Builder:
    """Turns parse events into values. One per document."""

    def __init__(self, text: str, document: Document) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=Loader)
        self._document = document

    def build(self) -> None:
        next(self._events)  # stream start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise Fault("empty-file", "the file is empty", Position(1, 1))
        self._document.value = self._value(next(self._events), ())
        next(self._events)  # document end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise Fault("yaml-syntax", "a file holds one document, without ---", _at(event))

    def _value(self, event: Any, path: DataPath) -> Any:
        self._document.values[path] = _at(event)
        self._refuse(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _refuse(self, event: Any, path: DataPath) -> None:
        if len(path) > MAX_DEPTH:
            raise Fault("too-deep", f"nested deeper than {MAX_DEPTH} levels", _at(event))
        if isinstance(event, yaml.AliasEvent):
            name = f"the alias *{event.anchor}"
            raise Fault("yaml-feature", f"{name} is not allowed: write the value out", _at(event))
        if event.anchor:
            name = f"the anchor &{event.anchor}"
            raise Fault("yaml-feature", f"{name} is not allowed: leave it out", _at(event))
        if event.tag:
            message = f"the tag {event.tag} is not allowed: leave it out"
            raise Fault("yaml-feature", message, _at(event))

    def _sequence(self, path: DataPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: DataPath) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            here = (*path, key)
            if key in items:
                first = self._document.keys[here].line
                message = f"the key {key} stands twice (first in line {first})"
                self._document.faults.append(Fault("duplicate-key", message, _at(event)))
                self._value(next(self._events), (*here, "(again)"))
                continue
            self._document.keys[here] = _at(event)
            items[key] = self._value(next(self._events), here)
        return items

    def _key(self, event: Any, path: DataPath) -> str:
        self._refuse(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            raise Fault("yaml-syntax", "a key must be one word", _at(event))
        return str(event.value)


def _scalar(event: Any) -> Any:
    if not event.style and event.value in _CONSTANTS:  # plain: "" of the C parser, else None
        return _CONSTANTS[event.value]
    return event.value


def _at(event: Any) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)
