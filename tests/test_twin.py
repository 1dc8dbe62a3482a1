"""The Markdown twins that the site publishes beside its pages, and addresses that moved."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
import yaml

from kzus.site.twin import Twins
from records import change
from site_builder import build, repository
from site_fixtures import MORE

BASE = "https://example.org/below/"
OLD = """\
# data/redirects.yaml
moved:
  people/j-kerry: people/john-kerry
  events/old-question: disputes/first-to-recognize
withdrawn: {events/2015-11-01-visit: It was told twice.}
"""
_LINK = re.compile(r"\]\(([^()\s]+)\)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature record and more, for an address below the root of its host."""
    repo = repository(tmp_path_factory.mktemp("twins") / "repo")
    change(repo, MORE)
    change(repo, OLD)
    return build(repo, KZUS_SITE_URL=BASE)


@pytest.fixture(scope="module")
def twins(site: Path) -> dict[str, str]:
    """Each twin by its path."""
    files = sorted(site.rglob("*.md"))
    return {file.relative_to(site).as_posix(): file.read_text() for file in files}


def test_every_link_leads_from_where_the_twin_lies(site: Path, twins: dict[str, str]) -> None:
    kinds = set()
    for twin, text in twins.items():
        for link in _LINK.findall(text):
            if link.startswith(("http://", "https://")):
                continue
            path, _, anchor = link.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(twin), path.split("?")[0]))
            assert not there.startswith(".."), (twin, link)  # it would leave a site below a root
            kinds.add(there.partition("/")[0])
            if link.endswith(".md"):
                assert there in twins, (twin, link)
            else:
                assert f"{there}.md" not in twins, (twin, link)
                html = (site / there / "index.html").read_text()
                assert not anchor or f' id="{anchor}"' in html, (twin, link)
    assert kinds >= {"events", "people", "sources", "timeline", "disputes", "about", "on"}


def test_twins_are_markdown_without_html_or_attributes(twins: dict[str, str]) -> None:
    assert {path.partition("/")[0] for path in twins} >= {"agreements", "dialogue", "on"}
    for path, raw in twins.items():
        _, matter, text = raw.split("---\n", 2)
        assert set(yaml.safe_load(matter)) <= {"title", "description"}
        assert not set(text) & set("<{}"), path
        assert len(re.findall("^# .", text, re.MULTILINE)) == 1, path
        assert "\n\n\n" not in text, path


def test_a_twin_says_what_the_page_says(twins: dict[str, str]) -> None:
    text = twins["events/2015-11-02-kerry-astana.md"].split("---\n", 2)[2]
    assert text.startswith(
        "[Timeline](../timeline/) \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Visit · "
    )
    assert re.search(r"\]\(\.\./about/method/#evidence\) · sources disagree\n\n", text)
    assert re.search(r"^- .+ \[1(, 2)?\]$", text, re.MULTILINE)
    assert "**United States**\n\n- [John Kerry](../people/john-kerry.md), " in text
    assert re.search(r"^1\. \[.+\]\(https://.+\) · \[.+\]\(\.\./sources/.+\.md\) · ", text, re.M)
    assert "Cite this record" not in text
    assert "Hollow marks" not in twins["people/aliya-example.md"]
    year = twins["on/2016.md"]
    assert "| | United States | Kazakhstan |\n|---|---|---|\n| " in year
    assert re.search(r"^- 10-12 December 2016: \[", year, re.MULTILINE)
    moved = twins["people/j-kerry.md"]
    assert "This record is now [John Kerry](john-kerry.md)." in moved


@pytest.mark.parametrize(
    ("page", "twin"),
    [
        ("[a](../people/b.md)", "[a](../people/b.md)"),
        ("[a](../timeline.md?theme=x)", "[a](../timeline/?theme=x)"),
        ("[a](../commerce.md#x)", "[a](../commerce/#x)"),
        ("[a](https://example.org/a.md?b&amp;c)", "[a](https://example.org/a.md?b&c)"),
        ('<a href="../../people/b/">a</a>', "[a](../people/b.md)"),
        ('<a class="x" href="../">a</a>', "[a](./)"),
        ('<a href="../../">a</a>', "[a](../)"),
        ('<a href="../../data/x.csv">a</a>', "[a](../data/x.csv)"),
        ('<a href="#sources">a</a>', "a"),
        ('- a <span class="kz-role">b</span>', "- a, b"),
        ('- <span class="kz-when">1993</span>[a](../people/b.md)', "- 1993: [a](../people/b.md)"),
        ("# a {: .b }", "# a"),
        ("a\n{: .b }\n\nc", "a\n\nc"),
        ("<ul>\n<li>a</li>\n<li><b>c</b></li>\n</ul>", "- a\n- **c**"),
    ],
)
def test_forms_of_templates(page: str, twin: str) -> None:
    assert Twins({"events/a.md", "people/b.md"}).text(page, "events") == twin + "\n"


def test_a_page_that_moved_names_its_new_address_as_the_right_one(site: Path) -> None:
    for page, right in (
        ("people/j-kerry", "people/john-kerry/"),
        ("events/old-question", "disputes/"),
        ("events/2015-11-01-visit", "events/2015-11-01-visit/"),
        ("people/john-kerry", "people/john-kerry/"),
    ):
        html = (site / page / "index.html").read_text()
        assert f'<link rel="canonical" href="{BASE}{right}">' in html, page
        assert ('content="noindex"' in html) is (page == "events/2015-11-01-visit"), page
