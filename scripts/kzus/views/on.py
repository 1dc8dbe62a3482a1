"""What was so on a day: posts, agreements, meetings, and what happened around it.

`answer` says it for one day; `turning` says it for all days at once, as lists of the days on which
an answer changes, from which a browser finds the same answer without knowing any rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..dataset import Dataset
from ..model.records import Agreement, Event
from . import agreements, posts
from .posts import Holding, Pair
from .refs import Ref, ref


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
    holders: tuple[Holding, ...]


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
    same_day: tuple[Event, ...]


def answer(dataset: Dataset, day: date) -> Answer:
    """What was so on a day."""
    held = _posts(posts.pairs(dataset), day, day)
    week = (day - timedelta(days=day.weekday()), day + timedelta(days=6 - day.weekday()))
    return _answer(dataset, day, day, held, within(dataset.chronicle, *week))


def of_year(dataset: Dataset, year: int) -> Answer:
    """What was so in a year; agreements as they stood on its last day that the record knows."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), dataset.as_of)
    held = _posts(posts.pairs(dataset), first, last)
    return _answer(dataset, first, last, held, within(dataset.chronicle, first, last))


def _answer(
    dataset: Dataset, first: date, last: date, held: tuple[Post, ...], around: tuple[Event, ...]
) -> Answer:
    standings = [standing(agreement, last) for agreement in dataset.agreements.values()]
    rounds = sessions(dataset)
    return Answer(
        first=first,
        last=last,
        posts=held,
        in_force=tuple(s for s in standings if s.code == "in-force"),
        not_shown=tuple(s for s in standings if s.code == "not-shown"),
        last_session=next((e for e in reversed(rounds) if e.date.last <= last), None),
        next_session=next((e for e in rounds if e.date.first > last), None),
        around=around,
        same_day=on_this_day(dataset.chronicle, last) if first == last else (),
    )


def _posts(pairs: Iterable[Pair], first: date, last: date) -> tuple[Post, ...]:
    return tuple(
        Post(
            pair=pair.name,
            side=side,
            title=view.office.title,
            id=view.office.id,
            holders=posts.during(view, first, last),
        )
        for pair in pairs
        for side, view in pair.sides
    )


def standing(agreement: Agreement, day: date) -> Standing:
    """An agreement's state on a day."""
    state = agreements.state(agreement, day)
    return Standing(ref(agreement), state.code, state.words)


def sessions(dataset: Dataset) -> tuple[Event, ...]:
    """The rounds of all dialogues, oldest first."""
    return tuple(event for event in dataset.chronicle if event.dialogue)


def within(events: Iterable[Event], first: date, last: date) -> tuple[Event, ...]:
    """Events that surely fell, at least in part, between two days: no vague dates."""
    return tuple(
        event for event in events if (d := event.date.days) and d[0] <= last and first <= d[1]
    )


def on_this_day(events: Iterable[Event], day: date) -> tuple[Event, ...]:
    """Events of the same day and month in other years."""
    return tuple(
        event
        for event in events
        if (d := event.date.days)
        and d[0].year != day.year
        and (d[0].month, d[0].day) == (day.month, day.day)
    )


def standings(agreement: Agreement) -> tuple[tuple[date, Standing], ...]:
    """An agreement's states in order, each with its first day."""
    days = sorted({step.date.first for step in agreement.lifecycle})
    return posts.changes(days, lambda day: standing(agreement, day))


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
    views = [(pair, side, view) for pair in posts.pairs(dataset) for side, view in pair.sides]
    found = [(a, standings(a)) for a in dataset.agreements.values()]
    return Turning(
        posts=tuple(
            (Post(pair.name, side, v.office.title, v.office.id, ()), posts.over_time(v))
            for pair, side, v in views
        ),
        agreements=tuple((ref(agreement), states) for agreement, states in found if states),
        events=tuple(e for e in dataset.chronicle if e.date.days or e.dialogue),
    )


def years(dataset: Dataset) -> range:
    """The years for which the site has an answer: from the first event's to the record's own."""
    if not dataset.chronicle:
        return range(0)
    return range(dataset.chronicle[0].date.year, dataset.as_of.year + 1)
