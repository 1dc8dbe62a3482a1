"""Calendar files (RFC 5545), made with the `icalendar` library.

Only what has a day stands in them: "May 2010" is no entry, for a calendar would have to invent
its day. Days are all-day entries; the end of a range is the day after, as the standard has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from icalendar import Calendar
from icalendar import Event as Entry
from icalendar.parser import Contentline

from ..dataset import Dataset
from ..dates import shifted
from ..edition import Edition
from ..model.records import Event
from .base import NAME, Files, address, name, page
from .selections import selections

Days = tuple[date, date]


def calendars(dataset: Dataset, edition: Edition) -> Files:
    """Events that have a day: all, by dialogue and by theme."""
    made = {event.id: both[0] for event, both in _entries(dataset, edition)}
    for selection in selections(dataset):
        entries = [made[event.id] for event in selection.events if event.id in made]
        yield selection.path("calendar", "ics"), _calendar(selection.title, entries)


def anniversaries(dataset: Dataset, edition: Edition) -> Files:
    """The first day of every event, repeated each year."""
    entries = [both[1] for _, both in _entries(dataset, edition)]
    yield "calendar/anniversaries.ics", _calendar(f"{NAME}: anniversaries", entries)


@lru_cache(maxsize=1)
def _entries(dataset: Dataset, edition: Edition) -> Sequence[tuple[Event, tuple[bytes, bytes]]]:
    """The entry and the anniversary of each event that has a day, oldest first."""
    return [
        (event, _written(event, event.date.days, dataset, edition))
        for event in dataset.chronicle
        if event.date.days
    ]


def _written(event: Event, days: Days, dataset: Dataset, edition: Edition) -> tuple[bytes, bytes]:
    entry = _entry(event, days, dataset, edition)
    once = _lines(entry)
    _repeat(entry, event)
    return once, _lines(entry)


def _lines(entry: Entry) -> bytes:
    return b"".join([_folded(line) for line in entry.content_lines() if line])


@lru_cache(maxsize=16)  # both entries of an event have most lines
def _folded(line: Contentline) -> bytes:
    folded: bytes = line.to_ical()  # type: ignore[no-untyped-call]
    return folded + b"\r\n"


def _calendar(title: str, entries: list[bytes]) -> bytes:
    """A calendar of entries that are written already: most of them stand in several."""
    found = Calendar()
    found.add("prodid", "-//kzus//record//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", title)
    found.add("x-wr-calname", title)
    head, end, line_end = found.to_ical().rpartition(b"END:VCALENDAR")
    return b"".join([head, *entries, end, line_end])


def _entry(event: Event, days: Days, dataset: Dataset, edition: Edition) -> Entry:
    first, last = days
    entry = Entry()
    entry.add("uid", name("events", event.id))
    entry.add("dtstamp", datetime.combine(dataset.as_of, time(), UTC))
    entry.add("dtstart", first)
    entry.add("dtend", shifted(last, 1))
    entry.add("summary", event.title)
    entry.add("description", "\n".join(fact.text for fact in event.facts))
    entry.add("transp", "TRANSPARENT")
    place = dataset.places.get(event.place or "")
    if place:
        entry.add("location", place.name)
    if edition.site_url:
        entry.add("url", address(edition, page(event)))
    return entry


def _repeat(entry: Entry, event: Event) -> None:
    """Turn the entry of an event into that of its anniversary."""
    for key in ("uid", "dtend", "summary"):
        entry.pop(key)
    entry.add("uid", name("anniversaries", event.id))
    entry.add("summary", f"{event.date.year}: {event.title}")
    # A yearly rule skips 29 February in common years, which is what the day is.
    entry.add("rrule", {"freq": "yearly"})
