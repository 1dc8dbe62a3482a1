"""Checks across records: what `kzus check` knows beyond the shape of one file.

A rule is a generator from the dataset to findings. It never raises, prints or reads files. Its
docstring is its page in the contributor's guide: one paragraph on what must be and why, then an
example that is wrong and one that is right, which the tests run.

`RULES` is the policy, in the order in which it is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import yamlfile
from ..dataset import Dataset, Key
from ..model.records import Entry
from ..problems import DataPath, Level, Problem, shown


@dataclass(frozen=True)
class Finding:
    """What a rule found: at `path` in an entry, or in a file of the record."""

    message: str
    entry: Entry | None = None
    path: DataPath = ()
    hint: str = ""
    file: str = ""


@dataclass(frozen=True)
class Rule:
    """A named check."""

    name: str
    check: Callable[[Dataset], Iterator[Finding]]
    level: Level = "error"


RULES: tuple[Rule, ...] = ()


def check(dataset: Dataset, root: Path, skip: Iterable[str] = ()) -> list[Problem]:
    """Apply all rules but the skipped; return problems with their positions, unsorted.

    Positions are looked up by reading a file again, and only for files that have a finding:
    a clean record pays nothing for them.
    """
    left_out = frozenset(skip)
    positions = _Positions(dataset, root)
    return [
        positions.problem(rule, finding)
        for rule in RULES
        if rule.name not in left_out
        for finding in rule.check(dataset)
    ]


class _Positions:
    """Turns findings into problems."""

    def __init__(self, dataset: Dataset, root: Path) -> None:
        self._dataset, self._root = dataset, root
        self._documents: dict[str, yamlfile.Document] = {}

    def problem(self, rule: Rule, finding: Finding) -> Problem:
        path, line, column = finding.file, 0, 0
        if finding.entry is not None:
            key: Key = (finding.entry.kind, finding.entry.id)
            path, base = self._dataset.files[key]
            line, column = self._document(path).position((*base, *finding.path))
        where = shown(finding.path)
        message = f"{where} {finding.message}" if where else finding.message
        return Problem(path, line, column, rule.name, message, finding.hint, rule.level)

    def _document(self, path: str) -> yamlfile.Document:
        if path not in self._documents:
            self._documents[path] = yamlfile.read((self._root / path).read_bytes())
        return self._documents[path]
