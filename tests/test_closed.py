"""No page asks another host for anything, and all works under the policy that forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from site_builder import ROOT, build, repository
from web import addresses, served, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POLICY = '<meta http-equiv="Content-Security-Policy" content="'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository(tmp_path_factory.mktemp("closed") / "repo"))


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def test_every_page_has_the_policy_before_all_that_it_governs(site: Path) -> None:
    for file in site.rglob("*.html"):
        html = file.read_text()
        assert html.count(POLICY) == 1, file
        policy = html[html.index(POLICY) + len(POLICY) :].partition('"')[0]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        assert "http" not in policy
        before = html[: html.index(POLICY)]
        assert not re.search(r"<(script|link|style|img)\b", before), file


def test_no_page_names_another_host_but_in_links(site: Path) -> None:
    loads = re.compile(
        r'<(?!a\b|link rel="canonical")[a-z]+ [^>]*\b(?:src|href|action)="(?:https?:)?//'
    )
    for file in (*site.rglob("*.html"), *site.rglob("*.css")):
        text = file.read_text()
        assert not loads.search(text), file
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", text), file
        assert not re.search(r"@import", text), file


@pytest.mark.browser
def test_every_page_works_without_other_hosts_or_complaints(
    site: Path, base: str, browser: Browser
) -> None:
    with watched(browser, base) as (page, happened):
        for address in addresses(site):
            page.goto(base + address, wait_until="load")
        page.wait_for_load_state("networkidle")
        assert not happened


@pytest.mark.browser
def test_search_palette_and_filters_work_under_the_policy(base: str, browser: Browser) -> None:
    with watched(browser, base, color_scheme="light") as (page, happened):
        page.goto(base, wait_until="networkidle")
        search(page, "Astana")
        page.goto(base)
        page.click(".kz-palette")
        assert page.evaluate("document.documentElement.dataset.palette") == "dark"
        for address in ("timeline/", "agreements/", "commitments/", "sources/", "on/"):
            page.goto(base + address, wait_until="networkidle")
            for field in page.locator("article input[type=search]").all():
                if field.is_visible():
                    field.fill("treaty")
        assert not happened


def search(page: Page, words: str) -> None:
    page.evaluate("document.querySelector('#__search').click()")
    page.locator("form[name=search] input[name=query]").press_sequentially(words, delay=30)
    page.wait_for_selector(".md-search-result__item")


@pytest.mark.browser
def test_the_policy_stops_a_script_that_someone_smuggles_in(
    site: Path, browser: Browser, tmp_path: Path
) -> None:
    html = (site / "404.html").read_text()
    (tmp_path / "index.html").write_text(
        html.replace(
            "</body>", "<script>window.hacked=1</script><img src=x onerror=hacked=1></body>"
        )
    )
    with served(tmp_path) as base, watched(browser, base) as (page, happened):
        page.goto(base)
        page.wait_for_timeout(100)
        assert page.evaluate("window.hacked") is None
        assert any("Content Security Policy" in text for text in happened)


def test_no_secret_stands_in_the_repository() -> None:
    secret = re.compile(
        r"gh[pousr]_\w{30}|github_pat_\w|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|xox[abp]-"
    )
    for folder in ("scripts", "docs", ".github", ".ci", "data"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file():
                assert not secret.search(file.read_text(encoding="utf-8", errors="ignore")), file
    for file in (ROOT / ".github/workflows").glob("*.yml"):
        assert "secrets." not in file.read_text(), file
