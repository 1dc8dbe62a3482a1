"""Structured data for search engines: schema.org in JSON-LD, for the head of a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..dataset import Dataset
from ..dates import Date
from ..edition import Edition
from ..model.records import Agreement, Commitment, Entry, Event, Organization, Person
from ..model.vocabulary import AGREEMENT_TYPES
from ..views.refs import title_of
from .base import LICENSE, NAME, address, name, page

CONTEXT = "https://schema.org"
Node = dict[str, Any]
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(node: Node) -> str:
    """JSON that may stand inside a script element: no text in it can end the element."""
    return json.dumps(node, ensure_ascii=False).translate(_MARKUP)


def node(entry: Entry, dataset: Dataset, edition: Edition) -> Node:
    """An entry as a schema.org node; dates only as precise as the record has them."""
    maker = _MAKERS.get(type(entry), _work)
    found = {"@context": CONTEXT, **_head(entry, edition), **maker(entry, dataset, edition)}
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _head(entry: Entry, edition: Edition) -> Node:
    url = address(edition, page(entry)) if edition.site_url else None
    return {"@id": _identity(entry, edition), "name": title_of(entry), "url": url}


def _identity(entry: Entry, edition: Edition) -> str:
    """A record's page with an anchor that means the thing; a UUID while there is no address."""
    if not edition.site_url:
        return f"urn:uuid:{name(entry.kind, entry.id)}"
    return address(edition, page(entry)) + "#it"


def _link(entry: Entry, edition: Edition, kind: str) -> Node:
    return {"@type": kind, "@id": _identity(entry, edition), "name": title_of(entry)}


def _ends(date: Date) -> tuple[str | None, str | None]:
    """The two sides of a date in ISO 8601; schema.org has no word for "about"."""
    sides = [
        _iso(point.year, point.month, point.day) if point else None
        for point in (date.begin, date.end)
    ]
    return (sides[0], sides[1])


def _iso(year: int, month: int | None, day: int | None) -> str:
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]
    return "-".join(parts)


def _event(entry: Event, dataset: Dataset, edition: Edition) -> Node:
    start, end = _ends(entry.date)
    place = dataset.places.get(entry.place or "")
    people = [dataset.people.get(p.person or "") or p.name for p in entry.participants]
    return {
        "@type": "Event",
        "startDate": start,
        "endDate": end,
        "description": " ".join(fact.text for fact in entry.facts),
        "location": place and {"@type": "Place", "name": place.name},
        "attendee": [
            {"@type": "Person", "name": p} if isinstance(p, str) else _link(p, edition, "Person")
            for p in people
            if p
        ],
    }


def _agreement(entry: Agreement, dataset: Dataset, edition: Edition) -> Node:
    signed = [step.date for step in entry.lifecycle if step.event in ("signed", "adopted")]
    law = entry.type in ("treaty", "protocol", "executive-agreement")
    return {
        "@type": "Legislation" if law else "CreativeWork",
        "alternateName": entry.title if entry.title != entry.short_title else None,
        "legislationType" if law else "genre": AGREEMENT_TYPES[entry.type],
        "legislationDate" if law else "dateCreated": _ends(signed[0])[0] if signed else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": key, "value": value}
            for key, value in entry.identifiers.model_dump(exclude_none=True).items()
        ],
    }


def _person(entry: Person, dataset: Dataset, edition: Edition) -> Node:
    names = [n for n in (entry.names.kk, entry.names.ru, *entry.names.variants) if n]
    titles = dict.fromkeys(tenure.title for tenure in entry.offices)
    return {"@type": "Person", "alternateName": names, "jobTitle": list(titles)}


def _organization(entry: Organization, dataset: Dataset, edition: Edition) -> Node:
    names = [n for n in (entry.names.kk, entry.names.ru, *entry.names.former) if n]
    return {"@type": "Organization", "alternateName": names}


def _commitment(entry: Commitment, dataset: Dataset, edition: Edition) -> Node:
    return {"@type": "CreativeWork", "genre": "Commitment", "dateCreated": _ends(entry.made)[0]}


def _work(entry: Entry, dataset: Dataset, edition: Edition) -> Node:
    return {"@type": "CreativeWork"}


_MAKERS: dict[type, Callable[[Any, Dataset, Edition], Node]] = {
    Event: _event,
    Agreement: _agreement,
    Commitment: _commitment,
    Person: _person,
    Organization: _organization,
}


def about_data(dataset: Dataset, edition: Edition) -> Node:
    """The whole as a schema.org Dataset, for the page /data/."""
    files = {
        "data/kzus.sqlite": "application/vnd.sqlite3",
        "data/datapackage.json": "application/json",
        "api/v1/index.json": "application/json",
    }
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": NAME,
        "description": (
            f"{len(dataset.events)} dated events, {len(dataset.agreements)} agreements and "
            f"{len(dataset.commitments)} promises; every statement names its source."
        ),
        "license": LICENSE,
        "version": edition.version,
        "dateModified": dataset.as_of.isoformat(),
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address(edition, path), "encodingFormat": kind}
            for path, kind in files.items()
        ],
    }
