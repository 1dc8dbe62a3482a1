"""What the page of an entry can see, as a digest: while it stays the same, so does the page.

A page shows its entry, what links to and from it say, and of those again what they name; a source
is never shown without its publisher, a dialogue without its rounds, an office without its holders.
Pages of publishers and dialogues show besides what rests on their sources, and what came of their
rounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from ..dataset import Dataset, Key
from ..model.records import Entry

_WORDS: Any = {"facts": {"__all__": {"text"}}}
# Kinds whose pages look at what points to their neighbors, and kinds that are looked at so.
_FAR = frozenset({"publishers", "dialogues"})
_OPEN = frozenset({"dialogues", "offices"})
hasher = partial(hashlib.blake2b, digest_size=16)


@dataclass(frozen=True)
class Sights:
    """Digests by entry of a dataset.

    What is not of single entries is left to the caller: the day of the record, and which entry
    stands before and after.
    """

    dataset: Dataset

    @cached_property
    def plain(self) -> Mapping[Key, str]:
        """Of what stands in it but for the words of facts, which most lists do not show."""
        return {(entry.kind, entry.id): _plain(entry) for entry in self.dataset.entries()}

    @cached_property
    def own(self) -> Mapping[Key, str]:
        """Of all that stands in it."""
        facts = ((entry, getattr(entry, "facts", ())) for entry in self.dataset.entries())
        words = {(e.kind, e.id): [fact.text for fact in said] for e, said in facts if said}
        return {**self.plain, **{key: digest(self.plain[key], *of) for key, of in words.items()}}

    @cached_property
    def seen(self) -> Mapping[Key, str]:
        """Of all that pages and files about it may show of the record."""
        return _seen(self.dataset, self.own)

    @property
    def outline(self) -> str:
        """A digest of the whole record but for the words of facts."""
        return digest(repr(sorted(self.plain.items())))

    def of(self, kinds: Iterable[str]) -> str:
        """A digest of what stands in the entries of some kinds."""
        chosen = frozenset(kinds)
        return digest(*(f"{key} {self.own[key]}" for key in sorted(self.own) if key[0] in chosen))


def _plain(entry: Entry) -> str:
    return digest(entry.model_dump_json(exclude=_WORDS))


def _seen(dataset: Dataset, own: Mapping[Key, str]) -> Mapping[Key, str]:
    shown = dict(own)
    for key, source in dataset.sources.items():
        shown["sources", key] += own.get(("publishers", source.publisher), "")
    ahead: dict[Key, list[Key]] = {key: [] for key in own}
    behind: dict[Key, list[Key]] = {key: [] for key in own}
    for entry in dataset.entries():
        by = (entry.kind, entry.id)
        for link in dataset.links_from(entry):
            for kind in link.kinds:
                if (to := (kind, link.to)) in own:
                    ahead[by].append(to)
                    behind[to].append(by)
    face = {key: _joined(shown, (key, *ahead[key])) for key in own}

    @cache
    def both(key: Key) -> str:
        return face[key] + _joined(shown, behind[key])

    def near(key: Key) -> str:
        far = key[0] in _FAR
        around = (*ahead[key], *behind[key])
        return "".join([both(to) if far or to[0] in _OPEN else face[to] for to in around])

    return {key: digest(shown[key] + near(key)) for key in own}


def _joined(digests: Mapping[Key, str], keys: Iterable[Key]) -> str:
    return digest("".join([digests[key] for key in keys]))


def digest(*parts: str | bytes) -> str:
    """A digest of the bytes of a file, or of some texts in their order."""
    match parts:
        case (bytes() as raw,):
            pass
        case _:
            raw = repr(parts).encode()
    return hasher(raw).hexdigest()
