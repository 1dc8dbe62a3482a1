"""The files that the site publishes: valid by the judgment of others, and always the same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import feedparser
import icalendar
import pytest
import recurring_ical_events
from click.testing import CliRunner
from frictionless import Package
from rdflib import Graph, URIRef

from kzus import exports
from kzus.cli import main
from kzus.dataset import Dataset
from kzus.edition import Edition
from kzus.exports import base, calendars, cite, jsonld, plain, tables, tabular
from kzus.exports.rows import Row
from kzus.loader import load
from records import AS_OF, MINI, mini

EDITION = Edition("1.0.0", "https://example.org/")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(MINI, as_of=AS_OF)[0]


@pytest.fixture(scope="module")
def files(dataset: Dataset) -> dict[str, bytes]:
    return dict(exports.files(dataset, EDITION))


@pytest.fixture
def database(files: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["data/kzus.sqlite"])
    yield connection
    connection.close()


def test_every_file_belongs_to_its_export(dataset: Dataset) -> None:
    for export in exports.EXPORTS:
        whole = re.sub(r"\\\{/\w+\\\}", "(/.+)?", re.escape(export.path))
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", whole))
        for path, _ in export.files(dataset, EDITION):
            assert pattern.fullmatch(path), path


@pytest.mark.filterwarnings("ignore")
def test_frictionless_accepts_the_package(files: dict[str, bytes], tmp_path: Path) -> None:
    for path, raw in files.items():
        if path.startswith("data/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(raw)
    report = Package(str(tmp_path / "data/datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    assert len(report.tasks) == len(tables.TABLES)


def test_a_negative_figure_stays_a_number(dataset: Dataset) -> None:
    values = iter([(-5, "-5"), (None, None), (Decimal("-5.0"), "=x"), (True, "")])
    columns = (
        tables.Column("n", "number", "", lambda row: row.part[0]),
        tables.Column("s", "string", "", lambda row: row.part[1]),
    )
    found = (Row(dataset, None, value) for value in values)
    table = tables.Table("t", "", lambda _: found, columns)
    rows = list(csv.reader(io.StringIO(tabular.csv_bytes(table, dataset).decode(), newline="")))
    assert rows == [["n", "s"], ["-5", "'-5"], ["", ""], ["-5.0", "'=x"], ["true", ""]]


def test_sqlite_is_whole(database: sqlite3.Connection, dataset: Dataset) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in tables.TABLES:
        (count,) = database.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
        assert count == len(list(table.rows(dataset))), table.name


def test_sqlite_leaves_no_trace_of_its_version(files: dict[str, bytes]) -> None:
    raw = files["data/kzus.sqlite"]
    assert raw[92:100] == bytes(8), "the number of the version that wrote it, and of that change"
    dirty = bytearray(raw)
    header, cells = (12 if raw[100] == 5 else 8), int.from_bytes(raw[103:105])
    dirty[100 + header + 2 * cells] = 255  # the first byte that the first page does not use
    assert dirty != raw
    for data in (dirty, bytearray(raw)):
        tabular.settle(data)
        assert data == raw


def test_sqlite_documents_tables_columns_and_views(database: sqlite3.Connection) -> None:
    known = {row[0] for row in database.execute("SELECT name FROM documentation")}
    listed = database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    names = {row[0] for row in listed if not row[0].startswith(("search_", "sqlite_"))}
    assert names - {"documentation"} <= known
    for view in tabular.VIEWS:
        database.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608 - names of our own


def test_sqlite_searches_text(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT record FROM search WHERE search MATCH 'kerry'").fetchall()
    assert ("people/john-kerry",) in found


def test_calendars_hold_what_has_a_day(files: dict[str, bytes], dataset: Dataset) -> None:
    found = icalendar.Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")
    days = {e.title: e.date.days for e in dataset.events.values() if e.date.days}
    for entry in found:
        first, last = days[str(entry["summary"])]
        assert entry["dtstart"].dt == first
        assert (entry["dtend"].dt - last).days == 1
        assert entry["dtstamp"].dt.date() == AS_OF
    assert len(found) == len(days)


def test_anniversaries_return_each_year(files: dict[str, bytes], dataset: Dataset) -> None:
    raw = icalendar.Calendar.from_ical(files["calendar/anniversaries.ics"])
    occurrences = recurring_ical_events.of(raw)
    event = dataset.events["2015-11-02-kerry-astana"]
    for year in (2020, 2045):
        day = date(year, event.date.first.month, event.date.first.day)
        titles = [str(entry["summary"]) for entry in occurrences.at(day)]
        assert f"{event.date.year}: {event.title}" in titles


def test_names_outlast_the_address(dataset: Dataset) -> None:
    found = [
        re.findall(rb"UID:(\S+)", dict(calendars.calendars(dataset, edition))["calendar.ics"])
        for edition in (EDITION, Edition("2.0.0"))
    ]
    assert found[0] == found[1]
    assert len(set(found[0])) == len(found[0])


def test_feeds_are_valid(files: dict[str, bytes]) -> None:
    for path, raw in files.items():
        if not path.endswith(".xml"):
            continue
        found = feedparser.parse(raw)
        assert not found.bozo, path
        assert found.version == "atom10"
        assert found.feed.id.startswith("urn:uuid:")
        assert found.feed.title
        assert found.feed.updated_parsed
        for entry in found.entries:
            assert entry.id
            assert entry.title
            assert entry.updated_parsed
            assert entry.link.startswith("https://example.org/")
        assert len({entry.id for entry in found.entries}) == len(found.entries)


def test_feeds_say_nothing_of_a_time_after_the_edition(dataset: Dataset) -> None:
    early = replace(dataset, as_of=date(2015, 1, 1))
    for feed in (raw for path, raw in exports.files(early, EDITION) if path == "feed.xml"):
        found = feedparser.parse(feed)
        stamps = {entry.title: entry.updated[:10] for entry in found.entries}
        assert set(stamps.values()) == {"2014-12-10", "2015-01-01"}
        assert found.feed.updated == "2015-01-01T00:00:00Z"


# The parser warns of a class of its own.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_jsonld_says_what_a_record_is(dataset: Dataset) -> None:
    kinds = {
        "events": "Event",
        "agreements": "Legislation",
        "people": "Person",
        "organizations": "Organization",
        "commitments": "CreativeWork",
    }
    for kind, word in kinds.items():
        for entry in dataset.of(kind).values():
            node = jsonld.node(entry, dataset, EDITION)
            local = node | {"@context": {"@vocab": "https://schema.org/"}}
            graph = Graph().parse(data=json.dumps(local), format="json-ld")
            types = set(graph.objects(URIRef(node["@id"]), None))
            assert URIRef(f"https://schema.org/{word}") in types
    nowhere = jsonld.node(next(iter(dataset.events.values())), dataset, Edition("1"))
    assert nowhere["@id"].startswith("urn:uuid:")
    assert "url" not in nowhere


def test_jsonld_of_the_whole_lists_what_can_be_downloaded(dataset: Dataset) -> None:
    about = jsonld.about_data(dataset, EDITION)
    assert about["@type"] == "Dataset"
    assert about["creator"] == {"@type": "Organization", "name": base.NAME, "url": EDITION.site_url}
    published = {path for path, _ in exports.files(dataset, EDITION)}
    listed = {
        node["contentUrl"].removeprefix(EDITION.site_url): (node["name"], node["encodingFormat"])
        for node in about["distribution"]
    }
    assert set(listed) < published
    assert listed["data/kzus.sqlite"] == ("SQLite", "application/vnd.sqlite3")
    assert set(listed) >= {
        *("api/v1/index.json", "data/datapackage.json", "data/citations.bib"),
        *("calendar.ics", "feed.xml", "changes.xml"),
    }
    assert "url" not in jsonld.about_data(dataset, Edition("1"))


def test_a_citation_names_version_and_day(dataset: Dataset) -> None:
    event = dataset.events["2015-11-02-kerry-astana"]
    cited = cite.citation(event, dataset, EDITION)
    assert cite.text(cited).endswith(
        "version 1.0.0, 31 January 2017. https://example.org/events/2015-11-02-kerry-astana/"
    )
    assert not cite.citation(event, dataset, Edition("1")).url


def test_crawlers_find_the_sitemap_where_there_is_an_address(dataset: Dataset) -> None:
    for edition, found in ((EDITION, True), (Edition("1"), False)):
        raw = dict(plain.robots(dataset, edition))["robots.txt"]
        assert (b"Sitemap: https://example.org/sitemap.xml" in raw) is found


def _exported(root: Path, folder: Path, seed: str) -> dict[str, str]:
    environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1485864000"}
    command = [sys.executable, "-c", "from kzus.cli import main; main()", "export", str(folder)]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    sums = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    return {path: found for found, path in sums}


def test_two_runs_are_equal_byte_for_byte(tmp_path: Path) -> None:
    mini(tmp_path / "record")
    one = _exported(tmp_path / "record", tmp_path / "one", "1")
    two = _exported(tmp_path / "record", tmp_path / "another" / "two", "2")
    assert one == two
    for path, found in one.items():
        assert hashlib.sha256((tmp_path / "one" / path).read_bytes()).hexdigest() == found


def test_export_refuses_a_full_folder_and_a_broken_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini(tmp_path))
    run = CliRunner().invoke
    assert run(main, ["export", "data"]).exit_code == 2
    (tmp_path / "data/places.yaml").write_text("astana: 1\n")
    broken = run(main, ["export", "out"])
    assert broken.exit_code == 1
    assert "wrong-type" in broken.output
    assert not (tmp_path / "out").exists()


def test_each_series_has_its_figures_alone(files: dict[str, bytes], dataset: Dataset) -> None:
    together = files["data/csv/series_values.csv"].decode().splitlines()
    alone = [files[f"data/series/{key}.csv"].decode().splitlines() for key in dataset.series]
    assert [line for lines in alone for line in lines[1:]] == together[1:]
    assert {lines[0] for lines in alone} == {together[0]}
    assert all(len(lines) > 1 for lines in alone)
