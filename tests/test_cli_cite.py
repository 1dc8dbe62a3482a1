"""Adding a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzus.cli import main
from records import checked, mini

FILE = "data/sources/state-department.yaml"
PAGE = ["--title", "Remarks", "--date", "2016-02-01", "--kind", "primary", "--language", "en"]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def run(url: str, *arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["cite", url, *arguments], input=answers)


def test_known_publisher_and_comments_stay(record: Path) -> None:
    path = record / FILE
    path.write_text(path.read_text().replace("  state-2015", "  # the first\n  state-2015"))
    result = run("https://example.org/remarks", "--publisher", "department", *PAGE)
    assert result.output == f"{FILE}\nexample-2016-02-01-remarks\n"
    text = path.read_text()
    assert "  # the first\n  state-2015-statement:\n" in text
    assert text.index("example-2016-02-01-remarks") < text.index("state-2015-statement")
    assert "example-2016-02-01-remarks" in checked(record)[0].sources


def test_new_publisher_and_questions(record: Path) -> None:
    answers = "Remarks\nExample Press\n\npress\n\n"
    result = run("https://www.press.example/a", "--side", "US", answers=answers)
    assert result.exit_code == 0, result.output
    assert "a new publisher: Example Press\n" in result.output
    source = checked(record)[0].sources["press-remarks"]
    assert (source.publisher, source.source_kind, source.date) == ("example-press", "press", None)


def test_known_address(record: Path) -> None:
    result = run("https://example.org/statement", "--publisher", "department", *PAGE)
    assert "this address is a source already: state-2015-statement" in result.output


def test_known_address_is_told_before_questions(record: Path) -> None:
    result = run("https://example.org/statement", answers="Remarks\n")
    assert result.output == "Error: this address is a source already: state-2015-statement\n"


def test_an_unclear_publisher_is_asked_for_again(record: Path) -> None:
    answers = "Remarks\nst\nstatistics\n\npress\n\n"
    result = run("https://www.press.example/a", answers=answers)
    assert "which publisher? state-department, statistics-office" in result.output
    assert checked(record)[0].sources["press-remarks"].publisher == "statistics-office"


def test_a_publisher_that_may_be_meant_is_named(record: Path) -> None:
    result = run("https://2009-2017.state.example/a", "--publisher", "state departement", *PAGE)
    assert "a new publisher: state departement (did you mean state-department?)" in result.output
    assert result.output.endswith("\nstate-2016-02-01-remarks\n")


def test_wrong_address_writes_nothing(record: Path) -> None:
    before = sorted(record.rglob("*"))
    result = run("javascript:alert(1)", "--publisher", "New", *PAGE)
    assert result.exit_code == 1
    assert "must be an http or https address" in result.output
    assert sorted(record.rglob("*")) == before


def test_several_publishers_fit(record: Path) -> None:
    result = run("https://example.org/x", "--publisher", "st", *PAGE)
    assert result.exit_code == 2
    assert "which publisher? state-department, statistics-office" in result.output
