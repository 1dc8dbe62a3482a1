"""Atom feeds (RFC 4287): what happened, and what the record learned.

Made with ElementTree: an Atom entry is eight elements, and the library that is common for feeds
(`feedgen`) stamps them with the clock and brings a parser along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

from ..dataset import Dataset
from ..edition import Edition
from ..views.changes import Learned, learned
from .base import LICENSE, NAME, Files, address, name, page
from .selections import Selection, selections

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
Head = tuple[str, str, date]  # lasting name, title, day of the last change


def happened(dataset: Dataset, edition: Edition) -> Files:
    """What happened, newest first: all, by dialogue and by theme.

    An entry is dated by the last day that its event can mean, but no later than the edition.
    """
    for selection in selections(dataset):
        path = selection.path("feed", "xml")
        newest = selection.events[: -LENGTH - 1 : -1]
        days = [min(event.date.last, dataset.as_of) for event in newest]
        title = f"{selection.title}: what happened" if selection.name else NAME
        updated = max(days, default=dataset.as_of)
        root = _feed(edition, path, "timeline/", (name("feed", selection.name), title, updated))
        for event, day in zip(newest, days, strict=True):
            entry = _entry(root, (name("events", event.id), event.title, day))
            _link(entry, "alternate", address(edition, page(event)), "text/html")
            for theme in event.themes:
                _add(entry, "category", term=theme)
            words = " ".join(fact.text for fact in event.facts)
            _add(entry, "summary", f"{event.date.words}. {words}")
        yield path, _bytes(root)


def changes(dataset: Dataset, edition: Edition) -> Files:
    """What the record learned, newest first: all, by dialogue and by theme."""
    for selection in selections(dataset):
        path = selection.path("changes", "xml")
        newest = list(_learned(selection, dataset, edition))[:LENGTH]
        names = ("changes", selection.name) if selection.name else ("changes",)
        title = f"{selection.title}: what the record learned"
        updated = newest[0].day if newest else dataset.as_of
        root = _feed(edition, path, "changes/", (name(*names), title, updated))
        for one in newest:
            entry = _entry(root, (name(*names, one.commit), one.words[:300], one.day))
            _link(entry, "alternate", address(edition, "changes/"), "text/html")
            _add(entry, "summary", one.words)
        yield path, _bytes(root)


def _learned(selection: Selection, dataset: Dataset, edition: Edition) -> Iterator[Learned]:
    """What each commit says of the entries of a selection, under the ids that they have now.

    Of an entry that is no longer there, only the feed of all tells.
    """
    moved = dataset.redirects.moved
    for one in learned(edition.revisions):
        keys = ((change, f"{change.kind}/{change.id}") for change in one.changes)
        found = tuple(change for change, key in keys if moved.get(key, key) in selection.entries)
        if found or not selection.name:
            yield replace(one, changes=found) if selection.name else one


def _feed(edition: Edition, path: str, shown: str, head: Head) -> ET.Element:
    """A feed without entries; `shown` is the page that shows the same to people."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _begin(root, head)
    _add(_add(root, "author"), "name", NAME)
    _add(root, "rights", f"CC0 1.0, {LICENSE}")
    if edition.site_url:
        _link(root, "self", address(edition, path), "application/atom+xml")
        _link(root, "alternate", address(edition, shown), "text/html")
    return root


def _entry(root: ET.Element, head: Head) -> ET.Element:
    entry = _add(root, "entry")
    _begin(entry, head)
    return entry


def _begin(parent: ET.Element, head: Head) -> None:
    identity, title, updated = head
    _add(parent, "id", f"urn:uuid:{identity}")
    _add(parent, "title", title)
    _add(parent, "updated", f"{updated.isoformat()}T00:00:00Z")


def _link(parent: ET.Element, rel: str, href: str, type: str) -> None:  # noqa: A002 - Atom's word
    _add(parent, "link", rel=rel, href=href, type=type)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _bytes(root: ET.Element) -> bytes:
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw + b"\n"
