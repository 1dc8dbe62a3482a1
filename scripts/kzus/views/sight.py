"""What the page of an entry can see, as a digest: while it stays the same, so does the page.

A page shows its entry, what links to and from it say, and of those again what they name; a source
is never shown without its publisher, nor a dialogue without its rounds. Pages of publishers and
dialogues show besides what rests on their sources, and what came of their rounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from ..dataset import Dataset, Key

# Kinds whose pages look at what points to their neighbors, and kinds that are looked at so.
_FAR = frozenset({"publishers", "dialogues"})
_OPEN = frozenset({"dialogues"})


def sights(dataset: Dataset) -> Mapping[Key, str]:
    """For each entry a digest of all that pages and files about it may show of the record.

    What is not of single entries is left to the caller: the day of the record, and which entry
    stands before and after.
    """
    own = {(entry.kind, entry.id): digest(entry.model_dump_json()) for entry in dataset.entries()}
    for key, source in dataset.sources.items():
        own["sources", key] += own.get(("publishers", source.publisher), "")
    ahead = {key: _ahead(dataset, key) for key in own}
    behind = {key: _behind(dataset, key) for key in own}
    face = {key: digest(own[key], *(own[to] for to in ahead[key])) for key in own}
    both = {key: digest(face[key], *(own[by] for by in behind[key])) for key in own}

    def seen(key: Key) -> Iterator[str]:
        for other in (*ahead[key], *behind[key]):
            yield (both if key[0] in _FAR or other[0] in _OPEN else face)[other]

    return {key: digest(mine, *seen(key)) for key, mine in own.items()}


def _ahead(dataset: Dataset, key: Key) -> tuple[Key, ...]:
    """The keys of what an entry names."""
    links = dataset.links_from(dataset.of(key[0])[key[1]])
    return tuple((k, link.to) for link in links for k in link.kinds if link.to in dataset.of(k))


def _behind(dataset: Dataset, key: Key) -> tuple[Key, ...]:
    """The keys of what names an entry."""
    return tuple((link.entry.kind, link.entry.id) for link in dataset.backlinks.get(key, ()))


def digest(*parts: str | bytes) -> str:
    """A digest of some texts, in their order."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode()
        found.update(b"%d:" % len(raw) + raw)
    return found.hexdigest()


def whole(seen: Mapping[Key, str]) -> str:
    """A digest of the whole record."""
    return digest(*(part for key in sorted(seen) for part in (*key, seen[key])))
