"""Finished pages, judged by programs of others: the Nu HTML Checker, lychee, axe."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checkers import AXE, VNU, installed, need
from site_builder import ROOT, build, repository, run
from web import served, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# The checker knows these properties of SVG 2 and CSS Images 4 not yet; browsers do.
UNKNOWN = (
    *("“vector-effect”", "“paint-order”", "“r”"),
    "too few values for the property “linear-gradient”",
    "“mask”: Too many values",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature record."""
    repo = repository(tmp_path_factory.mktemp("valid") / "repo")
    return build(repo, KZUS_SITE_URL="https://record.example/")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real record: that at $KZUS_SITE, or else built here."""
    if found := os.environ.get("KZUS_SITE"):
        return Path(found)
    target = tmp_path_factory.mktemp("real")
    done = run(ROOT, "mkdocs", "build", "-q", "-d", str(target), KZUS_CACHE=str(target / "cache"))
    assert done.returncode == 0, done.stderr
    (target / "cache").unlink()
    return target


def nu(*arguments: str | Path) -> list[str]:
    """The errors that the Nu HTML Checker finds."""
    need("java", VNU)
    command = ["java", "-Xss4m", "-jar", VNU, "--errors-only", "--format", "gnu", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if line.strip()]


def test_pages_of_the_miniature_are_valid(site: Path) -> None:
    assert nu("--skip-non-html", site) == []


@pytest.mark.record
def test_pages_of_the_record_are_valid(real: Path) -> None:
    assert nu("--skip-non-html", real) == []


def test_the_checker_finds_what_is_wrong(site: Path, tmp_path: Path) -> None:
    page = (site / "index.html").read_text().replace("</main>", '<p id="x"><p id="x"></i></main>')
    (tmp_path / "index.html").write_text(page)
    assert len(nu(tmp_path / "index.html")) >= 2


def test_styles_are_valid() -> None:
    found = nu("--css", *sorted((ROOT / "docs/assets").glob("*.css")))
    assert [line for line in found if not any(known in line for known in UNKNOWN)] == []


def broken_links(folder: Path) -> set[tuple[str, str]]:
    """Links and anchors within a site that lead nowhere, as (page, target)."""
    options = ["--offline", "--include-fragments", "--index-files", "index.html"]
    options += ["--root-dir", str(folder), "--format", "json", "--no-progress", "--no-ignore"]
    command = [installed("lychee"), *options, f"{folder}/**/*.html"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["successful"] + found["excludes"] + found["errors"] == found["total"]
    assert found["errors"] == 0 or done.returncode == 2
    root = folder.as_uri()
    return {
        (Path(page).relative_to(folder).as_posix(), link["url"].removeprefix(f"{root}/"))
        for page, links in found["error_map"].items()
        for link in links
    }


def test_links_of_the_miniature_lead_somewhere(site: Path) -> None:
    """All but those to pages that tell of the real record and are left out here."""
    assert {(p, to) for p, to in broken_links(site) if not to.startswith("about/seed")} == set()


@pytest.mark.record
def test_links_of_the_record_lead_somewhere(real: Path) -> None:
    assert broken_links(real) == set()


def test_the_link_checker_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="#no">a</a><a href="no/">b</a><a href="/x#y">c')
    (tmp_path / "x").mkdir()
    (tmp_path / "x/index.html").write_text('<img src="../no.png"><link href="z" rel="stylesheet">')
    targets = {to for _, to in broken_links(tmp_path)}
    assert targets == {"index.html#no", "no", "x#y", "no.png", "x/z"}


def one_of_each(site: Path) -> Iterator[str]:
    """Every section page, and the largest page of each folder of records."""
    pages = [path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")]
    folders: dict[str, list[str]] = {}
    for page in pages:
        folders.setdefault(page.rpartition("/")[0], []).append(page)
    for folder, inside in sorted(folders.items()):
        wanted = inside if len(inside) < 25 and folder in ("", "contribute", "about") else []
        largest = max(inside, key=lambda page: (site / page / "index.html").stat().st_size)
        yield from sorted({*wanted, largest})


@pytest.mark.record
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(real: Path, browser: Browser, scheme: str) -> None:
    need("node", AXE)
    options = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    with served(real) as base, watched(browser, base, **options) as (page, _):
        for address in one_of_each(real):
            page.goto(f"{base}{address}/")
            page.add_script_tag(path=AXE)
            found = page.evaluate(
                "rules => axe.run({runOnly: rules, resultTypes: ['violations'],"
                " rules: {'target-size': {enabled: true}}})",
                RULES,
            )
            told = [
                (address, rule["id"], rule["nodes"][0]["html"][:200], len(rule["nodes"]))
                for rule in found["violations"]
            ]
            assert not told
