"""Dates as the record writes them: EDTF, levels 0 and 1 in part.

The Extended Date/Time Format (Library of Congress 2019, ISO 8601-2) writes a year as `1993`,
a month as `1993-10`, a day as `1993-10-23`, an interval as `1993-10-23/1993-10-24`, an open
interval as `2017/..`, and "about" as a closing `~`. The record takes no other form of it: times,
seasons, unspecified digits and uncertainty (`?`) say nothing that a note would not say better.

The library of the field (`edtf` on PyPI) parses one date in about 4 ms, which is a minute for a
record of this size, and has no words for a reader; it serves in the tests as a second opinion.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)", re.ASCII)
_FORMS = "1993, 1993-10, 1993-10-23, 1993-10-23/1993-10-24, 2017/.. or 2010-05~"
MONTHS = tuple(calendar.month_name)


@dataclass(frozen=True)
class Point:
    """A year, a month or a day, exact or about."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def words(self, *, year: bool = True, month: bool = True) -> str:
        """Write the date in words; leave out year or month where the context shows them."""
        parts = [
            str(self.day) if self.day else "",
            MONTHS[self.month] if self.month and month else "",
            str(self.year) if year else "",
        ]
        return ("about " if self.about else "") + " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Date:
    """A date of the record. `end` equals `begin` but for intervals; ``None`` is an open side.

    Equal if written alike; sort by `key`.
    """

    text: str
    begin: Point | None = field(compare=False)
    end: Point | None = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def is_interval(self) -> bool:
        """Whether it is written with a slash."""
        return "/" in self.text

    @property
    def first(self) -> date:
        """The first day that the date can mean; the calendar's first day if open."""
        return self.begin.first if self.begin else date.min

    @property
    def last(self) -> date:
        """The last day that the date can mean; the calendar's last day if open."""
        return self.end.last if self.end else date.max

    @property
    def year(self) -> int:
        """The year in which it begins (or ends, if the beginning is open)."""
        return self.begin.year if self.begin else self.last.year

    @property
    def month(self) -> int | None:
        """The month in which it begins, where one is given."""
        return self.begin.month if self.begin else None

    @property
    def key(self) -> tuple[date, date, str]:
        """Order: by first day, the longer span first within it, then as written."""
        return (self.first, date.max - (self.last - date.min), self.text)

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day where the source gives both to the day, else ``None``."""
        points = (self.begin, self.end)
        if any(p is None or p.day is None or p.about for p in points):
            return None
        return (self.first, self.last)

    @property
    def words(self) -> str:
        """The date in English: ``2-3 February 2020``, ``October 1993``, ``about May 2010``."""
        if not self.is_interval and self.begin:
            return self.begin.words()
        return _interval_words(self.begin, self.end)

    def overlaps(self, other: Date) -> bool:
        """Whether some day can belong to both dates."""
        return self.first <= other.last and other.first <= self.last

    def covers(self, day: date) -> bool:
        """Whether the day can belong to the date."""
        return self.first <= day <= self.last

    def surely_before(self, other: Date) -> bool:
        """Whether every day of this date lies before every day of the other."""
        return self.last < other.first


def _interval_words(begin: Point | None, end: Point | None) -> str:
    if begin is None or end is None:
        return f"since {begin.words()}" if begin else f"until {end.words()}" if end else ""
    if begin.day is None or end.day is None or begin.about or end.about:
        same_year = begin.year == end.year and begin.month is not None and not begin.about
        return f"{begin.words(year=not same_year)} to {end.words()}"
    same_year = begin.year == end.year
    same_month = same_year and begin.month == end.month
    dash = "-" if same_month else " - "
    return begin.words(year=not same_year, month=not same_month) + dash + end.words()


@lru_cache(maxsize=65536)
def parse(text: str) -> Date:
    """Read an EDTF date.

    Raises:
        ValueError: the text is no date in a form that the record takes; the message says
            what was found and what would do.
    """
    sides = text.split("/")
    if len(sides) > 2 or sides in ([""], ["..", ".."]):
        raise ValueError(f"not a date: {text!r} (write {_FORMS})")
    points = [None if side == ".." and len(sides) == 2 else _point(side, text) for side in sides]
    result = Date(text, points[0], points[-1])
    if result.first > result.last:
        raise ValueError(f"the interval {text} ends before it begins")
    return result


def _point(side: str, text: str) -> Point:
    match = _POINT.fullmatch(side)
    if not match or match[1] == "0000":
        raise ValueError(f"not a date: {text!r} (write {_FORMS})")
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.group(2, 3))
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"{text} has month {month:02}, which must be 01 to 12")
    if day is not None and month is not None:
        length = calendar.monthrange(year, month)[1]
        if not 1 <= day <= length:
            raise ValueError(
                f"{text} has day {day:02}, but {MONTHS[month]} {year} has {length} days"
            )
    return Point(year, month, day, bool(match[4]))


def in_words(day: date) -> str:
    """Write a day in words: ``23 October 1993``."""
    return Point(day.year, day.month, day.day).words()


def shifted(day: date, days: int) -> date:
    """The day so many days later (earlier if negative), within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
