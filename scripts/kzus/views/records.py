"""What the page of a record shows beyond the record itself.

Page templates read the record; here is what follows from it and from what points to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from ..dataset import Dataset
from ..model.base import Dispute
from ..model.records import (
    Agreement,
    Commitment,
    Disagreement,
    Entry,
    Event,
    Participant,
    Person,
    Publisher,
    Source,
    Step,
    Tenure,
)
from ..model.vocabulary import COMMITMENT_STATUSES, LIFECYCLE_STEPS
from . import agreements, bars, evidence, parts
from .notes import Notes
from .refs import Ref, in_order, ref, refs
from .shapes import Appearance, Face, Linked, Side
from .sources import SourceRow, source_row


class View:
    """What the pages of all kinds show.

    A page cites as it goes, by `notes`: sources are numbered in the order in which it names them.
    """

    def __init__(self, dataset: Dataset, entry: Entry) -> None:
        self._dataset, self.entry = dataset, entry
        self.notes = Notes(dataset, getattr(entry, "sources", ()))

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """The disagreements on the record, and those across records that concern it."""
        own = getattr(self.entry, "disputes", ())
        across = (entry for entry in self._naming() if isinstance(entry, Disagreement))
        asked = {dispute.question for dispute in own}
        return (*own, *(dispute for dispute in across if dispute.question not in asked))

    @property
    def evidence(self) -> evidence.Strength:
        """How well the page is supported, by all the sources that it names."""
        links = self._dataset.links_from(self.entry)
        own = (link.to for link in links if link.kinds == ("sources",))
        across = (s for dispute in self.disputes for claim in dispute.claims for s in claim.sources)
        return evidence.strength(self._dataset, [*own, *across])

    @property
    def apart(self) -> set[str]:
        """The ids of records that the page shows in a place of their own."""
        return {item.ref.id for item in parts.appearances(self._dataset, self.entry)}

    @property
    def related(self) -> tuple[Ref, ...]:
        """The records that this one names as related, and those that name it so."""
        own = refs(self._dataset, getattr(self.entry, "related", ()))
        back = (ref(entry) for entry in self._naming("related") if entry.kind != "disputes")
        return in_order([link for link in (*own, *back) if link.id not in self.apart])

    @property
    def appearances(self) -> list[tuple[int | None, list[Appearance]]]:
        """Where a person or an organization appears, newest first, by year."""
        found = parts.appearances(self._dataset, self.entry)
        years = groupby(found, key=lambda item: item.ref.date.year if item.ref.date else None)
        return [(year, list(items)) for year, items in years]

    def _naming(self, field: str = "") -> Iterator[Entry]:
        """The entries that name this one, perhaps only those that do in a field of this name."""
        return (link.entry for link in parts.pointing(self._dataset, self.entry, field))

    def sides(self, participants: tuple[Participant, ...]) -> tuple[Side, ...]:
        """Participants by side."""
        return parts.sides(self._dataset, participants)


class EventView(View):
    """What the page of an event shows."""

    entry: Event

    @cached_property
    def agreements(self) -> tuple[Linked, ...]:
        """The agreements that the event names, and those that name it in their life."""
        known = self._dataset.agreements
        named = [known[key] for key in self.entry.agreements if key in known]
        named += [entry for entry in self._naming("at") if isinstance(entry, Agreement)]
        unique = {entry.id: entry for entry in named}.values()
        return tuple(parts.agreement_link(self._dataset, entry) for entry in unique)

    @cached_property
    def commitments(self) -> tuple[Linked, ...]:
        """The promises that were made at it."""
        return tuple(
            Linked(ref(entry), COMMITMENT_STATUSES[entry.status][0])
            for entry in self._naming("made_at")
            if isinstance(entry, Commitment)
        )

    @property
    def apart(self) -> set[str]:
        """The agreements and promises."""
        return {link.ref.id for link in (*self.agreements, *self.commitments)}

    @property
    def organizations(self) -> tuple[Face, ...]:
        """The organizations that took part."""
        known = self._dataset.organizations
        found = ((known.get(o.organization or ""), o.name or "") for o in self.entry.organizations)
        return tuple(Face(o.name, ref(o)) if o else Face(name) for o, name in found)

    def around(self, events: tuple[Event, ...]) -> tuple[Ref | None, Ref | None]:
        """The events before and after it, of some in order of time."""
        own = (self.entry.date.key, self.entry.id)
        place = bisect_left(events, own, key=lambda event: (event.date.key, event.id))
        before, after = events[max(place - 1, 0) : place], events[place + 1 : place + 2]
        return ref(before[0]) if before else None, ref(after[0]) if after else None


class AgreementView(View):
    """What the page of an agreement shows."""

    entry: Agreement

    @cached_property
    def state(self) -> agreements.State:
        """Where it stands on the record's day."""
        return agreements.state(self.entry, self._dataset.as_of)

    @property
    def life(self) -> tuple[bars.Bar, ...]:
        """Its life as bars on `axis`."""
        return bars.life(self._dataset, self.entry, self.state)

    @property
    def axis(self) -> bars.Axis:
        """The line of years."""
        return bars.axis(self._dataset)

    @property
    def steps(self) -> list[Step]:
        """The steps of its life, those of one day in their usual order."""
        order = list(LIFECYCLE_STEPS)
        return sorted(
            self.entry.lifecycle, key=lambda step: (step.date.key, order.index(step.event))
        )

    @cached_property
    def supersedes(self) -> tuple[Ref, ...]:
        """What it replaced."""
        return refs(self._dataset, self.entry.supersedes)

    @cached_property
    def superseded_by(self) -> tuple[Ref, ...]:
        """What replaced it."""
        return in_order([ref(entry) for entry in self._naming("supersedes")])

    @cached_property
    def events(self) -> tuple[Ref, ...]:
        """The events that name it, and those at which its steps were taken."""
        events = [entry for entry in self._naming("agreements") if isinstance(entry, Event)]
        taken = (self._dataset.events.get(step.at or "") for step in self.entry.lifecycle)
        return in_order([ref(event) for event in (*events, *taken) if event])

    @property
    def apart(self) -> set[str]:
        """All that stands around it."""
        return {link.id for link in (*self.events, *self.supersedes, *self.superseded_by)}


class CommitmentView(View):
    """What the page of a commitment shows."""

    entry: Commitment

    @property
    def apart(self) -> set[str]:
        """The event at which the promise was made."""
        return {self.entry.made_at or ""}


class PersonView(View):
    """What the page of a person shows."""

    entry: Person

    @cached_property
    def axis(self) -> bars.Axis:
        """The line of years, from the first post on if that is earlier than the record."""
        begins = [tenure.begin.first for tenure in self.entry.offices if tenure.begin]
        return bars.axis(self._dataset, min(begins, default=None))

    @property
    def tenures(self) -> list[Tenure]:
        """Posts, the latest first."""
        return sorted(self.entry.offices, key=_tenure_order, reverse=True)

    @property
    def met(self) -> tuple[tuple[Ref, int], ...]:
        """Whom the person met of another side, and in how many events."""
        people, counts = self._dataset.people, Counter[str]()
        for event in self._naming("participants"):
            if isinstance(event, Event):
                present = event.participants
                own = {each.side for each in present if each.person == self.entry.id}
                others = {each.person or "" for each in present if each.side not in own}
                counts.update(others & people.keys())
        order = sorted(counts, key=lambda key: (-counts[key], people[key].name))
        return tuple((ref(people[key]), counts[key]) for key in order)


_VIEWS: dict[str, type[View]] = {
    "events": EventView,
    "agreements": AgreementView,
    "commitments": CommitmentView,
    "people": PersonView,
}


def view(dataset: Dataset, entry: Entry) -> View:
    """What the page of a record shows beyond the record."""
    return _VIEWS.get(entry.kind, View)(dataset, entry)


def _tenure_order(tenure: Tenure) -> tuple[str, str]:
    when = tenure.begin or tenure.dates.appointed or tenure.seen or tenure.end
    return (when.text if when else "", tenure.title)


def sources_of(dataset: Dataset, publisher: Publisher) -> tuple[SourceRow, ...]:
    """A publisher's sources with what rests on each, newest first, those without a date last."""
    links = dataset.backlinks.get((publisher.kind, publisher.id), ())
    own = [link.entry for link in links if isinstance(link.entry, Source)]
    own.sort(key=lambda source: source.date.text if source.date else "", reverse=True)
    return tuple(source_row(dataset, source) for source in own)
