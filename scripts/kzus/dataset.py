"""All records together: immutable collections, with the links between them.

Nothing here reads files or judges; `loader` fills it, `rules` judge it, `views` show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from pydantic import BaseModel

from .model.base import References, model_in, parts_of
from .model.records import (
    Agreement,
    Commitment,
    Dialogue,
    Disagreement,
    Entry,
    Event,
    Office,
    Organization,
    Person,
    Place,
    Publisher,
    Series,
    Source,
    Theme,
)
from .problems import DataPath

# Kinds that have a page of their own at /<kind>/<id>/.
PAGE_KINDS = ("events", "agreements", "commitments", "people", "organizations")
Key = tuple[str, str]


@dataclass(frozen=True)
class Redirects:
    """What became of ids that are no longer there."""

    moved: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)  # compared by identity: caches of what follows from it are keyed
class Dataset:
    """The record as one value.

    `files` says where each entry stands: (kind, id) -> (path below the repository, path in the
    file). `previous` holds the keys that the record had before, as far as they are known. `broken`
    holds the keys of entries that cannot be read, be they left out or as they last were;
    (kind, "*") where it is unknown which. `remembered` holds the references of entries that another
    dataset had, and takes those of this one. `digest` is one of the files that it was read from.
    """

    events: Mapping[str, Event]
    agreements: Mapping[str, Agreement]
    commitments: Mapping[str, Commitment]
    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    series: Mapping[str, Series]
    disputes: Mapping[str, Disagreement]
    sources: Mapping[str, Source]
    publishers: Mapping[str, Publisher]
    offices: Mapping[str, Office]
    dialogues: Mapping[str, Dialogue]
    places: Mapping[str, Place]
    themes: Mapping[str, Theme]
    redirects: Redirects
    expectations: Mapping[str, int]
    as_of: date
    files: Mapping[Key, tuple[str, DataPath]] = field(default_factory=dict, repr=False)
    previous: frozenset[Key] = frozenset()
    broken: frozenset[Key] = frozenset()
    remembered: dict[Key, tuple[Link, ...]] = field(default_factory=dict, repr=False)
    digest: str = ""

    kinds: ClassVar[tuple[str, ...]] = (
        *(*PAGE_KINDS, "series", "disputes"),
        *("sources", "publishers", "offices", "dialogues", "places", "themes"),
    )

    def of(self, kind: str) -> Mapping[str, Any]:
        """The collection of a kind, such as ``people``."""
        collection: Mapping[str, Any] = getattr(self, kind)
        return collection

    def find(self, identifier: str) -> Entry | None:
        """The record that has this id; the kinds are asked in the order of `PAGE_KINDS`."""
        for kind in (*PAGE_KINDS, "series"):
            if identifier in self.of(kind):
                found: Entry = self.of(kind)[identifier]
                return found
        return None

    def records(self) -> Iterator[Entry]:
        """Every record that stands in a file of its own, by kind and id."""
        for kind in (*PAGE_KINDS, "series", "disputes"):
            yield from self.of(kind).values()

    def entries(self) -> Iterator[Entry]:
        """Every record and every entry of a table."""
        for kind in self.kinds:
            yield from self.of(kind).values()

    def may_have(self, kind: str, identifier: str) -> bool:
        """Whether there is such an entry, be it one that cannot be read."""
        known = identifier in self.of(kind) or (kind, identifier) in self.broken
        return known or (kind, "*") in self.broken

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every reference from one entry to another, in the order of the record."""
        return tuple(link for links in self._links.values() for link in links)

    @cached_property
    def _links(self) -> Mapping[Key, tuple[Link, ...]]:
        found: dict[Key, tuple[Link, ...]] = {}
        for entry in self.entries():
            key = (entry.kind, entry.id)
            known = self.remembered.get(key)
            found[key] = known if known and known[0].entry is entry else tuple(links_of(entry))
        self.remembered.update(found)
        return found

    def links_from(self, entry: Entry) -> tuple[Link, ...]:
        """The references in an entry of this dataset."""
        return self._links[entry.kind, entry.id]

    @cached_property
    def chronicle(self) -> tuple[Event, ...]:
        """All events, oldest first."""
        return tuple(sorted(self.events.values(), key=lambda event: (event.date.key, event.id)))

    @cached_property
    def rounds(self) -> Mapping[str, tuple[Event, ...]]:
        """For each dialogue, the events that were its rounds, oldest first."""
        found: dict[str, list[Event]] = {key: [] for key in self.dialogues}
        for event in self.chronicle:
            if event.dialogue and event.dialogue.format in found:
                found[event.dialogue.format].append(event)
        return MappingProxyType({key: tuple(events) for key, events in found.items()})

    @cached_property
    def backlinks(self) -> Mapping[Key, tuple[Link, ...]]:
        """For each (kind, id), the references that point to it."""
        found: dict[Key, list[Link]] = {}
        for link in self.links:
            for kind in link.kinds:
                if link.to in self.of(kind):
                    found.setdefault((kind, link.to), []).append(link)
                    break
        return MappingProxyType({key: tuple(links) for key, links in found.items()})

    @cached_property
    def dangling(self) -> tuple[Link, ...]:
        """The references to nothing, not even to an entry that cannot be read."""
        known = {kind: self.of(kind) for kind in self.kinds}
        lost = [x for x in self.links if x.to not in known[x.kinds[0]]]
        return tuple(x for x in lost if not any(self.may_have(kind, x.to) for kind in x.kinds))


@dataclass(frozen=True)
class Link:
    """A reference in an entry: at `path` it names `to`, which must be of one of the kinds."""

    entry: Entry
    path: DataPath
    kinds: tuple[str, ...]
    to: str


def links_of(entry: Entry) -> Iterator[Link]:
    """Yield the references in an entry, found from the marks on its model's fields."""
    for path, kinds, to in _references(entry, ()):
        yield Link(entry, path, kinds, to)


def _references(part: BaseModel, path: DataPath) -> Iterator[tuple[DataPath, tuple[str, ...], str]]:
    for name, key, kinds in _plan(type(part)):
        value = getattr(part, name)
        if value is None:
            continue
        here = (*path, key)
        items: Iterable[tuple[DataPath, Any]] = [(here, value)]
        if isinstance(value, tuple):
            items = [((*here, index), item) for index, item in enumerate(value)]
        for place, item in items:
            if kinds:
                yield place, kinds, item
            else:
                yield from _references(item, place)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Which fields of a model hold references (with their kinds) or parts with references."""
    plan = []
    for name, info in model.model_fields.items():
        marks = parts_of(info.annotation, *info.metadata)
        kinds = tuple(kind for m in marks if isinstance(m, References) for kind in m.kinds)
        if kinds or model_in(info.annotation):
            plan.append((name, info.alias or name, kinds))
    return tuple(plan)
