"""A strict reader of YAML that knows where everything stands.

YAML 1.2's core schema in the part that the record needs: mappings, lists, text, and the plain
words `null`, `true` and `false`. Everything else plain stays the text that the contributor wrote
(`NO`, `12:30`, `1993-10-23`, `1993`); the model turns it into numbers and dates. Anchors, aliases,
tags, duplicate keys, tabs, several documents and input that is over-long or over-deep are refused:
they surprise readers or attack parsers, and the record needs none of them.

PyYAML's C parser delivers events with positions; this module builds the values from them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .hints import slip
from .problems import DataPath, Problem

# Of the reader: what another has read may be read otherwise by this one.
VERSION = f"{yaml.__version__} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"
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

    def problem(self, path: str) -> Problem:
        """The fault as a problem of the file at a path."""
        return Problem(path, *self.position, self.rule, self.message, self.hint)


# Marks of the parser for a value and its key, and the same for the values in it, by step: paths and
# positions are made from them only where something is to be told.
_Marked = tuple[Any, Any, Sequence[tuple[str | int, "_Marked"]]]


@dataclass
class Document:
    """A file's value with the position of each value and each key, by path.

    Of a value that is known already, `raw` is the file, which is read where a position is asked.
    """

    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    marked: _Marked = (None, None, ())
    raw: bytes = b""

    @cached_property
    def _marks(self) -> _Marked:
        return read(self.raw).marked if self.raw else self.marked

    @cached_property
    def values(self) -> dict[DataPath, Position]:
        """Where each value stands."""
        return {path: _at(mark) for path, (mark, _, _) in _walked(self._marks) if mark}

    @cached_property
    def keys(self) -> dict[DataPath, Position]:
        """Where each key stands, by the path that ends in it."""
        return {path: _at(mark) for path, (_, mark, _) in _walked(self._marks) if mark}

    def position(self, path: DataPath) -> Position:
        """Where the value at the path stands, or else the nearest value around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(1, 1))

    def key_position(self, path: DataPath) -> Position:
        """Where the key of the path stands, or else its value."""
        return self.keys.get(path) or self.position(path)


def _walked(marked: _Marked, path: DataPath = ()) -> Iterator[tuple[DataPath, _Marked]]:
    yield path, marked
    for step, inner in marked[2]:
        yield from _walked(inner, (*path, step))


def _at(mark: Any) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, with or without a byte order mark, any newline.

    Raises:
        Fault: too long, not UTF-8, or with characters that no text has.
    """
    if len(raw) > MAX_BYTES:
        message = f"a file may have {MAX_BYTES:,} bytes at most"
        raise Fault("file-too-long", message, Position(1, 1))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # counted without a byte order mark
        message = f"not UTF-8 text: byte 0x{error.object[error.start]:02x} cannot stand here"
        place = _place(before, len(before))
        raise Fault("not-text", message, place, "save the file with UTF-8 encoding") from None
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
        document.value, document.marked = _Builder(text, document).build()
    except Fault as fault:
        document.faults.append(fault)
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax(error, text.split("\n")))
    except yaml.YAMLError as error:  # pragma: no cover - decoded() leaves it nothing to find
        document.faults.append(Fault("yaml-syntax", str(error).splitlines()[0], Position(1, 1)))
    return document


def _syntax(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Fault:
    """What the parser says, and where; of a slip that is known, at its line, with a hint."""
    words = ", ".join(part for part in (error.context, error.problem) if part) or "cannot be read"
    begun = str(error.context).startswith("while scanning")  # the parser may notice much later
    mark = (begun and error.context_mark) or error.problem_mark or error.context_mark
    position = _at(mark) if mark else Position(1, 1)
    for number in range(min(position.line, len(lines)), max(0, position.line - 3), -1):
        text = lines[number - 1]
        if found := slip(text):
            if number < position.line:
                position = Position(number, len(text) - len(text.lstrip()) + 1)
            return Fault("yaml-syntax", words, position, found)
    hint = "lines that belong together begin in the same column: compare the spaces before them"
    columns = "did not find expected" in words or "mapping values" in words
    return Fault("yaml-syntax", words, position, hint if columns else "")


class _Builder:
    """Turns parse events into values. One per document."""

    def __init__(self, text: str, document: Document) -> None:
        self._next: Callable[[], Any] = Loader(text).get_event
        self._faults = document.faults

    def build(self) -> tuple[Any, _Marked]:
        self._next()  # stream start
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise Fault("empty-file", "the file is empty", Position(1, 1))
        value, marked = self._value(self._next(), None, 0)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            message = "a file holds one document, without ---"
            raise Fault("yaml-syntax", message, _at(event.start_mark))
        return value, marked

    def _value(self, event: Any, key_mark: Any, depth: int) -> tuple[Any, _Marked]:
        if depth > MAX_DEPTH or event.anchor or event.tag:
            raise _refused(event, depth)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return _scalar(event), (event.start_mark, key_mark, ())
        fill = self._sequence if kind is yaml.SequenceStartEvent else self._mapping
        items, inner = fill(depth + 1)
        return items, (event.start_mark, key_mark, inner)

    def _sequence(self, depth: int) -> tuple[list[Any], Any]:
        items: list[Any] = []
        inner: list[tuple[int, _Marked]] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            value, marked = self._value(event, None, depth)
            inner.append((len(items), marked))
            items.append(value)
        return items, inner

    def _mapping(self, depth: int) -> tuple[dict[str, Any], Any]:
        items: dict[str, Any] = {}
        marks: dict[str, _Marked] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            if event.anchor or event.tag:
                raise _refused(event, depth - 1)
            if type(event) is not yaml.ScalarEvent:
                hint = "put text that begins with a bracket between quotation marks"
                raise Fault("yaml-syntax", "a key must be one word", _at(event.start_mark), hint)
            key, mark = event.value, event.start_mark
            if key in items:
                message = f"the key {key} stands twice (first in line {marks[key][1].line + 1})"
                self._faults.append(Fault("duplicate-key", message, _at(mark)))
            value, marked = self._value(self._next(), mark, depth)
            items.setdefault(key, value)
            marks.setdefault(key, marked)
        return items, marks.items()


def _refused(event: Any, depth: int) -> Fault:
    place = _at(event.start_mark)
    if depth > MAX_DEPTH:
        return Fault("too-deep", f"nested deeper than {MAX_DEPTH} levels", place)
    if isinstance(event, yaml.AliasEvent):
        message = f"the alias *{event.anchor} is not allowed: write the value out"
    else:
        what = f"the anchor &{event.anchor}" if event.anchor else f"the tag {event.tag}"
        message = f"{what} is not allowed: leave it out"
    return Fault("yaml-feature", message, place)


def _scalar(event: Any) -> Any:
    if not event.style and event.value in _CONSTANTS:  # plain: "" of the C parser, else None
        return _CONSTANTS[event.value]
    return event.value
