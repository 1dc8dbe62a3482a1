"""The workflows: pinned, with the least rights, and deaf to what a pull request says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
import zipfile
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


GH = """\
#!/bin/sh
case "$*" in
  *zip) cat "$FOLDER/kept.zip" ;;
  *--jq*) echo 7 ;;
  *pulls*) echo '[{"number": 3, "head": {"sha": "abc"}}]' ;;
  *comments) echo "$COMMENTS" ;;
  *) : ;;
esac
echo "$*" >> "$FOLDER/asked"
"""
OLD = (
    '[{"id": 9, "user": {"login": "github-actions[bot]"},'
    ' "body": "<!-- kzus: what this change means --> of before"}]'
)


@pytest.mark.browser  # it needs jq and unzip, which the quick tests do not
@pytest.mark.parametrize(
    ("comments", "request_line"),
    [("[]", "--method POST repos/o/r/issues/3/comments"),
     (OLD, "--method PATCH repos/o/r/issues/comments/9")],
)  # fmt: skip
@pytest.mark.parametrize(
    "text", ["- adds 1 event: “қ”\n", "- “қазақ”\n" * 9000, "қ" * 90000, "\xff"]
)
def test_comment_posts_what_a_pull_request_means(
    tmp_path: Path, comments: str, request_line: str, text: str
) -> None:
    for program in ("jq", "unzip"):
        need(program)
    with zipfile.ZipFile(tmp_path / "kept.zip", "w") as kept:
        kept.writestr("meaning.md", text.encode("latin-1" if text == "\xff" else "utf-8"))
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    given = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GH_REPO": "o/r", "SHA": "abc", "RUN": "1"}
    given |= {"OWNER": "o", "BRANCH": "b", "FOLDER": str(tmp_path), "COMMENTS": comments}
    for step in steps(FOLDER / "comment.yml"):
        command = ["bash", "-e", "-c", step["run"]]
        subprocess.run(command, cwd=tmp_path, env=given, check=True, timeout=60)
    assert request_line in (tmp_path / "asked").read_text()
    body = json.loads((tmp_path / "body.json").read_text(encoding="utf-8"))["body"]
    assert body.startswith("<!-- kzus: what this change means -->\n### What this change means\n")
    assert body.endswith("<sub>Written by the code of this pull request.</sub>\n")
    assert ("There is more; this is cut here." in body) == (len(text) > 50000)
    assert len(body.encode()) < 65000
    assert text == "\xff" or "\ufffd" not in body


@pytest.mark.browser  # it needs a POSIX shell
@pytest.mark.parametrize("name", ["publish", "release"])
def test_what_is_published_knows_its_address(name: str) -> None:
    file = FOLDER / f"{name}.yml"
    (asked,) = [step for step in steps(file) if step.get("id") == "pages"]
    for answer in ("https://o.github.io/r", "https://record.example/"):
        gh = f"gh() {{ echo {answer}; }}; GITHUB_OUTPUT=/dev/stdout GITHUB_REPOSITORY=o/r;"
        done = subprocess.run(
            ["bash", "-e", "-c", gh + asked["run"]], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"url={answer.rstrip('/')}/\n"
    made = [step for step in steps(file) if "KZUS_SITE_URL" in step.get("env", {})]
    assert [step["env"]["KZUS_SITE_URL"] for step in made] == ["${{ steps.pages.outputs.url }}"]
    assert re.search("mkdocs build|kzus export", made[0]["run"])


@pytest.mark.browser  # it needs a POSIX shell
def test_notes_of_a_release_fail_with_what_writes_them_and_are_cut_at_a_line(
    tmp_path: Path,
) -> None:
    (notes,) = [
        s["run"] for s in steps(FOLDER / "release.yml") if s.get("name") == "Write the notes"
    ]
    for told, code in (("yes 'a line' | head -n 20000", 0), ("false", 1)):
        functions = f"git() {{ echo data-1; }}; kzus() {{ {told}; }}; TAG=data-2;"
        done = subprocess.run(["bash", "-e", "-c", functions + notes], cwd=tmp_path, check=False)
        assert done.returncode == code
    lines = (tmp_path / "notes.md").read_text().splitlines()
    assert lines[-3:] == ["a line", "", "There is more; this is cut here."]


def judged(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
