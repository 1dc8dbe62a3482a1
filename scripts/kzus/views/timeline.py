"""All events by year and month, and the strip that counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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

    @property
    def day(self) -> str:
        """What its date adds to the year and the month, under which it stands in a list."""
        date = self.event.date
        if date.begin is None or date.end is None or date.begin.year != date.end.year:
            return date.words
        words = date.words.removesuffix(str(date.year)).strip()
        return words.removesuffix(MONTHS[date.month or 0]).strip()

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of those who took part, each once."""
        return tuple(dict.fromkeys(p.person for p in self.event.participants if p.person))


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

    def lines(self, width: int) -> int:
        """How many lines their titles need where a line holds so many letters."""
        rows = (row for month in self.months for row in month.rows)
        return sum(-(-len(row.ref.title) // width) for row in rows)


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
class Facet:
    """A field by which events can be chosen: its values with their names and numbers of events."""

    key: str
    name: str
    values: tuple[tuple[str, str, int], ...]


EVIDENCE = {
    "strong": "A primary source and another publisher",
    "several": "Several publishers, none primary",
    "single": "One publisher",
}


def facets(dataset: Dataset) -> tuple[Facet, ...]:
    """What events can be chosen by: closed lists in their order, the rest by name."""
    rows = [row(dataset, event) for event in dataset.chronicle]
    themes = {key: theme.name for key, theme in dataset.themes.items()}
    places = {key: place.name for key, place in dataset.places.items()}
    people = {key: person.name for key, person in dataset.people.items()}
    values: list[tuple[str, str, Mapping[str, str], Iterable[str]]] = [
        ("pillar", "Pillar", vocabulary.PILLARS, [p for r in rows for p in r.event.pillars]),
        ("theme", "Theme", _by_name(themes), [t for r in rows for t in r.event.themes]),
        ("type", "Type", vocabulary.EVENT_TYPES, [r.event.type for r in rows]),
        ("person", "Person", _by_name(people), [p for r in rows for p in r.people]),
        ("place", "Place", _by_name(places), [r.event.place or "" for r in rows]),
        ("evidence", "Evidence", EVIDENCE, [r.evidence.level for r in rows]),
    ]
    return tuple(Facet(key, name, _counted(names, used)) for key, name, names, used in values)


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def _counted(names: Mapping[str, str], used: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(used)
    return tuple((key, name, counts[key]) for key, name in names.items() if counts[key])


@dataclass(frozen=True)
class Column:
    """A year of the strip: how many events of each pillar (by their first), and of all."""

    year: int
    counts: tuple[tuple[str, int], ...]
    total: int

    @property
    def stack(self) -> tuple[tuple[str, int, int], ...]:
        """Pillar, how many events lie below it in the column, and how many it has."""
        below, found = 0, []
        for pillar, count in self.counts:
            found.append((pillar, below, count))
            below += count
        return tuple(part for part in found if part[2])

    @property
    def words(self) -> str:
        """The column in words, for those who do not see it."""
        parts = [f"{count} {vocabulary.PILLARS[p].lower()}" for p, count in self.counts if count]
        noun = "event" if self.total == 1 else "events"
        return f"{self.year}: {self.total} {noun}" + (f" ({', '.join(parts)})" if parts else "")


def strip(dataset: Dataset) -> tuple[Column, ...]:
    """A column for each year from the first to the last, the empty ones too."""
    if not dataset.chronicle:
        return ()
    by_year = groupby(dataset.chronicle, key=lambda event: event.date.year)
    found = {year: list(events) for year, events in by_year}
    columns = []
    for number in range(min(found), max(found) + 1):
        events = found.get(number, [])
        counts = [(p, sum(e.pillars[0] == p for e in events)) for p in vocabulary.PILLARS]
        columns.append(Column(number, tuple(counts), len(events)))
    return tuple(columns)
