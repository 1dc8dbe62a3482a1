"""Dates: against the library of the field, and against what readers expect."""

from __future__ import annotations

from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzus import dates
from kzus.dates import Date, parse

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
POINTS = st.builds(
    lambda day, length, about: day.isoformat()[:length] + about,
    DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "~"]),
)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """What was read before says nothing of how it is read now."""
    parse.cache_clear()


@st.composite
def written(draw: st.DrawFn) -> str:
    """A date in any of the record's forms."""
    sides = [draw(POINTS) for _ in range(draw(st.integers(1, 2)))]
    if len(sides) == 2 and draw(st.booleans()):
        sides[draw(st.integers(0, 1))] = ".."
    elif len(sides) == 2 and parse(sides[0]).first > parse(sides[1]).last:
        sides.reverse()
    return "/".join(sides)


def as_date(limit: object) -> date:
    return date(limit.tm_year, limit.tm_mon, limit.tm_mday)  # type: ignore[attr-defined]


@given(written().filter(lambda text: "~" not in text and ".." not in text))
def test_agrees_with_the_library_of_the_field(text: str) -> None:
    theirs, ours = edtf.parse_edtf(text), parse(text)
    assert as_date(theirs.lower_strict()) == ours.first
    assert as_date(theirs.upper_strict()) == ours.last


@pytest.mark.parametrize("year", [1, 4, 100, 400, 1900, 1992, 1993, 2000, 2016, 2100, 9999])
def test_each_month_ends_where_the_next_begins(year: int) -> None:
    for month in range(1, 13):
        value = parse(f"{year:04}-{month:02}")
        assert value.first == date(year, month, 1)
        assert value.last.month == month
        assert value.last == date.max or (value.last + timedelta(days=1)).day == 1
        with pytest.raises(ValueError, match=f"but {dates.MONTHS[month]} {year} has"):
            parse(f"{year:04}-{month:02}-{value.last.day + 1}")


def test_an_open_side_reaches_to_the_end_of_the_calendar() -> None:
    assert (parse("2017/..").first, parse("2017/..").last) == (date(2017, 1, 1), date.max)
    assert (parse("../2017-03").first, parse("../2017-03").last) == (date.min, date(2017, 3, 31))


@given(written())
def test_library_of_the_field_reads_what_we_read(text: str) -> None:
    assert edtf.parse_edtf(text) is not None


@given(st.one_of(st.text(max_size=24), st.from_regex(r"[0-9./~-]{1,24}", fullmatch=True)))
def test_reads_or_refuses(text: str) -> None:
    """Nothing but a `ValueError` comes out, and what is read is what was written."""
    try:
        found = parse(text)
    except ValueError:
        return
    assert str(found) == text
    assert found.first <= found.last


@given(written(), written())
def test_overlap_and_order(one: str, other: str) -> None:
    left, right = parse(one), parse(other)
    assert left.overlaps(right) == right.overlaps(left)
    assert left.surely_before(right) == (not left.overlaps(right) and left.key < right.key)
    assert left.overlaps(right) == any(
        left.covers(day) and right.covers(day) for day in (left.first, right.first)
    )
    assert (left == right) == (one == other)


@given(written())
def test_order_is_by_beginning_then_by_length(text: str) -> None:
    value = parse(text)
    if not value.begin:
        return
    assert parse(f"{value.begin.year:04}").key <= value.key or value.is_interval
    later = parse(dates.shifted(value.first, 1).isoformat())
    assert value.key < later.key or value.first == date.max


@given(DAYS)
def test_days(day: date) -> None:
    value = parse(day.isoformat())
    assert (value.first, value.last, value.days) == (day, day, (day, day))
    assert value.words == dates.in_words(day) == f"{day.day} {dates.MONTHS[day.month]} {day.year}"


@given(DAYS, st.integers(-10_000_000, 10_000_000))
def test_shifted_stays_in_the_calendar(day: date, days: int) -> None:
    try:
        expected = day + timedelta(days=days)
    except OverflowError:
        expected = date.max if days > 0 else date.min
    assert dates.shifted(day, days) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1993", "1993"),
        ("1993-10", "October 1993"),
        ("1993-10-23", "23 October 1993"),
        ("2010-05~", "about May 2010"),
        ("2010~", "about 2010"),
        ("2020-02-02/2020-02-03", "2-3 February 2020"),
        ("2020-01-31/2020-02-02", "31 January - 2 February 2020"),
        ("2019-12-31/2020-01-01", "31 December 2019 - 1 January 2020"),
        ("2020-01/2020-03", "January to March 2020"),
        ("2019-12/2020-03", "December 2019 to March 2020"),
        ("2012/2017", "2012 to 2017"),
        ("2012-03~/2012-05", "about March 2012 to May 2012"),
        ("2012-03-05/2012-05", "5 March to May 2012"),
        ("2017/..", "since 2017"),
        ("../2017-03", "until March 2017"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2015-13-02", "2015-13-02 has month 13, which must be 01 to 12"),
        ("2015-00-02", "2015-00-02 has month 00, which must be 01 to 12"),
        ("2015-02-30", "2015-02-30 has day 30, but February 2015 has 28 days"),
        ("2015-02-00", "2015-02-00 has day 00, but February 2015 has 28 days"),
        ("2016/2015", "the interval 2016/2015 ends before it begins"),
    ],
)
def test_says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message + "$"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2.11.2015", "NO", "", "..", "../..", "/", "2015/", "2015/2016/2017", "0000", "2015-1-2"),
        *("201", "20155", "2015?", "2015~~", "~2015", "2015-11-02T10:00", " 2015", "2015\n"),
        "\uff12\uff10\uff11\uff15",  # digits, but not those of ASCII
    ],
)
def test_refuses_other_forms(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a date: .* \(write 1993, 1993-10, "):
        parse(text)


def facets(value: Date) -> tuple[object, ...]:
    return value.year, value.month, value.is_interval, value.days


def test_facets() -> None:
    assert facets(parse("1993-10-23")) == (1993, 10, False, (date(1993, 10, 23),) * 2)
    assert facets(parse("../1993-10")) == (1993, None, True, None)
    assert facets(parse("1993-10-23~")) == (1993, 10, False, None)
    assert facets(parse("1993/..")) == (1993, None, True, None)
    assert facets(parse("1993-10-30/1993-11-02")) == (
        1993,
        10,
        True,
        (date(1993, 10, 30), date(1993, 11, 2)),
    )


def test_longer_span_comes_first() -> None:
    texts = ["1993-01-01", "1993-01", "1993", "1993/1994", "1992-12-31"]
    order = sorted(map(parse, texts), key=lambda value: value.key)
    assert [value.text for value in order] == [
        *("1992-12-31", "1993/1994"),
        *("1993", "1993-01", "1993-01-01"),
    ]
