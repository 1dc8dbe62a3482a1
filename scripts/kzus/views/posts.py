"""Who held an office when, as far as sources show.

A tenure of which only "seen" is known shows a person in a post on some day and nothing else: it
is never stretched into a time in office. An end that no source shows stays open, until a later
holder of the same post has surely begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from ..dataset import Dataset
from ..dates import shifted
from ..model.records import Tenure
from .refs import Ref
from .registers import Holder, OfficeView, offices

# Posts that answer each other; each pair is shown as two faces of one row.
PAIRS = (
    ("Presidents", "president-us", "president-kz"),
    ("Foreign ministers", "secretary-of-state-us", "foreign-minister-kz"),
    ("Ambassadors", "ambassador-us-to-kz", "ambassador-kz-to-us"),
)
HELD, PERHAPS, SEEN = "held", "perhaps", "seen"
T = TypeVar("T")


@dataclass(frozen=True)
class Holding:
    """Someone in an office on a day: ``held``, ``perhaps`` (limits too vague) or ``seen``."""

    ref: Ref
    level: str
    words: str


@dataclass(frozen=True)
class Pair:
    """Two posts face to face; a side is ``None`` where the record has no such post."""

    name: str
    us: OfficeView | None
    kz: OfficeView | None

    @property
    def sides(self) -> tuple[tuple[str, OfficeView], ...]:
        """Side and post, the United States first, those that are there."""
        both = (("US", self.us), ("KZ", self.kz))
        return tuple((side, post) for side, post in both if post)


def pairs(dataset: Dataset) -> tuple[Pair, ...]:
    """The main posts face to face; those that answer no other stand alone, by their title."""
    main = {view.office.id: view for view in offices(dataset, main=True)}
    found = [Pair(name, main.pop(us, None), main.pop(kz, None)) for name, us, kz in PAIRS]
    for view in main.values():
        own = {"US": None, "KZ": None, view.office.country: view}
        found.append(Pair(view.office.title, own["US"], own["KZ"]))
    return tuple(pair for pair in found if pair.us or pair.kz)


def span(tenure: Tenure) -> str:
    """A tenure's time in words, such as ``1996 to 2000`` or ``since 20 March 2019``."""
    begin, end = tenure.begin, tenure.end
    if begin and end:
        return f"{begin.words} to {end.words}"
    if begin:
        return f"since {begin.words}" if not begin.words.startswith("about") else begin.words
    if end:
        return f"until {end.words}"
    return f"seen {tenure.seen.words}" if tenure.seen else "time not shown"


def holders(view: OfficeView, day: date) -> tuple[Holding, ...]:
    """Who held an office on a day, as far as sources show; those in office first."""
    found = [(holder, _level(view, holder, day)) for holder in view.holders]
    order = (HELD, PERHAPS, SEEN)
    shown = [Holding(h.ref, level, span(h.tenure)) for h, level in found if level]
    surely = {holding.ref for holding in shown if holding.level == HELD}
    kept = [h for h in shown if h.level == HELD or h.ref not in surely]
    return tuple(sorted(kept, key=lambda holding: order.index(holding.level)))


def _level(view: OfficeView, holder: Holder, day: date) -> str | None:
    begin, end, seen = holder.tenure.begin, holder.tenure.end, holder.tenure.seen
    if begin and begin.first <= day and not (end and end.last < day):
        if end is None and followed(view, holder, day):
            return None
        return HELD if begin.last <= day and not (end and end.first < day) else PERHAPS
    if begin is None and end and end.covers(day):
        return PERHAPS
    if begin is None and end is None and seen and seen.covers(day):
        return SEEN
    return None


def followed(view: OfficeView, holder: Holder, day: date) -> bool:
    """Whether another has surely begun in the post after this holder and by the day."""
    begin = holder.tenure.begin
    if view.office.shared or begin is None:
        return False
    others = (other.tenure.begin for other in view.holders if other is not holder)
    return any(other and begin.surely_before(other) and other.last <= day for other in others)


def turns(view: OfficeView) -> tuple[date, ...]:
    """The days on which the answer of `holders` can change, in order."""
    found: set[date] = set()
    for holder in view.holders:
        tenure = holder.tenure
        for when in (tenure.begin, tenure.end, tenure.seen):
            if when:
                found |= {when.first, when.last, shifted(when.first, 1), shifted(when.last, 1)}
    return tuple(sorted(found))


def over_time(view: OfficeView) -> tuple[tuple[date, tuple[Holding, ...]], ...]:
    """The answers of `holders` from the first to the last day, each with its first day."""
    return changes(turns(view), lambda day: holders(view, day))


def changes(days: Iterable[date], answer: Callable[[date], T]) -> tuple[tuple[date, T], ...]:
    """The answers on some days in order, without those that repeat the one before."""
    answers = groupby(((day, answer(day)) for day in days), key=itemgetter(1))
    return tuple((next(same)[0], found) for found, same in answers)


def during(view: OfficeView, first: date, last: date) -> tuple[Holding, ...]:
    """All who held an office, perhaps or surely, or were seen in it, in a span of days."""
    days = [first, *(day for day in turns(view) if first < day <= last)]
    best: dict[tuple[Ref, str], Holding] = {}
    for holding in (holding for day in days for holding in holders(view, day)):
        key = (holding.ref, holding.words)
        if key not in best or holding.level == HELD:
            best[key] = holding
    return tuple(best.values())
