"""The kinds of record: shape, and the rules that one record can break by itself.

What needs other records (does this person exist?) is a check under `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from . import vocabulary
from .base import (
    AgreementId,
    Date,
    DialogueId,
    Dispute,
    EventId,
    Flag,
    Id,
    Many,
    Model,
    OfficeId,
    OneOf,
    OrganizationId,
    PersonId,
    Pillar,
    PlaceId,
    RecordId,
    References,
    Side,
    SourceIds,
    Statement,
    Text,
    ThemeId,
    Title,
    Url,
    refuse,
)


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) and value == value.strip() else None
    except ArithmeticError:
        number = None
    if number is None or not number.is_finite() or len(str(value)) > 30:
        raise refuse("wrong-type", f"must be a number such as 1150.2, found {value!r}"[:120])
    return number


def _count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not (value.isascii() and value.isdigit() and len(value) < 7):
        raise refuse("wrong-type", f"must be a whole number, found {value!r}"[:120])
    return int(value)


def _code(pattern: str, words: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise refuse("bad-code", f"must be {words}, found {value!r}"[:120])
        return value

    return check


Number = Annotated[
    Decimal,
    PlainValidator(_number),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["number", "string"]}),
]
Count = Annotated[int, BeforeValidator(_count), Field(ge=0)]
Language = Annotated[
    str,
    PlainValidator(_code("[a-z]{2}", "two small letters (ISO 639-1), such as en")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z]{2}$"}),
]
Country = Annotated[
    str,
    PlainValidator(_code("[A-Z]{2}|other", "two capitals (ISO 3166-1), such as KZ, or other")),
    WithJsonSchema({"type": "string", "pattern": "^([A-Z]{2}|other)$"}),
]


class Record(Model):
    """What all kinds have. The id is the file's name, or the key in a file of many."""

    kind: ClassVar[str]

    id: Id = Field(description="The file's name without `.yaml`; never written in the file.")
    sources: SourceIds = Field(
        default=(), description="The sources of the record; statements without their own inherit."
    )
    disputes: Many[Dispute] = Field(
        default=(), description="Questions to which sources give different answers."
    )


class Topical(Record):
    """A record that readers find by pillar and theme."""

    pillars: Many[Pillar] = Field(min_length=1, description="One to three pillars.")
    themes: Many[ThemeId] = Field(default=(), description="Ids from data/themes.yaml.")


class Participant(Model):
    """Someone who took part, in the role of that day."""

    person: PersonId | None = Field(default=None, description="Id of a person of the record.")
    name: Title | None = Field(default=None, description="For people without a record: the name.")
    role: Text | None = Field(default=None, description="The role on that day.")
    side: Side

    @model_validator(mode="after")
    def _person_or_name(self) -> Participant:
        if (self.person is None) == (self.name is None):
            raise refuse("person-or-name", "must have either person (an id) or name, not both")
        return self


class Involved(Model):
    """An organization that took part: one of the record, or by name."""

    organization: OrganizationId | None = None
    name: Title | None = None

    @model_validator(mode="after")
    def _organization_or_name(self) -> Involved:
        if (self.organization is None) == (self.name is None):
            raise refuse("organization-or-name", "must have either organization (an id) or name")
        return self


class Session(Model):
    """The round of a dialogue that an event was."""

    format: DialogueId
    level: Annotated[str, OneOf(vocabulary.LEVELS)] | None = None
    number: Count | None = Field(default=None, description="The round's number in this record.")
    number_us: Count | None = Field(default=None, description="By the United States' count.")
    number_kz: Count | None = Field(default=None, description="By Kazakhstan's count.")


class Event(Topical):
    """Something that happened between the two countries, on a date."""

    kind: ClassVar[str] = "events"

    title: Title
    date: Date
    type: Annotated[str, OneOf(vocabulary.EVENT_TYPES)]
    place: PlaceId | None = Field(default=None, description="Id from data/places.yaml.")
    dialogue: Session | None = None
    participants: Many[Participant] = ()
    organizations: Many[Involved] = ()
    facts: Many[Statement] = Field(min_length=1, description="What happened.")
    outcomes: Many[Statement] = Field(default=(), description="What came of it.")
    agreements: Many[AgreementId] = ()
    related: Many[RecordId] = ()


class Step(Model):
    """A step in the life of an agreement."""

    event: Annotated[str, OneOf(vocabulary.LIFECYCLE_STEPS)]
    date: Date
    place: PlaceId | None = None
    by: Many[Participant] = Field(default=(), description="Who signed.")
    at: EventId | None = Field(default=None, description="The event at which it happened.")
    sources: SourceIds = ()


class Identifiers(Model):
    """Numbers under which registers hold an agreement, as a source shows them."""

    tias: Title | None = None
    kav: Title | None = None
    unts: Title | None = None
    treaty_doc: Title | None = None
    senate_exec_rept: Title | None = None
    federal_register: Title | None = None
    us_law: Title | None = None
    kz_law: Title | None = None
    kz_decree: Title | None = None
    kz_treaty_bulletin: Title | None = None
    case: Title | None = None
    wikidata: Title | None = None


class Agreement(Topical):
    """A treaty, agreement, memorandum, statement or contract."""

    kind: ClassVar[str] = "agreements"

    title: Title
    short_title: Title
    type: Annotated[str, OneOf(vocabulary.AGREEMENT_TYPES)]
    binding: Flag | None = Field(default=None, description="Left out where no source shows it.")
    parties: Many[Title] = Field(min_length=1, description="ISO 3166-1 codes, or names.")
    lifecycle: Many[Step] = ()
    identifiers: Identifiers = Identifiers()
    facts: Many[Statement] = ()
    supersedes: Many[AgreementId] = ()
    related: Many[RecordId] = ()


class Evidence(Model):
    """What happened to a promise, on a date."""

    date: Date
    fact: Text
    sources: SourceIds = ()


class Commitment(Topical):
    """A promise, by whom, and what is known of its outcome."""

    kind: ClassVar[str] = "commitments"

    text: Text = Field(description="What was promised, starting with a verb.")
    made: Date = Field(description="When it was promised.")
    by: Many[Side] = Field(min_length=1, description="Who promised.")
    made_at: EventId | None = Field(default=None, description="The event at which it was made.")
    status: Annotated[str, OneOf(vocabulary.COMMITMENT_STATUSES)] = "not-assessed"
    status_note: Text | None = None
    evidence: Many[Evidence] = ()
    related: Many[RecordId] = ()


class Names(Model):
    """Forms of a name as sources write them."""

    kk: Title | None = Field(default=None, description="In Kazakh.")
    ru: Title | None = Field(default=None, description="In Russian.")
    former: Many[Title] = Field(default=(), description="Names that it had before.")
    variants: Many[Title] = Field(default=(), description="Other Latin spellings.")


class Milestones(Model):
    """Dated steps of a tenure."""

    appointed: Date | None = None
    credentials: Date | None = None
    left: Date | None = None


class Tenure(Model):
    """A post that a person held. `seen` shows the person in it, and nothing about its limits."""

    office: OfficeId | None = Field(default=None, description="Id from data/offices.yaml.")
    title: Title
    begin: Date | None = Field(default=None, alias="from")
    end: Date | None = Field(default=None, alias="to")
    seen: Date | None = None
    dates: Milestones = Milestones()
    note: Text | None = None
    sources: SourceIds = ()


class Person(Record):
    """Someone who acts in the record."""

    kind: ClassVar[str] = "people"

    name: Title
    names: Names = Names()
    country: Country = Field(description="The side that the person acts for: ISO 3166-1 code.")
    offices: Many[Tenure] = ()
    facts: Many[Statement] = ()


class Organization(Record):
    """A company, agency or body that takes part in what the record tells."""

    kind: ClassVar[str] = "organizations"

    name: Title
    names: Names = Names()
    country: Country | None = None
    sector: Title | None = None
    facts: Many[Statement] = ()


class Value(Model):
    """One figure of a series."""

    period: Date
    value: Number
    label: Title | None = Field(default=None, description="What the figure stands for in words.")
    note: Text | None = None
    partial: Flag = Field(default=False, description="The period is cut short.")
    estimate: Flag = False
    sources: SourceIds = ()


class Break(Model):
    """A point at which a series changes what it measures."""

    at: Date
    note: Text


class Series(Record):
    """Figures by period, each with its source."""

    kind: ClassVar[str] = "series"

    title: Title
    topic: Annotated[str, OneOf(vocabulary.SERIES_TOPICS)]
    unit: Title
    basis: Text | None = Field(default=None, description="How the figures are counted.")
    side: Side = Field(description="Whose statistics these are.")
    flow: Id | None = Field(default=None, description="Shared by series that measure one flow.")
    joined: Flag = Field(default=True, description="Whether a line may join the figures.")
    values: Many[Value] = Field(min_length=1)
    breaks: Many[Break] = ()
    notes: Many[Statement] = ()


class Disagreement(Dispute):
    """A disagreement of sources that goes across records, in a file of its own."""

    kind: ClassVar[str] = "disputes"

    id: Id
    related: Many[RecordId] = ()
    sources: SourceIds = ()


class Source(Model):
    """A page, document or dataset that someone saw."""

    kind: ClassVar[str] = "sources"

    id: Id
    publisher: Annotated[Id, References("publishers")]
    title: Title
    title_described: Flag = Field(
        default=False, description="The title describes the page; its own was not seen."
    )
    also_titled: Many[Title] = ()
    date: Date | None = None
    url: Url
    archived_url: Url | None = None
    source_kind: Annotated[str, OneOf(vocabulary.SOURCE_KINDS)] = Field(alias="kind")
    language: Language
    copy_seen: Title | None = Field(default=None, description="Where a copy was read.")
    credit: Title | None = Field(
        default=None, description="Whom the publisher credits: an agency, an author, a series."
    )


class Publisher(Model):
    """Who publishes sources; one file each under data/sources/."""

    kind: ClassVar[str] = "publishers"

    id: Id
    name: Title = Field(alias="publisher")
    side: Side


class Office(Model):
    """A post that several people held."""

    kind: ClassVar[str] = "offices"

    id: Id
    title: Title
    country: Country
    body: Title
    main: Flag = Field(default=False, description="Shown among the main posts.")
    shared: Flag = Field(default=False, description="Several people hold it at once.")


class Dialogue(Model):
    """A format in which the two sides meet repeatedly."""

    kind: ClassVar[str] = "dialogues"

    id: Id
    name: Title
    names: Names = Names()
    short_name: Title | None = None
    follows: Many[DialogueId] = Field(default=(), description="The formats it grew out of.")
    facts: Many[Statement] = ()
    sources: SourceIds = ()


class Place(Model):
    """Where things happen."""

    kind: ClassVar[str] = "places"

    id: Id
    name: Title
    country: Country
    names: Names = Names()
    sources: SourceIds = ()


class Theme(Model):
    """A subject that goes across pillars."""

    kind: ClassVar[str] = "themes"

    id: Id
    name: Title
    description: Text


Entry = (
    Event
    | Agreement
    | Commitment
    | Person
    | Organization
    | Series
    | Disagreement
    | Source
    | Publisher
    | Office
    | Dialogue
    | Place
    | Theme
)

# One file each, under the folder of the kind's name.
RECORDS: tuple[
    type[Event | Agreement | Commitment | Person | Organization | Series | Disagreement], ...
]
RECORDS = (Event, Agreement, Commitment, Person, Organization, Series, Disagreement)
# Many in one file, `data/<kind>.yaml`: id -> the rest.
TABLES: tuple[type[Office | Dialogue | Place | Theme], ...] = (Office, Dialogue, Place, Theme)
