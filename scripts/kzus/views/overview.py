"""What the first page shows: three doors, who is in office, one disagreement, trade at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..dataset import PAGE_KINDS, Dataset
from ..model.records import Entry, Event, Series, Value
from . import posts, registers
from .changes import Learned
from .posts import Holding
from .refs import Ref, in_order, ref
from .registers import DisputeRow

MEETINGS = ("dialogue-session", "meeting", "visit")


@dataclass(frozen=True)
class Door:
    """A way into the record: two figures with what they count, and the newest record."""

    figures: tuple[tuple[str, str], ...]
    newest: Ref | None


@dataclass(frozen=True)
class InOffice:
    """A main post of both sides with those who surely hold it."""

    name: str
    us: tuple[Holding, ...]
    kz: tuple[Holding, ...]


@dataclass(frozen=True)
class Spark:
    """A series of yearly figures as a line in a box 100 wide and 30 high."""

    series: Series
    points: str
    first: Value
    last: Value

    @property
    def words(self) -> str:
        """What the line shows, for those who do not see it."""
        unit = self.series.unit.split(",")[0]
        ends = (f"{v.value:,} {unit} in {v.period.words}" for v in (self.first, self.last))
        return f"A line from {' to '.join(ends)}"


def doors(dataset: Dataset) -> dict[str, Door]:
    """The three pillars, each with live figures."""
    rounds = [event for event in dataset.chronicle if event.dialogue]
    formats = [key for key, held in dataset.rounds.items() if held]
    open_ = sum(c.status == "not-assessed" for c in dataset.commitments.values())
    deals = sum(event.type == "deal" for event in dataset.chronicle)
    companies = len(dataset.organizations)
    return {
        "dialogue": Door(
            (_count(len(rounds), "round"), _count(len(formats), "format")),
            ref(rounds[-1]) if rounds else None,
        ),
        "commitments": Door(
            (_count(len(dataset.commitments), "promise"), (f"{open_:,}", "not assessed yet")),
            _newest(dataset.commitments.values()),
        ),
        "commerce": Door(
            (_count(deals, "deal"), _count(companies, "organization")),
            _newest(e for e in dataset.chronicle if "commerce" in e.pillars),
        ),
    }


def _count(number: int, noun: str) -> tuple[str, str]:
    return f"{number:,}", noun if number == 1 else f"{noun}s"


def _newest(entries: Iterable[Entry]) -> Ref | None:
    found = in_order([ref(entry) for entry in entries])
    return found[-1] if found else None


def in_office(dataset: Dataset) -> tuple[InOffice, ...]:
    """Who holds the main posts on the record's day: tenures that sources show as begun."""
    return tuple(
        InOffice(pair.name, *(_surely(dataset, view) for view in (pair.us, pair.kz)))
        for pair in posts.pairs(dataset)
    )


def _surely(dataset: Dataset, view: registers.OfficeView | None) -> tuple[Holding, ...]:
    found = posts.holders(view, dataset.as_of) if view else ()
    return tuple(holding for holding in found if holding.level == posts.HELD)


def latest_meeting(dataset: Dataset) -> Event | None:
    """The last meeting that was over on the record's day."""
    held = (e for e in reversed(dataset.chronicle) if e.date.last <= dataset.as_of)
    return next((event for event in held if _is_meeting(event)), None)


def next_meeting(dataset: Dataset) -> Event | None:
    """The first meeting that lies after the record's day, if the record knows of one."""
    coming = (e for e in dataset.chronicle if e.date.first > dataset.as_of)
    return next((event for event in coming if _is_meeting(event)), None)


def _is_meeting(event: Event) -> bool:
    return event.type in MEETINGS and "dialogue" in event.pillars


def question(dataset: Dataset) -> DisputeRow | None:
    """One disagreement that shows well in little space; another one on another day's edition."""
    rows = [row for group in registers.disputes(dataset).values() for row in group]
    short = [row for row in rows if _shows_well(row)] or rows
    return short[dataset.as_of.toordinal() % len(short)] if short else None


def _shows_well(row: DisputeRow) -> bool:
    claims = row.dispute.claims
    return 2 <= len(claims) <= 3 and all(c.numbers and len(c.text) <= 120 for c in claims)


def sparks(dataset: Dataset) -> tuple[Spark, ...]:
    """Trade in goods both ways as the United States counts it: full years only."""
    flows = {s.flow: s for s in dataset.series.values() if s.side == "US" and s.topic == "trade"}
    found = [flows[flow] for flow in ("us-to-kz-goods", "kz-to-us-goods") if flow in flows]
    full = [(s, [v for v in s.values if not v.partial and not v.period.month]) for s in found]
    full = [(series, values) for series, values in full if len(values) > 1]
    top = max((value.value for _, values in full for value in values), default=0)
    return tuple(
        Spark(s, _line(values, float(top) or 1), values[0], values[-1]) for s, values in full
    )


def _line(values: list[Value], top: float) -> str:
    first, last = values[0].period.year, values[-1].period.year
    return " ".join(
        f"{100 * (v.period.year - first) / max(last - first, 1):.1f},"
        f"{29 - 28 * float(v.value) / top:.1f}"
        for v in values
    )


def lately(
    dataset: Dataset, learned: Iterable[Learned], most: int = 5
) -> tuple[tuple[date, str, Entry | None, str], ...]:
    """The newest changes of the record: day, verb and record; of a large import, words alone."""
    found: list[tuple[date, str, Entry | None, str]] = []
    for one in learned:
        records = [c for c in one.changes if c.kind in PAGE_KINDS and c.id in dataset.of(c.kind)]
        shown = [(one.day, c.verb, dataset.of(c.kind)[c.id], "") for c in records[: most - 2]]
        found += shown or [(one.day, "", None, one.words)]
        if len(found) >= most:
            break
    return tuple(found[:most])
