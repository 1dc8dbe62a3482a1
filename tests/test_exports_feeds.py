"""The feeds: valid by the schema of their standard, and each with what belongs into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import feedparser
import pytest
from lxml import etree

from kzus import exports
from kzus.dataset import Dataset, Redirects
from kzus.edition import Edition, Revision
from kzus.exports import feeds
from kzus.loader import load
from records import AS_OF, MINI, TESTS

SCHEMA = etree.parse(TESTS / "cases/atom.rng")
ATOM = etree.RelaxNG(SCHEMA)
SPACES = {"atom": feeds.ATOM, "s": "http://www.ascc.net/xml/schematron"}
EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"
OLD = "data/events/2015/2015-11-01-visit.yaml"


def _revision(commit: str, day: int, path: str, before: str | None, after: str) -> Revision:
    sides = [() if text is None else ((path, text.encode()),) for text in (before, after)]
    return Revision(commit, date(2017, 1, day), 1, *sides)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(MINI, as_of=AS_OF)[0]


@pytest.fixture(scope="module")
def edition() -> Edition:
    event = (MINI / EVENT).read_text()
    person = (MINI / "data/people/john-kerry.yaml").read_text()
    theme = (MINI / "data/themes.yaml").read_text()
    return Edition(
        "1.0.0",
        "https://example.org/",
        revisions=(
            Revision("e" * 40, date(2017, 1, 5), 900),
            _revision("d" * 40, 4, "data/themes.yaml", theme, theme.replace("Goods", "Wares")),
            _revision("c" * 40, 3, "data/people/john-kerry.yaml", None, person),
            _revision("b" * 40, 2, OLD, event, event.replace("Visit", "Journey")),
            _revision("a" * 40, 1, EVENT, None, event),
        ),
    )


@pytest.fixture(scope="module")
def found(dataset: Dataset, edition: Edition) -> dict[str, Any]:
    moved = {OLD.split("/", 3)[3].removesuffix(".yaml"): "2015-11-02-kerry-astana"}
    redirects = Redirects({f"events/{old}": f"events/{new}" for old, new in moved.items()})
    made = dict(feeds.changes(replace(dataset, redirects=redirects), edition))
    return {path: feedparser.parse(raw) for path, raw in made.items()}


def test_feeds_obey_the_schema_of_the_standard(dataset: Dataset, edition: Edition) -> None:
    count = 0
    for site in (edition, Edition("1")):
        for path, raw in exports.files(dataset, site):
            if path.endswith(".xml"):
                feed = etree.fromstring(raw)
                ATOM.assertValid(feed)
                assert list(_broken_rules(feed)) == [], path
                count += 1
    assert count == 12, "what happened and what was learned, of all, one dialogue, one theme"


def _broken_rules(feed: etree._Element) -> Any:
    """What the Schematron rules in the schema say is wrong."""
    for rule in SCHEMA.iterfind(".//s:rule", SPACES):
        for node in feed.xpath(f"//{rule.get('context')}", namespaces=SPACES):
            for needed in rule.iterfind("s:assert", SPACES):
                if not node.xpath(f"boolean({needed.get('test')})", namespaces=SPACES):
                    yield needed.text


def test_the_schema_finds_what_is_wrong(dataset: Dataset, edition: Edition) -> None:
    raw = dict(feeds.happened(dataset, edition))["feed.xml"]
    for tag in ("id", "title", "updated"):
        feed = etree.fromstring(raw)
        feed.remove(feed.find(f"atom:{tag}", SPACES))
        assert not ATOM.validate(feed)
    feed = etree.fromstring(raw)
    feed.remove(feed.find("atom:author", SPACES))
    assert len(set(_broken_rules(feed))) == 2


def test_what_was_learned_is_told_by_theme_and_dialogue(found: dict[str, Any]) -> None:
    commits = {path: [entry.updated[:10] for entry in feed.entries] for path, feed in found.items()}
    assert commits == {
        "changes.xml": [f"2017-01-0{day}" for day in (5, 4, 3, 2, 1)],
        "changes/themes/trade.xml": [f"2017-01-0{day}" for day in (4, 2, 1)],
        "changes/dialogues/strategic-partnership-dialogue.xml": ["2017-01-02", "2017-01-01"],
    }
    assert found["changes.xml"].entries[0].title == "brings in 900 files at once"
    theme = found["changes/themes/trade.xml"]
    assert [e.title for e in theme.entries][-1] == "adds 1 event"
    assert theme.feed.title.endswith("Trade: what the record learned")


def test_entries_of_different_feeds_have_different_names(found: dict[str, Any]) -> None:
    names = [entry.id for feed in found.values() for entry in feed.entries]
    names += [feed.feed.id for feed in found.values()]
    assert len(set(names)) == len(names)
