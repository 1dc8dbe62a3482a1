"""Atom feeds (RFC 4287) of what happened.

Made with ElementTree: an Atom entry is eight elements, and the library that is common for feeds
(`feedgen`) stamps them with the clock and brings a parser along.
"""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from ..dataset import Dataset
from ..edition import Edition
from ..model.records import Event
from ..views.changes import learned
from .base import LICENSE, NAME, Files, address, name, page
from .selections import Selection, selections

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50


def feed(selection: Selection, dataset: Dataset, edition: Edition) -> bytes:
    """A feed of the newest events of a selection, newest first.

    An entry is dated by the last day that its event can mean, but no later than the edition.
    """
    path = selection.path("feed", "xml")
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    newest = selection.events[: -LENGTH - 1 : -1]
    _add(root, "id", f"urn:uuid:{name('feed', selection.name)}")
    _add(root, "title", f"{selection.title}: what happened" if selection.name else NAME)
    _add(root, "updated", max((_stamp(e, dataset) for e in newest), default=_day(dataset.as_of)))
    _add(_add(root, "author"), "name", NAME)
    _add(root, "rights", f"CC0 1.0, {LICENSE}")
    if edition.site_url:
        _add(root, "link", rel="self", href=address(edition, path), type="application/atom+xml")
        _add(root, "link", rel="alternate", href=address(edition, "timeline/"), type="text/html")
    for event in newest:
        _entry(root, event, dataset, edition)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw + b"\n"


def changes(dataset: Dataset, edition: Edition) -> Files:
    """A feed of what the record learned: an entry for each commit that changed a statement."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    newest = learned(edition.revisions)[:LENGTH]
    _add(root, "id", f"urn:uuid:{name('changes')}")
    _add(root, "title", f"{NAME}: what it learned")
    _add(root, "updated", _day(newest[0].day if newest else dataset.as_of))
    _add(_add(root, "author"), "name", NAME)
    if edition.site_url:
        link = address(edition, "changes.xml")
        _add(root, "link", rel="self", href=link, type="application/atom+xml")
    for one in newest:
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:uuid:{name('changes', one.commit)}")
        _add(entry, "title", one.words[:300])
        _add(entry, "updated", _day(one.day))
        _add(entry, "link", rel="alternate", href=address(edition, "changes/"), type="text/html")
        _add(entry, "summary", one.words)
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    yield "changes.xml", raw + b"\n"


def _entry(root: ET.Element, event: Event, dataset: Dataset, edition: Edition) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", f"urn:uuid:{name('events', event.id)}")
    _add(entry, "title", event.title)
    _add(entry, "updated", _stamp(event, dataset))
    _add(entry, "link", rel="alternate", href=address(edition, page(event)), type="text/html")
    for theme in event.themes:
        _add(entry, "category", term=theme)
    words = " ".join(fact.text for fact in event.facts)
    _add(entry, "summary", f"{event.date.words}. {words}")


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _stamp(event: Event, dataset: Dataset) -> str:
    return _day(min(event.date.last, dataset.as_of))


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def feeds(dataset: Dataset, edition: Edition) -> Files:
    """What happened: all, and by dialogue and theme."""
    for selection in selections(dataset):
        yield selection.path("feed", "xml"), feed(selection, dataset, edition)
