"""Events against each other and against the calendar."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ..dataset import Dataset
from ..dates import shifted
from ..model.records import Event
from .base import Finding, repeated


def repeated_event(dataset: Dataset) -> Iterator[Finding]:
    """One happening is one event.

    Two events of one type, on one date, with the same people, or with one title and date, are one
    event told twice: put their facts and sources together.

    Wrong:

        # data/events/2015/2015-11-02-kerry-in-astana.yaml
        title: The Secretary of State in Astana
        date: 2015-11-02
        type: visit
        pillars: [dialogue]
        participants:
          - {person: john-kerry, side: US}
        facts: [He came.]
        sources: [state-2015-statement]
        # data/events/2015/2015-11-02-kerry-astana.yaml
        participants:
          - {person: john-kerry, side: US}

    Right:

        # data/events/2015/2015-11-02-kerry-speech.yaml
        title: The Secretary of State speaks at a university
        date: 2015-11-02
        type: statement
        pillars: [dialogue]
        participants:
          - {person: john-kerry, side: US}
        facts: [He spoke.]
        sources: [state-2015-statement]
    """
    first: dict[Hashable, Event] = {}
    for event in dataset.events.values():
        for mark in _marks(event):
            other = first.setdefault((event.date, mark), event)
            if other is not event:
                yield Finding(f"tells the same event as {other.id}", event)
                break


def _marks(event: Event) -> Iterator[Hashable]:
    yield event.title.casefold()
    people = frozenset(each.person or each.name for each in event.participants)
    if people:
        yield event.type, people


def repeated_participant(dataset: Dataset) -> Iterator[Finding]:
    """Someone takes part in an event once.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: john-kerry, side: US}
          - {person: john-kerry, side: US}

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: john-kerry, side: US}
    """
    for event in dataset.events.values():
        names = enumerate(each.person or each.name for each in event.participants)
        for (index, who), _ in repeated(names, lambda item: item[1]):
            yield Finding(f"{who} stands in the list already", event, ("participants", index))


def date_ahead(dataset: Dataset) -> Iterator[Finding]:
    """An event lies in the past, or in the coming weeks.

    A date that lies further ahead is a slip more often than a plan.

    Wrong:

        # data/events/2051/2051-11-02-visit.yaml
        title: A visit
        date: 2051-11-02
        type: visit
        pillars: [dialogue]
        facts: [He came.]
        sources: [state-2015-statement]

    Right:

        # data/events/2015/2015-11-20-visit.yaml
        title: A visit
        date: 2015-11-20
        type: visit
        pillars: [dialogue]
        facts: [He came.]
        sources: [state-2015-statement]
    """
    limit = shifted(dataset.as_of, 31)
    for event in dataset.events.values():
        if event.date.first > limit:
            yield Finding(f"{event.date} lies ahead of {dataset.as_of}", event, ("date",))
