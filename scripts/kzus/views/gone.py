"""What became of ids that are no longer there, so that their addresses still answer."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset import Dataset
from ..model.base import is_id
from ..model.records import Entry


@dataclass(frozen=True)
class Gone:
    """An id that was: the entry that it became, or why it was withdrawn."""

    kind: str
    id: str
    entry: Entry | None = None
    reason: str = ""


def gone(dataset: Dataset) -> tuple[Gone, ...]:
    """All ids that moved or were withdrawn, sorted."""
    told = dataset.redirects
    found = []
    for old in sorted({*told.moved, *told.withdrawn}):
        kind, _, identifier = old.partition("/")
        to, _, new = told.moved.get(old, "").partition("/")
        entry = dataset.of(to).get(new) if to in dataset.kinds else None
        free = kind in dataset.kinds and is_id(identifier) and identifier not in dataset.of(kind)
        if free and (entry is not None or old in told.withdrawn):
            found.append(Gone(kind, identifier, entry, told.withdrawn.get(old, "")))
    return tuple(found)
