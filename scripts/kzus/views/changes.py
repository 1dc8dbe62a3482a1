"""What the record learned, day by day: its own history in words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..dataset import Dataset
from ..edition import Revision
from ..history import MOST_FILES
from ..loader import load
from .meaning import Change, changes, summary


@dataclass(frozen=True)
class Learned:
    """What one commit changed. Of an import only `files` is known, the number of its files."""

    day: date
    commit: str
    files: int
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """All of it in one line."""
        return summary(self.changes) or f"brings in {self.files:,} files at once"


@lru_cache(maxsize=2)
def learned(revisions: tuple[Revision, ...]) -> tuple[Learned, ...]:
    """Tell revisions in words, in their order; those that change no statement are left out."""
    told = (Learned(r.day, r.commit, r.files, _changes(r)) for r in revisions)
    return tuple(one for one in told if one.changes or one.files > MOST_FILES)


def _changes(revision: Revision) -> tuple[Change, ...]:
    before, after = (_partial(files, revision.day) for files in (revision.before, revision.after))
    return changes(before, after, whole=False)


def _partial(files: Iterable[tuple[str, bytes]], day: date) -> Dataset:
    """The dataset that a few files make: enough to compare them with themselves."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files:
            if ".." not in Path(name).parts:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        return load(root, as_of=day)[0]
