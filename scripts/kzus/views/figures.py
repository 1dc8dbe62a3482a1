"""The series of the record as figures: what is drawn, what the table says, what can be read.

Series that measure one flow stand in one figure, side by side. A line joins only the values of
years that follow each other, and never goes across a break or through a series that its record
says not to join.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..dataset import Dataset
from ..dates import Date
from ..model import vocabulary
from ..model.records import Disagreement, Series, Value
from .notes import Noted, NotedSource, Notes
from .readings import number, reading

LEAST_DRAWN = 3  # two values are a sentence, not a chart


@dataclass(frozen=True)
class Cell:
    """A value in a table: figure, marks of doubt, what it stands for, its sources."""

    value: str
    marks: tuple[str, ...]
    words: str
    notes: tuple[NotedSource, ...]


@dataclass(frozen=True)
class Row:
    """The values of one period, for each series; `gap` where two sides give one each."""

    period: str
    cells: tuple[tuple[Cell, ...], ...]
    gap: str


@dataclass(frozen=True)
class Figure:
    """One flow as chart, reading, table and sources.

    `spec` names the chart's specification; it is empty where there is too little to draw.
    `disputes` holds anchors and questions of the page of disagreements.
    """

    id: str
    series: tuple[Series, ...]
    spec: str
    points: tuple[dict[str, Any], ...]
    breaks: tuple[tuple[Date, str], ...]
    reading: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Noted, ...]
    disputes: tuple[tuple[str, str], ...]
    sources: tuple[NotedSource, ...]

    @property
    def rules(self) -> tuple[dict[str, float], ...]:
        """Where the breaks stand in the chart: before the first value that they concern."""
        return tuple({"x": at} for at in sorted({_place(when) - 0.5 for when, _ in self.breaks}))

    @property
    def doubtful(self) -> bool:
        """Whether some value is partial or an estimate."""
        return any(not point["sure"] for point in self.points)


def figures(dataset: Dataset, order: Iterable[str] = ()) -> dict[str, tuple[Figure, ...]]:
    """All figures by topic, in the order of the topics.

    `order` names flows and series in the order in which a page wants them; others come last.
    """
    places = {key: place for place, key in enumerate(order)}
    found: dict[str, dict[str, list[Series]]] = {key: {} for key in vocabulary.SERIES_TOPICS}
    for series in dataset.series.values():
        found[series.topic].setdefault(series.flow or series.id, []).append(series)
    return {
        topic: tuple(
            _figure(dataset, key, flows[key])
            for key in sorted(flows, key=lambda key: (places.get(key, len(places)), key))
        )
        for topic, flows in found.items()
        if flows
    }


def _figure(dataset: Dataset, identifier: str, group: Sequence[Series]) -> Figure:
    sides = list(vocabulary.SIDES)
    series = tuple(sorted(group, key=lambda one: (sides.index(one.side), one.id)))
    notes = Notes(dataset)
    rows = tuple(_rows(series, notes))
    breaks = [(item.at, item.note) for one in series for item in one.breaks]
    said = [note for one in series for note in notes.statements(one.notes)]
    for one in series:
        notes.notes(one.sources)
    spec, drawn = _drawn(series)
    return Figure(
        id=identifier,
        series=series,
        spec=spec,
        points=tuple(point for one in drawn for point in _points(*one)),
        breaks=tuple(dict.fromkeys(breaks)),
        reading=reading(series),
        rows=rows,
        notes=tuple(dict.fromkeys(said)),
        disputes=tuple(dict.fromkeys(d for one in series for d in _disputes(dataset, one))),
        sources=notes.sources(),
    )


def _disputes(dataset: Dataset, series: Series) -> Iterator[tuple[str, str]]:
    across = {dispute.question for dispute in dataset.disputes.values()}
    for link in dataset.backlinks.get(("series", series.id), ()):
        if isinstance(link.entry, Disagreement):
            yield link.entry.id, link.entry.question
    for place, dispute in enumerate(series.disputes, start=1):
        if dispute.question not in across:
            yield f"{series.id}-{place}", dispute.question


def _drawn(series: Sequence[Series]) -> tuple[str, list[tuple[Series, list[Value]]]]:
    """The chart that suits the values, and which of them it shows: months, or all others."""
    values = [value for one in series for value in one.values]
    if len(values) < LEAST_DRAWN:
        return "", [(one, list(one.values)) for one in series]
    months = [value for value in values if value.period.month and not value.period.is_interval]
    if series[0].joined and len(months) > len(values) / 2:
        return "months", [(s, [v for v in s.values if v in months]) for s in series]
    spec = "ranks" if series[0].topic == "ranking" else "lines"
    return spec, [(one, list(one.values)) for one in series]


def _points(series: Series, values: Sequence[Value]) -> Iterator[dict[str, Any]]:
    breaks = sorted(_place(b.at) for b in series.breaks)
    segment, before = 0, None
    for value in sorted(values, key=lambda v: v.period.key):
        here = _place(value.period)
        sure = not (value.partial or value.estimate)
        apart = before is None or not (series.joined and sure) or here - before > 1
        if apart or any(before is not None and before < at <= here for at in breaks):
            segment += 1
        yield {
            "x": here,
            "y": float(value.value),
            "side": series.side,
            "segment": f"{series.id} {segment}",
            "sure": sure,
            "period": value.period.words,
        }
        before = here if sure else None


def _place(when: Date) -> float:
    """Where a period stands on the axis of years: a year at its number, a day around it."""
    middle = (when.first.toordinal() + when.last.toordinal()) / 2
    start = when.first.replace(month=1, day=1)
    return (
        round(start.year + (middle - start.toordinal()) / 365.25 - 0.5, 2)
        if _fine(when)
        else float(start.year)
    )


def _fine(when: Date) -> bool:
    return when.month is not None or when.is_interval


def _rows(series: Sequence[Series], notes: Notes) -> Iterator[Row]:
    """A row for each period, the latest first."""
    periods = {value.period: value.period.key for one in series for value in one.values}
    for period in sorted(periods, key=lambda p: periods[p], reverse=True):
        found = [[v for v in one.values if v.period == period] for one in series]
        cells = tuple(
            tuple(_cell(value, notes, one) for value in values)
            for one, values in zip(series, found, strict=True)
        )
        yield Row(period.words, cells, _gap(series, found))


def _cell(value: Value, notes: Notes, series: Series) -> Cell:
    marks = [word for word in ("partial", "estimate") if getattr(value, word)]
    words = "; ".join(part for part in (value.label, value.note) if part)
    return Cell(
        number(value.value), tuple(marks), words, notes.notes(value.sources or series.sources)
    )


def _gap(series: Sequence[Series], found: Sequence[Sequence[Value]]) -> str:
    """How much more the second side's figure is, where each of two sides gives one."""
    if len(series) != 2 or [len(values) for values in found] != [1, 1]:
        return ""
    first, second = (values[0] for values in found)
    difference = second.value - first.value
    sign = "+" if difference > 0 else ""
    share = f" ({sign}{_percent(difference, first.value)}%)" if first.value else ""
    return f"{sign}{number(difference)}{share}"


def _percent(part: Decimal, whole: Decimal) -> str:
    return number((100 * part / whole).quantize(Decimal(1)))
