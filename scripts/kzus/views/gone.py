"""What became of ids that are no longer there, so that their addresses still answer."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset import PAGE_KINDS, Dataset
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
    """All ids of kinds with pages that moved or were withdrawn, sorted."""
    found = []
    for old, new in dataset.redirects.moved.items():
        kind, _, identifier = new.partition("/")
        entry = dataset.of(kind).get(identifier) if kind in PAGE_KINDS else None
        if entry is not None:
            found.append((old, entry, ""))
    found += [(old, None, reason) for old, reason in dataset.redirects.withdrawn.items()]
    split = (
        (*old.partition("/")[::2], entry, reason)
        for old, entry, reason in sorted(found, key=lambda one: one[0])
    )
    return tuple(
        Gone(kind, identifier, entry, reason)
        for kind, identifier, entry, reason in split
        if kind in PAGE_KINDS and is_id(identifier) and identifier not in dataset.of(kind)
    )
