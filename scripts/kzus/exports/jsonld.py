"""Structured data for search engines: schema.org in JSON-LD, for the head of a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..dataset import Dataset
from ..dates import Point
from ..edition import Edition
from ..model.records import Agreement, Commitment, Entry, Event, Organization, Participant, Person
from ..model.vocabulary import AGREEMENT_TYPES
from ..views.refs import title_of
from . import EXPORTS
from .base import LICENSE, NAME, address, name, page

CONTEXT = "https://schema.org"
Node = dict[str, Any]
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(node: Node) -> str:
    """JSON that may stand inside a script element: no text in it can end the element."""
    return json.dumps(node, ensure_ascii=False).translate(_MARKUP)


def node(entry: Entry, dataset: Dataset, edition: Edition) -> Node:
    """An entry as a schema.org node; dates only as precise as the record has them."""
    maker = _MAKERS.get(entry.kind, _work)
    url = address(edition, page(entry)) if edition.site_url else None
    identity = {"@id": _identity(entry, edition), "name": title_of(entry), "url": url}
    found = {"@context": CONTEXT, **identity, **maker(entry, dataset, edition)}
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def _identity(entry: Entry, edition: Edition) -> str:
    """A record's page with an anchor that means the thing; a UUID while there is no address."""
    if not edition.site_url:
        return f"urn:uuid:{name(entry.kind, entry.id)}"
    return address(edition, page(entry)) + "#it"


def _iso(point: Point | None) -> str | None:
    """One side of a date in ISO 8601; schema.org has no word for "about"."""
    if point is None:
        return None
    return "-".join([f"{point.year:04}", *(f"{p:02}" for p in (point.month, point.day) if p)])


def _event(entry: Event, dataset: Dataset, edition: Edition) -> Node:
    place = dataset.places.get(entry.place or "")
    return {
        "@type": "Event",
        "startDate": _iso(entry.date.begin),
        "endDate": _iso(entry.date.end),
        "description": " ".join(fact.text for fact in entry.facts),
        "location": place and {"@type": "Place", "name": place.name},
        "attendee": [_attendee(item, dataset, edition) for item in entry.participants],
    }


def _attendee(item: Participant, dataset: Dataset, edition: Edition) -> Node:
    person = dataset.people.get(item.person or "")
    if person is None:
        return {"@type": "Person", "name": item.name}
    return {"@type": "Person", "@id": _identity(person, edition), "name": person.name}


def _agreement(entry: Agreement, dataset: Dataset, edition: Edition) -> Node:
    signed = [step.date for step in entry.lifecycle if step.event in ("signed", "adopted")]
    law = entry.type in ("treaty", "protocol", "executive-agreement")
    return {
        "@type": "Legislation" if law else "CreativeWork",
        "alternateName": entry.title if entry.title != entry.short_title else None,
        "legislationType" if law else "genre": AGREEMENT_TYPES[entry.type],
        "legislationDate" if law else "dateCreated": _iso(signed[0].begin) if signed else None,
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
    date = _iso(entry.made.begin)
    return {"@type": "CreativeWork", "genre": "Commitment", "dateCreated": date}


def _work(entry: Entry, dataset: Dataset, edition: Edition) -> Node:
    return {"@type": "CreativeWork"}


_MAKERS: dict[str, Callable[[Any, Dataset, Edition], Node]] = {
    "events": _event,
    "agreements": _agreement,
    "commitments": _commitment,
    "people": _person,
    "organizations": _organization,
}
# Published files that are no form of the record.
_ABOUT = ("api/v1/openapi.json", "llms.txt", "robots.txt")


def about_data(dataset: Dataset, edition: Edition) -> Node:
    """The whole as a schema.org Dataset, for the page /data/."""
    url = {"url": address(edition, "data/")} if edition.site_url else {}
    home = {"url": address(edition, "")} if edition.site_url else {}
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": NAME,
        "description": (
            f"{len(dataset.events)} dated events, {len(dataset.agreements)} agreements and "
            f"{len(dataset.commitments)} promises; every statement names its source."
        ),
        **url,
        "creator": {"@type": "Organization", "name": NAME, **home},
        "license": LICENSE,
        "version": edition.version,
        "dateModified": dataset.as_of.isoformat(),
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": export.title,
                "description": export.description,
                "contentUrl": address(edition, export.whole),
                "encodingFormat": export.media_type,
            }
            for export in EXPORTS
            if export.whole and export.whole not in _ABOUT
        ],
    }
