"""Timeline, posts, any day, overview and people, as values."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.views import on, overview, parallel, people, posts, timeline
from kzus.views.changes import Learned
from kzus.views.meaning import Change
from records import AS_OF, change
from site_fixtures import MORE


@pytest.fixture
def dataset(mini: Path) -> Dataset:
    change(mini, MORE)
    found, problems = load(mini, as_of=AS_OF)
    assert [p for p in problems if p.level == "error"] == []
    return found


def minister(dataset: Dataset) -> posts.OfficeView:
    (pair,) = (p for p in posts.pairs(dataset) if p.name == "Foreign ministers")
    assert pair.kz is not None
    return pair.kz


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2010-12-31", []),
        ("2011-06-01", [("Aliya Example", "seen")]),
        ("2012-09-27", []),
        ("2012-09-28", [("Erlan Idrissov", "held")]),
        ("2016-06-01", [("Erlan Idrissov", "perhaps")]),
        ("2016-12-20", [("Erlan Idrissov", "perhaps"), ("Aliya Example", "perhaps")]),
        ("2017-01-01", [("Aliya Example", "held")]),
    ],
)
def test_who_held_a_post(dataset: Dataset, day: str, expected: list[tuple[str, str]]) -> None:
    found = posts.holders(minister(dataset), date.fromisoformat(day))
    assert [(h.ref.title, h.level) for h in found] == expected


def test_an_open_end_closes_when_another_has_begun(dataset: Dataset, mini: Path) -> None:
    change(mini, "# data/people/erlan-idrissov.yaml\noffices:\n  - office: foreign-minister-kz\n"
                 "    title: Minister\n    from: 2012-09-28\n")  # fmt: skip
    view = minister(load(mini, as_of=AS_OF)[0])
    on_last = posts.holders(view, date(2016, 12, 30))
    assert (on_last[0].ref.title, on_last[0].level) == ("Erlan Idrissov", "held")
    after = posts.holders(view, date(2017, 1, 1))
    assert [h.ref.title for h in after] == ["Aliya Example"]


def test_all_days_at_once_answer_as_one_day_does(dataset: Dataset) -> None:
    turning = on.turning(dataset)
    for number in range(0, 2500, 3):
        day = date(2010, 6, 1) + timedelta(days=number)
        answer = on.answer(dataset, day)
        for post, (same, turns) in zip(answer.posts, turning.posts, strict=True):
            assert post.id == same.id
            assert post.holders == _at(turns, day, ())
        states = [_at(turns, day, None) for _, turns in turning.agreements]
        assert [s for s in states if s and s.code == "in-force"] == list(answer.in_force)
        assert [s for s in states if s and s.code == "not-shown"] == list(answer.not_shown)


def _at(turns: tuple[tuple[date, Any], ...], day: date, otherwise: Any) -> Any:
    place = bisect_right(turns, day, key=lambda turn: turn[0])
    return turns[place - 1][1] if place else otherwise


def test_a_day_knows_its_week_its_sessions_and_its_other_years(dataset: Dataset) -> None:
    answer = on.answer(dataset, date(2015, 11, 5))
    assert [e.id for e in answer.around] == ["2015-11-02-kerry-astana"]
    assert answer.last_session is not None
    assert answer.last_session.id == "2015-11-02-kerry-astana"
    assert answer.next_session is None
    same = on.answer(dataset, date(2016, 12, 10)).same_day
    assert [e.id for e in same] == ["2014-12-10-dialogue-session"]


@pytest.mark.parametrize(
    ("day", "then", "before"),
    [
        ("2015-11-02", ["2015-11-02-kerry-astana"], "2014-12-10-dialogue-session"),
        ("2015-11-03", [], "2015-11-02-kerry-astana"),
        ("2014-12-10", ["2014-12-10-dialogue-session"], None),
        ("2014-01-01", [], None),
    ],
)
def test_a_session_on_the_day_stands_between_the_last_and_the_next(
    dataset: Dataset, day: str, then: list[str], before: str | None
) -> None:
    answer = on.answer(dataset, date.fromisoformat(day))
    assert [event.id for event in answer.sessions] == then
    assert (answer.last_session.id if answer.last_session else None) == before


def test_a_vague_date_is_in_no_week(dataset: Dataset) -> None:
    year = on.of_year(dataset, 2016)
    assert [e.id for e in year.around] == ["2016-12-10-formula"]


def test_an_empty_record_has_no_years(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    empty, _ = load(tmp_path, as_of=AS_OF)
    assert list(on.years(empty)) == []
    assert timeline.strip(empty) == ()
    assert overview.question(empty) is None
    assert overview.latest_meeting(empty) is None
    assert overview.sparks(empty) == ()


def test_the_first_page_tells_the_newest_changes(dataset: Dataset) -> None:
    day, kerry = date(2016, 1, 2), "2015-11-02-kerry-astana"
    changes = tuple(Change("changed", "events", key, "") for key in (kerry, "not-there-now"))
    history = (
        Learned(day, "a", 1, changes),
        Learned(day, "b", 1, (Change("added", "sources", "x", ""),)),
        Learned(day, "c", 900, ()),
    )
    told = [
        (verb, entry and entry.id, words)
        for _, verb, entry, words in overview.lately(dataset, history)
    ]
    assert told[0] == ("changed", kerry, "")
    assert [words for *_, words in told[1:]] == ["adds 1 source", "brings in 900 files at once"]


def test_years_out_of_view_know_how_many_lines_they_need(dataset: Dataset) -> None:
    year = timeline.years(dataset)[0]
    title = year.months[0].rows[0].ref.title
    assert [year.lines(len(title)), year.lines(len(title) - 1)] == [1, 2]


def test_a_line_shows_what_its_headings_do_not(dataset: Dataset) -> None:
    days = {
        row.event.id: row.day for y in timeline.years(dataset) for m in y.months for row in m.rows
    }
    assert days["2016-12-10-formula"] == "10-12"
    assert days["2016-some-day"] == ""
    assert days["2015-11-02-kerry-astana"] == "2"


def test_facets_count_what_they_choose(dataset: Dataset) -> None:
    facets = {facet.key: facet.values for facet in timeline.facets(dataset)}
    assert facets["pillar"] == (
        ("dialogue", "Strategic dialogue", 2),
        ("commitments", "Bilateral commitments", 1),
        ("commerce", "Commercial ties", 2),
    )
    assert [key for key, _, _ in facets["person"]] == ["erlan-idrissov", "john-kerry"]


def test_a_column_says_in_words_what_it_draws(dataset: Dataset) -> None:
    column = timeline.strip(dataset)[-1]
    assert column.words == "2016: 2 events (1 bilateral commitments, 1 commercial ties)"
    assert column.stack == (("commitments", 0, 1), ("commerce", 1, 1))


def test_the_overview_shows_only_who_surely_holds_a_post(dataset: Dataset) -> None:
    (ministers,) = overview.in_office(dataset)
    assert [h.ref.title for h in ministers.kz] == ["Aliya Example"]
    assert ministers.us == ()
    latest = overview.latest_meeting(dataset)
    assert latest is not None
    assert latest.id == "2015-11-02-kerry-astana"
    assert overview.next_meeting(dataset) is None
    assert overview.doors(dataset)["dialogue"].figures == (("2", "rounds"), ("1", "format"))


def test_who_met_and_what_they_are_known_for(dataset: Dataset) -> None:
    assert people.met(dataset) == ()  # once is not shown
    sides = {side: rows for side, _, rows in people.by_side(dataset)}
    known_for = [(person, people.main_post(dataset, person)) for person in sides["KZ"]]
    assert [(person.name, posts.span(post)) for person, post in known_for if post] == [
        ("Aliya Example", "since December 2016"),
        ("Erlan Idrissov", "28 September 2012 to 2016"),
    ]


def test_bars_of_posts_stand_face_to_face(dataset: Dataset) -> None:
    (pair,) = posts.pairs(dataset)
    assert (pair.name, [side for side, _ in pair.sides]) == ("Foreign ministers", ["US", "KZ"])
    assert pair.kz is not None
    kinds = [bar.kind for mark in parallel.marks(dataset, pair.kz) for bar in mark.bars]
    assert kinds[-1] == "open"


def test_a_post_is_drawn_alike_among_others_and_on_its_holders_page(dataset: Dataset) -> None:
    line = parallel.axis(dataset)
    (pair,) = posts.pairs(dataset)
    assert pair.kz is not None
    drawn = [mark.bars for mark in parallel.marks(dataset, pair.kz)]
    alone = [parallel.of_post(dataset, held.tenure, line) for held in pair.kz.holders]
    assert drawn == alone
    assert drawn[-1][-1].x + drawn[-1][-1].width == pytest.approx(100)
