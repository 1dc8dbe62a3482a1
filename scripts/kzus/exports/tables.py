"""The record in long form: tables whose rows say one thing each.

One declaration serves the CSV files, their Frictionless descriptor, the SQLite file and the
codebook. A record is named by `kind/id`, because two kinds may use one id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..dataset import Dataset
from . import rows
from .rows import Rows


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


_NAMES = (_text("name_kk", "Name in Kazakh."), _text("name_ru", "Name in Russian."))
_ID = _text("id", "The id, as in addresses.")

# A table stands after those that it refers to.
TABLES = (
    Table(
        "publishers",
        "Who publishes sources.",
        (_ID, _text("name", "Name."), _text("side", "US, KZ or other.")),
        rows.of("publishers", "id", "name", "side"),
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
        rows.sources,
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
        rows.of("offices", "id", "title", "country", "body", "main"),
    ),
    Table(
        "dialogues",
        "Formats in which the two sides meet.",
        (_ID, _text("name", "Name."), _text("short_name", "Short name.")),
        rows.of("dialogues", "id", "name", "short_name"),
    ),
    Table(
        "places",
        "Where things happen.",
        (_ID, _text("name", "Name."), _text("country", "ISO 3166-1 code.")),
        rows.of("places", "id", "name", "country"),
    ),
    Table(
        "themes",
        "Subjects that go across pillars.",
        (_ID, _text("name", "Name."), _text("description", "What belongs to it.")),
        rows.of("themes", "id", "name", "description"),
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
        rows.records,
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
        rows.events,
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
        rows.participants,
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
        rows.involved,
        2,
    ),
    Table(
        "event_agreements",
        "Agreements that an event concerns.",
        (_RECORD, _to("agreement", "records", "The agreement.")),
        rows.event_agreements,
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
        rows.agreements,
    ),
    Table(
        "agreement_parties",
        "One row per party.",
        (_RECORD, _NUMBER, _text("party", "ISO 3166-1 code, or name.")),
        rows.parties,
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
        rows.steps,
        2,
    ),
    Table(
        "agreement_identifiers",
        "Numbers in registers.",
        (_RECORD, _text("register", "tias, kav, unts and so on."), _text("value", "Number.")),
        rows.identifiers,
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
        rows.commitments,
    ),
    Table(
        "commitment_evidence",
        "What happened to a promise: one row per dated fact.",
        (_RECORD, _NUMBER, *_dated("date", "When"), _text("fact", "What happened.")),
        rows.outcomes,
        2,
    ),
    Table(
        "people",
        "Those who act in the record.",
        (_RECORD, _ID, _text("name", "Name."), *_NAMES, _text("country", "Side: ISO 3166-1.")),
        rows.people,
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
        rows.tenures,
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
        rows.organizations,
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
        rows.series,
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
        rows.values,
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
        rows.statements,
        3,
    ),
    Table(
        "statement_sources",
        "One row per sentence and source.",
        (_RECORD, _text("part", "facts, outcomes or notes."), _NUMBER, _SOURCE),
        rows.statement_sources,
        4,
    ),
    Table(
        "record_sources",
        "Every source that a record names, with the field in which it does.",
        (_RECORD, _text("field", "Field of the record."), _SOURCE),
        rows.cited,
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
        rows.disputes,
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
        rows.claims,
        3,
    ),
    Table(
        "claim_sources",
        "One row per answer and source.",
        (_RECORD, _NUMBER, Column("claim", "integer", "The answer."), _SOURCE),
        rows.claim_sources,
        4,
    ),
    Table(
        "record_themes",
        "Themes of records.",
        (_RECORD, _to("theme", "themes", "The theme.")),
        rows.listed("themes"),
        2,
    ),
    Table(
        "record_pillars",
        "Pillars of records.",
        (_RECORD, _text("pillar", "dialogue, commitments or commerce.")),
        rows.listed("pillars"),
        2,
    ),
    Table(
        "related_records",
        "Records that a record names as related.",
        (_RECORD, _to("related", "records", "The other record.")),
        rows.related,
        2,
    ),
    Table(
        "superseded_agreements",
        "Agreements that a newer one replaced.",
        (_RECORD, _to("supersedes", "records", "The older agreement.")),
        rows.listed("supersedes", "agreements/"),
        2,
    ),
)
