"""Deals, companies and the legal frame of trade: lists that stand beside the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import Event, Organization
from . import agreements
from .parts import appearances
from .refs import Ref, in_order, ref
from .shapes import Appearance

_MONEY = re.compile(r"\d.*\b(million|billion|trillion|dollars?|euros?|tenge)\b", re.IGNORECASE)
_DEALS = ("deal", "signing")
_LAWS = ("legislation", "entry-into-force")
_INSTRUMENTS = ("treaty", "executive-agreement", "protocol")
_SUBJECTS = {"trade", "investment"}


@dataclass(frozen=True)
class Amount:
    """A statement with a sum of money, and the publishers that state it."""

    text: str
    stated_by: tuple[str, ...]


@dataclass(frozen=True)
class Deal:
    """A deal or signing with the sums that sources state and those who took part."""

    event: Event
    ref: Ref
    amounts: tuple[Amount, ...]
    organizations: tuple[Ref | str, ...]


@dataclass(frozen=True)
class Company:
    """An organization with the records of commerce in which it appears, newest first."""

    organization: Organization
    ref: Ref
    country: str
    records: tuple[Appearance, ...]


@dataclass(frozen=True)
class Law:
    """A step in the legal frame: an agreement with its state, or an event."""

    ref: Ref
    kind: str
    state: str


def deals(dataset: Dataset) -> tuple[tuple[int, tuple[Deal, ...]], ...]:
    """Deals of commerce by year, the newest first."""
    found = [_deal(dataset, event) for event in reversed(signed(dataset))]
    years = groupby(found, key=lambda deal: deal.event.date.year)
    return tuple((year, tuple(group)) for year, group in years)


def signed(dataset: Dataset) -> list[Event]:
    """The events that are deals, oldest first: of these alone, lists show what facts say."""
    chosen = (event for event in dataset.chronicle if event.type in _DEALS)
    return [event for event in chosen if "commerce" in event.pillars]


def _deal(dataset: Dataset, event: Event) -> Deal:
    known = (dataset.organizations.get(one.organization or "") for one in event.organizations)
    pairs = zip(known, event.organizations, strict=True)
    return Deal(
        event=event,
        ref=ref(event),
        amounts=tuple(_amounts(dataset, event)),
        organizations=tuple(
            ref(company) if company else one.name or one.organization or ""
            for company, one in pairs
        ),
    )


def _amounts(dataset: Dataset, event: Event) -> Iterator[Amount]:
    for said in (*event.facts, *event.outcomes):
        if _MONEY.search(said.text):
            sources = [dataset.sources[key] for key in said.sources or event.sources]
            names = [dataset.publishers[source.publisher].name for source in sources]
            yield Amount(said.text, tuple(dict.fromkeys(names)))


def companies(dataset: Dataset) -> tuple[Company, ...]:
    """Organizations that appear in records of commerce, by name."""
    found = []
    for entry in dataset.organizations.values():
        records = tuple(a for a in appearances(dataset, entry) if _is_commerce(dataset, a.ref))
        if records:
            country = vocabulary.SIDES.get(entry.country or "", entry.country or "")
            found.append(Company(entry, ref(entry), country, records))
    return tuple(sorted(found, key=lambda company: company.organization.name.casefold()))


def _is_commerce(dataset: Dataset, link: Ref) -> bool:
    return "commerce" in getattr(dataset.of(link.kind)[link.id], "pillars", ())


def law(dataset: Dataset, subjects: Sequence[str] = ()) -> tuple[Law, ...]:
    """Agreements and acts on trade and investment, oldest first.

    `subjects` are words, such as the name of an act: an event whose title has one belongs too.
    """
    instruments = {
        ref(entry): Law(
            ref(entry),
            vocabulary.AGREEMENT_TYPES[entry.type],
            agreements.state(entry, dataset.as_of).words,
        )
        for entry in dataset.agreements.values()
        if entry.type in _INSTRUMENTS and "commerce" in entry.pillars
        if _SUBJECTS & set(entry.themes)
    }
    acts = {
        ref(event): Law(ref(event), vocabulary.EVENT_TYPES[event.type], "")
        for event in dataset.chronicle
        if (event.type in _LAWS and _SUBJECTS & set(event.themes))
        or any(word in event.title for word in subjects)
    }
    found = instruments | acts
    return tuple(found[link] for link in in_order(list(found)))
