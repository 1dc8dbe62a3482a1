"""What a rule is, and what it finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ..dataset import Dataset
from ..model.records import Entry
from ..problems import DataPath, Level

T = TypeVar("T")
_MANUAL = re.compile(r"(.*?)\n\nWrong:\n\n(.*?)\n\nRight:\n\n(.*)", re.DOTALL)


@dataclass(frozen=True)
class Finding:
    """What a rule found: at `path` in an entry, or in a file of the record."""

    message: str
    entry: Entry | None = None
    path: DataPath = ()
    hint: str = ""
    file: str = ""


@dataclass(frozen=True)
class Manual:
    """A rule's page in the contributor's guide; the examples are changes to files, in YAML."""

    text: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Rule:
    """A named check."""

    name: str
    check: Callable[[Dataset], Iterator[Finding]]
    level: Level = "error"

    @property
    def manual(self) -> Manual:
        """The parts of the check's docstring."""
        match = _MANUAL.fullmatch(inspect.getdoc(self.check) or "")
        if match is None:
            raise ValueError(f"the docstring of {self.name} has no wrong and right example")
        text, wrong, right = match.groups()
        return Manual(text, inspect.cleandoc(wrong), inspect.cleandoc(right))


def repeated(items: Iterable[T], mark: Callable[[T], Hashable]) -> Iterator[tuple[T, T]]:
    """The items that have the mark of an earlier one, each with that one."""
    first: dict[Hashable, T] = {}
    for item in items:
        other = first.setdefault(mark(item), item)
        if other is not item:
            yield item, other
