"""The workflows: pinned, with the least rights, and deaf to what a pull request says."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checkers import ACTIONLINT, installed, need

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github/workflows"
REQUIREMENTS = ROOT / ".github/requirements.txt"
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
    assert [file.stem for file in FILES] == [
        "audit",
        "check",
        "comment",
        "links",
        "publish",
        "release",
    ]


@each
def test_actions_are_pinned_by_commit_with_their_version(file: Path) -> None:
    used = [line.strip(" -") for line in file.read_text().splitlines() if "uses:" in line]
    assert all(PINNED.fullmatch(line) for line in used), used


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for file in FILES:
        for name, pin in re.findall(r"uses: (\S+)@(.+)", file.read_text()):
            pins.setdefault(name, set()).add(pin)
    assert all(len(found) == 1 for found in pins.values()), pins


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


def locked() -> dict[str, list[Requirement]]:
    """What publishing installs, by name; more than one where they differ by Python."""
    found: dict[str, list[Requirement]] = {}
    for line in REQUIREMENTS.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not line.startswith("#"):
            text, *hashes = line.split("--hash=sha256:")
            assert hashes, line
            assert all(re.fullmatch("[0-9a-f]{64}", digest.strip()) for digest in hashes), line
            requirement = Requirement(text)
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def test_locked_versions_have_hashes_and_name_no_host() -> None:
    for requirements in locked().values():
        assert all(re.fullmatch(r"==[^,]+", str(one.specifier)) for one in requirements)
        assert not any(one.url for one in requirements)
    assert "://" not in REQUIREMENTS.read_text(encoding="utf-8")


def test_locked_versions_fit_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    known = locked()
    for wanted in map(Requirement, asked):
        for found in known[canonicalize_name(wanted.name)]:
            (pin,) = found.specifier
            assert wanted.specifier.contains(pin.version), (str(wanted), pin.version)


@pytest.mark.parametrize("name", ["check", "publish", "release", "links"])
def test_what_is_published_is_made_with_locked_versions(name: str) -> None:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    assert text.count("--require-hashes -r .github/requirements.txt") == 1
    assert "pip install --quiet --no-deps --no-build-isolation ." in text


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
