"""The record in long form: tables whose rows say one thing each.

One declaration serves the CSV files, their Frictionless descriptor, the SQLite file and the
codebook. A record is named by `kind/id`, because two kinds may use one id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..dataset import Dataset
from ..dates import Date
from ..model.base import Dispute, Statement
from ..model.records import Entry
from ..views import agreements, evidence
from ..views.refs import date_of, title_of

Row = tuple[Any, ...]
Rows = Iterator[Row]


@dataclass(frozen=True)
class Column:
    """A column. `type` is ``string``, ``integer``, ``boolean``, ``number`` or ``date``."""

    name: str
    type: str
    description: str
    references: str = ""


@dataclass(frozen=True)
class Table:
    """A table: the first columns, as many as `key` says, identify a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Dataset], Rows]
    key: int = 1


def _text(name: str, description: str) -> Column:
    return Column(name, "string", description)


def _to(name: str, table: str, description: str) -> Column:
    return Column(name, "string", description, table)


def _dated(name: str, what: str) -> tuple[Column, ...]:
    return (
        Column(name, "string", f"{what}, as EDTF."),
        Column(f"{name}_first", "date", "The first day that it can mean."),
        Column(f"{name}_last", "date", "The last day that it can mean."),
    )


_RECORD = _to("record", "records", "The record, as kind/id.")
_NUMBER = Column("number", "integer", "Place in the record, from 1.")
_SOURCE = _to("source", "sources", "The source.")


def _span(date: Date | None) -> Row:
    """A date as three cells; the days of an open side stay empty."""
    if date is None:
        return (None, None, None)
    first = date.first.isoformat() if date.begin else None
    return (date.text, first, date.last.isoformat() if date.end else None)


def key(entry: Entry) -> str:
    """The name of a record in the tables."""
    return f"{entry.kind}/{entry.id}"


def _records(dataset: Dataset) -> Rows:
    for entry in dataset.records():
        strength = evidence.strength(dataset, getattr(entry, "sources", ()))
        title = title_of(entry)
        numbers = (strength.sources, strength.publishers, strength.primary)
        yield (key(entry), entry.kind, entry.id, title, *_span(date_of(entry)), *numbers)


def _events(dataset: Dataset) -> Rows:
    for e in dataset.events.values():
        s = e.dialogue
        place = (s.format, s.level, s.number, s.number_us, s.number_kz) if s else (None,) * 5
        yield (key(e), e.id, e.title, *_span(e.date), e.type, e.place, *place)


def _participants(dataset: Dataset) -> Rows:
    for e in dataset.events.values():
        for number, p in enumerate(e.participants, 1):
            person = dataset.people.get(p.person or "")
            name = p.name or (person.name if person else p.person)
            yield (key(e), number, person and key(person), name, p.role, p.side)


def _involved(dataset: Dataset) -> Rows:
    for e in dataset.events.values():
        for number, item in enumerate(e.organizations, 1):
            known = dataset.organizations.get(item.organization or "")
            name = known.name if known else item.name or item.organization
            yield (key(e), number, known and key(known), name)


def _event_agreements(dataset: Dataset) -> Rows:
    for e in dataset.events.values():
        for agreement in dict.fromkeys(e.agreements):
            yield (key(e), f"agreements/{agreement}")


def _agreements(dataset: Dataset) -> Rows:
    for a in dataset.agreements.values():
        state = agreements.state(a, dataset.as_of)
        yield (key(a), a.id, a.title, a.short_title, a.type, a.binding, state.code, state.words)


def _parties(dataset: Dataset) -> Rows:
    for a in dataset.agreements.values():
        for number, party in enumerate(a.parties, 1):
            yield (key(a), number, party)


def _steps(dataset: Dataset) -> Rows:
    for a in dataset.agreements.values():
        for number, s in enumerate(a.lifecycle, 1):
            yield (key(a), number, s.event, *_span(s.date), s.place, s.at and f"events/{s.at}")


def _identifiers(dataset: Dataset) -> Rows:
    for a in dataset.agreements.values():
        for register, value in a.identifiers.model_dump(exclude_none=True).items():
            yield (key(a), register, value)


def _commitments(dataset: Dataset) -> Rows:
    for c in dataset.commitments.values():
        at = c.made_at and f"events/{c.made_at}"
        yield (key(c), c.id, c.text, *_span(c.made), " ".join(c.by), at, c.status, c.status_note)


def _outcomes(dataset: Dataset) -> Rows:
    for c in dataset.commitments.values():
        for number, e in enumerate(c.evidence, 1):
            yield (key(c), number, *_span(e.date), e.fact)


def _people(dataset: Dataset) -> Rows:
    for p in dataset.people.values():
        yield (key(p), p.id, p.name, p.names.kk, p.names.ru, p.country)


def _tenures(dataset: Dataset) -> Rows:
    for p in dataset.people.values():
        for number, t in enumerate(p.offices, 1):
            dates = (t.begin, t.end, t.seen, t.dates.appointed, t.dates.credentials, t.dates.left)
            texts = (d.text if d else None for d in dates)
            yield (key(p), number, t.office, t.title, *texts, t.note)


def _organizations(dataset: Dataset) -> Rows:
    for o in dataset.organizations.values():
        yield (key(o), o.id, o.name, o.names.kk, o.names.ru, o.country, o.sector)


def _series(dataset: Dataset) -> Rows:
    for s in dataset.series.values():
        yield (key(s), s.id, s.title, s.topic, s.unit, s.basis, s.side, s.flow, s.joined)


def _values(dataset: Dataset) -> Rows:
    for s in dataset.series.values():
        for number, v in enumerate(s.values, 1):
            marks = (v.label, v.note, v.partial, v.estimate)
            yield (key(s), number, *_span(v.period), v.value, *marks)


def _said(dataset: Dataset) -> Iterator[tuple[str, str, int, str, tuple[str, ...], bool]]:
    """Every sentence: record, where it stands, number, text, sources, whether inherited."""
    for entry in dataset.records():
        above = getattr(entry, "sources", ())
        for part in ("facts", "outcomes", "notes"):
            found: tuple[Statement, ...] = getattr(entry, part, ())
            for number, item in enumerate(found, 1):
                sources = item.sources or above
                yield (key(entry), part, number, item.text, sources, not item.sources)


def _statements(dataset: Dataset) -> Rows:
    for record, part, number, text, _, inherited in _said(dataset):
        yield (record, part, number, text, inherited)


def _statement_sources(dataset: Dataset) -> Rows:
    for record, part, number, _, sources, _ in _said(dataset):
        for source in dict.fromkeys(sources):
            yield (record, part, number, source)


def _cited(dataset: Dataset) -> Rows:
    """Every source that a record names anywhere, with the place: the widest of the links."""
    found = {
        (key(link.entry), str(link.path[0]), link.to)
        for link in dataset.links
        if link.kinds == ("sources",) and link.entry.kind in _RECORD_KINDS
    }
    yield from sorted(found)


def _disputed(dataset: Dataset) -> Iterator[tuple[str, int, Dispute]]:
    for entry in dataset.records():
        if isinstance(entry, Dispute):
            yield key(entry), 1, entry
        for number, dispute in enumerate(getattr(entry, "disputes", ()), 1):
            yield key(entry), number, dispute


def _disputes(dataset: Dataset) -> Rows:
    for record, number, d in _disputed(dataset):
        yield (record, number, d.about, d.question, d.note)


def _claims(dataset: Dataset) -> Rows:
    for record, number, d in _disputed(dataset):
        for claim, c in enumerate(d.claims, 1):
            yield (record, number, claim, c.says, c.unattributed)


def _claim_sources(dataset: Dataset) -> Rows:
    for record, number, d in _disputed(dataset):
        for claim, c in enumerate(d.claims, 1):
            for source in dict.fromkeys(c.sources):
                yield (record, number, claim, source)


def _listed(field: str, prefix: str = "") -> Callable[[Dataset], Rows]:
    """Rows of a list in records: record, and each word of the list."""

    def rows(dataset: Dataset) -> Rows:
        for entry in dataset.records():
            for word in dict.fromkeys(getattr(entry, field, ())):
                yield (key(entry), prefix + word)

    return rows


def _related(dataset: Dataset) -> Rows:
    for entry in dataset.records():
        known = [dataset.find(word) for word in dict.fromkeys(getattr(entry, "related", ()))]
        yield from ((key(entry), key(other)) for other in known if other is not None)


def _sources(dataset: Dataset) -> Rows:
    for s in dataset.sources.values():
        date = s.date.text if s.date else None
        more = (s.source_kind, s.language, s.url, s.archived_url, s.title_described)
        yield (s.id, s.publisher, s.title, date, *more)


def _of(kind: str, *fields: str) -> Callable[[Dataset], Rows]:
    """Rows of a table of the record, fields as they are."""

    def rows(dataset: Dataset) -> Rows:
        for entry in dataset.of(kind).values():
            yield tuple(getattr(entry, field) for field in fields)

    return rows


_RECORD_KINDS = frozenset(
    ("events", "agreements", "commitments", "people", "organizations", "series", "disputes")
)
_NAMES = (_text("name_kk", "Name in Kazakh."), _text("name_ru", "Name in Russian."))
_ID = _text("id", "The id, as in addresses.")

# A table stands after those that it refers to.
TABLES = (
    Table(
        "publishers",
        "Who publishes sources.",
        (_ID, _text("name", "Name."), _text("side", "US, KZ or other.")),
        _of("publishers", "id", "name", "side"),
    ),
    Table(
        "sources",
        "Pages, documents and datasets that someone saw.",
        (
            _ID,
            _to("publisher", "publishers", "Who publishes it."),
            _text("title", "Title."),
            _text("date", "Date, as EDTF."),
            _text("kind", "primary, official, academic, press or reference."),
            _text("language", "ISO 639-1 code."),
            _text("url", "Address."),
            _text("archived_url", "Address of an archived copy."),
            Column("title_described", "boolean", "The title describes; its own was not seen."),
        ),
        _sources,
    ),
    Table(
        "offices",
        "Posts that several people held.",
        (
            _ID,
            _text("title", "Title."),
            _text("country", "ISO 3166-1 code."),
            _text("body", "The body it belongs to."),
            Column("main", "boolean", "Among the main posts."),
        ),
        _of("offices", "id", "title", "country", "body", "main"),
    ),
    Table(
        "dialogues",
        "Formats in which the two sides meet.",
        (_ID, _text("name", "Name."), _text("short_name", "Short name.")),
        _of("dialogues", "id", "name", "short_name"),
    ),
    Table(
        "places",
        "Where things happen.",
        (_ID, _text("name", "Name."), _text("country", "ISO 3166-1 code.")),
        _of("places", "id", "name", "country"),
    ),
    Table(
        "themes",
        "Subjects that go across pillars.",
        (_ID, _text("name", "Name."), _text("description", "What belongs to it.")),
        _of("themes", "id", "name", "description"),
    ),
    Table(
        "records",
        "Every record, one row each.",
        (
            _text("record", "Its name in all tables: kind/id."),
            _text("kind", "Kind."),
            _ID,
            _text("title", "Title."),
            *_dated("date", "The date by which it is ordered"),
            Column("sources", "integer", "How many sources it names."),
            Column("publishers", "integer", "Of how many publishers."),
            Column("primary_sources", "integer", "How many of them are primary."),
        ),
        _records,
    ),
    Table(
        "events",
        "What happened: one row per event.",
        (
            _RECORD,
            _ID,
            _text("title", "Title."),
            *_dated("date", "When it happened"),
            _text("type", "Type of event."),
            _to("place", "places", "Where."),
            _to("dialogue", "dialogues", "The dialogue of which it was a round."),
            _text("level", "Level of the round."),
            Column("round", "integer", "Number of the round in this record."),
            Column("round_us", "integer", "Number by the United States' count."),
            Column("round_kz", "integer", "Number by Kazakhstan's count."),
        ),
        _events,
    ),
    Table(
        "event_participants",
        "One row per person who took part.",
        (
            _RECORD,
            _NUMBER,
            _to("person", "records", "The person, where the record has one."),
            _text("name", "Name."),
            _text("role", "Role on that day."),
            _text("side", "US, KZ or other."),
        ),
        _participants,
        2,
    ),
    Table(
        "event_organizations",
        "One row per organization that took part.",
        (
            _RECORD,
            _NUMBER,
            _to("organization", "records", "The organization, where the record has one."),
            _text("name", "Name."),
        ),
        _involved,
        2,
    ),
    Table(
        "event_agreements",
        "Agreements that an event concerns.",
        (_RECORD, _to("agreement", "records", "The agreement.")),
        _event_agreements,
        2,
    ),
    Table(
        "agreements",
        "Instruments, with their state on the day of the edition.",
        (
            _RECORD,
            _ID,
            _text("title", "Full title."),
            _text("short_title", "Short title."),
            _text("type", "Type of instrument."),
            Column("binding", "boolean", "Empty where no source shows it."),
            _text("state", "in-force, ended, not-shown, issued, future or unknown."),
            _text("state_words", "The state in words."),
        ),
        _agreements,
    ),
    Table(
        "agreement_parties",
        "One row per party.",
        (_RECORD, _NUMBER, _text("party", "ISO 3166-1 code, or name.")),
        _parties,
        2,
    ),
    Table(
        "agreement_steps",
        "One row per step in an agreement's life.",
        (
            _RECORD,
            _NUMBER,
            _text("step", "signed, ratified-us, entered-into-force and so on."),
            *_dated("date", "When"),
            _to("place", "places", "Where."),
            _to("event", "records", "The event at which it happened."),
        ),
        _steps,
        2,
    ),
    Table(
        "agreement_identifiers",
        "Numbers in registers.",
        (_RECORD, _text("register", "tias, kav, unts and so on."), _text("value", "Number.")),
        _identifiers,
        2,
    ),
    Table(
        "commitments",
        "Promises, with what is known of their outcome.",
        (
            _RECORD,
            _ID,
            _text("text", "What was promised."),
            *_dated("made", "When it was promised"),
            _text("by", "Who promised: US, KZ, other, separated by spaces."),
            _to("made_at", "records", "The event at which it was made."),
            _text("status", "Outcome."),
            _text("status_note", "A note on the outcome."),
        ),
        _commitments,
    ),
    Table(
        "commitment_evidence",
        "What happened to a promise: one row per dated fact.",
        (_RECORD, _NUMBER, *_dated("date", "When"), _text("fact", "What happened.")),
        _outcomes,
        2,
    ),
    Table(
        "people",
        "Those who act in the record.",
        (_RECORD, _ID, _text("name", "Name."), *_NAMES, _text("country", "Side: ISO 3166-1.")),
        _people,
    ),
    Table(
        "tenures",
        "One row per post of a person. `seen` says nothing about the limits of the tenure.",
        (
            _RECORD,
            _NUMBER,
            _to("office", "offices", "The office, where the record has one."),
            _text("title", "Title of the post."),
            *(
                _text(name, f"{words}, as EDTF.")
                for name, words in (
                    ("begin", "Beginning"),
                    ("end", "End"),
                    ("seen", "Shown in the post"),
                    ("appointed", "Appointed"),
                    ("credentials", "Credentials presented"),
                    ("left", "Left"),
                )
            ),
            _text("note", "Note."),
        ),
        _tenures,
        2,
    ),
    Table(
        "organizations",
        "Companies, agencies and bodies.",
        (
            _RECORD,
            _ID,
            _text("name", "Name."),
            *_NAMES,
            _text("country", "ISO 3166-1 code."),
            _text("sector", "Sector."),
        ),
        _organizations,
    ),
    Table(
        "series",
        "Series of figures.",
        (
            _RECORD,
            _ID,
            _text("title", "Title."),
            _text("topic", "Topic."),
            _text("unit", "Unit."),
            _text("basis", "How the figures are counted."),
            _text("side", "Whose statistics."),
            _text("flow", "Shared by series that measure one flow."),
            Column("joined", "boolean", "Whether a line may join the figures."),
        ),
        _series,
    ),
    Table(
        "series_values",
        "One row per figure.",
        (
            _RECORD,
            _NUMBER,
            *_dated("period", "Period"),
            Column("value", "number", "The figure."),
            _text("label", "What it stands for in words."),
            _text("note", "Note."),
            Column("partial", "boolean", "The period is cut short."),
            Column("estimate", "boolean", "An estimate."),
        ),
        _values,
        2,
    ),
    Table(
        "statements",
        "One row per sentence.",
        (
            _RECORD,
            _text("part", "facts, outcomes or notes."),
            _NUMBER,
            _text("text", "The sentence."),
            Column("inherited", "boolean", "Its sources are those of the record."),
        ),
        _statements,
        3,
    ),
    Table(
        "statement_sources",
        "One row per sentence and source.",
        (_RECORD, _text("part", "facts, outcomes or notes."), _NUMBER, _SOURCE),
        _statement_sources,
        4,
    ),
    Table(
        "record_sources",
        "Every source that a record names, with the field in which it does.",
        (_RECORD, _text("field", "Field of the record."), _SOURCE),
        _cited,
        3,
    ),
    Table(
        "disputes",
        "Questions to which sources give different answers.",
        (
            _RECORD,
            _NUMBER,
            _text("about", "What kind of thing is disputed."),
            _text("question", "The question."),
            _text("note", "What this record follows, and why."),
        ),
        _disputes,
        2,
    ),
    Table(
        "claims",
        "One row per answer to a disputed question.",
        (
            _RECORD,
            _NUMBER,
            Column("claim", "integer", "Place among the answers, from 1."),
            _text("says", "The answer."),
            Column("unattributed", "boolean", "Who makes the claim is not settled."),
        ),
        _claims,
        3,
    ),
    Table(
        "claim_sources",
        "One row per answer and source.",
        (_RECORD, _NUMBER, Column("claim", "integer", "The answer."), _SOURCE),
        _claim_sources,
        4,
    ),
    Table(
        "record_themes",
        "Themes of records.",
        (_RECORD, _to("theme", "themes", "The theme.")),
        _listed("themes"),
        2,
    ),
    Table(
        "record_pillars",
        "Pillars of records.",
        (_RECORD, _text("pillar", "dialogue, commitments or commerce.")),
        _listed("pillars"),
        2,
    ),
    Table(
        "related_records",
        "Records that a record names as related.",
        (_RECORD, _to("related", "records", "The other record.")),
        _related,
        2,
    ),
    Table(
        "superseded_agreements",
        "Agreements that a newer one replaced.",
        (_RECORD, _to("supersedes", "records", "The older agreement.")),
        _listed("supersedes", "agreements/"),
        2,
    ),
)
