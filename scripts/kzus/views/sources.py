"""The register of sources: by publisher and kind, what rests on each, and what on one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import Entry, Publisher, Source
from .refs import KIND_NAMES, Ref, in_order, ref


@dataclass(frozen=True)
class SourceRow:
    """A source with the records that it supports, and those that rest on it alone."""

    source: Source
    supports: tuple[Ref, ...]
    alone: tuple[Ref, ...]


@dataclass(frozen=True)
class PublisherRow:
    """A publisher with its sources."""

    publisher: Publisher
    ref: Ref
    sources: tuple[SourceRow, ...]

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many of its sources are of which kind, the strongest kind first."""
        counts = Counter(row.source.source_kind for row in self.sources)
        return tuple((kind, counts[kind]) for kind in vocabulary.SOURCE_KINDS if counts[kind])

    @property
    def supports(self) -> int:
        """How many records rest on one of its sources at least."""
        return len({ref for row in self.sources for ref in row.supports})

    @property
    def alone(self) -> int:
        """How many records rest on a single source, which is one of these."""
        return sum(len(row.alone) for row in self.sources)


def publishers(dataset: Dataset) -> tuple[PublisherRow, ...]:
    """All publishers, by name."""
    grouped: dict[str, list[SourceRow]] = {key: [] for key in dataset.publishers}
    for source in dataset.sources.values():
        grouped[source.publisher].append(source_row(dataset, source))
    order = sorted(dataset.publishers.values(), key=lambda entry: entry.name.casefold())
    return tuple(PublisherRow(p, ref(p), tuple(grouped[p.id])) for p in order)


@dataclass(frozen=True)
class AloneRow:
    """A source with the records that rest on it alone."""

    source: Source
    publisher: Ref
    refs: tuple[Ref, ...]


def alone(dataset: Dataset) -> dict[str, tuple[AloneRow, ...]]:
    """What rests on one source alone, by kind of source, the weakest kind first."""
    found: dict[str, list[AloneRow]] = {kind: [] for kind in reversed(vocabulary.SOURCE_KINDS)}
    for row in (row for publisher in publishers(dataset) for row in publisher.sources):
        if row.alone:
            publisher = ref(dataset.publishers[row.source.publisher])
            found[row.source.source_kind].append(AloneRow(row.source, publisher, row.alone))
    return {kind: tuple(rows) for kind, rows in found.items() if rows}


def source_row(dataset: Dataset, source: Source) -> SourceRow:
    """What rests on a source."""
    entries = _distinct(link.entry for link in dataset.backlinks.get(("sources", source.id), ()))
    records = (entry for entry in entries if entry.kind in KIND_NAMES)
    alone = [entry for entry in records if getattr(entry, "sources", ()) == (source.id,)]
    return SourceRow(source, in_order([ref(e) for e in entries]), in_order([ref(e) for e in alone]))


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return list({(entry.kind, entry.id): entry for entry in entries}.values())
