"""What the record judges by itself: evidence, the state of an agreement, whose words a text is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kzus.dataset import Dataset
from kzus.model.records import Agreement
from kzus.views import agreements, evidence
from kzus.views.notes import Notes
from records import change, checked

SOURCES = """\
# data/sources/state-department.yaml
sources:
  a: {title: A, url: "https://example.org/a", kind: press, language: en}
  b: {title: B, url: "https://example.org/b", kind: press, language: en}
"""
STATEMENT, TABLE = "state-2015-statement", "stats-2015-table"


@pytest.fixture
def dataset(mini: Path) -> Dataset:
    change(mini, SOURCES)
    return checked(mini)[0]


@pytest.mark.parametrize(
    ("sources", "level", "words"),
    [
        ([], "single", "no source"),
        (["unknown"], "single", "no source"),
        ([STATEMENT, STATEMENT], "single", "one primary source"),
        (["a"], "single", "one press source"),
        (["a", "b"], "single", "2 sources of one publisher"),
        ([STATEMENT, "a"], "single", "2 sources of one publisher, 1 primary"),
        (["a", TABLE], "several", "2 sources"),
        ([STATEMENT, TABLE], "strong", "2 sources, 1 primary"),
    ],
)
def test_evidence_is_counted_by_publishers(
    dataset: Dataset, sources: list[str], level: str, words: str
) -> None:
    found = evidence.strength(dataset, sources)
    assert (found.level, found.words) == (level, words)


def agreement(kind: str, *steps: tuple[str, str]) -> Agreement:
    lifecycle = [{"event": event, "date": day} for event, day in steps]
    given = {"id": "x", "title": "X", "short_title": "X", "type": kind, "parties": ["US", "KZ"]}
    return Agreement(**given, pillars=["commitments"], lifecycle=lifecycle)  # type: ignore[arg-type]


SIGNED, FORCE, END = (
    ("signed", "2000-01-01"),
    ("entered-into-force", "2001-02"),
    ("terminated", "2003"),
)


@pytest.mark.parametrize(
    ("steps", "day", "code", "words"),
    [
        ([], "2005-01-01", "unknown", "no dated step shown"),
        ([SIGNED], "1999-12-31", "future", "not yet made"),
        (
            [SIGNED],
            "2000-01-01",
            "not-shown",
            "signed on 1 January 2000; entry into force not shown",
        ),
        ([SIGNED, FORCE], "2001-01-31", "not-shown", "signed on 1 January 2000; entry into force"),
        ([SIGNED, FORCE], "2001-02-01", "in-force", "in force since February 2001"),
        ([SIGNED, FORCE, END], "2002-12-31", "in-force", "in force since February 2001"),
        ([SIGNED, FORCE, END], "2003-01-01", "ended", "terminated in 2003"),
        ([SIGNED, END], "2003-01-01", "ended", "terminated in 2003"),
        (
            [("ratified-kz", "2001~")],
            "2005-01-01",
            "not-shown",
            "entry into force not shown; ratified-kz",
        ),
    ],
)
def test_an_agreement_is_in_force_only_where_a_source_shows_it(
    steps: list[tuple[str, str]], day: str, code: str, words: str
) -> None:
    found = agreements.state(agreement("treaty", *steps), date.fromisoformat(day))
    assert found.code == code
    assert found.words.startswith(words)


def test_a_statement_does_not_enter_into_force() -> None:
    found = agreements.state(agreement("joint-statement", ("issued", "2000~")), date(2005, 1, 1))
    assert (found.code, found.words) == ("issued", "issued about 2000")


def test_a_text_has_its_own_sources_or_the_only_one_of_its_record(dataset: Dataset) -> None:
    notes = Notes(dataset, [TABLE])
    assert notes.cite("x", [STATEMENT]).numbers == (1,)
    assert notes.cite("x", ["a", STATEMENT, "unknown"]).numbers == (1, 2)
    only = notes.cite("x", [])
    assert (only.numbers, only.inherited) == ((3,), False)
    assert notes.cite("x", [], unattributed=True).numbers == ()
    assert [noted.source.id for noted in notes.sources()] == [STATEMENT, "a", TABLE]


def test_which_of_several_sources_of_a_record_shows_a_text_is_not_settled(dataset: Dataset) -> None:
    notes = Notes(dataset, [STATEMENT, TABLE])
    shown = notes.cite("x", [])
    assert (shown.numbers, shown.inherited) == ((), True)
    assert not Notes(dataset).cite("x", []).inherited
    assert [noted.number for noted in notes.sources()] == [1, 2]
