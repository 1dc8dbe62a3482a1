"""What can be read from a series, in a sentence: computed, neutral, the same for every series.

It says where figures begin and end, where they are highest, and how far two sides differ. It
never says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from ..model.records import Series, Value

_WHOSE = {
    "US": "the United States' statistics",
    "KZ": "Kazakhstan's statistics",
    "other": "other figures",
}

_SHARE = "share of "


def number(value: Decimal) -> str:
    """A figure as the source gives it, with thousands set apart and a true minus."""
    return f"{value:,}".replace("-", "\N{MINUS SIGN}")


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit, as short as it can be: ``14.9 million US dollars``."""
    if _SHARE in unit:
        return f"{bare(value, unit)} of {unit.partition(_SHARE)[2]}"
    short = re.split(r",| \(| of total", unit)[0]
    return number(value) if short == "count" else f"{number(value)} {short}"


def bare(value: Decimal, unit: str) -> str:
    """A figure without its unit; a share as percent."""
    return f"{number(value.scaleb(2))} percent" if _SHARE in unit else number(value)


def reading(series: Sequence[Series]) -> tuple[str, ...]:
    """One sentence or two on the figures that stand in one chart."""
    first = series[0]
    if first.topic == "ranking":
        return (_ranks(first),)
    if not first.joined:
        return (_statements(first),)
    main = max(series, key=lambda one: len(one.values))
    course = _course(main)
    if len(series) != 2:
        return (course,) if course else ()
    return (_compared(series), f"By {_WHOSE[main.side]}: {course[0].lower()}{course[1:]}")


def _ranks(series: Series) -> str:
    counts = sorted(Counter(value.value for value in series.values).items())
    parts = [f"{series.unit} {number(rank)} in {count}" for rank, count in counts]
    return f"Of {len(series.values)} figures: {', '.join(parts)}."


def _statements(series: Series) -> str:
    ordered = sorted(series.values, key=lambda value: (value.value, value.period.key))
    low, high = ordered[0], ordered[-1]
    return (
        f"{len(ordered)} figures, from {amount(low.value, series.unit)} ({low.period.words}) to "
        f"{amount(high.value, series.unit)} ({high.period.words}). They are not counted in one "
        "way, so no line joins them."
    )


def _course(series: Series) -> str:
    """First, last and highest of the whole periods that are alike: years, or months if more."""
    whole = [v for v in series.values if not v.partial and not v.estimate]
    years = [v for v in whole if v.period.month is None and not v.period.is_interval]
    months = [v for v in whole if v.period.month and not v.period.is_interval]
    ordered = sorted(months if len(months) > len(years) else years, key=lambda v: v.period.key)
    if not ordered:
        return ""
    last = f"{amount(ordered[-1].value, series.unit)} in {ordered[-1].period.words}"
    if len(ordered) == 1:
        return f"{last}."
    first = f"From {bare(ordered[0].value, series.unit)} in {ordered[0].period.words} to {last}"
    if len(ordered) == 2:
        return f"{first}."
    return f"{first}; {_extreme(ordered, series.unit)}."


def _extreme(ordered: Sequence[Value], unit: str) -> str:
    top = max(ordered, key=lambda value: value.value)
    low = min(ordered, key=lambda value: value.value)
    words = f"the highest is {bare(top.value, unit)} in {top.period.words}"
    if low.value < 0:
        words += f", the lowest {bare(low.value, unit)} in {low.period.words}"
    return words


def _compared(series: Sequence[Series]) -> str:
    one, other = ({v.period: v for v in s.values if not v.partial} for s in series)
    shared = sorted(set(one) & set(other), key=lambda period: period.key)
    if not shared:
        return "No period has a figure of both sides."
    last = shared[-1]
    figures = [f"{amount(found[last].value, series[0].unit)}" for found in (one, other)]
    names = [_WHOSE[s.side] for s in series]
    gaps = [abs(other[period].value - one[period].value) for period in shared]
    words = f"For {last.words}, {names[0]} give {figures[0]} and {names[1]} give {figures[1]}"
    if len(shared) == 1:
        return f"{words}."
    return (
        f"{words}. Over the {len(shared)} periods that both give, the two differ by "
        f"{number(min(gaps))} to {number(max(gaps))}."
    )
