"""The selections for which there are calendars and feeds of their own: all, themes, dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..model.records import Event
from .base import NAME


@dataclass(frozen=True)
class Selection:
    """Some events under a title; `name` is ``""`` for all, else ``themes/<id>`` and the like."""

    name: str
    title: str
    events: tuple[Event, ...]

    def path(self, whole: str, ending: str) -> str:
        """``calendar.ics`` for all, ``calendar/themes/<id>.ics`` for a selection."""
        return f"{whole}/{self.name}.{ending}" if self.name else f"{whole}.{ending}"


def selections(dataset: Dataset) -> Iterator[Selection]:
    """All events; those of each dialogue and of each theme, even where there are none."""
    yield Selection("", NAME, dataset.chronicle)
    for key, dialogue in dataset.dialogues.items():
        yield Selection(f"dialogues/{key}", f"{NAME}: {dialogue.name}", dataset.rounds[key])
    for key, theme in dataset.themes.items():
        found = tuple(event for event in dataset.chronicle if key in event.themes)
        yield Selection(f"themes/{key}", f"{NAME}: {theme.name}", found)
