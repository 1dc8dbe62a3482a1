"""The published shapes of the API, version 1: what readers of the files may rely on.

They are apart from the models of the record, so that renaming a field there breaks nobody. Every
key is always present; what is not known is null or an empty list. JSON Schema and OpenAPI are
made from these classes.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .. import dates
from .base import days

SCHEMA_VERSION = "1.0"
T = TypeVar("T")


class Shape(BaseModel):
    """Base of all published shapes; parts of the record fill it where their names are its."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class File(Shape):
    """What every file says of itself."""

    schema_version: str
    data_version: str
    date: str = Field(description="The day of the edition.")
    license: str


class Entry(Shape):
    """What all entries have."""

    id: str
    title: str
    url: str


class Date(Shape):
    """A date as the source gives it, and the days that it can mean."""

    edtf: str = Field(description="Extended Date/Time Format, levels 0 and 1.")
    words: str
    first: str | None = Field(description="First day that it can mean; null if open.")
    last: str | None = Field(description="Last day that it can mean; null if open.")

    @model_validator(mode="before")
    @classmethod
    def _of(cls, value: Any) -> Any:
        if not isinstance(value, dates.Date):
            return value
        first, last = days(value)
        return {"edtf": value.text, "words": value.words, "first": first, "last": last}


class Ref(Shape):
    """A link to an entry of the record."""

    kind: str
    id: str
    title: str


class Statement(Shape):
    """A sentence with its sources."""

    text: str
    sources: list[str]
    inherited: bool = Field(description="The record, not the sentence, names the sources.")


class Claim(Shape):
    """One answer to a disputed question."""

    says: str
    sources: list[str]
    unattributed: bool


class Dispute(Shape):
    """A question to which sources give different answers."""

    about: str
    question: str
    claims: list[Claim]
    note: str | None


class Evidence(Shape):
    """The number and kinds of sources: a measure of support, not of truth."""

    sources: int
    publishers: int
    primary: int
    level: str
    words: str


class Names(Shape):
    """Other forms of a name."""

    kk: str | None
    ru: str | None
    former: list[str]
    variants: list[str]


class Participant(Shape):
    """Someone who took part: a person of the record, or only a name."""

    person: str | None
    name: str
    role: str | None
    side: str


class Involved(Shape):
    """An organization that took part."""

    organization: str | None
    name: str


class Session(Shape):
    """Which round of which dialogue an event was."""

    format: str
    level: str | None
    number: int | None
    number_us: int | None
    number_kz: int | None


class Record(Entry):
    """What records of all kinds have."""

    url: str = Field(description="The page for people.")
    sources: list[str]
    evidence: Evidence
    disputes: list[Dispute]
    related: list[Ref] = Field(description="Entries that this one names.")
    named_by: list[Ref] = Field(description="Entries that name this one.")


class Event(Record):
    """Something that happened between the two countries."""

    date: Date
    type: str
    pillars: list[str]
    themes: list[str]
    place: str | None
    dialogue: Session | None
    participants: list[Participant]
    organizations: list[Involved]
    facts: list[Statement]
    outcomes: list[Statement]
    agreements: list[str]


class Step(Shape):
    """A step in the life of an agreement."""

    event: str
    date: Date
    place: str | None
    by: list[Participant]
    at: str | None
    sources: list[str]


class State(Shape):
    """Where an agreement stands on the day of the edition, derived from its steps."""

    code: str
    words: str
    since: Date | None
    until: Date | None
    sources: list[str]


class Agreement(Record):
    """A treaty, agreement, memorandum, statement or contract."""

    full_title: str
    type: str
    binding: bool | None
    parties: list[str]
    pillars: list[str]
    themes: list[str]
    state: State
    lifecycle: list[Step]
    identifiers: dict[str, str]
    facts: list[Statement]
    supersedes: list[str]


class Outcome(Shape):
    """What happened to a promise, on a date."""

    date: Date
    fact: str
    sources: list[str]


class Commitment(Record):
    """A promise and what is known of its outcome."""

    made: Date
    by: list[str]
    made_at: str | None
    status: str
    status_note: str | None
    pillars: list[str]
    themes: list[str]
    outcomes: list[Outcome]


class Tenure(Shape):
    """A post that a person held; `seen` shows the person in it, and nothing about its limits."""

    office: str | None
    title: str
    begin: Date | None
    end: Date | None
    seen: Date | None
    appointed: Date | None
    credentials: Date | None
    left: Date | None
    note: str | None
    sources: list[str]


class Person(Record):
    """Someone who acts in the record."""

    names: Names
    country: str
    offices: list[Tenure]
    facts: list[Statement]


class Organization(Record):
    """A company, agency or body."""

    names: Names
    country: str | None
    sector: str | None
    facts: list[Statement]


class Value(Shape):
    """One figure of a series."""

    period: Date
    value: str = Field(description="A decimal number, with all digits of the source.")
    label: str | None
    note: str | None
    partial: bool
    estimate: bool
    sources: list[str]


class Break(Shape):
    """A point at which a series changes what it measures."""

    at: Date
    note: str


class Series(Record):
    """Figures by period."""

    topic: str
    unit: str
    basis: str | None
    side: str
    flow: str | None
    joined: bool
    values: list[Value]
    breaks: list[Break]
    notes: list[Statement]


class Disagreement(Record):
    """A disagreement of sources that goes across records."""

    dispute: Dispute


class Source(Shape):
    """A page, document or dataset that someone saw."""

    id: str
    publisher: str
    title: str
    title_described: bool
    also_titled: list[str]
    date: Date | None
    link: str
    archived_url: str | None
    kind: str
    language: str
    copy_seen: str | None
    credit: str | None


class Publisher(Entry):
    """Who publishes sources, with the sources."""

    side: str
    sources: list[Source]


class Holder(Shape):
    """A person in an office."""

    person: str
    name: str
    tenure: Tenure


class Office(Entry):
    """A post, with those who held it as far as sources show."""

    country: str
    body: str
    main: bool
    holders: list[Holder]


class Dialogue(Entry):
    """A format in which the two sides meet, with its rounds."""

    short_name: str | None
    names: Names
    follows: list[str]
    facts: list[Statement]
    sources: list[str]
    rounds: list[Ref]


class Place(Entry):
    """Where things happen."""

    country: str
    names: Names
    sources: list[str]
    named_by: list[Ref]


class Theme(Entry):
    """A subject, with the records on it."""

    description: str
    named_by: list[Ref]


class Summary(Shape):
    """An entry in a list."""

    id: str
    title: str
    date: Date | None
    url: str
    api: str


class Part(Shape):
    """A list of the API."""

    kind: str
    count: int
    url: str
    schema_url: str


class Document(File, Generic[T]):
    """One entry in a file."""

    data: T


class Listing(File, Generic[T]):
    """A list of entries in a file."""

    count: int
    data: list[T]


class Gone(File):
    """An id that is no longer there: the entry that it became, or why it was withdrawn."""

    kind: str
    id: str
    moved_to: str | None = Field(description="Kind and id of the entry.")
    withdrawn: str | None = Field(description="The reason.")


Turn = tuple[str, list[tuple[str, str, str, str]]]


class Post(Shape):
    """A main post over time."""

    id: str
    title: str
    pair: str = Field(description="The pair of posts to which it belongs.")
    side: str
    turns: list[Turn] = Field(
        description="First day, and who from then on: id, name, held/perhaps/seen, words."
    )


class Life(Shape):
    """An agreement over time."""

    id: str
    title: str
    turns: list[tuple[str, str, str]] = Field(description="First day, and state: code, words.")


class Happening(Shape):
    """An event, as short as it can be."""

    id: str
    title: str
    edtf: str
    words: str
    first: str
    last: str
    exact: bool = Field(description="Whether the date is exact to the day.")
    dialogue: str | None


class AnyDay(File):
    """What was so on any day: of each list of turns, the last at or before the day holds."""

    first: str = Field(description="The first day for which there is an answer.")
    posts: list[Post]
    agreements: list[Life]
    events: list[Happening]


class Alteration(Shape):
    """What became of one entry."""

    record: str = Field(description="Kind and id.")
    title: str
    verb: str
    details: list[str]


class Learned(Shape):
    """What one commit changed; of an import only the number of its files is told."""

    commit: str
    date: str
    files: int
    summary: str
    changes: list[Alteration]
