"""What the record learned, day by day: its own history in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..edition import Revision
from ..history import MOST_FILES
from ..loader import load_files
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
    sides = (revision.before, revision.after)
    before, after = (load_files(files, as_of=revision.day)[0] for files in sides)
    return changes(before, after, whole=False)
