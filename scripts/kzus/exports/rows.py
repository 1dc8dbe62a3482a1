"""The rows of the tables: one function for each, from the dataset to tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..dataset import Dataset
from ..dates import Date
from ..model.base import Dispute, Statement
from ..model.records import Entry
from ..views import agreements as states
from ..views import evidence
from ..views.refs import date_of, title_of

Row = tuple[Any, ...]
Rows = Iterator[Row]
_RECORD_KINDS = frozenset(
    ("events", "agreements", "commitments", "people", "organizations", "series", "disputes")
)


def _span(date: Date | None) -> Row:
    """A date as three cells; the days of an open side stay empty."""
    if date is None:
        return (None, None, None)
    first = date.first.isoformat() if date.begin else None
    return (date.text, first, date.last.isoformat() if date.end else None)


def key(entry: Entry) -> str:
    """The name of a record in the tables."""
    return f"{entry.kind}/{entry.id}"


def records(dataset: Dataset) -> Rows:
    """Every record."""
    for entry in dataset.records():
        strength = evidence.strength(dataset, getattr(entry, "sources", ()))
        title = title_of(entry)
        numbers = (strength.sources, strength.publishers, strength.primary)
        yield (key(entry), entry.kind, entry.id, title, *_span(date_of(entry)), *numbers)


def events(dataset: Dataset) -> Rows:
    """Events."""
    for e in dataset.events.values():
        s = e.dialogue
        place = (s.format, s.level, s.number, s.number_us, s.number_kz) if s else (None,) * 5
        yield (key(e), e.id, e.title, *_span(e.date), e.type, e.place, *place)


def participants(dataset: Dataset) -> Rows:
    """People in events."""
    for e in dataset.events.values():
        for number, p in enumerate(e.participants, 1):
            person = dataset.people.get(p.person or "")
            name = p.name or (person.name if person else p.person)
            yield (key(e), number, person and key(person), name, p.role, p.side)


def involved(dataset: Dataset) -> Rows:
    """Organizations in events."""
    for e in dataset.events.values():
        for number, item in enumerate(e.organizations, 1):
            known = dataset.organizations.get(item.organization or "")
            name = known.name if known else item.name or item.organization
            yield (key(e), number, known and key(known), name)


def event_agreements(dataset: Dataset) -> Rows:
    """Agreements that events concern."""
    for e in dataset.events.values():
        for agreement in dict.fromkeys(e.agreements):
            yield (key(e), f"agreements/{agreement}")


def agreements(dataset: Dataset) -> Rows:
    """Agreements with their state on the day of the edition."""
    for a in dataset.agreements.values():
        state = states.state(a, dataset.as_of)
        yield (key(a), a.id, a.title, a.short_title, a.type, a.binding, state.code, state.words)


def parties(dataset: Dataset) -> Rows:
    """Parties of agreements."""
    for a in dataset.agreements.values():
        for number, party in enumerate(a.parties, 1):
            yield (key(a), number, party)


def steps(dataset: Dataset) -> Rows:
    """Steps in the lives of agreements."""
    for a in dataset.agreements.values():
        for number, s in enumerate(a.lifecycle, 1):
            yield (key(a), number, s.event, *_span(s.date), s.place, s.at and f"events/{s.at}")


def identifiers(dataset: Dataset) -> Rows:
    """Numbers of agreements in registers."""
    for a in dataset.agreements.values():
        for register, value in a.identifiers.model_dump(exclude_none=True).items():
            yield (key(a), register, value)


def commitments(dataset: Dataset) -> Rows:
    """Promises."""
    for c in dataset.commitments.values():
        at = c.made_at and f"events/{c.made_at}"
        yield (key(c), c.id, c.text, *_span(c.made), " ".join(c.by), at, c.status, c.status_note)


def outcomes(dataset: Dataset) -> Rows:
    """Dated facts about promises."""
    for c in dataset.commitments.values():
        for number, e in enumerate(c.evidence, 1):
            yield (key(c), number, *_span(e.date), e.fact)


def people(dataset: Dataset) -> Rows:
    """People."""
    for p in dataset.people.values():
        yield (key(p), p.id, p.name, p.names.kk, p.names.ru, p.country)


def tenures(dataset: Dataset) -> Rows:
    """Posts of people."""
    for p in dataset.people.values():
        for number, t in enumerate(p.offices, 1):
            dates = (t.begin, t.end, t.seen, t.dates.appointed, t.dates.credentials, t.dates.left)
            texts = (d.text if d else None for d in dates)
            yield (key(p), number, t.office, t.title, *texts, t.note)


def organizations(dataset: Dataset) -> Rows:
    """Organizations."""
    for o in dataset.organizations.values():
        yield (key(o), o.id, o.name, o.names.kk, o.names.ru, o.country, o.sector)


def series(dataset: Dataset) -> Rows:
    """Series of figures."""
    for s in dataset.series.values():
        yield (key(s), s.id, s.title, s.topic, s.unit, s.basis, s.side, s.flow, s.joined)


def values(dataset: Dataset) -> Rows:
    """Figures."""
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


def statements(dataset: Dataset) -> Rows:
    """Sentences."""
    for record, part, number, text, _, inherited in _said(dataset):
        yield (record, part, number, text, inherited)


def statement_sources(dataset: Dataset) -> Rows:
    """Sentences with each of their sources."""
    for record, part, number, _, sources, _ in _said(dataset):
        for source in dict.fromkeys(sources):
            yield (record, part, number, source)


def cited(dataset: Dataset) -> Rows:
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


def disputes(dataset: Dataset) -> Rows:
    """Disputed questions."""
    for record, number, d in _disputed(dataset):
        yield (record, number, d.about, d.question, d.note)


def claims(dataset: Dataset) -> Rows:
    """Answers to disputed questions."""
    for record, number, d in _disputed(dataset):
        for claim, c in enumerate(d.claims, 1):
            yield (record, number, claim, c.says, c.unattributed)


def claim_sources(dataset: Dataset) -> Rows:
    """Answers with each of their sources."""
    for record, number, d in _disputed(dataset):
        for claim, c in enumerate(d.claims, 1):
            for source in dict.fromkeys(c.sources):
                yield (record, number, claim, source)


def listed(field: str, prefix: str = "") -> Callable[[Dataset], Rows]:
    """Rows of a list in records: record, and each word of the list."""

    def rows(dataset: Dataset) -> Rows:
        for entry in dataset.records():
            for word in dict.fromkeys(getattr(entry, field, ())):
                yield (key(entry), prefix + word)

    return rows


def related(dataset: Dataset) -> Rows:
    """Records that records name as related."""
    for entry in dataset.records():
        known = [dataset.find(word) for word in dict.fromkeys(getattr(entry, "related", ()))]
        yield from ((key(entry), key(other)) for other in known if other is not None)


def sources(dataset: Dataset) -> Rows:
    """Sources."""
    for s in dataset.sources.values():
        date = s.date.text if s.date else None
        more = (s.source_kind, s.language, s.url, s.archived_url, s.title_described)
        yield (s.id, s.publisher, s.title, date, *more)


def of(kind: str, *fields: str) -> Callable[[Dataset], Rows]:
    """Rows of a table of the record, fields as they are."""

    def rows(dataset: Dataset) -> Rows:
        for entry in dataset.of(kind).values():
            yield tuple(getattr(entry, field) for field in fields)

    return rows
