"""The kinds of record: shape, and the rules that one record can break by itself.

What needs other records (does this person exist?) is a check under `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
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
    optional,
    or_name,
    refuse,
    required,
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

    id: Id = required("The file's name without `.yaml`; never written in the file.")
    sources: SourceIds = optional(
        "The sources of the record; statements without their own inherit.", ()
    )
    disputes: Many[Dispute] = optional("Questions to which sources give different answers.", ())


class Topical(Record):
    """A record that readers find by pillar and theme."""

    pillars: Many[Pillar] = required("One to three pillars.", min_length=1)
    themes: Many[ThemeId] = optional("Ids from data/themes.yaml.", ())


class Participant(Model):
    """Someone who took part, in the role of that day."""

    person: PersonId | None = optional("Id of a person of the record.")
    name: Title | None = optional("For people without a record: the name.")
    role: Text | None = optional("The role on that day.")
    side: Side = required("Whom the person acted for that day.")

    _person_or_name = or_name("person")


class Involved(Model):
    """An organization that took part: one of the record, or by name."""

    organization: OrganizationId | None = optional("Id of an organization of the record.")
    name: Title | None = optional("For one without a record: the name.")

    _organization_or_name = or_name("organization")


class Session(Model):
    """The round of a dialogue that an event was."""

    format: DialogueId = required("Id from data/dialogues.yaml.")
    level: Annotated[str, OneOf(vocabulary.LEVELS)] | None = optional("Who led the delegations.")
    number: Count | None = optional("The round's number in this record.")
    number_us: Count | None = optional("By the United States' count.")
    number_kz: Count | None = optional("By Kazakhstan's count.")


class Event(Topical):
    """Something that happened between the two countries, on a date."""

    kind: ClassVar[str] = "events"

    title: Title = required("What happened, in the words of a headline.")
    date: Date = required("When it happened, as exactly as a source shows.")
    type: Annotated[str, OneOf(vocabulary.EVENT_TYPES)] = required("What kind of event it was.")
    place: PlaceId | None = optional("Id from data/places.yaml.")
    dialogue: Session | None = optional("For a round of a dialogue: which one.")
    participants: Many[Participant] = optional("People who took part, side by side.", ())
    organizations: Many[Involved] = optional("Companies and bodies that took part.", ())
    facts: Many[Statement] = required("What happened.", min_length=1)
    outcomes: Many[Statement] = optional("What came of it.", ())
    agreements: Many[AgreementId] = optional("Agreements that it made, changed or carried out.", ())
    related: Many[RecordId] = optional("Other records that belong to it.", ())


class Step(Model):
    """A step in the life of an agreement."""

    event: Annotated[str, OneOf(vocabulary.LIFECYCLE_STEPS)] = required(
        "What happened to the agreement."
    )
    date: Date = required("When it happened, as exactly as a source shows.")
    place: PlaceId | None = optional("Where, for a signing: id from data/places.yaml.")
    by: Many[Participant] = optional("Who signed.", ())
    at: EventId | None = optional("The event at which it happened.")
    sources: SourceIds = optional("The sources that show just this step.", ())


class Identifiers(Model):
    """Numbers under which registers hold an agreement, as a source shows them."""

    tias: Title | None = optional(
        "Treaties and Other International Acts Series (TIAS), Department of State."
    )
    kav: Title | None = optional("KAV number (Kavass), of agreements that are not in TIAS.")
    unts: Title | None = optional(
        "United Nations Treaty Series (UNTS): registration number or volume."
    )
    treaty_doc: Title | None = optional(
        "Senate Treaty Document, by which a treaty went to the Senate."
    )
    senate_exec_rept: Title | None = optional("Senate Executive Report, by its committee.")
    federal_register: Title | None = optional("Volume and page of the Federal Register.")
    us_law: Title | None = optional("Public Law or Statutes at Large of the United States.")
    kz_law: Title | None = optional("Law of Kazakhstan, such as that of ratification.")
    kz_decree: Title | None = optional(
        "Decree of the President or decision of the Government of Kazakhstan."
    )
    kz_treaty_bulletin: Title | None = optional(
        "Bulletin of International Treaties of the Republic of Kazakhstan."
    )
    case: Title | None = optional("Case or docket number.")
    wikidata: Title | None = optional("Item of Wikidata.")


class Agreement(Topical):
    """A treaty, agreement, memorandum, statement or contract."""

    kind: ClassVar[str] = "agreements"

    title: Title = required("The full title, as the instrument has it.")
    short_title: Title = required("The name in lists and links.")
    type: Annotated[str, OneOf(vocabulary.AGREEMENT_TYPES)] = required(
        "What kind of instrument it is."
    )
    binding: Flag | None = optional("Left out where no source shows it.")
    parties: Many[Title] = required("ISO 3166-1 codes, or names.", min_length=1)
    lifecycle: Many[Step] = optional("Its steps from signature to its end, in order of time.", ())
    identifiers: Identifiers = optional("Numbers under which registers hold it.", Identifiers())
    facts: Many[Statement] = optional("What it says and did.", ())
    supersedes: Many[AgreementId] = optional("Agreements that it replaces.", ())
    related: Many[RecordId] = optional("Other records that belong to it.", ())


class Evidence(Model):
    """What happened to a promise, on a date."""

    date: Date = required("When it happened.")
    fact: Text = required("What was done, or what was reported of it.")
    sources: SourceIds = optional("The sources that show just this.", ())


class Commitment(Topical):
    """A promise, by whom, and what is known of its outcome."""

    kind: ClassVar[str] = "commitments"

    text: Text = required("What was promised, starting with a verb.")
    made: Date = required("When it was promised.")
    by: Many[Side] = required("Who promised.", min_length=1)
    made_at: EventId | None = optional("The event at which it was made.")
    status: Annotated[str, OneOf(vocabulary.COMMITMENT_STATUSES)] = optional(
        "The outcome that dated evidence shows; never intent.", "not-assessed"
    )
    status_note: Text | None = optional("Why the status is this one.")
    evidence: Many[Evidence] = optional("What became of the promise, each with its date.", ())
    related: Many[RecordId] = optional("Other records that belong to it.", ())


class Names(Model):
    """Forms of a name as sources write them."""

    kk: Title | None = optional("In Kazakh.")
    ru: Title | None = optional("In Russian.")
    former: Many[Title] = optional("Names that it had before.", ())
    variants: Many[Title] = optional("Other Latin spellings.", ())


class Milestones(Model):
    """Dated steps of a tenure."""

    appointed: Date | None = optional("Appointed by the sending side.")
    credentials: Date | None = optional("Presented credentials to the head of state.")
    left: Date | None = optional("Left the post.")


class Tenure(Model):
    """A post that a person held. `seen` shows the person in it, and nothing about its limits."""

    office: OfficeId | None = optional("Id from data/offices.yaml.")
    title: Title = required("The post, as it was called then.")
    begin: Date | None = optional("When the tenure began.", alias="from")
    end: Date | None = optional("When the tenure ended.", alias="to")
    seen: Date | None = optional("A date on which a source shows the person in the post.")
    dates: Milestones = optional("Appointment, credentials, departure.", Milestones())
    note: Text | None = optional("What a reader of the dates must know.")
    sources: SourceIds = optional("The sources that show just this post.", ())


class Person(Record):
    """Someone who acts in the record."""

    kind: ClassVar[str] = "people"

    name: Title = required("The name in English, family name last.")
    names: Names = optional("The name in other languages and spellings.", Names())
    country: Country = required("The side that the person acts for: ISO 3166-1 code.")
    offices: Many[Tenure] = optional("Posts that the person held.", ())
    facts: Many[Statement] = optional("What else the record says of the person.", ())


class Organization(Record):
    """A company, agency or body that takes part in what the record tells."""

    kind: ClassVar[str] = "organizations"

    name: Title = required("The name in English.")
    names: Names = optional("The name in other languages, and earlier ones.", Names())
    country: Country | None = optional("Where its seat is: ISO 3166-1 code.")
    sector: Title | None = optional("The branch in which it works.")
    facts: Many[Statement] = optional("What else the record says of it.", ())


class Value(Model):
    """One figure of a series."""

    period: Date = required("The year, month or span that the figure covers.")
    value: Number = required("The figure, as the source prints it.")
    label: Title | None = optional("What the figure stands for in words.")
    note: Text | None = optional("What a reader of the figure must know.")
    partial: Flag = optional("The period is cut short.", False)
    estimate: Flag = optional("The source calls the figure an estimate.", False)
    sources: SourceIds = optional("The sources that show just this figure.", ())


class Break(Model):
    """A point at which a series changes what it measures."""

    at: Date = required("The first period that is counted anew.")
    note: Text = required("What changes in the way of counting.")


class Series(Record):
    """Figures by period, each with its source."""

    kind: ClassVar[str] = "series"

    title: Title = required("What is counted, from where to where.")
    topic: Annotated[str, OneOf(vocabulary.SERIES_TOPICS)] = required(
        "Under which heading the figures stand."
    )
    unit: Title = required("The unit of all figures, such as million US dollars.")
    basis: Text | None = optional("How the figures are counted.")
    side: Side = required("Whose statistics these are.")
    flow: Id | None = optional("Shared by series that measure one flow.")
    joined: Flag = optional("Whether a line may join the figures.", True)
    values: Many[Value] = required("The figures, in order of time.", min_length=1)
    breaks: Many[Break] = optional("Points at which the way of counting changes.", ())
    notes: Many[Statement] = optional("What else a reader of the figures must know.", ())


class Disagreement(Dispute):
    """A disagreement of sources that goes across records, in a file of its own."""

    kind: ClassVar[str] = "disputes"

    id: Id
    related: Many[RecordId] = optional("The records that it concerns.", ())
    sources: SourceIds = optional("The sources of its claims, all together.", ())


class Source(Model):
    """A page, document or dataset that someone saw."""

    kind: ClassVar[str] = "sources"

    id: Id
    publisher: Annotated[Id, References("publishers")] = required(
        "The file that it stands in; never written there."
    )
    title: Title = required("The title, as the page gives it.")
    title_described: Flag = optional("The title describes the page; its own was not seen.", False)
    also_titled: Many[Title] = optional("Other titles under which the page is cited.", ())
    date: Date | None = optional("When it was published.")
    url: Url = required("Where the page is.")
    archived_url: Url | None = optional("Where an archive keeps a copy.")
    source_kind: Annotated[str, OneOf(vocabulary.SOURCE_KINDS)] = required(
        "How close it stands to what it tells.", alias="kind"
    )
    language: Language = required("The language of the page: ISO 639-1 code.")
    copy_seen: Title | None = optional("Where a copy was read.")
    credit: Title | None = optional("Whom the publisher credits: an agency, an author, a series.")


class Publisher(Model):
    """Who publishes sources; one file each under data/sources/."""

    kind: ClassVar[str] = "publishers"

    id: Id
    name: Title = required("The name in English.", alias="publisher")
    side: Side = required("Which side it belongs to.")


class Office(Model):
    """A post that several people held."""

    kind: ClassVar[str] = "offices"

    id: Id
    title: Title = required("The post, as it is called in English.")
    country: Country = required("Whose post it is: ISO 3166-1 code.")
    body: Title = required("The ministry, mission or body to which it belongs.")
    main: Flag = optional("Shown among the main posts.", False)
    shared: Flag = optional("Several people hold it at once.", False)


class Dialogue(Model):
    """A format in which the two sides meet repeatedly."""

    kind: ClassVar[str] = "dialogues"

    id: Id
    name: Title = required("The full name in English.")
    names: Names = optional("The name in other languages, and earlier ones.", Names())
    short_name: Title | None = optional("The name on charts, where the full one is long.")
    follows: Many[DialogueId] = optional("The formats it grew out of.", ())
    facts: Many[Statement] = optional("What it is for, and how it began.", ())
    sources: SourceIds = optional("The sources of its facts.", ())


class Place(Model):
    """Where things happen."""

    kind: ClassVar[str] = "places"

    id: Id
    name: Title = required("The name in English, as it is called today.")
    country: Country = required("Where it lies: ISO 3166-1 code.")
    names: Names = optional("The name in other languages, and earlier ones.", Names())
    sources: SourceIds = optional("The sources for its names.", ())


class Theme(Model):
    """A subject that goes across pillars."""

    kind: ClassVar[str] = "themes"

    id: Id
    name: Title = required("What readers see.")
    description: Text = required("What belongs to it, in a sentence.")


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

# One and many of each kind, in the order in which a reader wants them.
NOUNS = {
    "events": ("event", "events"),
    "agreements": ("agreement", "agreements"),
    "commitments": ("commitment", "commitments"),
    "people": ("person", "people"),
    "organizations": ("organization", "organizations"),
    "series": ("series of figures", "series of figures"),
    "disputes": ("disagreement", "disagreements"),
    "sources": ("source", "sources"),
    "publishers": ("publisher", "publishers"),
    "offices": ("office", "offices"),
    "dialogues": ("dialogue", "dialogues"),
    "places": ("place", "places"),
    "themes": ("theme", "themes"),
}
_TITLES = ("short_title", "title", "name", "text", "question")


def title_of(entry: Entry) -> str:
    """What a reader calls an entry."""
    return next(str(text) for name in _titles(type(entry)) if (text := getattr(entry, name)))


@cache
def _titles(model: type[Model]) -> tuple[str, ...]:
    """The fields that may name an entry of a kind."""
    return tuple(n for n in _TITLES if n in model.model_fields or hasattr(model, n))


# One file each, under the folder of the kind's name.
RECORDS: tuple[type[Model], ...]
RECORDS = (Event, Agreement, Commitment, Person, Organization, Series, Disagreement)
# Many in one file, `data/<kind>.yaml`: id -> the rest.
TABLES: tuple[type[Model], ...] = (Office, Dialogue, Place, Theme)
_ALL: tuple[type[Model], ...] = (*RECORDS, *TABLES, Publisher, Source)
# Every kind of entry by its name, in the order of the field reference.
KINDS = {model.kind: model for model in _ALL}
