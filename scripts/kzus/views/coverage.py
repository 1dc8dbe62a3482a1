"""What the record holds, counted: by year, theme and pillar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..dataset import Dataset
from ..model import vocabulary
from .refs import date_of

_TOPICAL = ("events", "agreements", "commitments")
# A name with the numbers of events, agreements and commitments.
Row = tuple[str, int, int, int]


def years(dataset: Dataset) -> tuple[Row, ...]:
    """Counts by year, from the first to the last that has an event, none left out."""
    found = [event.date.year for event in dataset.chronicle]
    if not found:
        return ()
    names = [str(year) for year in range(found[0], max(found) + 1)]
    return _counts(dataset, {name: name for name in names}, _year)


def themes(dataset: Dataset) -> tuple[Row, ...]:
    """Counts by theme."""
    names = {key: theme.name for key, theme in dataset.themes.items()}
    return _counts(dataset, names, lambda entry: entry.themes)


def pillars(dataset: Dataset) -> tuple[Row, ...]:
    """Counts by pillar; a record of two pillars counts for both."""
    return _counts(dataset, vocabulary.PILLARS, lambda entry: entry.pillars)


def _year(entry: Any) -> Iterable[str]:
    when = date_of(entry)
    return [str(when.year)] if when else []


def _counts(
    dataset: Dataset, names: Mapping[str, str], keys: Callable[[Any], Iterable[str]]
) -> tuple[Row, ...]:
    found = {
        kind: Counter(k for e in dataset.of(kind).values() for k in keys(e)) for kind in _TOPICAL
    }
    return tuple(
        (name, found["events"][key], found["agreements"][key], found["commitments"][key])
        for key, name in names.items()
    )
