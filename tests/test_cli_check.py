"""`kzus check` as contributors run it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzus import __version__
from kzus.cli import main
from kzus.rules import RULES, Rule
from records import TESTS, change

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"
ENV = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@b.c",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@b.c",
}


@pytest.fixture
def run(mini: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(mini)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1485820800")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["check", *arguments])

    return invoke


def test_an_edit_may_tell_of_what_came_after_the_newest_commit(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(UTC).date()
    event = mini / f"data/events/{today.year}/{today}-visit.yaml"
    event.parent.mkdir(exist_ok=True)
    event.write_text(
        f"title: A visit\ndate: {today}\ntype: visit\npillars: [dialogue]\nfacts: [He came.]\n"
        "sources: [state-2015-statement]\n"
    )
    assert "date-ahead" in run("--strict").output
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    for key, value in (ENV | {"GIT_COMMITTER_DATE": "2017-01-31T00:00:00Z"}).items():
        monkeypatch.setenv(key, value)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *words], check=True)
    for paths in ([], [str(event)]):
        assert run("--strict", *paths).output == "no problems\n"


def test_clean(run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run()
    assert (result.exit_code, result.output) == (0, "no problems\n")
    monkeypatch.chdir("data/events")
    assert run().exit_code == 0


def test_problems_and_paths(run, mini: Path) -> None:
    change(mini, f"# {EVENT}\nplace: asana\n# data/people/jane-roe.yaml\nname: Jane")
    result = run()
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "2 errors"
    assert run(EVENT).output.splitlines() == [
        f"{EVENT}:9:8: error unknown-place: place: names no known place: asana",
        "  hint: did you mean astana?",
        "1 error",
    ]
    assert run("data/people").exit_code == 1
    assert run("data/agreements").exit_code == 0
    assert len(json.loads(run("--format", "json", EVENT).output)) == 1
    assert run("--format", "github", EVENT).output.startswith(f"::error file={EVENT},line=9,col=8,")
    assert run("--skip", "unknown-place", EVENT).exit_code == 0


def _told_of_each_file(root: Path, run) -> None:
    told = json.loads(run("--format", "json").output)
    for path in sorted(p for p in (root / "data").rglob("*") if p.is_file()):
        name = path.relative_to(root).as_posix()
        alone = json.loads(run("--format", "json", name).output)
        assert alone == [problem for problem in told if problem["path"] == name], name


def test_one_file_is_told_what_the_whole_record_tells(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TESTS / "terrible/data", mini.parent / "terrible/data")
    monkeypatch.chdir(mini.parent / "terrible")
    _told_of_each_file(mini.parent / "terrible", run)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_one_file_is_told_of_every_rule(run, mini: Path, rule: Rule) -> None:
    change(mini, rule.manual.wrong)
    _told_of_each_file(mini, run)


def test_a_source_with_an_unusual_key_is_known(run, mini: Path) -> None:
    path = mini / "data/sources/statistics-office.yaml"
    path.write_text(path.read_text().replace("  stats-2015-table:", "  ? stats-2015-table\n  :"))
    assert run("data/people/john-kerry.yaml").output == "no problems\n"
    _told_of_each_file(mini, run)


def test_warnings_count_when_strict(run, mini: Path) -> None:
    change(mini, "# data/places.yaml\nzhezkazgan: {name: Zhezkazgan, country: KZ}")
    assert run().exit_code == 0
    assert "1 warning" in run().output
    assert run("--strict").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--skip", "unknown-plase"], "no rule is called 'unknown-plase': did you mean unknown-pl"),
        (["--skip", "x"], "no rule is called 'x'"),
        (["--base", "nowhere"], "git knows no revision 'nowhere'"),
        (["--base", "--output=x"], "git knows no revision '--output=x'"),
        (["nowhere.yaml"], "Path 'nowhere.yaml' does not exist"),
        (["--format", "xml"], "'xml' is not one of"),
    ],
)
def test_wrong_usage(run, arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_wrong_surroundings(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert "SOURCE_DATE_EPOCH must be seconds since 1970" in run().output
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    assert run().exit_code == 2
    assert "no folder `data` here or above" in run().output


def test_vanished_since_a_revision(run, mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in ENV.items():
        monkeypatch.setenv(key, value)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "old"]):
        subprocess.run(["git", *command], cwd=mini, check=True)
    change(mini, "# data/series/us-goods-exports-to-kz.yaml\nnull")
    assert "series/us-goods-exports-to-kz is gone without an entry here" in run().output
    subprocess.run(["git", "commit", "-qam", "y"], cwd=mini, check=True)
    assert run().exit_code == 0
    assert run("--base", "old").exit_code == 1


def test_commands_are_listed_and_others_refused() -> None:
    listed = CliRunner().invoke(main, ["--help"])
    assert "check" in listed.output
    assert CliRunner().invoke(main, ["chekc"]).exit_code == 2
    assert CliRunner().invoke(main, ["--version"]).output == f"kzus, version {__version__}\n"
