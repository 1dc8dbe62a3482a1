"""Any date in a browser: the same answers as the views give, and the page's own working."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.views import on
from records import AS_OF

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DAYS = (
    "2014-01-01",
    "2014-12-10",
    "2015-11-02",
    "2015-11-05",
    "2016-06-30",
    "2016-12-10",
    "2017-01-31",
)


@pytest.fixture(scope="module")
def dataset(richer: Path) -> Dataset:
    return load(richer, as_of=AS_OF)[0]


def shown(page: Page) -> list[str]:
    """The text of each block, spaces made equal."""
    texts = page.locator(".on-block").evaluate_all("all => all.map(one => one.textContent)")
    return [re.sub(r"\s+", "", text) for text in texts]


@pytest.mark.parametrize("day", DAYS)
def test_the_script_answers_as_the_views_do(
    page: Page, served: str, dataset: Dataset, day: str
) -> None:
    expected = on.answer(dataset, date.fromisoformat(day))
    page.goto(f"{served}/on/?date={day}")
    page.wait_for_load_state("networkidle")
    held = [h.ref.title for post in expected.posts for h in post.holders]
    assert sorted(page.locator(".on-one a").all_text_contents()) == sorted(held)
    counts = page.locator(".on-block summary strong").all_text_contents()
    assert counts == [str(len(expected.in_force)), str(len(expected.not_shown))]
    blocks = page.locator(".on-block")
    around = (expected.last_session, expected.next_session)
    sessions = [event.title for event in (*expected.sessions, *around) if event]
    assert blocks.nth(2).locator("a").all_text_contents() == sessions
    assert blocks.nth(3).locator("a").all_text_contents() == [e.title for e in expected.around]
    assert blocks.nth(4).locator("a").all_text_contents() == [e.title for e in expected.same_day]


def test_built_page_and_script_say_the_same(page: Page, served: str) -> None:
    page.goto(f"{served}/on/")
    built = shown(page)
    page.locator(".on-answer").evaluate("one => one.replaceChildren()")
    page.goto(f"{served}/on/?date={AS_OF.isoformat()}")
    page.wait_for_load_state("networkidle")
    assert shown(page) == built
    links = page.locator(".on-answer a").evaluate_all("all => all.map(one => one.href)")
    for address in set(links):
        assert page.request.get(address).ok, address


def test_steps_move_the_day_and_the_address(page: Page, served: str) -> None:
    page.goto(f"{served}/on/?date=2016-03-31")
    for name, day in (
        ("\N{MINUS SIGN}1 month", "2016-02-29"),
        ("+1 year", "2017-01-31"),
        ("\N{MINUS SIGN}1 day", "2017-01-30"),
    ):
        page.get_by_role("button", name=name).click()
        assert page.get_by_label("Day", exact=True).input_value() == day
        assert page.url.endswith(f"?date={day}")
    expect(page.locator(".on-day strong")).to_have_text("30 January 2017")


def test_a_day_that_is_none_is_told(page: Page, served: str) -> None:
    page.goto(f"{served}/on/?date=2016-02-31")
    assert "is no day" in page.locator(".on-day").inner_text()


def test_a_year_has_a_page_of_its_own(page: Page, served: str) -> None:
    page.goto(f"{served}/on/2016/")
    assert page.get_by_role("heading", level=1).inner_text().endswith("in 2016")
    assert page.locator(".on-one a").all_text_contents() == [
        *("John Kerry", "Erlan Idrissov", "Aliya Example"),
    ]
    assert "Something in 2016" not in page.locator(".on").inner_text()
