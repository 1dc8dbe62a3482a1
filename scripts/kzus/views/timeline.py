"""All events by year and month, and the strip that counts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..dataset import Dataset
from ..dates import MONTHS
from ..model import vocabulary
from ..model.records import Event
from . import evidence
from .refs import Ref, ref


@dataclass(frozen=True)
class Row:
    """One event in a list."""

    event: Event
    ref: Ref
    place: str
    type: str
    evidence: evidence.Strength
    disputed: bool


@dataclass(frozen=True)
class Month:
    """The events of a month; `name` is empty for those of which only the year is known."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Year:
    """The events of a year."""

    year: int
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        """How many events."""
        return sum(len(month.rows) for month in self.months)


def row(dataset: Dataset, event: Event) -> Row:
    """What a list shows of an event."""
    place = dataset.places.get(event.place or "")
    return Row(
        event=event,
        ref=ref(event),
        place=place.name if place else "",
        type=vocabulary.EVENT_TYPES[event.type],
        evidence=evidence.strength(dataset, event.sources),
        disputed=bool(event.disputes),
    )


def years(dataset: Dataset, events: Iterable[Event] | None = None) -> tuple[Year, ...]:
    """Events, all or those given, by year and month, oldest first."""
    chosen = dataset.chronicle if events is None else events
    found = []
    for year, of_year in groupby(chosen, key=lambda event: event.date.year):
        months = [
            Month(MONTHS[month] if month else "", tuple(row(dataset, e) for e in group))
            for month, group in groupby(of_year, key=lambda event: event.date.month)
        ]
        found.append(Year(year, tuple(months)))
    return tuple(found)


@dataclass(frozen=True)
class Column:
    """A year of the strip: how many events of each pillar (by their first), and of all."""

    year: int
    counts: tuple[tuple[str, int], ...]
    total: int


def strip(dataset: Dataset) -> tuple[Column, ...]:
    """A column for each year from the first to the last, the empty ones too."""
    if not dataset.chronicle:
        return ()
    found = {year.year: year for year in years(dataset)}
    first, last = min(found), max(found)
    columns = []
    for number in range(first, last + 1):
        months = found[number].months if number in found else ()
        events = [row.event for month in months for row in month.rows]
        counts = [(p, sum(e.pillars[0] == p for e in events)) for p in vocabulary.PILLARS]
        columns.append(Column(number, tuple(counts), len(events)))
    return tuple(columns)
