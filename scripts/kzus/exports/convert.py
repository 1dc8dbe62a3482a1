"""From the entries of the record to the published shapes, by hand: one function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from .. import dates
from ..dataset import Dataset
from ..edition import Edition
from ..model import base, records
from ..views import agreements, evidence, registers
from ..views.refs import in_order, ref, title_of
from . import shapes
from .base import address, page


def when(value: dates.Date | None) -> shapes.Date | None:
    """A date, or none."""
    return None if value is None else surely(value)


def surely(value: dates.Date) -> shapes.Date:
    """A date."""
    return shapes.Date(
        edtf=value.text,
        words=value.words,
        first=None if value.first == date.min else value.first.isoformat(),
        last=None if value.last == date.max else value.last.isoformat(),
    )


def statements(found: Iterable[base.Statement], inherited: Iterable[str]) -> list[shapes.Statement]:
    """Statements, each with its own sources or those of its record."""
    above = list(inherited)
    return [
        shapes.Statement(
            text=item.text, sources=list(item.sources) or above, inherited=not item.sources
        )
        for item in found
    ]


def participants(
    dataset: Dataset, found: Iterable[records.Participant]
) -> list[shapes.Participant]:
    """Those who took part."""
    return [
        shapes.Participant(
            person=item.person,
            name=item.name or _name(dataset, item.person),
            role=item.role,
            side=item.side,
        )
        for item in found
    ]


def _name(dataset: Dataset, person: str | None) -> str:
    known = dataset.people.get(person or "")
    return known.name if known else person or ""


def dispute(entry: base.Dispute) -> shapes.Dispute:
    """A disagreement."""
    claims = [
        shapes.Claim(says=c.says, sources=list(c.sources), unattributed=c.unattributed)
        for c in entry.claims
    ]
    return shapes.Dispute(
        about=entry.about, question=entry.question, claims=claims, note=entry.note
    )


def names(found: records.Names) -> shapes.Names:
    """Other forms of a name."""
    return shapes.Names(
        kk=found.kk, ru=found.ru, former=list(found.former), variants=list(found.variants)
    )


def strength(dataset: Dataset, sources: Iterable[str]) -> shapes.Evidence:
    """The evidence in numbers and words."""
    found = evidence.strength(dataset, sources)
    return shapes.Evidence(
        sources=found.sources,
        publishers=found.publishers,
        primary=found.primary,
        level=found.level,
        words=found.words,
    )


def naming(dataset: Dataset, entry: records.Entry) -> list[shapes.Ref]:
    """The entries that name this one."""
    links = dataset.backlinks.get((entry.kind, entry.id), ())
    return _refs([ref(link.entry) for link in links])


def _refs(found: list[Any]) -> list[shapes.Ref]:
    return [shapes.Ref(kind=r.kind, id=r.id, title=r.title) for r in in_order(found)]


def _head(dataset: Dataset, edition: Edition, entry: Any) -> dict[str, Any]:
    related = [dataset.find(key) for key in getattr(entry, "related", ())]
    return {
        "id": entry.id,
        "title": title_of(entry),
        "url": address(edition, page(entry)),
        "sources": list(entry.sources),
        "evidence": strength(dataset, entry.sources),
        "disputes": [dispute(item) for item in getattr(entry, "disputes", ())],
        "related": _refs([ref(item) for item in related if item is not None]),
        "named_by": naming(dataset, entry),
    }


def _plain(entry: Any, *keys: str) -> dict[str, Any]:
    """Values that are published as they are; tuples become lists."""
    found = {key: getattr(entry, key) for key in keys}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in found.items()}


def event(dataset: Dataset, edition: Edition, entry: records.Event) -> shapes.Event:
    """An event."""
    session = entry.dialogue
    keys = ("format", "level", "number", "number_us", "number_kz")
    return shapes.Event(
        **_head(dataset, edition, entry),
        **_plain(entry, "type", "pillars", "themes", "place", "agreements"),
        date=surely(entry.date),
        dialogue=shapes.Session(**_plain(session, *keys)) if session else None,
        participants=participants(dataset, entry.participants),
        organizations=[_involved(dataset, item) for item in entry.organizations],
        facts=statements(entry.facts, entry.sources),
        outcomes=statements(entry.outcomes, entry.sources),
    )


def _involved(dataset: Dataset, item: records.Involved) -> shapes.Involved:
    known = dataset.organizations.get(item.organization or "")
    name = known.name if known else item.name or item.organization or ""
    return shapes.Involved(organization=item.organization, name=name)


def agreement(dataset: Dataset, edition: Edition, entry: records.Agreement) -> shapes.Agreement:
    """An agreement, with its state on the day of the edition."""
    state = agreements.state(entry, dataset.as_of)
    return shapes.Agreement(
        **_head(dataset, edition, entry),
        **_plain(entry, "type", "binding", "parties", "pillars", "themes", "supersedes"),
        full_title=entry.title,
        state=shapes.State(
            code=state.code,
            words=state.words,
            since=when(state.since),
            until=when(state.until),
            sources=list(state.sources),
        ),
        lifecycle=[_step(dataset, step) for step in entry.lifecycle],
        identifiers=entry.identifiers.model_dump(exclude_none=True),
        facts=statements(entry.facts, entry.sources),
    )


def _step(dataset: Dataset, step: records.Step) -> shapes.Step:
    return shapes.Step(
        **_plain(step, "event", "place", "at", "sources"),
        date=surely(step.date),
        by=participants(dataset, step.by),
    )


def commitment(dataset: Dataset, edition: Edition, entry: records.Commitment) -> shapes.Commitment:
    """A promise."""
    return shapes.Commitment(
        **_head(dataset, edition, entry),
        **_plain(entry, "by", "made_at", "status", "status_note", "pillars", "themes"),
        made=surely(entry.made),
        outcomes=[
            shapes.Outcome(date=surely(e.date), fact=e.fact, sources=list(e.sources))
            for e in entry.evidence
        ],
    )


def tenure(entry: records.Tenure) -> shapes.Tenure:
    """A post that someone held."""
    return shapes.Tenure(
        **_plain(entry, "office", "title", "note", "sources"),
        begin=when(entry.begin),
        end=when(entry.end),
        seen=when(entry.seen),
        appointed=when(entry.dates.appointed),
        credentials=when(entry.dates.credentials),
        left=when(entry.dates.left),
    )


def person(dataset: Dataset, edition: Edition, entry: records.Person) -> shapes.Person:
    """A person."""
    return shapes.Person(
        **_head(dataset, edition, entry),
        names=names(entry.names),
        country=entry.country,
        offices=[tenure(item) for item in entry.offices],
        facts=statements(entry.facts, entry.sources),
    )


def organization(
    dataset: Dataset, edition: Edition, entry: records.Organization
) -> shapes.Organization:
    """An organization."""
    return shapes.Organization(
        **_head(dataset, edition, entry),
        **_plain(entry, "country", "sector"),
        names=names(entry.names),
        facts=statements(entry.facts, entry.sources),
    )


def series(dataset: Dataset, edition: Edition, entry: records.Series) -> shapes.Series:
    """Figures by period."""
    keys = ("label", "note", "partial", "estimate", "sources")
    return shapes.Series(
        **_head(dataset, edition, entry),
        **_plain(entry, "topic", "unit", "basis", "side", "flow", "joined"),
        values=[
            shapes.Value(period=surely(v.period), value=f"{v.value:f}", **_plain(v, *keys))
            for v in entry.values
        ],
        breaks=[shapes.Break(at=surely(b.at), note=b.note) for b in entry.breaks],
        notes=statements(entry.notes, entry.sources),
    )


def disagreement(
    dataset: Dataset, edition: Edition, entry: records.Disagreement
) -> shapes.Disagreement:
    """A disagreement that goes across records."""
    return shapes.Disagreement(**_head(dataset, edition, entry), dispute=dispute(entry))


def source(entry: records.Source) -> shapes.Source:
    """A source."""
    keys = ("id", "publisher", "title", "title_described", "also_titled", "archived_url")
    return shapes.Source(
        **_plain(entry, *keys, "language", "copy_seen", "credit"),
        date=when(entry.date),
        link=entry.url,
        kind=entry.source_kind,
    )


def _table(edition: Edition, entry: Any) -> dict[str, Any]:
    url = address(edition, page(entry))
    return {"id": entry.id, "title": title_of(entry), "url": url}


def publisher(dataset: Dataset, edition: Edition, entry: records.Publisher) -> shapes.Publisher:
    """A publisher with its sources."""
    links = dataset.backlinks.get((entry.kind, entry.id), ())
    found = [source(link.entry) for link in links if isinstance(link.entry, records.Source)]
    return shapes.Publisher(**_table(edition, entry), side=entry.side, sources=found)


def office(dataset: Dataset, edition: Edition, entry: records.Office) -> shapes.Office:
    """An office with those who held it."""
    return shapes.Office(
        **_table(edition, entry),
        **_plain(entry, "country", "body", "main"),
        holders=[
            shapes.Holder(person=h.person.id, name=h.person.name, tenure=tenure(h.tenure))
            for h in registers.holders(dataset, entry)
        ],
    )


def dialogue(dataset: Dataset, edition: Edition, entry: records.Dialogue) -> shapes.Dialogue:
    """A dialogue with its rounds."""
    return shapes.Dialogue(
        **_table(edition, entry),
        **_plain(entry, "short_name", "follows", "sources"),
        names=names(entry.names),
        facts=statements(entry.facts, entry.sources),
        rounds=_refs([ref(event) for event in dataset.rounds[entry.id]]),
    )


def place(dataset: Dataset, edition: Edition, entry: records.Place) -> shapes.Place:
    """A place with what happened there."""
    return shapes.Place(
        **_table(edition, entry),
        **_plain(entry, "country", "sources"),
        names=names(entry.names),
        named_by=naming(dataset, entry),
    )


def theme(dataset: Dataset, edition: Edition, entry: records.Theme) -> shapes.Theme:
    """A subject with the records on it."""
    return shapes.Theme(
        **_table(edition, entry),
        description=entry.description,
        named_by=naming(dataset, entry),
    )


Converter = Callable[[Dataset, Edition, Any], shapes.Shape]
# The kinds that have one file for each entry, with shape and function.
KINDS: dict[str, tuple[type[shapes.Shape], Converter]] = {
    "events": (shapes.Event, event),
    "agreements": (shapes.Agreement, agreement),
    "commitments": (shapes.Commitment, commitment),
    "people": (shapes.Person, person),
    "organizations": (shapes.Organization, organization),
    "series": (shapes.Series, series),
    "disputes": (shapes.Disagreement, disagreement),
    "publishers": (shapes.Publisher, publisher),
    "offices": (shapes.Office, office),
    "dialogues": (shapes.Dialogue, dialogue),
    "places": (shapes.Place, place),
    "themes": (shapes.Theme, theme),
}
