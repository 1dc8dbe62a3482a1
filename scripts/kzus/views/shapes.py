"""The plain values that record pages show: one type for each kind, and their parts."""

from __future__ import annotations

from dataclasses import dataclass

from ..dates import Date
from ..model.records import (
    Agreement,
    Commitment,
    Event,
    Organization,
    Person,
    Place,
    Tenure,
    Theme,
)
from . import agreements, bars, evidence
from .notes import DisputeView, Noted, NotedSource
from .refs import Ref


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
