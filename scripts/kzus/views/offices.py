"""Who held which office on a day, and how that is known.

A tenure's limits are claimed only where a source gives them. A sighting (`seen`) shows a person
in a post on that date; it says nothing about the day before or after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..dataset import Dataset
from ..dates import Date
from ..model.records import Person, Tenure


@dataclass(frozen=True)
class Held:
    """A person in an office on a day.

    `basis` is ``held`` (inside limits that sources give), ``seen`` (shown in the post on that
    day), or ``possible`` (the limits are not known well enough to tell).
    """

    office: str
    person: Person
    tenure: Tenure
    basis: str


def begin_of(tenure: Tenure) -> Date | None:
    """When a tenure began: as stated, else the appointment, else the credentials."""
    return tenure.begin or tenure.dates.appointed or tenure.dates.credentials


def end_of(tenure: Tenure) -> Date | None:
    """When a tenure ended."""
    return tenure.end or tenure.dates.left


def basis(tenure: Tenure, day: date) -> str | None:
    """How far a tenure shows its person in the office on a day; ``None``: it does not."""
    begin, end, seen = begin_of(tenure), end_of(tenure), tenure.seen
    if seen and seen.covers(day):
        return "seen" if seen.days else "possible"
    if (begin and day < begin.first) or (end and day > end.last) or not begin:
        return None
    limit = end.first if end else seen.last if seen else None
    return "held" if limit and begin.last <= day <= limit else "possible"


def holders(dataset: Dataset, day: date) -> tuple[Held, ...]:
    """Who was in the offices of the record on a day, by office, the surest first."""
    order = ("held", "seen", "possible")
    found = [
        Held(tenure.office, person, tenure, how)
        for person in dataset.people.values()
        for tenure in person.offices
        if tenure.office and tenure.office in dataset.offices and (how := basis(tenure, day))
    ]
    return tuple(sorted(found, key=lambda h: (h.office, order.index(h.basis), h.person.name)))
