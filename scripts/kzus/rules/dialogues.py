"""Numbered sessions of dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..dataset import Dataset
from ..model.records import Event
from .base import Finding, repeated

_COUNTS = ("number", "number_us", "number_kz")


def repeated_session(dataset: Dataset) -> Iterator[Finding]:
    """A number of a dialogue's session belongs to one event.

    Where sources give the number to two events, say so in a dispute about the number.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 4}
        # data/events/2015/2015-11-02-kerry-astana.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 4}
        disputes: []

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 3}
        # data/events/2015/2015-11-02-kerry-astana.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 4}
        disputes: []
    """
    disputed = _disputed(dataset)
    for count, events in _sessions(dataset):
        for (number, event), (_, other) in repeated(events, lambda session: session[0]):
            if not {other.id, event.id} & disputed:
                message = f"session {number} of the dialogue is {other.id} already"
                yield Finding(message, event, ("dialogue", count))


def sessions_out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """The numbers of a dialogue's sessions rise with their dates.

    Where sources count against time, say so in a dispute about the number.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 5}
        # data/events/2015/2015-11-02-kerry-astana.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 4}
        disputes: []

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 3}
        # data/events/2015/2015-11-02-kerry-astana.yaml
        dialogue: {format: strategic-partnership-dialogue, number: 4}
        disputes: []
    """
    disputed = _disputed(dataset)
    for count, events in _sessions(dataset):
        for (number, event), (after, later) in pairwise(events):
            if after < number and not {event.id, later.id} & disputed:
                message = f"session {after} comes after session {number} ({event.id})"
                yield Finding(message, later, ("dialogue", count))


def _sessions(dataset: Dataset) -> Iterator[tuple[str, list[tuple[int, Event]]]]:
    """For each way to count and each format at each level: the numbered events by date."""
    for count in _COUNTS:
        series: dict[tuple[str, str | None], list[tuple[int, Event]]] = {}
        for event in sorted(dataset.events.values(), key=lambda event: event.date.key):
            session = event.dialogue
            number = getattr(session, count, None)
            if session and number is not None:
                series.setdefault((session.format, session.level), []).append((number, event))
        for events in series.values():
            yield count, events


def _disputed(dataset: Dataset) -> frozenset[str]:
    """The events whose number is disputed, on the event or across records."""
    own = {
        event.id
        for event in dataset.events.values()
        if any(dispute.about == "number" for dispute in event.disputes)
    }
    across = (dispute for dispute in dataset.disputes.values() if dispute.about == "number")
    return frozenset(own.union(*(dispute.related for dispute in across)))
