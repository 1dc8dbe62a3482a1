"""Spans of time as bars on a line of years, drawn at build time.

A bar that is ``sure`` rests on dates of a source; one that is ``open`` begins or ends where no
source shows it and is drawn broken; one that is ``seen`` is a moment that a source shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..dataset import Dataset
from ..dates import Date
from ..model.records import Agreement, Tenure
from .agreements import State

LENGTH = 100  # of the line: places are percentages
_STUB = timedelta(days=365)  # how far a bar goes on whose end no source shows


@dataclass(frozen=True)
class Bar:
    """A part of a line: ``sure``, ``open`` or ``seen``; where it begins, and how long it is."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Axis:
    """A line of time between two days."""

    first: date
    last: date

    @property
    def ticks(self) -> tuple[tuple[int, float], ...]:
        """Every tenth year of the calendar with its place, none too near to an end for its name."""
        years = range(self.first.year, self.last.year + 1)
        places = ((year, self.at(date(year, 1, 1))) for year in years if year % 10 == 0)
        return tuple((year, x) for year, x in places if 8 <= x <= LENGTH - 10)

    def at(self, day: date) -> float:
        """Where a day is; a day beyond an end is at that end."""
        length = max((self.last - self.first).days, 1)
        return round(min(max((day - self.first).days / length, 0), 1) * LENGTH, 2)

    def bar(self, kind: str, begin: date, end: date) -> Bar:
        """A bar from one day to another, wide enough to be seen."""
        x = min(self.at(begin), LENGTH - 0.8)
        return Bar(kind, x, round(max(self.at(end) - x, 0.8), 2))


def axis(dataset: Dataset, earliest: date | None = None) -> Axis:
    """The line from the year of the record's first event, or an earlier one, to its own day."""
    first = dataset.chronicle[0].date.first if dataset.chronicle else dataset.as_of
    return Axis(min(first, earliest or first).replace(month=1, day=1), dataset.as_of)


def life(dataset: Dataset, agreement: Agreement, state: State) -> tuple[Bar, ...]:
    """An agreement's life: made and waiting, then in force; nothing after its last shown day."""
    line, today = axis(dataset), dataset.as_of
    past = [step.date.first for step in agreement.lifecycle if step.date.first <= today]
    if not past:
        return ()
    made, stop = min(past), state.until.last if state.until else today
    if state.code == "issued":
        return (line.bar("sure", made, made),)
    if not state.since:
        return (line.bar("open", made, stop),)
    waited = [line.bar("open", made, state.since.first)] if made < state.since.first else []
    return (*waited, line.bar("sure", state.since.first, stop))


def tenure(line: Axis, held: Tenure) -> tuple[Bar, ...]:
    """A post's time: what is sure, a broken stub at an end not shown, and when it was seen."""
    begin, end, seen = held.begin, held.end, held.seen
    if begin and end:
        return (line.bar("sure", begin.first, end.last),)
    if begin:
        return _unended(line, begin, seen)
    if end:
        return (line.bar("open", end.last - _STUB, end.last),)
    return (line.bar("seen", seen.first, seen.last),) if seen else ()


def _unended(line: Axis, begin: Date, seen: Date | None) -> tuple[Bar, ...]:
    known = seen.last if seen and seen.last > begin.last else begin.last
    stub = line.bar("open", known, min(known + _STUB, line.last))
    return (line.bar("sure", begin.first, known), stub)
