"""What every page of the miniature record must have, whatever template makes it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hostile_record import hostile
from kzus.loader import load
from kzus.views.refs import find
from records import MINI, plain
from site_builder import ROOT, build, repository, run

RECORDS = ("events", "agreements", "commitments", "people", "organizations")
FIELDS = ("input", "select", "textarea")
HOSTILE = "<b>{{ 7*7 }}</b> [x](y) *z*"
_ID = re.compile(r'\bid="([^"]+)"|\{ #([\w-]+)[^}]*\}')
_NOTE = re.compile(r'<a href="#source-(\d+)" data-note="([^"]+)">(\d+)</a>')
_LISTS = re.compile(
    r'<div class="kz-(?:statements|claims)[^"]*" markdown>\n(.*?)\n</div>', re.DOTALL
)


def made(repo: Path, folder: Path) -> dict[str, str]:
    """Every page as Markdown, without its front matter, by its path."""
    done = run(repo, "kzus", "pages", str(folder))
    assert done.returncode == 0, done.stderr
    files = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*.md")}
    return {name: text.split("---\n", 2)[2] for name, text in sorted(files.items())}


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("templates") / "repo")


@pytest.fixture(scope="module")
def pages(repo: Path) -> dict[str, str]:
    return made(repo, repo.parent / "pages")


@pytest.fixture(scope="module")
def records(pages: dict[str, str]) -> dict[str, str]:
    return {
        name: text
        for name, text in pages.items()
        if name.startswith(RECORDS) and not name.endswith("/index.md")
    }


def test_a_page_that_names_a_record_follows_it_and_says_what_is_missing(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    page = repo / "docs/about/seed.md"
    page.write_text('# Seed\n\n{{ link(entry("people/j-kerry")) }}\n')
    told = run(repo, "kzus", "pages", str(tmp_path / "pages")).stderr
    assert "docs/about/seed.md:3: error template" in told
    assert "LookupError: the record has no people/j-kerry; did you mean people/john-kerry?" in told
    (repo / "data/redirects.yaml").write_text("moved: {people/j-kerry: people/john-kerry}\n")
    text = made(repo, tmp_path / "pages")["about/seed.md"]
    assert "[John Kerry](../people/john-kerry.md)" in text
    (repo / "data/people/john-kerry.yaml").write_text("name: [\n")
    dataset = load(repo)[0]
    assert find(dataset, "people/j-kerry").title == "john-kerry"  # it is there, but not readable


def test_text_of_records_is_escaped(tmp_path: Path) -> None:
    repo = hostile(repository(tmp_path / "repo", data=False), (HOSTILE,))
    found = {name: text for name, text in made(repo, tmp_path / "pages").items() if "<b>{{" in text}
    assert list(found) == []


def test_every_record_has_one_heading(records: dict[str, str]) -> None:
    for name, text in records.items():
        assert len(re.findall(r"^# \S", text, re.MULTILINE)) == 1, name
    files = {path.stem for kind in RECORDS for path in (MINI / "data" / kind).rglob("*.yaml")}
    assert {Path(name).stem for name in records} == files


def test_every_record_has_the_heading_and_the_list_of_its_sources(records: dict[str, str]) -> None:
    for name, text in records.items():
        _, heading, after = text.partition("\n## Sources { #sources")
        assert heading, name
        assert after.count('<span id="source-') >= 1, name


def test_every_statement_leads_to_its_sources(records: dict[str, str]) -> None:
    seen = 0
    for name, text in records.items():
        for block in _LISTS.findall(text):
            for line in re.findall("^- .*$", block, re.MULTILINE):
                seen += 1
                assert '<span class="kz-note"' in line or '<span class="kz-doubt">' in line, name
    assert seen > 10


def test_notes_lead_to_sources_of_their_page(records: dict[str, str]) -> None:
    seen = 0
    for name, text in records.items():
        for target, short, number in _NOTE.findall(text):
            [line] = re.findall(
                rf'^\d+\. <span id="source-{target}"></span>.*$', text, re.MULTILINE
            )
            assert line.startswith(f"{number}. "), name
            assert short.partition(", ")[0] in line, name
            seen += 1
    assert seen > 5


def test_all_answers_stand_side_by_side(records: dict[str, str]) -> None:
    event = plain((MINI / "data/events/2015/2015-11-02-kerry-astana.yaml").read_text())
    text = records["events/2015-11-02-kerry-astana.md"]
    block = text[text.index('<div class="kz-claims"') :]
    for dispute in event["disputes"]:
        assert f"**{dispute['question']}**" in text
        assert dispute["note"] in text
        for claim in dispute["claims"]:
            line = next(
                line for line in block.splitlines() if line.startswith(f"- {claim['says']}")
            )
            assert ("Who says so is not settled" in line) is ("unattributed" in claim)


def test_no_id_stands_twice_on_a_page(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        ids = [one or two for one, two in _ID.findall(text)]
        assert len(ids) == len(set(ids)), name


class Page(HTMLParser):
    """What a finished page has in its head, and its fields and pictures without a name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.nameless: list[str] = []
        self.navigations: list[str] = []
        self.language, self.title, self.headings = "", "", 0
        self._tag, self._label, self._labelled = "", "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._tag = tag
        self.headings += tag == "h1"
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "meta":
            self.meta[given.get("name", "")] = given.get("content", "")
        elif tag == "nav":
            self.navigations.append(given.get("aria-label") or given.get("aria-labelledby") or "")
        elif tag == "label":
            self._label, self._labelled = "", len(self.nameless)
        if given.get("role") == "img" or (tag in FIELDS and given.get("type") != "hidden"):
            named = "aria-label" in given or given.get("id", "").startswith("__")  # the theme's own
            self.nameless += [] if named else [f"{tag} {given}"]

    def handle_data(self, data: str) -> None:
        if self._tag == "title" and not self.title:
            self.title = data
        if self._tag not in ("option", "select"):
            self._label += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "label" and self._label:
            del self.nameless[self._labelled :]  # the label names them
        self._tag = "" if tag != "option" else "select"


def test_finished_pages_say_what_they_are(repo: Path) -> None:
    site = build(repo)
    titles = []
    for file in sorted(site.rglob("index.html")):
        page = Page(file.read_text())
        if "refresh" in file.read_text()[:500]:
            continue
        name = file.relative_to(site).as_posix()
        assert page.language == "en", name
        assert page.meta.get("description"), name
        assert page.headings == 1, name
        assert page.nameless == [], name
        assert all(page.navigations), name
        assert len(page.navigations) == len(set(page.navigations)), name
        titles.append(page.title)
    assert len(titles) > 40
    assert all(titles)
    repeated = {title for title in titles if titles.count(title) > 1}
    assert repeated == set()


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PALETTE = {
    "without light-dark()": r"--kz-([a-z-]+): (#[0-9a-f]{6});",
    "light": r"--kz-([a-z-]+): light-dark\((#[0-9a-f]{6}), #[0-9a-f]{6}\);",
    "dark": r"--kz-([a-z-]+): light-dark\(#[0-9a-f]{6}, (#[0-9a-f]{6})\);",
}


@pytest.mark.parametrize("pattern", PALETTE.values(), ids=PALETTE)
def test_colours_of_text_can_be_read(pattern: str) -> None:
    """At least 4.5 to 1 on every ground (WCAG 2.2, 1.4.3)."""
    colours = dict(re.findall(pattern, (ROOT / "docs/assets/base.css").read_text()))
    for text in ("ink", "muted", "us", "kz", "other", "doubt"):
        for ground in ("paper", "surface"):
            darker, lighter = sorted((light(colours[text]), light(colours[ground])))
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)
