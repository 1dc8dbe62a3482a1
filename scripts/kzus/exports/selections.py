"""The selections for which there are calendars and feeds of their own: all, dialogues, themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..model.records import Dialogue, Event, Theme
from .base import NAME


@dataclass(frozen=True)
class Selection:
    """A part of the record under a title; `name` is ``""`` for all, else ``themes/<id>`` or so.

    `entries` are the theme or dialogue and all that name it, as ``kind/id``.
    """

    name: str
    title: str
    events: tuple[Event, ...]
    entries: frozenset[str] = frozenset()

    def path(self, whole: str, ending: str) -> str:
        """``calendar.ics`` for all, ``calendar/themes/<id>.ics`` for a selection."""
        return f"{whole}/{self.name}.{ending}" if self.name else f"{whole}.{ending}"


def selections(dataset: Dataset) -> Iterator[Selection]:
    """All; then each dialogue and each theme, even where there are no events."""
    yield Selection("", NAME, dataset.chronicle)
    subjects: list[Dialogue | Theme] = [*dataset.dialogues.values(), *dataset.themes.values()]
    for entry in subjects:
        name = f"{entry.kind}/{entry.id}"
        links = dataset.backlinks.get((entry.kind, entry.id), ())
        found = frozenset([name, *(f"{link.entry.kind}/{link.entry.id}" for link in links)])
        events = tuple(event for event in dataset.chronicle if f"events/{event.id}" in found)
        yield Selection(name, f"{NAME}: {entry.name}", events, found)
