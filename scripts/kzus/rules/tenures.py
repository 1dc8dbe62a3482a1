"""Who held which office when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from ..dataset import Dataset
from ..dates import Date, shifted
from ..model.records import Event, Participant, Person, Tenure
from ..problems import DataPath
from .base import Finding

_WORD = re.compile(r"[a-z]+")
_COMMON = frozenset(
    ["a", "and", "for", "in", "kazakhstan", "of", "s", "state", "states", "the", "to", "u"]
) | {"united", "us"}


def tenure_out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """The dates of a tenure follow each other.

    From before to; appointed before credentials before left; seen between from and to.

    Wrong:

        # data/people/john-kerry.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2017-01-20, to: 2013-02-01}

    Right:

        # data/people/john-kerry.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2013-02-01, to: 2017-01-20}
    """
    for person in dataset.people.values():
        for index, tenure in enumerate(person.offices):
            for (word, early), (later_word, late) in _steps(tenure):
                if early and late and late.surely_before(early):
                    message = f"{later_word} {late} lies before {word} {early}"
                    yield Finding(message, person, ("offices", index))


def _steps(tenure: Tenure) -> Iterator[tuple[tuple[str, Date | None], tuple[str, Date | None]]]:
    begin, seen, end = ("from", tenure.begin), ("seen", tenure.seen), ("to", tenure.end)
    yield from ((begin, seen), (seen, end), (begin, end))
    dates = tenure.dates
    named = {"appointed": dates.appointed, "credentials": dates.credentials, "left": dates.left}
    yield from pairwise(step for step in named.items() if step[1])


class _Held(NamedTuple):
    begin: Date
    person: Person
    place: DataPath
    tenure: Tenure


def _pairs(dataset: Dataset) -> Iterator[tuple[_Held, _Held]]:
    """Every two tenures of one office by two people, the earlier first."""
    held: dict[str, list[_Held]] = {}
    for person in dataset.people.values():
        for index, tenure in enumerate(person.offices):
            office = dataset.offices.get(tenure.office or "")
            if office and not office.shared and tenure.begin:
                entry = _Held(tenure.begin, person, ("offices", index), tenure)
                held.setdefault(office.id, []).append(entry)
    for holders in held.values():
        for one, other in combinations(sorted(holders, key=lambda each: each.begin.key), 2):
            if one.person.id != other.person.id:
                yield one, other


def office_overlap(dataset: Dataset) -> Iterator[Finding]:
    """One person at a time holds an office.

    Handing over may take a day or two. For an office that several people hold at once, write
    `shared: true` in data/offices.yaml.

    Wrong:

        # data/people/erlan-idrissov.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2014-01-01, to: 2016-01-01}

    Right:

        # data/people/erlan-idrissov.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2017-01-20, to: 2018-01-01}
    """
    for one, other in _pairs(dataset):
        end, other_end = one.tenure.end, other.tenure.end
        closed = end and other_end and one.begin.last < other_end.first
        if end and closed and shifted(other.begin.last, 2) < end.first:
            message = f"{other.person.id} is {other.tenure.office} from {other.begin}"
            message = f"{message}, but {one.person.id} is so until {end}"
            yield Finding(message, other.person, other.place)


def office_left_open(dataset: Dataset) -> Iterator[Finding]:
    """A tenure without an end is that of the last person in the office.

    Where a later holder is known, the end of the earlier tenure lies between: give it as exactly
    as a source does, or else as the span in which it must lie.

    Wrong:

        # data/people/erlan-idrissov.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2010-01-01}

    Right:

        # data/people/erlan-idrissov.yaml
        offices:
          - {office: secretary-of-state-us, title: Secretary, from: 2010-01-01, to: 2010/2013}
    """
    told = set()
    for one, other in _pairs(dataset):
        place = (one.person.id, one.place)
        if one.tenure.end is None and one.begin.last < other.begin.first and place not in told:
            told.add(place)  # the next holder is enough
            message = f"has no end, but {other.person.id} is {one.tenure.office}"
            message = f"{message} from {other.begin}"
            hint = f"write when it ended, or to: {one.begin.first.year}/{other.begin.first.year}"
            yield Finding(message, one.person, one.place, hint)


def role_against_office(dataset: Dataset) -> Iterator[Finding]:
    """A participant's role fits an office that the person held that day.

    The role is that of the day of the event, not the one for which the person is known. Nothing is
    said where the record does not know which offices the person held that day.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: john-kerry, role: U.S. Senator, side: US}

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: john-kerry, role: Secretary of State of the United States, side: US}
    """
    for event in dataset.events.values():
        for index, participant in enumerate(event.participants):
            person = dataset.people.get(participant.person or "")
            if person and participant.role and (message := _misfit(event, participant, person)):
                yield Finding(message, event, ("participants", index, "role"))


def _misfit(event: Event, participant: Participant, person: Person) -> str:
    role = _words(participant.role or "")
    known = [tenure for tenure in person.offices if _holds(tenure, event.date)]
    if known:
        if any(role & _words(tenure.title) for tenure in known):
            return ""
        held = ", ".join(tenure.title for tenure in known)
        return f"{participant.role!r}, but {person.id} was {held} on {event.date}"
    for tenure in person.offices:
        if _words(tenure.title) == role and _outside(tenure, event.date):
            limits = f"from {tenure.begin or '?'} to {tenure.end or '?'}"
            return f"{person.id} was {tenure.title} {limits}, not on {event.date}"
    return ""


def _words(text: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(text.lower())) - _COMMON
    return frozenset(word.rstrip("s") for word in words)


def _holds(tenure: Tenure, when: Date) -> bool:
    if tenure.seen and tenure.seen.overlaps(when):
        return True
    begins = tenure.begin is not None and tenure.begin.first <= when.last
    return begins and (tenure.end is None or when.first <= tenure.end.last)


def _outside(tenure: Tenure, when: Date) -> bool:
    before = tenure.begin is not None and when.surely_before(tenure.begin)
    return before or (tenure.end is not None and tenure.end.surely_before(when))
