"""What a rule is, and what it finds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..model.records import Entry
from ..problems import DataPath, Level

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
