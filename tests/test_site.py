"""The site as a whole: pages, outlets, builds that follow one another."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from records import AS_OF
from site_builder import build, contents, repository, run

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("site") / "repo")


@pytest.fixture(scope="module")
def site(repo: Path) -> Path:
    return build(repo)


def edit(repo: Path, name: str, old: str, new: str) -> None:
    text = (repo / name).read_text()
    assert old in text
    (repo / name).write_text(text.replace(old, new))


def test_every_record_has_a_page(repo: Path, site: Path) -> None:
    for kind in ("events", "agreements", "commitments", "people", "organizations"):
        for file in (repo / "data" / kind).rglob("*.yaml"):
            assert (site / kind / file.stem / "index.html").exists(), file


def test_a_record_page_says_what_when_where_who_and_how_it_is_known(site: Path) -> None:
    html = (site / "events/2015-11-02-kerry-astana/index.html").read_text()
    for text in ("2 November 2015", "Astana", "John Kerry", "Sources"):
        assert text in html
    assert re.search(r'href="[^"]*people/john-kerry/"', html)


def test_no_mark_of_the_shell_is_left(site: Path) -> None:
    for name, content in contents(site).items():
        if name.endswith(".html"):
            text = content.decode()
            assert not re.search("[\ue000\ue001]|kzus-[a-z-]+-shell|h1-of-the-page", text), name


def test_both_outlets_show_the_same_pages(repo: Path, tmp_path: Path) -> None:
    from kzus.edition import Checkout
    from kzus.loader import load
    from kzus.site.pages import Site

    done = run(repo, "kzus", "pages", str(tmp_path))
    assert done.returncode == 0, done.stderr
    dataset, _ = load(repo, as_of=AS_OF)
    pages = list(Site(dataset, repo / "docs", Checkout(repo).edition()).pages())
    assert {p.path for p in pages} == {
        f.relative_to(tmp_path).as_posix() for f in tmp_path.rglob("*.md")
    }
    for page in pages:
        _, matter, body = (tmp_path / page.path).read_text().split("---\n", 2)
        assert body == page.text
        assert yaml.safe_load(matter) == {"title": page.title, **page.meta}


def test_record_pages_are_what_mkdocs_itself_makes_of_the_same_markdown(
    repo: Path, site: Path, tmp_path: Path
) -> None:
    run(repo, "kzus", "pages", str(tmp_path / "docs"))
    settings = (repo / "mkdocs.yml").read_text().replace("  - kzus\n", "")
    settings = re.sub("(?s)  custom_dir.*?\n", "", settings, count=1)
    (tmp_path / "mkdocs.yml").write_text(settings)
    assert run(tmp_path, "mkdocs", "build", "-q").returncode == 0
    for name in ("events/2015-11-02-kerry-astana", "people/john-kerry"):
        ours, theirs = (body(folder / name / "index.html") for folder in (site, tmp_path / "site"))
        assert ours == theirs


def body(file: Path) -> str:
    """The content of a page, from its heading to its sources, without the theme around it.

    The attribute is a word to the search, which reads it before the page is written.
    """
    html = re.sub(' data-search-exclude(="")?', "", file.read_text())
    return html[html.index("<h1") : html.rindex("</ol>")]


def more(repo: Path) -> None:
    text = (repo / EVENT).read_text().replace("date: 2015-11-02", "date: 2015-11-03")
    file = (repo / EVENT).with_name("2015-11-03-more.yaml")
    file.write_text(text.replace("title: ", "title: Another "))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a fact more": lambda repo: edit(repo, EVENT, "facts:", "facts:\n  - A fact more."),
    "a person renamed": lambda repo: edit(
        repo, "data/people/john-kerry.yaml", "name: John Kerry", "name: J. Kerry"
    ),
    "a record more": more,
    "a record less": lambda repo: (repo / "data/commitments/2015-regional-trade.yaml").unlink(),
    "a template": lambda repo: edit(
        repo, "docs/templates/event.md", "# {{ entry.title }}", "# {{ entry.title }}!"
    ),
    "a style": lambda repo: next((repo / "docs/assets").glob("*.css")).write_text("body {}"),
    "mkdocs.yml": lambda repo: edit(repo, "mkdocs.yml", "site_name: ", "site_name: The "),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_later_build_equals_a_first_build(
    repo: Path, site: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    assert site.is_relative_to(repo)  # so that it is copied with the repository

    def made(options: tuple[str, ...] | None) -> dict[str, bytes]:
        """The site after the change: built later with some options, or without them anew."""
        copy = tmp_path / f"built{options}"
        shutil.copytree(repo, copy)
        change(copy)
        if options is None:
            shutil.rmtree(copy / "site")
            (copy / "cache.sqlite").unlink()
        done = run(copy, "mkdocs", "build", "-q", *(options or ()))
        assert done.returncode == 0, done.stderr
        return contents(copy / "site")

    with ThreadPoolExecutor(2) as builders:
        anew, *later = builders.map(made, [None, (), ("--strict",), ("--dirty",)])
    for found in later:
        assert {path for path in found.keys() | anew if found.get(path) != anew.get(path)} == set()


def test_a_build_without_a_change_writes_no_page_again(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    times = [
        {path: path.stat().st_mtime_ns for path in (repo / "site").rglob("*.*") if path.is_file()}
        for _ in range(2)
        if run(repo, "mkdocs", "build", "-q", "-d", "site").returncode == 0
    ]
    kept = {
        path.relative_to(repo / "site").as_posix()
        for path, _ in times[0].items() & times[1].items()
    }
    assert {"index.html", "timeline/index.html", "api/v1/people/john-kerry.json"} <= kept


def test_a_page_that_someone_changed_is_made_again(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    before = contents(build(repo))
    (repo / "site/people/john-kerry/index.html").write_text("another page")
    assert contents(build(repo)) == before


def test_a_removed_record_is_gone_after_a_dirty_build(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    more(repo)
    site = build(repo)
    assert (site / "events/2015-11-03-more/index.html").exists()
    (repo / EVENT).with_name("2015-11-03-more.yaml").unlink()
    build(repo, "site", "--dirty")
    assert not (site / "events/2015-11-03-more").exists()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_cache_is_ignored_and_renewed(repo: Path, site: Path, content: bytes) -> None:
    before = contents(site)
    (repo / "cache.sqlite").write_bytes(content)
    assert contents(build(repo, "again")) == before


def test_a_cache_that_cannot_be_written_is_done_without(repo: Path, site: Path) -> None:
    assert contents(build(repo, "again", KZUS_CACHE="/proc/nowhere/cache")) == contents(site)


def test_a_template_that_names_a_missing_field_stops_the_build(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    edit(repo, "docs/templates/event.md", "# {{ entry.title }}", "# {{ entry.titel }}")
    done = run(repo, "mkdocs", "build", "-q")
    assert done.returncode == 1
    line = (repo / "docs/templates/event.md").read_text().splitlines().index(
        "# {{ entry.titel }}"
    ) + 1
    assert f"docs/templates/event.md:{line}: error template: UndefinedError" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_record_leaves_a_site_as_it_was_and_makes_none(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    site = build(repo)
    before, event = contents(site), repo / EVENT
    text = event.read_text(encoding="utf-8")
    event.write_text(text.replace("person: john-kerry", "person: jon-kerry"), encoding="utf-8")
    for folder in (site, tmp_path / "new"):
        done = run(repo, "mkdocs", "build", "-q", "-d", str(folder))
        assert done.returncode == 1
        assert "unknown-person" in done.stderr
    assert contents(site) == before
    assert not (tmp_path / "new").exists()


def test_a_broken_record_is_not_published(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    edit(repo, EVENT, "type: ", "typo: ")
    done = run(repo, "mkdocs", "build", "-q")
    assert done.returncode == 1
    assert f"{EVENT}:" in done.stderr
    assert "unknown-key" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (repo / "site/events").exists()


def test_old_addresses_still_answer(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    (repo / "data/redirects.yaml").write_text(
        "moved:\n  people/j-kerry: people/john-kerry\n"
        "  disputes/two-counts: events/2015-11-02-kerry-astana\n"
        "  dialogues/old-dialogue: dialogues/strategic-partnership-dialogue\n"
        "  events/old-question: disputes/first-to-recognize\n"
        "withdrawn:\n  events/2015-11-01-visit: It was told twice & is gone.\n"
        "  disputes/no-question: The sources agree & nobody asks.\n"
    )
    site = build(repo)
    moved = (site / "people/j-kerry/index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../john-kerry/">' in moved
    assert 'href="../john-kerry/"' in moved
    withdrawn = (site / "events/2015-11-01-visit/index.html").read_text()
    assert "It was told twice & is gone." in unescape(withdrawn)
    api = json.loads((site / "api/v1/people/j-kerry.json").read_text())
    assert api["moved_to"] == "people/john-kerry"
    moved = (site / "events/old-question/index.html").read_text()
    assert 'url=../../disputes/#first-to-recognize"' in moved
    assert (
        "../strategic-partnership-dialogue/"
        in (site / "dialogue/old-dialogue/index.html").read_text()
    )
    for name, told in (
        ("two-counts", ["events/2015-11-02-kerry-astana", None]),
        ("no-question", [None, "The sources agree & nobody asks."]),
    ):
        api = json.loads((site / f"api/v1/disputes/{name}.json").read_text())
        assert [api["moved_to"], api["withdrawn"]] == told
        assert not (site / "disputes" / name).exists()  # its page is that of all
    page = unescape((site / "disputes/index.html").read_text())
    assert '<li id="two-counts"><code>two-counts</code>: now at <a href="../events/2015-1' in page
    assert "<code>no-question</code>: The sources agree & nobody asks.</li>" in page
    assert '"people/j-kerry/"' not in (site / "search/search_index.json").read_text()


def test_the_record_of_its_own_changes_is_a_feed(site: Path) -> None:
    root = ElementTree.fromstring((site / "changes.xml").read_bytes())  # noqa: S314 - our own file
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"


def test_links_to_anchors_in_html_are_checked(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    page = repo / "docs/about/index.md"
    links = "See [a year](../timeline.md#y2015) and [nothing](../timeline.md#nowhere).\n"
    page.write_text(f"{page.read_text()}\n{links}")
    done = run(repo, "mkdocs", "build", "--strict")
    assert done.returncode == 1
    warned = [line for line in done.stderr.splitlines() if line.startswith("WARNING")]
    assert len(warned) == 1
    assert "does not contain an anchor '#nowhere'" in warned[0]


def test_links_to_files_that_are_not_there_stop_a_strict_build(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    page, template = repo / "docs/about/index.md", repo / "docs/templates/person.md"
    links = '<a href="../data/none.csv?x#y">a</a> <a href="{{ url("data/kzus.sqlite") }}">b</a>'
    page.write_text(f'{page.read_text()}\n<p>{links} <img alt=c src="https://x.y/z"></p>\n')
    template.write_text(template.read_text() + '\n<p><a href="../../nowhere/">d</a></p>\n')
    done = run(repo, "mkdocs", "build", "--strict")
    assert done.returncode == 1
    warned = [line.split("-  ")[1] for line in done.stderr.splitlines() if "WARNING" in line]
    assert warned == [
        "about/index.md links to data/none.csv, which is not there",
        "people/erlan-idrissov.md links to nowhere/, which is not there",
        "people/john-kerry.md links to nowhere/, which is not there",
    ]
