"""The register of sources: by publisher and kind, what rests on each, and what on one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import Disagreement, Entry, Publisher, Record, Source
from .refs import Ref, in_order, ref


@dataclass(frozen=True)
class SourceRow:
    """A source with the records that it supports, and those that rest on it alone."""

    source: Source
    supports: tuple[Ref, ...]
    alone: tuple[Ref, ...]


def publishers(dataset: Dataset) -> tuple[tuple[Publisher, int], ...]:
    """All publishers with the number of their sources, by name."""
    counts = Counter(source.publisher for source in dataset.sources.values())
    order = sorted(dataset.publishers.values(), key=lambda entry: entry.name.casefold())
    return tuple((publisher, counts[publisher.id]) for publisher in order)


def by_kind(dataset: Dataset) -> Mapping[str, int]:
    """How many sources there are of each kind."""
    return Counter(source.source_kind for source in dataset.sources.values())


def alone(dataset: Dataset) -> dict[str, tuple[SourceRow, ...]]:
    """What rests on one source alone, by kind of source, the weakest kind first."""
    found: dict[str, list[SourceRow]] = {kind: [] for kind in reversed(vocabulary.SOURCE_KINDS)}
    names = {key: entry.name.casefold() for key, entry in dataset.publishers.items()}
    for source in sorted(dataset.sources.values(), key=lambda source: names[source.publisher]):
        if _alone(_resting(dataset, source), source):
            found[source.source_kind].append(source_row(dataset, source))
    return {kind: tuple(rows) for kind, rows in found.items() if rows}


def source_row(dataset: Dataset, source: Source) -> SourceRow:
    """What rests on a source."""
    entries = _resting(dataset, source)
    alone = _alone(entries, source)
    return SourceRow(source, in_order([ref(e) for e in entries]), in_order([ref(e) for e in alone]))


def _resting(dataset: Dataset, source: Source) -> Collection[Entry]:
    links = dataset.backlinks.get(("sources", source.id), ())
    return {(link.entry.kind, link.entry.id): link.entry for link in links}.values()


def _alone(entries: Iterable[Entry], source: Source) -> list[Entry]:
    records = (entry for entry in entries if isinstance(entry, Record | Disagreement))
    return [entry for entry in records if getattr(entry, "sources", ()) == (source.id,)]
