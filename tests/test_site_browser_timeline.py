"""The timeline in a browser: filters, the address, files, many lines."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    return page.locator(".tl-row:visible a").all_text_contents()


def count(page: Page) -> str:
    return page.locator(".tl-count").inner_text()


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"button[name={name}]").click()
    return Path(download.value.path()).read_bytes()


def test_newest_first_and_oldest_on_demand(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline/")
    newest = titles(page)
    assert newest[0].startswith("=HYPERLINK")
    page.get_by_label("Order").select_option("oldest")
    assert titles(page) == newest[::-1]
    assert page.url.endswith("?order=oldest")


def test_a_filter_counts_and_stands_in_the_address(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline/")
    page.get_by_label("Person").select_option("erlan-idrissov")
    assert titles(page) == ["Third session of the strategic partnership dialogue"]
    assert count(page) == "1 of 4 events"
    page.goto(page.url)
    assert count(page) == "1 of 4 events"
    place = page.locator("select[name=place] option[value=astana]")
    expect(place).to_have_text("Astana (0)")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2016", 2),
        ("to=2014", 1),
        ("disputed=yes", 1),
        ("words=KERRY+astana", 1),
        ("pillar=commerce&type=visit", 1),
        ("place=nowhere", 4),
    ],
)
def test_an_address_is_a_view(page: Page, served: str, query: str, found: int) -> None:
    page.goto(f"{served}/timeline/?{query}")
    assert len(titles(page)) == found


def test_an_empty_result_says_which_filter_to_lift(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline/?place=astana&words=session")
    assert titles(page) == []
    says = page.locator(".tl-none")
    assert "Lift a filter" in says.inner_text()
    assert page.locator("button[name=csv]").is_disabled()
    says.get_by_role("button", name="place “Astana”").press("Enter")
    assert len(titles(page)) == 1
    assert says.is_hidden()
    page.get_by_role("button", name="Reset").click()
    assert count(page) == "4 events"
    assert page.url.endswith("/timeline/")


def test_csv_holds_the_selection_and_no_formula(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline/?from=2016")
    lines = list(csv.DictReader(io.StringIO(saved(page, "csv").decode())))
    assert [line["id"] for line in lines] == ["2016-12-10-formula", "2016-some-day"]
    assert lines[0]["title"].startswith("'=HYPERLINK")
    assert lines[0]["date"] == "2016-12-10/2016-12-12"
    assert lines[0]["address"] == f"{served}/events/2016-12-10-formula/"


def test_calendar_holds_what_has_a_day(page: Page, served: str) -> None:
    page.goto(f"{served}/timeline/?from=2016")
    assert count(page) == "2 of 4 events"
    expect(page.locator("button[name=ics]")).to_have_text("Save as calendar (1 with a day)")
    text = saved(page, "ics")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == ["2016-12-10-formula@kzus"]
    assert events[0].decoded("DTEND").isoformat() == "2016-12-13"
    assert str(events[0]["SUMMARY"]) == '=HYPERLINK("x"), a deal, and more'


def test_all_by_keyboard_and_filters_fold_on_a_phone(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{served}/timeline/")
    pillar = page.get_by_label("Pillar")
    assert pillar.is_hidden()
    page.get_by_label("Words, names, places").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert pillar.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Comm")
    assert len(titles(page)) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_whole_without_scripts(page: Page, served: str) -> None:
    assert page.context.browser is not None
    bare = page.context.browser.new_context(java_script_enabled=False).new_page()
    bare.goto(f"{served}/timeline/")
    assert bare.locator(".tl-row").count() == 4
    assert bare.locator(".tl-form").is_hidden()
    bare.context.close()


def _many(html: str, number: int) -> str:
    """The page with so many lines: copies of one, over the years that it has."""
    row = re.search(r"<li class=\"tl-row\".*?</li>", html, re.DOTALL)
    assert row is not None
    years = html.count('<section class="tl-year"')
    each = [row[0].replace("</a>", f"{n}</a>") for n in range(number // years)]
    month = re.compile(r'(<div class="tl-month">.*?<ul>).*?(</ul></div>\s*</section>)', re.DOTALL)
    return month.sub(lambda found: found[1] + "".join(each) + found[2], html)


def test_two_thousand_lines_are_filtered_with_each_letter(page: Page, served: str) -> None:
    """How quickly is measured by `scripts/bench.py filter`."""

    def answer(route: Route) -> None:
        answered = route.fetch()
        route.fulfill(response=answered, body=_many(answered.text(), 2000))

    page.route("**/timeline/", answer)
    page.goto(f"{served}/timeline/")
    names = [name.lower() for name in titles(page)]
    assert len(names) >= 1990
    field = page.get_by_label("Words")
    field.fill("more5")
    for words in ("more55", "more555"):
        field.press_sequentially(words[-1])
        left = [name for name in names if words in name]
        assert 0 < len(left) < len(names)
        assert len(titles(page)) == len(left)
        assert count(page) == f"{len(left)} of {len(names)} events"


def test_the_questions_are_filtered_and_the_rest_of_the_page_stays(page: Page, served: str) -> None:
    page.goto(f"{served}/disputes/")
    questions = page.locator(".kz-dispute:visible h3")
    assert questions.count() == 2
    page.get_by_label("Words").fill("fourth")
    expect(questions).to_have_text(["Which session was it?"])
    assert page.url.endswith("?words=fourth")
    assert page.locator("[data-group] h2:visible").all_inner_texts() == ["Number"]
    page.get_by_label("Kind").select_option("claim")
    expect(questions).to_have_count(0)
    page.get_by_role("button", name="Words: fourth").click()
    expect(page.locator("#filter-status")).to_have_text("1 of 2")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("disputes/?kind=nothing&words=fourth", "Kind “nothing”"),
        ("timeline/?theme=nothing&to=2014&order=odd", "theme “nothing”, order “odd”"),
    ],
)
def test_what_an_address_asks_for_in_vain_is_told(
    page: Page, served: str, path: str, told: str
) -> None:
    page.goto(f"{served}/{path}")
    words = f"The address asks for {told}, which is no choice here and is left out."
    expect(page.get_by_text(words)).to_be_visible()
    assert page.locator("[data-row]:visible, .tl-row:visible").count() == 1
