"""The registers of agreements, promises, disagreements and sources, as values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.views import registers, sources
from records import AS_OF, change

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEWER = """\
# data/agreements/2016-newer.yaml
title: A newer treaty
short_title: Newer treaty
type: treaty
parties: [US, KZ, Mars]
pillars: [commitments]
supersedes: [2015-legal-assistance-treaty]
sources: [state-2015-statement]
"""


@pytest.fixture
def dataset(mini: Path) -> Dataset:
    change(mini, NEWER)
    found, problems = load(mini, as_of=AS_OF)
    assert [p for p in problems if p.level == "error"] == []
    return found


def test_agreements_with_life_state_and_what_replaced_what(dataset: Dataset) -> None:
    old, new = registers.agreement_rows(dataset)
    assert (old.entry.type, old.state.code) == ("treaty", "in-force")
    assert [bar.kind for bar in old.life] == ["open", "sure"]
    assert [link.title for link in old.superseded_by] == ["Newer treaty"]
    assert [link.title for link in new.supersedes] == ["Legal assistance treaty"]
    assert (new.state.code, new.life) == ("unknown", ())
    assert registers.life_axis(dataset).last == AS_OF


def test_promises_are_listed_with_the_latest_first(dataset: Dataset) -> None:
    assert [entry.id for entry in registers.commitment_rows(dataset)] == ["2015-regional-trade"]


def test_not_assessed_is_counted_first_and_by_itself(dataset: Dataset) -> None:
    counts = [(key, count) for key, _, _, count in registers.outcomes(dataset)]
    assert counts[0] == ("not-assessed", 0)
    assert dict(counts)["delivered"] == 1


def test_disagreements_by_topic(dataset: Dataset) -> None:
    found = registers.disputes(dataset)
    assert list(found) == ["Number", "Claim"]
    (number,) = found["Number"]
    assert number.id == "2015-11-02-kerry-astana-1"
    assert [link.id for link in number.refs] == ["2015-11-02-kerry-astana"]
    (across,) = found["Claim"]
    assert across.id == "first-to-recognize"


def test_publishers_with_the_number_of_their_sources(dataset: Dataset) -> None:
    counts = [(publisher.id, count) for publisher, count in sources.publishers(dataset)]
    assert counts == [("statistics-office", 1), ("state-department", 1)]


def test_what_rests_on_one_source_alone(dataset: Dataset) -> None:
    found = sources.alone(dataset)
    assert list(found) == ["official", "primary"]
    (row,) = found["official"]
    assert [link.id for link in row.alone] == ["us-goods-exports-to-kz"]
    assert row.source.publisher == "statistics-office"


@pytest.mark.browser
class TestFilters:
    """What filter.js does on the pages of promises and agreements."""

    def rows(self, page: Page) -> int:
        return page.locator("[data-row]:visible").count()

    def test_a_choice_stands_in_the_address(self, page: Page, served: str) -> None:
        page.goto(f"{served}/commitments/")
        assert self.rows(page) == 1
        page.get_by_label("Outcome").select_option("stalled")
        assert (self.rows(page), page.url.rpartition("?")[2]) == (0, "status=stalled")
        page.goto(page.url)
        assert page.get_by_label("Outcome").input_value() == "stalled"
        assert page.locator(".kz-count").inner_text().startswith("0 of 1 promises")

    def test_an_empty_result_says_which_filter_to_lift(self, page: Page, served: str) -> None:
        page.goto(f"{served}/commitments/?status=stalled&side=US")
        page.get_by_role("button", name="Outcome: Stalled").press("Enter")
        assert (self.rows(page), page.url.rpartition("?")[2]) == (1, "side=US")
        page.get_by_role("button", name="Show all").click()
        page.wait_for_url(f"{served}/commitments/")

    def test_an_outcome_is_large_enough_to_be_hit(self, page: Page, served: str) -> None:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{served}/commitments/")
        box = page.locator("a.kz-state").first.bounding_box()
        assert box
        assert box["height"] >= 24  # CSS pixels: WCAG 2.2, 2.5.8

    def test_on_a_phone_a_button_shows_all_fields(self, page: Page, served: str) -> None:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{served}/commitments/")
        button = page.get_by_role("button", name="Filters")
        assert page.get_by_label("Words").is_visible()
        assert not page.get_by_label("Outcome").is_visible()
        button.press("Enter")
        assert page.get_by_label("Outcome").is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        button.click()
        assert not page.get_by_label("Outcome").is_visible()
        page.goto(f"{served}/commitments/?status=stalled")  # what is chosen is never hidden
        assert page.get_by_label("Outcome").is_visible()

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("from=2016", 1),
            ("to=2014", 0),
            ("words=16-1206", 1),
            ("state=in-force&type=treaty", 1),
            ("pillar=commerce", 0),
            ("state=no-such-state", 1),
        ],
    )
    def test_an_address_is_a_view(self, page: Page, served: str, query: str, found: int) -> None:
        page.goto(f"{served}/agreements/?{query}")
        assert self.rows(page) == found
