"""What a page can see: a page changes only when the digest of what it can see does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kzus.dataset import Dataset
from kzus.edition import Edition
from kzus.exports import EXPORTS
from kzus.loader import load
from kzus.site.pages import Site
from kzus.views.sight import digest
from records import AS_OF, change
from site_builder import repository

# A line with a name or a statement, or with a day.
_TEXT = re.compile(r"^(\s*(?:- )?(?:[a-z_]+: )?)(?=[A-Z])(?![A-Z]+$)(.)")
_DAY = re.compile(r"^(\s*(?:- )?[a-z]+: \d{4}-\d\d-)(\d\d)$")
# What a list shows in words.
DEAL = """\
# data/events/2015/2015-12-01-deal.yaml
title: A contract is signed
date: 2015-12-01
type: deal
pillars: [commerce]
facts: [The contract is worth 5 million U.S. dollars.]
sources: [state-2015-statement]
"""


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = repository(tmp_path_factory.mktemp("sight") / "repo")
    change(root, DEAL)
    return root


def made(repo: Path) -> dict[str, tuple[str, str]]:
    """Every page and every file for machines: path -> (digest of what it can see, content)."""
    dataset, _ = load(repo, as_of=AS_OF)
    site = Site(dataset, repo / "docs", Edition(), {export.path: {} for export in EXPORTS})
    found = {path: (site.shown_on(path), page_of(site.page(path))) for path in site.written()}
    found |= {plan.path: (plan.inputs, page_of(plan.make())) for plan in site.planned()}
    return found | dict(files(dataset, site))


def page_of(page: object) -> str:
    return repr(replace(page, entry=None))  # type: ignore[type-var]  # a page


def files(dataset: Dataset, site: Site) -> Iterator[tuple[str, tuple[str, str]]]:
    for export in EXPORTS:
        if export.one is None:
            seen = dataset.digest if export.words else site.outline
            content = [digest(raw) for _, raw in export.files(dataset, site.edition)]
            yield export.path, (seen, repr(content))
        for key, entry in dataset.of(export.kind).items() if export.one else ():
            content = export.one(dataset, site.edition, entry).decode()  # type: ignore[misc]
            yield export.path.format(id=key), (site.sights.seen[export.kind, key], content)


def changes(text: str) -> Iterator[str]:
    """The text with one of its lines changed, for each line with text or with a day."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        new = _TEXT.sub(r"\1X\2", line) if _TEXT.match(line) else _DAY.sub(r"\g<1>28", line)
        if new != line:
            yield "\n".join([*lines[:place], new, *lines[place + 1 :]])


def test_what_changes_with_an_edit_had_seen_the_edited(repo: Path) -> None:
    before, tried = made(repo), 0
    for file in sorted((repo / "data").rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        for new in changes(text):
            file.write_text(new, encoding="utf-8")
            after = made(repo)
            unseen = [p for p in after if p in before and before[p][0] == after[p][0]]
            assert [p for p in unseen if before[p][1] != after[p][1]] == [], (file.name, new)
            tried += 1
        file.write_text(text, encoding="utf-8")
    assert tried > 50
    assert made(repo) == before


@pytest.mark.parametrize(
    ("name", "begins", "pages"),
    [
        (
            "commitments/2015-regional-trade",
            "text: ",
            ("events/", "people/", "api/v1/events/", "api/v1/people/"),
        ),
        # Lists do not show what is said of it.
        (
            "events/2014/2014-12-10-dialogue-session",
            "  - ",
            ("timeline.md", "people/index.md", "api/v1/on.json", "data/citations."),
        ),
    ],
)
def test_an_edit_is_not_seen_everywhere(
    repo: Path, name: str, begins: str, pages: tuple[str, ...]
) -> None:
    before = made(repo)
    file = repo / f"data/{name}.yaml"
    text = file.read_text(encoding="utf-8")
    facts = text.find("facts:") + 1
    file.write_text(text[:facts] + text[facts:].replace(begins, f"{begins}Soon ", 1))
    after = made(repo)
    file.write_text(text, encoding="utf-8")
    assert before != after
    asked = [path for path in before if path.startswith(pages)]
    same = [path for path in asked if before[path][0] == after[path][0]]
    assert len(same) >= len(asked) / 2
