"""From the entries of the record to the published shapes.

What has one name and one form in both is taken over as it is; what differs is said here, kind by
kind. A field that a model no longer has stops the build: what readers rely on does not vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from ..dataset import Dataset
from ..edition import Edition
from ..model.base import Statement
from ..model.records import (
    Agreement,
    Commitment,
    Dialogue,
    Disagreement,
    Entry,
    Event,
    Involved,
    Office,
    Participant,
    Person,
    Publisher,
    Series,
    Source,
    Tenure,
)
from ..views import agreements, evidence, on, registers
from ..views.refs import in_order, ref, title_of
from . import shapes
from .base import address, page

S = TypeVar("S", bound=shapes.Shape)
Values = dict[str, Any]


def build(shape: type[S], entry: Any, **own: Any) -> S:
    """A shape from values of its own and, for the rest, the entry's attributes of these names."""
    rest = {key: getattr(entry, key) for key in shape.model_fields if key not in own}
    return shape.model_validate(rest | own)


def published(dataset: Dataset, edition: Edition, entry: Entry) -> shapes.Shape:
    """An entry in its shape."""
    shape, own = KINDS[entry.kind]
    common: Values = {"title": title_of(entry), "url": address(edition, page(entry))}
    if "named_by" in shape.model_fields:
        links = dataset.backlinks.get((entry.kind, entry.id), ())
        common["named_by"] = in_order([ref(link.entry) for link in links])
    if issubclass(shape, shapes.Record):
        common |= _record(dataset, entry)
    return build(shape, entry, **common, **own(dataset, entry))


def _record(dataset: Dataset, entry: Any) -> Values:
    related = (dataset.find(key) for key in getattr(entry, "related", ()))
    return {
        "evidence": evidence.strength(dataset, entry.sources),
        "disputes": getattr(entry, "disputes", ()),
        "related": in_order([ref(other) for other in related if other is not None]),
    }


def _said(entry: Any, found: Iterable[Statement]) -> list[shapes.Statement]:
    """Statements, each with its own sources or those of its record."""
    return [
        build(
            shapes.Statement,
            item,
            sources=item.sources or entry.sources,
            inherited=not item.sources,
        )
        for item in found
    ]


def _facts(dataset: Dataset, entry: Any) -> Values:
    return {"facts": _said(entry, entry.facts)}


def called(dataset: Dataset, part: Participant | Involved) -> str:
    """The name of a person or organization that took part: the record's, where it has one."""
    kind, key = (
        ("people", part.person)
        if isinstance(part, Participant)
        else ("organizations", part.organization)
    )
    known = dataset.of(kind).get(key or "")
    return known.name if known else part.name or key or ""


def _present(dataset: Dataset, found: Iterable[Participant]) -> list[shapes.Participant]:
    return [build(shapes.Participant, item, name=called(dataset, item)) for item in found]


def _event(dataset: Dataset, entry: Event) -> Values:
    involved = [
        build(shapes.Involved, item, name=called(dataset, item)) for item in entry.organizations
    ]
    return {
        "participants": _present(dataset, entry.participants),
        "organizations": involved,
        "facts": _said(entry, entry.facts),
        "outcomes": _said(entry, entry.outcomes),
    }


def _agreement(dataset: Dataset, entry: Agreement) -> Values:
    steps = [build(shapes.Step, step, by=_present(dataset, step.by)) for step in entry.lifecycle]
    return {
        "full_title": entry.title,
        "state": agreements.state(entry, dataset.as_of),
        "lifecycle": steps,
        "identifiers": entry.identifiers.model_dump(exclude_none=True),
        "facts": _said(entry, entry.facts),
    }


def _commitment(dataset: Dataset, entry: Commitment) -> Values:
    return {"outcomes": entry.evidence}


def _tenure(entry: Tenure) -> shapes.Tenure:
    return build(shapes.Tenure, entry, **dict(entry.dates))


def _person(dataset: Dataset, entry: Person) -> Values:
    offices = [_tenure(item) for item in entry.offices]
    return {"offices": offices, "facts": _said(entry, entry.facts)}


def _series(dataset: Dataset, entry: Series) -> Values:
    values = [build(shapes.Value, item, value=f"{item.value:f}") for item in entry.values]
    return {"values": values, "notes": _said(entry, entry.notes)}


def _disagreement(dataset: Dataset, entry: Disagreement) -> Values:
    return {"dispute": entry}


def source(entry: Source) -> shapes.Source:
    """A source."""
    return build(shapes.Source, entry, link=entry.url, kind=entry.source_kind)


def _publisher(dataset: Dataset, entry: Publisher) -> Values:
    links = dataset.backlinks.get((entry.kind, entry.id), ())
    return {"sources": [source(x.entry) for x in links if isinstance(x.entry, Source)]}


def _office(dataset: Dataset, entry: Office) -> Values:
    held = registers.holders(dataset, entry)
    return {
        "holders": [
            shapes.Holder(person=h.person.id, name=h.person.name, tenure=_tenure(h.tenure))
            for h in held
        ]
    }


def _dialogue(dataset: Dataset, entry: Dialogue) -> Values:
    rounds = in_order([ref(event) for event in dataset.rounds[entry.id]])
    return {"rounds": rounds, "facts": _said(entry, entry.facts)}


def _as_it_is(dataset: Dataset, entry: Entry) -> Values:
    return {}


# The kinds that have one file for each entry, with the shape and what is special in it.
KINDS: dict[str, tuple[type[shapes.Shape], Callable[[Dataset, Any], Values]]] = {
    "events": (shapes.Event, _event),
    "agreements": (shapes.Agreement, _agreement),
    "commitments": (shapes.Commitment, _commitment),
    "people": (shapes.Person, _person),
    "organizations": (shapes.Organization, _facts),
    "series": (shapes.Series, _series),
    "disputes": (shapes.Disagreement, _disagreement),
    "publishers": (shapes.Publisher, _publisher),
    "offices": (shapes.Office, _office),
    "dialogues": (shapes.Dialogue, _dialogue),
    "places": (shapes.Place, _as_it_is),
    "themes": (shapes.Theme, _as_it_is),
}


def any_day(dataset: Dataset, about: dict[str, str]) -> shapes.AnyDay:
    """What was so on any day: the answers of `views.on` with the days they change on.

    A reader needs no rule: the last of the `turns` at or before a day holds on it. Every list is
    in the order of time.
    """
    found = on.turning(dataset)
    posts = [
        build(
            shapes.Post,
            post,
            turns=[
                (day.isoformat(), [(h.ref.id, h.ref.title, h.level, h.words) for h in held])
                for day, held in turns
            ],
        )
        for post, turns in found.posts
    ]
    lives = [
        build(shapes.Life, ref, turns=[(day.isoformat(), s.code, s.words) for day, s in turns])
        for ref, turns in found.agreements
    ]
    first = date(on.years(dataset).start or dataset.as_of.year, 1, 1).isoformat()
    events = [_happening(event) for event in found.events]
    return shapes.AnyDay(**about, first=first, posts=posts, agreements=lives, events=events)


def _happening(event: Event) -> shapes.Happening:
    return shapes.Happening(
        id=event.id,
        title=event.title,
        edtf=event.date.text,
        words=event.date.words,
        first=event.date.first.isoformat(),
        last=event.date.last.isoformat(),
        exact=event.date.days is not None,
        dialogue=event.dialogue.format if event.dialogue else None,
    )
