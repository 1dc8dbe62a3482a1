"""What the page of one record shows, as plain values, one type for each kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..dataset import Dataset, Link
from ..dates import Date
from ..model import vocabulary
from ..model.records import (
    Agreement,
    Commitment,
    Disagreement,
    Entry,
    Event,
    Organization,
    Participant,
    Person,
    Place,
    Publisher,
    Session,
    Tenure,
    Theme,
    Topical,
)
from . import agreements, bars, evidence
from .notes import DisputeView, Noted, NotedSource, Notes
from .posts import span
from .refs import KIND_NAMES, Ref, in_order, ref, refs
from .sources import SourceRow, source_row


@dataclass(frozen=True)
class Face:
    """Someone or something that took part: name, page if there is one, role of that day."""

    name: str
    ref: Ref | None = None
    role: str | None = None


@dataclass(frozen=True)
class Side:
    """Those who took part for one side."""

    code: str
    name: str
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Linked:
    """A link with a word on the state of what it leads to."""

    ref: Ref
    state: str


@dataclass(frozen=True)
class SessionView:
    """Which round of which dialogue an event was, and the rounds around it."""

    dialogue: Ref
    level: str | None
    number: int | None
    number_us: int | None
    number_kz: int | None
    before: Ref | None
    after: Ref | None


@dataclass(frozen=True)
class Common:
    """What the pages of all kinds share."""

    ref: Ref
    kind: str
    pillars: tuple[str, ...]
    themes: tuple[Theme, ...]
    disputes: tuple[DisputeView, ...]
    related: tuple[Ref, ...]
    sources: tuple[NotedSource, ...]
    evidence: evidence.Strength


@dataclass(frozen=True)
class EventView:
    """An event's page."""

    common: Common
    event: Event
    type: str
    place: Place | None
    session: SessionView | None
    facts: tuple[Noted, ...]
    outcomes: tuple[Noted, ...]
    agreements: tuple[Linked, ...]
    commitments: tuple[Linked, ...]
    sides: tuple[Side, ...]
    organizations: tuple[Face, ...]
    before: Ref | None
    after: Ref | None


@dataclass(frozen=True)
class StepView:
    """A step in an agreement's life."""

    name: str
    date: Date
    place: Place | None
    sides: tuple[Side, ...]
    at: Ref | None
    note: Noted


@dataclass(frozen=True)
class AgreementView:
    """An agreement's page."""

    common: Common
    agreement: Agreement
    type: str
    state: agreements.State
    standing: Noted
    parties: tuple[tuple[str, str], ...]
    steps: tuple[StepView, ...]
    identifiers: tuple[tuple[str, str], ...]
    facts: tuple[Noted, ...]
    supersedes: tuple[Ref, ...]
    superseded_by: tuple[Ref, ...]
    events: tuple[Ref, ...]
    life: tuple[bars.Bar, ...]
    axis: bars.Axis


@dataclass(frozen=True)
class EvidenceView:
    """What is known of a promise's outcome on a date."""

    date: Date
    note: Noted


@dataclass(frozen=True)
class CommitmentView:
    """A commitment's page."""

    common: Common
    commitment: Commitment
    status: str
    definition: str
    by: tuple[tuple[str, str], ...]
    made_at: Ref | None
    promise: Noted
    trail: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class TenureView:
    """A post of a person; `seen` says that sources show the person in it, not its limits."""

    tenure: Tenure
    note: Noted
    span: str
    seen: bool
    bars: tuple[bars.Bar, ...]


@dataclass(frozen=True)
class Appearance:
    """A record in which a person or organization appears, with the role there."""

    ref: Ref
    role: str | None


YearOfAppearances = tuple[int | None, tuple[Appearance, ...]]


@dataclass(frozen=True)
class PersonView:
    """A person's page."""

    common: Common
    person: Person
    tenures: tuple[TenureView, ...]
    axis: bars.Axis
    facts: tuple[Noted, ...]
    appearances: tuple[YearOfAppearances, ...]
    met: tuple[tuple[Ref, int], ...]


@dataclass(frozen=True)
class OrganizationView:
    """An organization's page."""

    common: Common
    organization: Organization
    facts: tuple[Noted, ...]
    appearances: tuple[YearOfAppearances, ...]


RecordView = EventView | AgreementView | CommitmentView | PersonView | OrganizationView


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
    made = [x.entry for x in _pointing(dataset, event) if isinstance(x.entry, Commitment)]
    # Older dossiers of one happening name the agreement; others are named by its life cycle.
    named = [dataset.agreements[a] for a in event.agreements if a in dataset.agreements]
    steps = [x.entry for x in _pointing(dataset, event, "at") if isinstance(x.entry, Agreement)]
    shown = list(dict.fromkeys(a.id for a in [*named, *steps]))
    promises = list(dict.fromkeys(c.id for c in made if c.made_at == event.id))
    before, after = neighbors(dataset.chronicle, event)
    return EventView(
        common=_common(dataset, event, notes, {*shown, *promises}),
        event=event,
        type=vocabulary.EVENT_TYPES[event.type],
        place=dataset.places.get(event.place or ""),
        session=_session(dataset, event, event.dialogue) if event.dialogue else None,
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
    pointing = [x for x in _pointing(dataset, agreement) if isinstance(x.entry, Event)]
    events = [ref(x.entry) for x in pointing if x.path[0] == "agreements"]
    events += [step.at for step in steps if step.at]
    newer = [x.entry for x in _pointing(dataset, agreement, "supersedes")]
    replaced = refs(dataset, agreement.supersedes)
    apart = {link.id for link in (*events, *replaced)} | {entry.id for entry in newer}
    numbers = agreement.identifiers.model_dump(exclude_none=True)
    return AgreementView(
        common=_common(dataset, agreement, notes, apart),
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
        common=_common(dataset, commitment, notes, {made_at.id} if made_at else set()),
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
        common=_common(dataset, person, notes, {item.ref.id for item in seen}),
        person=person,
        tenures=tenures,
        axis=line,
        facts=facts,
        appearances=_by_year(seen),
        met=meetings(dataset, person),
    )


def _organization(dataset: Dataset, organization: Organization) -> OrganizationView:
    notes = Notes(dataset, organization.sources)
    facts = notes.statements(organization.facts)
    seen = appearances(dataset, organization)
    return OrganizationView(
        common=_common(dataset, organization, notes, {item.ref.id for item in seen}),
        organization=organization,
        facts=facts,
        appearances=_by_year(seen),
    )


def _common(dataset: Dataset, entry: Entry, notes: Notes, apart: set[str]) -> Common:
    """What all pages share; `apart` holds the ids that the page shows in a place of their own."""
    pointing = list(_pointing(dataset, entry))
    across = [x.entry for x in pointing if isinstance(x.entry, Disagreement)]
    own_disputes = getattr(entry, "disputes", ())
    asked = {dispute.question for dispute in own_disputes}
    across = [dispute for dispute in across if dispute.question not in asked]
    disputes = notes.disputes([*own_disputes, *across])
    own = [link for link in refs(dataset, getattr(entry, "related", ())) if link.id not in apart]
    back = [
        ref(x.entry)
        for x in pointing
        if x.path[0] == "related" and x.entry.kind != "disputes" and x.entry.id not in apart
    ]
    topical = entry if isinstance(entry, Topical) else None
    return Common(
        ref=ref(entry),
        kind=KIND_NAMES[entry.kind],
        pillars=tuple(topical.pillars) if topical else (),
        themes=tuple(dataset.themes[t] for t in topical.themes if t in dataset.themes)
        if topical
        else (),
        disputes=disputes,
        related=in_order([*own, *back]),
        sources=notes.sources(),
        evidence=evidence.strength(dataset, [item.source.id for item in notes.sources()]),
    )


def sources_of(dataset: Dataset, publisher: Publisher) -> tuple[SourceRow, ...]:
    """A publisher's sources with what rests on each, newest first, those without a date last."""
    own = [source for source in dataset.sources.values() if source.publisher == publisher.id]
    own.sort(key=lambda source: source.date.text if source.date else "", reverse=True)
    return tuple(source_row(dataset, source) for source in own)


def _pointing(dataset: Dataset, entry: Entry, field: str = "") -> Iterable[Link]:
    """The references that point to an entry, perhaps only those from a field of this name."""
    for link in dataset.backlinks.get((entry.kind, entry.id), ()):
        if not field or field in link.path:
            yield link


def sides(dataset: Dataset, participants: Sequence[Participant]) -> tuple[Side, ...]:
    """Participants by side, always in the same order of sides."""
    groups: dict[str, list[Face]] = {code: [] for code in vocabulary.SIDES}
    for item in participants:
        person = dataset.people.get(item.person or "")
        name = person.name if person else item.name or item.person or ""
        groups[item.side].append(Face(name, ref(person) if person else None, item.role))
    return tuple(
        Side(code, vocabulary.SIDES[code], tuple(faces)) for code, faces in groups.items() if faces
    )


def _session(dataset: Dataset, event: Event, session: Session) -> SessionView | None:
    dialogue = dataset.dialogues.get(session.format)
    if dialogue is None:
        return None
    before, after = neighbors(dataset.rounds[session.format], event)
    level = vocabulary.LEVELS[session.level] if session.level else None
    return SessionView(
        dialogue=ref(dialogue),
        level=level,
        number=session.number,
        number_us=session.number_us,
        number_kz=session.number_kz,
        before=before,
        after=after,
    )


def neighbors(events: Sequence[Event], event: Event) -> tuple[Ref | None, Ref | None]:
    """Links to the events before and after one in a list that is in order of time."""
    key = (event.date.key, event.id)
    place = bisect_left(events, key, key=lambda other: (other.date.key, other.id))
    before = events[place - 1] if place else None
    after = events[place + 1] if place + 1 < len(events) else None
    return ref(before) if before else None, ref(after) if after else None


def agreement_link(dataset: Dataset, agreement: Agreement) -> Linked:
    """A link to an agreement with its state today."""
    return Linked(ref(agreement), agreements.state(agreement, dataset.as_of).words)


def commitment_link(commitment: Commitment) -> Linked:
    """A link to a commitment with its outcome."""
    return Linked(ref(commitment), vocabulary.COMMITMENT_STATUSES[commitment.status][0])


def _life_order(step: object) -> tuple[object, int]:
    order = list(vocabulary.LIFECYCLE_STEPS)
    return (step.date.key, order.index(step.event))  # type: ignore[attr-defined]


def _tenure_order(tenure: Tenure) -> tuple[str, str]:
    when = tenure.begin or tenure.dates.appointed or tenure.seen or tenure.end
    return (when.text if when else "", tenure.title)


def appearances(dataset: Dataset, entry: Entry) -> tuple[Appearance, ...]:
    """Where a person or an organization appears, newest first, each record once."""
    found: dict[Ref, str | None] = {}
    for link in _pointing(dataset, entry):
        if link.entry.kind in KIND_NAMES and link.entry.kind != "disputes":
            found.setdefault(ref(link.entry), _role(link))
    return tuple(Appearance(item, found[item]) for item in reversed(in_order(list(found))))


def _by_year(found: Iterable[Appearance]) -> tuple[YearOfAppearances, ...]:
    """Appearances by year, in the order in which they come."""
    groups = groupby(found, key=lambda item: item.ref.date.year if item.ref.date else None)
    return tuple((year, tuple(items)) for year, items in groups)


def _role(link: Link) -> str | None:
    part: object = link.entry
    for step in link.path[:-1]:
        part = part[step] if isinstance(step, int) else getattr(part, step)  # type: ignore[index]
    return part.role if isinstance(part, Participant) else None


def meetings(dataset: Dataset, person: Person) -> tuple[tuple[Ref, int], ...]:
    """Whom a person of one side met of another side, and in how many events."""
    counts: dict[str, int] = {}
    for link in _pointing(dataset, person, "participants"):
        if isinstance(link.entry, Event):
            own = {p.side for p in link.entry.participants if p.person == person.id}
            others = {p.person for p in link.entry.participants if p.person and p.side not in own}
            for other in others & set(dataset.people):
                counts[other] = counts.get(other, 0) + 1
    order = sorted(counts, key=lambda key: (-counts[key], dataset.people[key].name))
    return tuple((ref(dataset.people[key]), counts[key]) for key in order)
