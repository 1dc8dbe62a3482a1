"""Hostile text in every field: shown as the text it is, in a real browser and in each file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hostile_record import TEXTS, harmless, hostile
from site_builder import build, repository
from web import addresses, served, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# What a page is made of: each element with its attributes' names, its class and its parent. What
# stands before and after a record depends on its title, so one may be the first.
STRUCTURE = """root => {
  const count = {}, around = ":is([rel=prev], [rel=next])"
  const left = `*:not(${around}, ${around} > span:first-child, .kz-strip-row > p)`
  for (const e of root.querySelectorAll(left)) {
    const names = e.getAttributeNames().sort().join(" ")
    const name = `${e.parentElement?.tagName} > ${e.tagName} [${names}] .${e.getAttribute("class")}`
    count[name] = (count[name] ?? 0) + 1
  }
  return count
}"""
ASK = f"""async address => {{
  const text = await (await fetch(address)).text()
  return ({STRUCTURE})(new DOMParser().parseFromString(text, "text/html"))
}}"""
LIVE = ["timeline/", "on/", "people/", "agreements/", "commitments/", "dialogue/", "sources/", ""]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site of the hostile record, and that of its harmless twin."""
    folders = []
    for name, texts in (("hostile", TEXTS), ("harmless", tuple(map(harmless, TEXTS)))):
        folder = tmp_path_factory.mktemp(name) / "repo"
        hostile(repository(folder, data=False), texts)
        folders.append(build(folder, KZUS_SITE_URL="https://record.example/"))
    return folders[0], folders[1]


@pytest.fixture(scope="module")
def bases(sites: tuple[Path, Path]) -> Iterator[list[str]]:
    with served(sites[0]) as one, served(sites[1]) as other:
        yield [one, other]


def test_no_element_appears_that_the_template_did_not_make(
    sites: tuple[Path, Path], bases: list[str], browser: Browser
) -> None:
    pages = addresses(sites[0])
    assert pages == addresses(sites[1])
    assert len(pages) > 8 * len(TEXTS)
    found = []
    for base in bases:
        with watched(browser, base) as (page, _):
            page.goto(base + "404.html")
            found.append([page.evaluate(ASK, base + address) for address in pages])
    differ = {
        address: dict(Counter(one) - Counter(other)) or dict(Counter(other) - Counter(one))
        for address, one, other in zip(pages, *found, strict=True)
        if one != other
    }
    assert not differ, json.dumps(differ, indent=1)[:3000]


def test_no_script_runs(sites: tuple[Path, Path], bases: list[str], browser: Browser) -> None:
    """Without the policy, which would stop most: the text alone must be harmless."""
    with watched(browser, bases[0], bypass_csp=True) as (page, happened):
        for address in dangerous(sites[0]):
            page.goto(bases[0] + address)
            assert page.evaluate("window.hacked") is None, address
            links = page.evaluate("[...document.links].map(link => link.protocol)")
            assert set(links) <= {"http:", "https:"}, address
        assert not happened


def dangerous(site: Path) -> list[str]:
    """The pages of all kinds whose text holds scripts, and those that list many records."""
    numbers = {f"-{n:02}/" for n, text in enumerate(TEXTS) if "hacked" in text}
    return [a for a in addresses(site) if a[-4:] in numbers or not a[-3:-1].isdigit()]


@pytest.mark.parametrize("address", LIVE)
def test_scripts_of_the_site_make_the_same_of_both(
    bases: list[str], browser: Browser, address: str
) -> None:
    found = []
    for base in bases:
        with watched(browser, base, bypass_csp=True) as (page, happened):
            page.goto(base + address, wait_until="networkidle")
            operate(page)
            assert page.evaluate("window.hacked") is None
            found.append(page.evaluate(f"({STRUCTURE})(document)"))
            assert not happened
    assert found[0] == found[1]


def operate(page: Page) -> None:
    """Type into every field and press every button of the page's own content."""
    for field in page.locator("article input[type=search], article input[type=text]").all():
        if field.is_visible():
            field.fill("no text has this")
            field.fill("")
    for button in page.locator("article button").all():
        if button.is_visible():
            button.click()


def test_search_shows_text_as_text(bases: list[str], browser: Browser) -> None:
    found = []
    for base in bases:
        with watched(browser, base, bypass_csp=True) as (page, happened):
            shown = search(page, base, "window x list script")
            assert page.evaluate("window.hacked") is None
            assert not happened
            found.append(shown)
    assert found[0]
    kinds = [{part for part in shown if "MARK" not in part} for shown in found]
    assert kinds[0] == kinds[1]


def search(page: Page, base: str, words: str) -> dict[str, int]:
    page.goto(base, wait_until="networkidle")
    page.evaluate("document.querySelector('#__search').click()")
    page.locator("form[name=search] input[name=query]").press_sequentially(words, delay=20)
    page.wait_for_selector(".md-search-result__item", timeout=90_000)
    page.wait_for_timeout(300)
    result: dict[str, int] = page.evaluate(
        f"({STRUCTURE})(document.querySelector('.md-search-result__list'))"
    )
    return result


def test_text_stands_on_its_page_as_it_is(
    sites: tuple[Path, Path], bases: list[str], browser: Browser
) -> None:
    with watched(browser, bases[0]) as (page, _):
        for number, text in enumerate(TEXTS):
            for address in ("events/2015-11-02-kerry-astana", "organizations/air-astana"):
                page.goto(f"{bases[0]}{address}-{number:02}/")
                heading = page.locator("h1").first.text_content() or ""
                assert heading.strip() == text
                assert page.title().startswith(text)
                facts = page.locator(".kz-statements li").all_text_contents()
                assert any(text in fact for fact in facts), (address, text, facts)


def test_structured_data_holds_the_text(sites: tuple[Path, Path]) -> None:
    for number, text in enumerate(TEXTS):
        page = (sites[0] / f"events/2015-11-02-kerry-astana-{number:02}/index.html").read_text()
        start = page.index('<script type="application/ld+json">')
        raw = page[page.index(">", start) + 1 : page.index("</script>", start)]
        found: dict[str, Any] = json.loads(raw)
        assert text in json.dumps(found, ensure_ascii=False) or text in values(found)


def values(node: object) -> list[object]:
    if isinstance(node, dict):
        return [item for value in node.values() for item in values(value)]
    if isinstance(node, list):
        return [item for value in node for item in values(value)]
    return [node]


def test_markdown_twins_hold_no_markup(sites: tuple[Path, Path]) -> None:
    twins = sorted(sites[0].rglob("*.md"))
    assert len(twins) >= 8 * len(TEXTS)
    for twin in twins:
        _, matter, text = twin.read_text().split("---\n", 2)
        assert set(yaml.safe_load(matter)) >= {"title"}
        assert not set(text) & set("<{}")
        assert "](javascript:" not in text
