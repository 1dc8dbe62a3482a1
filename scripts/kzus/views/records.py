"""The page of one record, as plain values: one function for each kind."""

from __future__ import annotations

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import (
    Agreement,
    Commitment,
    Entry,
    Event,
    Organization,
    Person,
    Publisher,
    Tenure,
)
from . import agreements, bars
from .notes import Notes
from .parts import (
    agreement_link,
    appearances,
    by_year,
    commitment_link,
    common,
    meetings,
    neighbors,
    pointing,
    session_view,
    sides,
)
from .posts import span
from .refs import in_order, ref, refs
from .shapes import (
    AgreementView,
    CommitmentView,
    EventView,
    EvidenceView,
    Face,
    OrganizationView,
    PersonView,
    RecordView,
    StepView,
    TenureView,
)
from .sources import SourceRow, source_row


def view(dataset: Dataset, entry: Entry) -> RecordView:
    """What the page of a record shows."""
    if isinstance(entry, Event):
        return _event(dataset, entry)
    if isinstance(entry, Agreement):
        return _agreement(dataset, entry)
    if isinstance(entry, Commitment):
        return _commitment(dataset, entry)
    if isinstance(entry, Person):
        return _person(dataset, entry)
    if isinstance(entry, Organization):
        return _organization(dataset, entry)
    raise TypeError(f"no page for {entry.kind}")


def _event(dataset: Dataset, event: Event) -> EventView:
    notes = Notes(dataset, event.sources)
    facts, outcomes = notes.statements(event.facts), notes.statements(event.outcomes)
    made = [x.entry for x in pointing(dataset, event) if isinstance(x.entry, Commitment)]
    # Older dossiers of one happening name the agreement; others are named by its life cycle.
    named = [dataset.agreements[a] for a in event.agreements if a in dataset.agreements]
    steps = [x.entry for x in pointing(dataset, event, "at") if isinstance(x.entry, Agreement)]
    shown = list(dict.fromkeys(a.id for a in [*named, *steps]))
    promises = list(dict.fromkeys(c.id for c in made if c.made_at == event.id))
    before, after = neighbors(dataset.chronicle, event)
    return EventView(
        common=common(dataset, event, notes, {*shown, *promises}),
        event=event,
        type=vocabulary.EVENT_TYPES[event.type],
        place=dataset.places.get(event.place or ""),
        session=session_view(dataset, event, event.dialogue) if event.dialogue else None,
        facts=facts,
        outcomes=outcomes,
        agreements=tuple(agreement_link(dataset, dataset.agreements[a]) for a in shown),
        commitments=tuple(commitment_link(dataset.commitments[c]) for c in promises),
        sides=sides(dataset, event.participants),
        organizations=tuple(
            Face(o.name or "", None)
            if not (found := dataset.organizations.get(o.organization or ""))
            else Face(found.name, ref(found))
            for o in event.organizations
        ),
        before=before,
        after=after,
    )


def _agreement(dataset: Dataset, agreement: Agreement) -> AgreementView:
    notes = Notes(dataset, agreement.sources)
    state = agreements.state(agreement, dataset.as_of)
    standing = notes.cite(state.words, state.sources)
    steps = tuple(
        StepView(
            name=vocabulary.LIFECYCLE_STEPS[step.event],
            date=step.date,
            place=dataset.places.get(step.place or ""),
            sides=sides(dataset, step.by),
            at=ref(dataset.events[step.at]) if step.at and step.at in dataset.events else None,
            note=notes.cite("", step.sources),
        )
        for step in sorted(agreement.lifecycle, key=_life_order)
    )
    facts = notes.statements(agreement.facts)
    incoming = [x for x in pointing(dataset, agreement) if isinstance(x.entry, Event)]
    events = [ref(x.entry) for x in incoming if x.path[0] == "agreements"]
    events += [step.at for step in steps if step.at]
    newer = [x.entry for x in pointing(dataset, agreement, "supersedes")]
    replaced = refs(dataset, agreement.supersedes)
    apart = {link.id for link in (*events, *replaced)} | {entry.id for entry in newer}
    numbers = agreement.identifiers.model_dump(exclude_none=True)
    return AgreementView(
        common=common(dataset, agreement, notes, apart),
        agreement=agreement,
        type=vocabulary.AGREEMENT_TYPES[agreement.type],
        state=state,
        standing=standing,
        parties=tuple((party, vocabulary.SIDES.get(party, party)) for party in agreement.parties),
        steps=steps,
        identifiers=tuple((vocabulary.IDENTIFIERS[key], text) for key, text in numbers.items()),
        facts=facts,
        supersedes=replaced,
        superseded_by=in_order([ref(entry) for entry in newer]),
        events=in_order(events),
        life=bars.life(dataset, agreement, state),
        axis=bars.axis(dataset),
    )


def _commitment(dataset: Dataset, commitment: Commitment) -> CommitmentView:
    notes = Notes(dataset, commitment.sources)
    promise = notes.cite(commitment.text, commitment.sources)
    trail = tuple(
        EvidenceView(item.date, notes.cite(item.fact, item.sources))
        for item in sorted(commitment.evidence, key=lambda item: item.date.key)
    )
    made_at = dataset.events.get(commitment.made_at or "")
    status, definition = vocabulary.COMMITMENT_STATUSES[commitment.status]
    return CommitmentView(
        common=common(dataset, commitment, notes, {made_at.id} if made_at else set()),
        commitment=commitment,
        status=status,
        definition=definition,
        by=tuple((side, vocabulary.SIDES[side]) for side in commitment.by),
        made_at=ref(made_at) if made_at else None,
        promise=promise,
        trail=trail,
    )


def _person(dataset: Dataset, person: Person) -> PersonView:
    notes = Notes(dataset, person.sources)
    begins = [t.begin.first for t in person.offices if t.begin]
    line = bars.axis(dataset, min(begins, default=None))
    tenures = tuple(
        TenureView(
            tenure=tenure,
            note=notes.cite(tenure.note or "", tenure.sources),
            span=span(tenure),
            seen=not (tenure.begin or tenure.end),
            bars=bars.tenure(line, tenure),
        )
        for tenure in sorted(person.offices, key=_tenure_order, reverse=True)
    )
    facts = notes.statements(person.facts)
    seen = appearances(dataset, person)
    return PersonView(
        common=common(dataset, person, notes, {item.ref.id for item in seen}),
        person=person,
        tenures=tenures,
        axis=line,
        facts=facts,
        appearances=by_year(seen),
        met=meetings(dataset, person),
    )


def _organization(dataset: Dataset, organization: Organization) -> OrganizationView:
    notes = Notes(dataset, organization.sources)
    facts = notes.statements(organization.facts)
    seen = appearances(dataset, organization)
    return OrganizationView(
        common=common(dataset, organization, notes, {item.ref.id for item in seen}),
        organization=organization,
        facts=facts,
        appearances=by_year(seen),
    )


def _life_order(step: object) -> tuple[object, int]:
    order = list(vocabulary.LIFECYCLE_STEPS)
    return (step.date.key, order.index(step.event))  # type: ignore[attr-defined]


def _tenure_order(tenure: Tenure) -> tuple[str, str]:
    when = tenure.begin or tenure.dates.appointed or tenure.seen or tenure.end
    return (when.text if when else "", tenure.title)


def sources_of(dataset: Dataset, publisher: Publisher) -> tuple[SourceRow, ...]:
    """A publisher's sources with what rests on each, newest first, those without a date last."""
    own = [source for source in dataset.sources.values() if source.publisher == publisher.id]
    own.sort(key=lambda source: source.date.text if source.date else "", reverse=True)
    return tuple(source_row(dataset, source) for source in own)
