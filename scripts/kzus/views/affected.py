"""Which entries' pages can change when some entries change.

A page shows its entry, what that names and what names it, and of those again what they name: two
steps along links, whichever way they point. Themes, places and offices are ends of the way: no
page shows of a theme what else has it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..dataset import Dataset, Key, Link

STEPS = 2
_ENDS = frozenset({"themes", "places", "offices"})


def changed(old: Dataset, new: Dataset) -> frozenset[Key]:
    """The keys of entries that one of two datasets does not have as the other has them.

    Entries are compared by identity: a loader with a memory keeps those of unchanged files.
    """
    before = {(entry.kind, entry.id): entry for entry in old.entries()}
    after = {(entry.kind, entry.id): entry for entry in new.entries()}
    return frozenset(
        key for key in before.keys() | after.keys() if before.get(key) is not after.get(key)
    )


def affected(dataset: Dataset, keys: Iterable[Key]) -> frozenset[Key]:
    """The keys, and those within reach of them along links."""
    reached = set(keys)
    edge = set(reached)
    for _ in range(STEPS):
        edge = {n for key in edge if key[0] not in _ENDS for n in _neighbors(dataset, key)}
        edge -= reached
        reached |= edge
    return frozenset(reached)


def _neighbors(dataset: Dataset, key: Key) -> Iterable[Key]:
    for link in dataset.backlinks.get(key, ()):
        yield (link.entry.kind, link.entry.id)
    entry = dataset.of(key[0]).get(key[1])
    for link in dataset.links_from(entry) if entry else ():
        yield from _targets(dataset, link)


def _targets(dataset: Dataset, link: Link) -> Iterable[Key]:
    return ((kind, link.to) for kind in link.kinds if link.to in dataset.of(kind))
