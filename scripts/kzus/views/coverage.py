"""What the record holds, counted: by kind, year, theme and pillar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..dataset import Dataset
from ..model import vocabulary
from .refs import date_of

_TOPICAL = ("events", "agreements", "commitments")


@dataclass(frozen=True)
class Count:
    """How many records of each of three kinds there are for a year, a theme or a pillar."""

    name: str
    events: int
    agreements: int
    commitments: int


def kinds(dataset: Dataset) -> tuple[tuple[str, int], ...]:
    """How many entries of each kind the record holds."""
    return tuple((kind, len(dataset.of(kind))) for kind in dataset.kinds)


def years(dataset: Dataset) -> tuple[Count, ...]:
    """Counts by year, from the first to the last that has an event, none left out."""
    found = [event.date.year for event in dataset.chronicle]
    if not found:
        return ()
    names = [str(year) for year in range(found[0], max(found) + 1)]
    return _counts(dataset, {name: name for name in names}, _year)


def themes(dataset: Dataset) -> tuple[Count, ...]:
    """Counts by theme."""
    names = {key: theme.name for key, theme in dataset.themes.items()}
    return _counts(dataset, names, lambda entry: entry.themes)


def pillars(dataset: Dataset) -> tuple[Count, ...]:
    """Counts by pillar; a record of two pillars counts for both."""
    return _counts(dataset, vocabulary.PILLARS, lambda entry: entry.pillars)


def _year(entry: Any) -> Iterable[str]:
    when = date_of(entry)
    return [str(when.year)] if when else []


def _counts(
    dataset: Dataset, names: Mapping[str, str], keys: Callable[[Any], Iterable[str]]
) -> tuple[Count, ...]:
    found = {
        kind: Counter(k for e in dataset.of(kind).values() for k in keys(e)) for kind in _TOPICAL
    }
    return tuple(
        Count(name, *(found[kind][key] for kind in _TOPICAL)) for key, name in names.items()
    )
