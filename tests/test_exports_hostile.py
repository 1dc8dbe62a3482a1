"""Each format keeps each hostile text: read back by a parser that this project did not write."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from html.parser import HTMLParser

import bibtexparser
import feedparser
import pytest
import rispy
import vobject
from rdflib import Graph

from hostile import HOSTILE, dataset, flat
from kzus.dataset import Dataset
from kzus.edition import Edition
from kzus.exports import api, calendars, cite, feeds, jsonld, tables, tabular

EDITION = Edition("1.0.0", "https://example.org/")
EVENT = "2015-11-02-kerry-astana"


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def text(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def record(text: str) -> Dataset:
    return dataset(text)


def test_api(record: Dataset, text: str) -> None:
    raw = api.record(record, EDITION, record.events[EVENT])
    data = json.loads(raw)["data"]
    assert data["title"] == data["facts"][0]["text"] == text


def test_csv(record: Dataset, text: str) -> None:
    table = next(table for table in tables.TABLES if table.name == "events")
    raw = tabular.csv_bytes(table, record).decode()
    rows = list(csv.DictReader(io.StringIO(raw, newline="")))
    formula = text.startswith(("=", "+", "-", "@", "\t"))
    assert {row["title"] for row in rows} == {"'" + text if formula else text}
    assert len(rows) == len(record.events)


def test_sqlite(record: Dataset, text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(next(tabular.sqlite(record, EDITION))[1])
    assert set(connection.execute("SELECT title FROM events")) == {(text,)}
    connection.close()


def test_calendar(record: Dataset, text: str) -> None:
    raw = dict(calendars.calendars(record, EDITION))["calendar.ics"]
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    found = vobject.readOne(raw.decode()).vevent_list
    assert len(found) == sum(1 for event in record.events.values() if event.date.days)
    assert {flat(event.summary.value) for event in found} == {flat(text)}


def test_feed(record: Dataset, text: str) -> None:
    found = feedparser.parse(dict(feeds.happened(record, EDITION))["feed.xml"], sanitize_html=False)
    assert not found.bozo
    assert {flat(entry.title) for entry in found.entries} == {flat(text)}


class _Elements(HTMLParser):
    """Counts what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.inside += data


# The parser warns of a class of its own.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_jsonld_in_a_page(record: Dataset, text: str) -> None:
    node = jsonld.node(record.events[EVENT], record, EDITION)
    browser = _Elements()
    browser.feed(f'<script type="application/ld+json">{jsonld.script(node)}</script>')
    assert browser.tags == ["script"]
    found = json.loads(browser.inside)
    assert found["name"] == text
    graph = Graph().parse(data=json.dumps(found | _LOCAL), format="json-ld")
    assert len(graph) > 3


# The context of schema.org, as far as parsing needs it, without the network.
_LOCAL = {"@context": {"@vocab": "https://schema.org/"}}


def test_citations(record: Dataset, text: str) -> None:
    cited = cite.citation(record.events[EVENT], record, EDITION)
    library = bibtexparser.parse_string(cite.bibtex(cited))
    assert len(library.entries) == 1
    assert not library.failed_blocks
    assert flat(cite.csl(cited)["title"]) == flat(text)
    assert cite.text(cited).count("\n") == 0
    found = rispy.loads(cite.ris(cited))
    assert [flat(item["title"]) for item in found] == [flat(text)]
