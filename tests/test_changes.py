"""The history of the record in words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from kzus import history
from kzus.edition import Edition
from kzus.site.pages import Site
from kzus.views.changes import learned
from records import TESTS, change, checked, mini, write
from site_builder import build, repository

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"


def commit(root: Path, day: str) -> None:
    stamp = f"{day}T12:00:00Z"
    settings = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    settings |= dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "x")
    settings |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "x@example.org")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", day]):
        subprocess.run(["git", *command], cwd=root, check=True, env={**os.environ, **settings})


@pytest.fixture
def past(tmp_path: Path) -> Path:
    commit(mini(tmp_path), "2016-01-01")
    change(tmp_path, f"# {EVENT}\ndate: 2015-11-03\n")
    commit(tmp_path, "2016-01-02")
    change(tmp_path, "# data/people/john-kerry.yaml\nnull\n")
    write(tmp_path, "data/redirects.yaml", "withdrawn: {people/john-kerry: entered twice}\n")
    commit(tmp_path, "2016-01-03")
    (tmp_path / EVENT).write_text((tmp_path / EVENT).read_text() + "# a comment\n")
    commit(tmp_path, "2016-01-04")
    write(tmp_path, "docs/other.md", "not data\n")
    commit(tmp_path, "2016-01-05")
    return tmp_path


def test_days_in_words(past: Path) -> None:
    told = learned(history.revisions(past))
    assert [one.day.isoformat() for one in told] == ["2016-01-03", "2016-01-02", "2016-01-01"]
    assert [(c.verb, c.id, c.details) for c in told[0].changes] == [
        ("withdrawn", "john-kerry", ("reason: entered twice",))
    ]
    details = ("moves its date from 2 November 2015 to 3 November 2015",)
    assert told[1].changes[0].details == details
    assert {c.verb for c in told[2].changes} == {"added"}
    assert learned(history.revisions(past)) == told


def test_an_import_is_counted_only(past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("history", "views.changes"):
        monkeypatch.setattr(f"kzus.{module}.MOST_FILES", 5)
    first = learned(history.revisions(past))[-1]
    assert (first.files, first.changes) == (17, ())


def test_days_of_files(past: Path) -> None:
    days = {path: day.isoformat() for path, day in history.days(past).items()}
    assert days[EVENT] == "2016-01-04"
    assert days["data/places.yaml"] == "2016-01-01"
    assert days["docs/other.md"] == "2016-01-05"


def test_the_sitemap_tells_when_each_record_changed(tmp_path: Path) -> None:
    commit(repository(tmp_path), "2016-01-01")
    change(tmp_path, f"# {EVENT}\nthemes: []\n")
    commit(tmp_path, "2016-01-04")
    site = build(tmp_path, KZUS_SITE_URL="https://record.example/below/")
    text = (site / "sitemap.xml").read_text()
    found = dict(re.findall("<loc>https://record.example/below/(.*?)</loc><lastmod>(.*?)<", text))
    assert found["events/2015-11-02-kerry-astana/"] == "2016-01-04"
    assert found["people/erlan-idrissov/"] == "2016-01-01"
    assert found["timeline/"] == found["on/2015/"] == "2016-01-04"  # they show many records


def test_outside_git(tmp_path: Path) -> None:
    assert history.revisions(mini(tmp_path)) == ()
    assert history.days(tmp_path) == {}


def test_page(past: Path) -> None:
    shutil.copytree(TESTS.parent / "docs", past / "docs", dirs_exist_ok=True)
    edition = Edition(revisions=history.revisions(past))
    again = replace(edition, revisions=(edition.revisions[2], *edition.revisions))
    assert len(learned(again.revisions)) == 4
    text = Site(checked(past)[0], past / "docs", again).page("changes.md").text
    assert text.count("## 2 January 2016") == 1  # one day, two commits
    assert text.count("moves its date from 2 November") == 2
    assert "(events/2015-11-02-kerry-astana.md)\n    - moves its date from 2 November" in text
    assert "- **withdrawn** John Kerry\n    - reason: entered twice" in text
