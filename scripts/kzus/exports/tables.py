"""The record in long form: tables whose rows say one thing each.

One declaration serves the CSV files, their Frictionless descriptor, the SQLite file and the
codebook. A record is named by `kind/id`, because two kinds may use one id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ..dataset import Dataset
from . import rows
from .base import days
from .rows import Row, each, each_part, each_word

Value = Callable[[Row], Any]
Columns = tuple["Column", ...]


@dataclass(frozen=True)
class Column:
    """A column. `type` is ``string``, ``integer``, ``boolean``, ``number`` or ``date``."""

    name: str
    type: str
    description: str
    value: Value
    references: str = ""


class Table:
    """A table; the columns of its key, which stand first, identify a row."""

    def __init__(
        self, name: str, description: str, source: rows.Rows, key: Columns, *others: Columns
    ) -> None:
        self.name, self.description, self.key = name, description, key
        self.columns = (*key, *chain.from_iterable(others))
        self._source = source

    def rows(self, dataset: Dataset) -> Iterator[tuple[Any, ...]]:
        """The cells, row by row."""
        for row in self._source(dataset):
            yield tuple(column.value(row) for column in self.columns)

    def examples(self, dataset: Dataset) -> dict[str, Any]:
        """The first value in each column that has one."""
        found: dict[str, Any] = {}
        missing = self.columns
        for row in self._source(dataset):
            values = ((column.name, column.value(row)) for column in missing)
            found |= {name: value for name, value in values if value is not None}
            missing = tuple(column for column in missing if column.name not in found)
            if not missing:
                break
        return found


def _at(path: str) -> Value:
    """What stands at a path from a row, such as ``part.names.kk``; ``None`` where it breaks off."""
    names = path.split(".")

    def value(row: Row) -> Any:
        found: Any = row
        for name in names:
            if found is None:
                return None
            found = getattr(found, name)
        return found

    return value


def _of(kind: str, references: str = "") -> Callable[..., Columns]:
    """A function from names with descriptions to columns of a type.

    They hold the attributes of the row's part that have these names, or what stands at the path
    that is given.
    """

    def columns(at: str = "", /, **described: str) -> Columns:
        return tuple(
            Column(name, kind, words, _at(at or f"part.{name}"), references)
            for name, words in described.items()
        )

    return columns


_text, _count, _flag, _number = map(_of, ("string", "integer", "boolean", "number"))


def _to(table: str, at: str = "", /, **described: str) -> Columns:
    """Columns of ids in another table."""
    return _of("string", table)(at, **described)


def _record_of(kind: str, at: str = "", /, **described: str) -> Columns:
    """A column that names a record of a kind by `kind/id`, where there is such."""
    ((name, words),) = described.items()
    identifier = _at(at or f"part.{name}")

    def value(row: Row) -> str | None:
        found = identifier(row)
        return f"{kind}/{found}" if found in row.dataset.of(kind) else None

    return (Column(name, "string", words, value, "records"),)


def _dated(at: str = "", /, **described: str) -> Columns:
    """For a date three columns: as written, and its first and last day where they are not open."""
    ((name, words),) = described.items()
    at = at or f"part.{name}"
    date = _at(at)

    def day(side: int) -> Value:
        return lambda row: days(found)[side] if (found := date(row)) else None

    return (
        Column(name, "string", f"{words}, as EDTF.", _at(f"{at}.text")),
        Column(f"{name}_first", "date", "The first day that it can mean.", day(0)),
        Column(f"{name}_last", "date", "The last day that it can mean.", day(1)),
    )


RECORD = _to("records", "record", record="The record, as kind/id.")
NUMBER = _count("number", number="Place in the record, from 1.")
PART = _text("field", part="facts, outcomes or notes.")
SOURCE = _to("sources", "source", source="The source.")
ID = _text(id="The id, as in addresses.")
NAME = _text(name="Name.")
CALLED = _text("called", name="Name.")
TITLE = _text(title="Title.")
COUNTRY = _text(country="ISO 3166-1 code.")
SIDE = _text(side="US, KZ or other.")
NAMES = (
    *_text("part.names.kk", name_kk="Name in Kazakh."),
    *_text("part.names.ru", name_ru="Name in Russian."),
)

# A table stands after those that it refers to.
TABLES = (
    Table("publishers", "Who publishes sources.", each("publishers"), ID, NAME, SIDE),
    Table(
        "sources",
        "Pages, documents and datasets that someone saw.",
        each("sources"),
        ID,
        _to("publishers", publisher="Who publishes it."),
        TITLE,
        _text("part.date.text", date="Date, as EDTF."),
        _text("part.source_kind", kind="primary, official, academic, press or reference."),
        _text(
            language="ISO 639-1 code.", url="Address.", archived_url="Address of an archived copy."
        ),
        _flag(title_described="The title describes; its own was not seen."),
    ),
    Table(
        "offices",
        "Posts that several people held.",
        each("offices"),
        ID,
        TITLE + COUNTRY,
        _text(body="The body it belongs to."),
        _flag(main="Among the main posts."),
    ),
    Table(
        "dialogues",
        "Formats in which the two sides meet.",
        each("dialogues"),
        ID,
        NAME,
        _text(short_name="Short name."),
    ),
    Table("places", "Where things happen.", each("places"), ID, NAME, COUNTRY),
    Table(
        "themes",
        "Subjects that go across pillars.",
        each("themes"),
        ID,
        NAME,
        _text(description="What belongs to it."),
    ),
    Table(
        "records",
        "Every record, one row each.",
        rows.records,
        _text("record", record="Its name in all tables: kind/id."),
        _text("entry.kind", kind="Kind."),
        _text("entry.id", id="The id, as in addresses."),
        _text("title", title="Title."),
        _dated("date", date="The date by which it is ordered"),
        _count(sources="How many sources it names.", publishers="Of how many publishers."),
        _count("part.primary", primary_sources="How many of them are primary."),
    ),
    Table(
        "events",
        "What happened: one row per event.",
        each("events"),
        RECORD,
        ID + TITLE,
        _dated(date="When it happened"),
        _text(type="Type of event."),
        _to("places", place="Where."),
        _to("dialogues", "part.dialogue.format", dialogue="The dialogue of which it was a round."),
        _text("part.dialogue.level", level="Level of the round."),
        _count("part.dialogue.number", round="Number of the round in this record."),
        _count("part.dialogue.number_us", round_us="Number by the United States' count."),
        _count("part.dialogue.number_kz", round_kz="Number by Kazakhstan's count."),
    ),
    Table(
        "event_participants",
        "One row per person who took part.",
        each_part("events", "participants"),
        RECORD + NUMBER,
        _record_of("people", person="The person, where the record has one."),
        CALLED,
        _text(role="Role on that day."),
        SIDE,
    ),
    Table(
        "event_organizations",
        "One row per organization that took part.",
        each_part("events", "organizations"),
        RECORD + NUMBER,
        _record_of("organizations", organization="The organization, where the record has one."),
        CALLED,
    ),
    Table(
        "event_agreements",
        "Agreements that an event concerns.",
        each_word("agreements"),
        RECORD + _record_of("agreements", "part", agreement="The agreement."),
    ),
    Table(
        "agreements",
        "Instruments, with their state on the day of the edition.",
        each("agreements"),
        RECORD,
        ID,
        _text(title="Full title.", short_title="Short title.", type="Type of instrument."),
        _flag(binding="Empty where no source shows it."),
        _text("state.code", state="in-force, ended, not-shown, issued, future or unknown."),
        _text("state.words", state_words="The state in words."),
    ),
    Table(
        "agreement_parties",
        "One row per party.",
        each_part("agreements", "parties"),
        RECORD + NUMBER,
        _text("part", party="ISO 3166-1 code, or name."),
    ),
    Table(
        "agreement_steps",
        "One row per step in an agreement's life.",
        each_part("agreements", "lifecycle"),
        RECORD + NUMBER,
        _text("part.event", step="signed, ratified-us, entered-into-force and so on."),
        _dated(date="When"),
        _to("places", place="Where."),
        _record_of("events", "part.at", event="The event at which it happened."),
    ),
    Table(
        "agreement_identifiers",
        "Numbers in registers.",
        rows.identifiers,
        RECORD + _text("field", register="tias, kav, unts and so on."),
        _text("part", value="Number."),
    ),
    Table(
        "commitments",
        "Promises, with what is known of their outcome.",
        each("commitments"),
        RECORD,
        ID,
        _text(text="What was promised."),
        _dated(made="When it was promised"),
        _text("by", by="Who promised: US, KZ, other, separated by spaces."),
        _record_of("events", made_at="The event at which it was made."),
        _text(status="Outcome.", status_note="A note on the outcome."),
    ),
    Table(
        "commitment_evidence",
        "What happened to a promise: one row per dated fact.",
        each_part("commitments", "evidence"),
        RECORD + NUMBER,
        _dated(date="When"),
        _text(fact="What happened."),
    ),
    Table(
        "people",
        "Those who act in the record.",
        each("people"),
        RECORD,
        ID + NAME + NAMES,
        _text(country="Side: ISO 3166-1."),
    ),
    Table(
        "tenures",
        "One row per post of a person. `seen` says nothing about the limits of the tenure.",
        each_part("people", "offices"),
        RECORD + NUMBER,
        _to("offices", office="The office, where the record has one."),
        _text(title="Title of the post."),
        _text("part.begin.text", begin="Beginning, as EDTF."),
        _text("part.end.text", end="End, as EDTF."),
        _text("part.seen.text", seen="Shown in the post, as EDTF."),
        _text("part.dates.appointed.text", appointed="Appointed, as EDTF."),
        _text("part.dates.credentials.text", credentials="Credentials presented, as EDTF."),
        _text("part.dates.left.text", left="Left, as EDTF."),
        _text(note="Note."),
    ),
    Table(
        "organizations",
        "Companies, agencies and bodies.",
        each("organizations"),
        RECORD,
        ID + NAME + NAMES + COUNTRY,
        _text(sector="Sector."),
    ),
    Table(
        "series",
        "Series of figures.",
        each("series"),
        RECORD,
        ID + TITLE,
        _text(
            topic="Topic.",
            unit="Unit.",
            basis="How the figures are counted.",
            side="Whose statistics.",
            flow="Shared by series that measure one flow.",
        ),
        _flag(joined="Whether a line may join the figures."),
    ),
    Table(
        "series_values",
        "One row per figure.",
        each_part("series", "values"),
        RECORD + NUMBER,
        _dated(period="Period"),
        _number(value="The figure."),
        _text(label="What it stands for in words.", note="Note."),
        _flag(partial="The period is cut short.", estimate="An estimate."),
    ),
    Table(
        "statements",
        "One row per sentence.",
        rows.statements,
        RECORD + PART + NUMBER,
        _text(text="The sentence."),
        _flag("inherited", inherited="Its sources are those of the record."),
    ),
    Table(
        "statement_sources",
        "One row per sentence and source.",
        rows.each_source(rows.statements),
        RECORD + PART + NUMBER + SOURCE,
    ),
    Table(
        "record_sources",
        "Every source that a record names, with the field in which it does.",
        rows.cited,
        RECORD + _text("field", field="Field of the record.") + SOURCE,
    ),
    Table(
        "disputes",
        "Questions to which sources give different answers.",
        rows.disputes,
        RECORD + NUMBER,
        _text(
            about="What kind of thing is disputed.",
            question="The question.",
            note="What this record follows, and why.",
        ),
    ),
    Table(
        "claims",
        "One row per answer to a disputed question.",
        rows.claims,
        RECORD + NUMBER + _count("claim", claim="Place among the answers, from 1."),
        _text(says="The answer."),
        _flag(unattributed="Who makes the claim is not settled."),
    ),
    Table(
        "claim_sources",
        "One row per answer and source.",
        rows.each_source(rows.claims),
        RECORD + NUMBER + _count("claim", claim="The answer.") + SOURCE,
    ),
    Table(
        "record_themes",
        "Themes of records.",
        each_word("themes"),
        RECORD + _to("themes", "part", theme="The theme."),
    ),
    Table(
        "record_pillars",
        "Pillars of records.",
        each_word("pillars"),
        RECORD + _text("part", pillar="dialogue, commitments or commerce."),
    ),
    Table(
        "related_records",
        "Records that a record names as related.",
        each_word("related"),
        RECORD + _to("records", "other", related="The other record."),
    ),
    Table(
        "superseded_agreements",
        "Agreements that a newer one replaced.",
        each_word("supersedes"),
        RECORD + _record_of("agreements", "part", supersedes="The older agreement."),
    ),
)
