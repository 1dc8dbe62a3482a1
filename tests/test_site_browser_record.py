"""Record pages and the shell of the site in a real browser, built from the miniature record."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
RECORDS = [
    "events/2015-11-02-kerry-astana/",
    "agreements/2015-legal-assistance-treaty/",
    "commitments/2015-regional-trade/",
    "people/erlan-idrissov/",
    "organizations/air-astana/",
    "sources/state-department/",
    "404.html",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(served: str) -> str:
    return served + "/"


class Visit:
    """A page with what it asked for and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


PAPER = {"light": "rgb(253, 252, 250)", "dark": "rgb(21, 24, 29)"}


def paper(page: Page) -> str:
    """The colour behind the text."""
    return str(page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"))


@pytest.mark.parametrize(("palette", "width"), [("light", 390), ("dark", 1440)])
def test_record_pages_are_accessible_and_fit(
    browser: Browser, address: str, palette: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    # axe is put into the page from outside, which the page's own policy would refuse.
    with browser.new_context(viewport=size, color_scheme=palette, bypass_csp=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for path in RECORDS:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert paper(page) == PAPER[palette]
            found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_record_pages_ask_for_nothing_elsewhere_and_keep_to_their_policy(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as context:
        visit = Visit(context.new_page())
        for path in RECORDS:
            visit.page.goto(address + path, wait_until="load")
            visit.page.wait_for_timeout(300)
        assert not [url for url in visit.requests if not url.startswith(address)]
        assert not [url for url in visit.requests if url.endswith("search_index.json")]
        assert not visit.complaints


def test_a_smuggled_script_does_not_run(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + RECORDS[0])
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'),"
            " {textContent: 'window.smuggled = true'}))"
        )
        assert page.evaluate("window.smuggled === undefined")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Yerlan Idrisov", "Erlan Idrissov"),
        ("ыдырысов", "Erlan Idrissov"),
        ("Yerlan Idrissov", "Erlan Idrissov"),
        ("16-1206", "Legal assistance treaty"),
        ("Kerry", "John Kerry"),
        ("Nur-Sultan", "Places"),
        ("Керри", "John Kerry"),  # no record has it so
        ("Джон Керри", "John Kerry"),
        ("Нур-Султан", "Places"),  # noqa: RUF001 - Cyrillic is what is tested
    ],
)
def test_the_search_finds(browser: Browser, address: str, words: str, title: str) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        visit = Visit(context.new_page())
        page = visit.page
        page.goto(address + "?q=" + words)
        first = page.wait_for_selector(".md-search-result__item h1")
        assert first
        assert first.inner_text() == title
        assert [url for url in visit.requests if url.endswith("search_index.json")]
        assert not visit.complaints


def test_the_page_for_a_wrong_address_searches(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + "404.html")
        page.fill("input[type=search]", "Idrissov")
        page.click("article button")
        assert page.wait_for_selector(".md-search-result__item h1")


def test_all_sections_are_reached_by_keyboard_without_scripts(
    browser: Browser, address: str
) -> None:
    size = {"width": 390, "height": 800}
    with browser.new_context(viewport=size, java_script_enabled=False) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address + RECORDS[0])
        page.focus(".kz-menu summary")
        page.keyboard.press("Enter")
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(address + "timeline/")
        page.goto(address + RECORDS[0])
        assert page.locator(".kz-footer nav a").count() >= 12


def test_a_note_says_its_source_under_focus_and_leads_to_it(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(address + RECORDS[0])
        note = page.locator(".kz-note a[data-note]").first
        note.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        shown = note.evaluate("e => getComputedStyle(e, '::after').content")
        assert shown == '"' + (note.get_attribute("data-note") or "") + '"'
        page.keyboard.press("Enter")
        assert page.url.endswith("#source-1")


def test_the_palette_is_kept(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(address + RECORDS[0])
        assert paper(page) == PAPER["light"]
        page.click(".kz-palette")
        assert paper(page) == PAPER["dark"]
        page.goto(address + RECORDS[1])
        assert paper(page) == PAPER["dark"]
        page.click(".kz-palette")
        assert paper(page) == PAPER["light"]


def test_the_dark_palette_needs_no_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert paper(page) == PAPER["dark"]
        assert page.locator(".kz-palette").is_hidden()
        page.emulate_media(media="print")
        assert paper(page) == "rgb(255, 255, 255)"


def test_a_printed_page_has_its_sources_and_no_chrome(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto(address + RECORDS[0])
        for hidden in (".md-header", ".kz-footer", ".kz-tools", ".kz-strip"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert page.locator(".kz-source-list").is_visible()


def test_nothing_is_cut_off_on_paper(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 720, "height": 1000}) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        for path in ("commerce/", "data/", "people/", "timeline/"):
            page.goto(address + path)
            boxes = page.locator(".kz-scroll")
            assert set(
                boxes.evaluate_all("all => all.map(e => getComputedStyle(e).overflowX)")
            ) <= {"visible"}
            assert page.evaluate("document.documentElement.scrollWidth") <= 720, path


def test_the_citation_is_copied(browser: Browser, address: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(address + RECORDS[0])
        page.click("summary:has-text('Cite')")
        page.click("[data-copy]")
        page.wait_for_selector("[data-copy]:has-text('Copied')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "Visit of the Secretary of State to Astana" in copied


def test_the_address_is_copied_where_nothing_can_be_shared(browser: Browser, address: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.add_init_script("Object.defineProperty(navigator, 'share', {value: undefined})")
        page.goto(address + RECORDS[0] + "#sources")
        page.click("text=Copy the link")
        page.wait_for_selector("[data-share]:has-text('Copied')")
        assert page.evaluate("navigator.clipboard.readText()") == address + RECORDS[0]


def test_the_weight_of_a_first_visit(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        bodies: list[bytes] = []
        page.on("requestfinished", lambda request: bodies.append(request.response().body()))  # type: ignore[union-attr]
        page.goto(address + RECORDS[0], wait_until="load")
        page.wait_for_timeout(500)
        assert sum(len(gzip.compress(body)) for body in bodies) <= 120_000
