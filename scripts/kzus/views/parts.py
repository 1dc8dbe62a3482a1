"""What the pages of several kinds of record share: people by side, links, appearances, sources."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..dataset import Dataset, Link
from ..model import vocabulary
from ..model.records import (
    Agreement,
    Commitment,
    Disagreement,
    Entry,
    Event,
    Participant,
    Person,
    Session,
    Topical,
)
from . import agreements, evidence
from .notes import Notes
from .refs import KIND_NAMES, Ref, in_order, ref, refs
from .shapes import (
    Appearance,
    Common,
    Face,
    Linked,
    SessionView,
    Side,
    YearOfAppearances,
)


def common(dataset: Dataset, entry: Entry, notes: Notes, apart: set[str]) -> Common:
    """What all pages share; `apart` holds the ids that the page shows in a place of their own."""
    incoming = list(pointing(dataset, entry))
    across = [x.entry for x in incoming if isinstance(x.entry, Disagreement)]
    own_disputes = getattr(entry, "disputes", ())
    asked = {dispute.question for dispute in own_disputes}
    across = [dispute for dispute in across if dispute.question not in asked]
    disputes = notes.disputes([*own_disputes, *across])
    own = [link for link in refs(dataset, getattr(entry, "related", ())) if link.id not in apart]
    back = [
        ref(x.entry)
        for x in incoming
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


def pointing(dataset: Dataset, entry: Entry, field: str = "") -> Iterable[Link]:
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


def session_view(dataset: Dataset, event: Event, session: Session) -> SessionView | None:
    """Which round an event was, and the rounds before and after it."""
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


def appearances(dataset: Dataset, entry: Entry) -> tuple[Appearance, ...]:
    """Where a person or an organization appears, newest first, each record once."""
    found: dict[Ref, str | None] = {}
    for link in pointing(dataset, entry):
        if link.entry.kind in KIND_NAMES and link.entry.kind != "disputes":
            found.setdefault(ref(link.entry), _role(link))
    return tuple(Appearance(item, found[item]) for item in reversed(in_order(list(found))))


def by_year(found: Iterable[Appearance]) -> tuple[YearOfAppearances, ...]:
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
    for link in pointing(dataset, person, "participants"):
        if isinstance(link.entry, Event):
            own = {p.side for p in link.entry.participants if p.person == person.id}
            others = {p.person for p in link.entry.participants if p.person and p.side not in own}
            for other in others & set(dataset.people):
                counts[other] = counts.get(other, 0) + 1
    order = sorted(counts, key=lambda key: (-counts[key], dataset.people[key].name))
    return tuple((ref(dataset.people[key]), counts[key]) for key in order)
