"""Adding a source."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context, Option
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
    assert (result.stdout, result.stderr) == ("example-2016-02-01-remarks\n", f"{FILE}\n")
    text = path.read_text()
    assert "  # the first\n  state-2015-statement:\n" in text
    assert text.index("example-2016-02-01-remarks") < text.index("state-2015-statement")
    assert "example-2016-02-01-remarks" in checked(record)[0].sources


def test_new_publisher_and_questions(record: Path) -> None:
    answers = "Remarks\nҒылым\nExample Press\n2016-13-01\n\npress\nenglish\n\n"
    result = run("https://www.press.example/a", "--side", "US", answers=answers)
    assert result.exit_code == 0, result.output
    assert "write the name in Latin letters" in result.output
    assert "date: 2016-13-01 has month 13" in result.output
    assert "language: must be two small letters" in result.output
    assert "a new publisher, side US: Example Press\n" in result.output
    assert result.stdout.endswith("\npress-remarks\n")
    assert {p.rule for p in checked(record)[1]} == {"unused-source"}
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
    new = "a new publisher, side other: state departement (did you mean state-department?)"
    assert new in result.output
    assert result.output.endswith("\nstate-2016-02-01-remarks\n")


def test_wrong_address_writes_nothing(record: Path) -> None:
    before = sorted(record.rglob("*"))
    result = run("javascript:alert(1)", "--publisher", "New", *PAGE)
    assert result.exit_code == 2
    assert "must be an http or https address" in result.output
    for wrong in (["--id", "stats-2015-table"], ["--id", "../x"], ["--archived", "x"]):
        again = run("https://example.org/x", "--publisher", "New", *PAGE, *wrong)
        assert again.exit_code == 2
    assert (
        "the id stats-2015-table is taken"
        in run("https://example.org/x", "--id", "stats-2015-table").output
    )
    assert sorted(record.rglob("*")) == before


def test_several_publishers_fit(record: Path) -> None:
    result = run("https://example.org/x", "--publisher", "st", *PAGE)
    assert result.exit_code == 2
    assert "which publisher? state-department, statistics-office" in result.output


def test_a_second_page_of_one_title_and_date_gets_a_number(record: Path) -> None:
    ids = [run(f"https://example.org/{n}", "--publisher", "dep", *PAGE).stdout for n in range(3)]
    first = "example-2016-02-01-remarks"
    assert ids == [f"{first}\n", f"{first}-2\n", f"{first}-3\n"]


def test_without_a_terminal_the_flags_that_are_needed_are_told(record: Path) -> None:
    result = run("https://example.org/x", "--publisher", "department", "--kind", "press")
    assert result.exit_code == 2
    assert "Error: give --title, --date, --language: there is no terminal to ask" in result.output
    assert "Aborted" not in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_giving_up_at_a_terminal(record: Path) -> None:
    ours, theirs = os.openpty()
    program = Path(sys.executable).with_name("kzus")
    command = [program, "cite", "https://example.org/x"]
    with subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, text=True) as process:
        os.write(ours, b"\x04")  # the end of what is typed
        assert "Aborted!" in process.communicate(timeout=60)[1]
    assert process.returncode == 1


def test_a_name_that_makes_the_id_of_a_publisher_is_that_publisher(record: Path) -> None:
    result = run("https://example.org/x", "--publisher", "Statistics_Office", *PAGE)
    assert result.exit_code == 0, result.output
    assert "a new publisher" not in result.output


@pytest.mark.parametrize("command", ["cite", "check", "new"])
def test_every_option_has_help(command: str) -> None:
    found = main.get_command(Context(main), command)
    assert found
    options = [option for option in found.params if isinstance(option, Option)]
    assert [option.name for option in options if not option.help] == []
