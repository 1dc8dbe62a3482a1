"""The workflows: pinned, with the least rights, and deaf to what a pull request says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent.parent / ".github/workflows"
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
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if not program:
        pytest.skip("zizmor is not installed")
    command = [program, "--offline", "--no-progress", "--min-severity=low", str(FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
