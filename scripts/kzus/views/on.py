"""What was so on a day: posts, agreements, meetings, and what happened around it.

`answer` says it for one day; `turning` says it for all days at once, as lists of the days on which
an answer changes, from which a browser finds the same answer without knowing any rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from ..dataset import Dataset
from ..model.records import Agreement, Event
from . import agreements, posts
from .posts import Holding
from .refs import Ref, ref
from .registers import OfficeView


@dataclass(frozen=True)
class Standing:
    """An agreement with its state on a day."""

    ref: Ref
    code: str
    words: str


@dataclass(frozen=True)
class Post:
    """A main post with who held it."""

    pair: str
    side: str
    title: str
    id: str
    holders: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What was so on a day or, for the page of a year, in a span of days."""

    first: date
    last: date
    posts: tuple[Post, ...]
    in_force: tuple[Standing, ...]
    not_shown: tuple[Standing, ...]
    last_session: Event | None
    next_session: Event | None
    around: tuple[Event, ...]
    same_day: tuple[Event, ...] = ()
    sessions: tuple[Event, ...] = ()  # of the day, and those that may have been of it


def answer(dataset: Dataset, day: date) -> Answer:
    """What was so on a day."""
    monday = day - timedelta(days=day.weekday())
    same_day = (
        event
        for event in dataset.chronicle
        if (d := event.date.days)
        and d[0].year != day.year
        and (d[0].month, d[0].day) == (day.month, day.day)
    )
    found = _during(dataset, day, day, _within(dataset, monday, monday + timedelta(days=6)))
    sessions = [event for event in dataset.chronicle if event.dialogue]
    return replace(
        found,
        same_day=tuple(same_day),
        sessions=tuple(e for e in sessions if e.date.first <= day <= e.date.last),
        last_session=next((e for e in reversed(sessions) if e.date.last < day), None),
    )


def of_year(dataset: Dataset, year: int) -> Answer:
    """What was so in a year; agreements as they stood on its last day that the record knows."""
    first, last = date(year, 1, 1), _end(dataset, year)
    return _during(dataset, first, last, _within(dataset, first, last))


def shown_by_year(dataset: Dataset) -> dict[int, list[Event]]:
    """The events of which the page of each year can tell."""
    known = years(dataset)
    found: dict[int, list[Event]] = {year: [] for year in known}
    for event in dataset.chronicle:
        first, last = event.date.first.year, event.date.last.year
        for year in range(max(first, known.start), min(last + 1, known.stop)):
            found[year].append(event)
    for year, events in found.items():
        events.extend(filter(None, _sessions(dataset, _end(dataset, year))))
    return found


def _end(dataset: Dataset, year: int) -> date:
    return min(date(year, 12, 31), dataset.as_of)


def _sessions(dataset: Dataset, day: date) -> tuple[Event | None, Event | None]:
    """The last session up to a day, and the first one after it."""
    sessions = [event for event in dataset.chronicle if event.dialogue]
    return (
        next((e for e in reversed(sessions) if e.date.last <= day), None),
        next((e for e in sessions if e.date.first > day), None),
    )


def _during(dataset: Dataset, first: date, last: date, around: tuple[Event, ...]) -> Answer:
    standings = [_standing(agreement, last) for agreement in dataset.agreements.values()]
    earlier, later = _sessions(dataset, last)
    return Answer(
        first=first,
        last=last,
        posts=tuple(
            replace(post, holders=posts.during(view, first, last)) for post, view in _main(dataset)
        ),
        in_force=tuple(s for s in standings if s.code == "in-force"),
        not_shown=tuple(s for s in standings if s.code == "not-shown"),
        last_session=earlier,
        next_session=later,
        around=around,
    )


def _main(dataset: Dataset) -> Iterator[tuple[Post, OfficeView]]:
    """The main posts, yet without who held them."""
    for pair in posts.pairs(dataset):
        for side, view in pair.sides:
            yield Post(pair.name, side, view.office.title, view.office.id), view


def _standing(agreement: Agreement, day: date) -> Standing:
    state = agreements.state(agreement, day)
    return Standing(ref(agreement), state.code, state.words)


def _within(dataset: Dataset, first: date, last: date) -> tuple[Event, ...]:
    """Events that surely fell, at least in part, between two days: no vague dates."""
    days = ((event, event.date.days) for event in dataset.chronicle)
    return tuple(event for event, d in days if d and d[0] <= last and first <= d[1])


@dataclass(frozen=True)
class Turning:
    """The answers for all days: posts and agreements with the days on which they change."""

    posts: tuple[tuple[Post, tuple[tuple[date, tuple[Holding, ...]], ...]], ...]
    agreements: tuple[tuple[Ref, tuple[tuple[date, Standing], ...]], ...]
    events: tuple[Event, ...]


def turning(dataset: Dataset) -> Turning:
    """The answers of `answer` for all days at once.

    The last entry at or before a day holds. Agreements without a dated step are left out, and
    events that a day cannot reach: those whose date is vague and that were no dialogue session.
    """
    lives = (
        (ref(agreement), posts.changes(days, partial(_standing, agreement)))
        for agreement in dataset.agreements.values()
        if (days := sorted({step.date.first for step in agreement.lifecycle}))
    )
    return Turning(
        posts=tuple((post, posts.over_time(view)) for post, view in _main(dataset)),
        agreements=tuple(lives),
        events=tuple(e for e in dataset.chronicle if e.date.days or e.dialogue),
    )


def years(dataset: Dataset) -> range:
    """The years for which the site has an answer: from the first event's to the record's own."""
    if not dataset.chronicle:
        return range(0)
    return range(dataset.chronicle[0].date.year, dataset.as_of.year + 1)
