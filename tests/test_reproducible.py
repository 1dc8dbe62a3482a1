"""The same record gives the same bytes, whatever the machine is like."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from site_builder import build, contents, repository, run

# Folders are listed in another order in the second build.
SHUFFLED = """
import os, random
def shuffled(function, key):
    def other(*args, **kwargs):
        found = sorted(function(*args, **kwargs), key=key)
        random.Random(1).shuffle(found)
        return found
    return other
os.listdir = shuffled(os.listdir, str)
"""


def commit(repo: Path) -> None:
    """Make it a repository, with one commit that is the same everywhere."""
    env = os.environ | {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", "1485820800 +0000"))
    }
    (repo / ".gitattributes").write_text("* -text\n")
    for command in (["init", "-q", "-b", "main"], ["add", "data"], ["commit", "-qm", "Begin"]):
        subprocess.run(["git", "-C", str(repo), *command], check=True, env=env)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    repo = repository(tmp_path_factory.mktemp("a") / "repo")
    commit(repo)
    return contents(build(repo, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8", LANG="C.UTF-8"))


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_another_machine_makes_the_same_bytes(first: dict[str, bytes], tmp_path: Path) -> None:
    """Hash seed, time zone, locale, umask, order of folders and length of the path all differ."""
    deep = tmp_path / ("a folder with a long name, blanks and é" * 2) / "b" / "c"
    old = os.umask(0o077)
    try:
        repo = repository(deep / "repo")
        commit(repo)
        (tmp_path / "sitecustomize.py").write_text(SHUFFLED)
        path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
        machine = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "PYTHONPATH": path}
        found = contents(build(repo, **machine, LC_ALL="C", LANG="tr_TR.UTF-8", LANGUAGE="tr"))
    finally:
        os.umask(old)
    assert differing(first, found) == []


def test_line_endings_of_another_system_make_the_same_pages(
    first: dict[str, bytes], tmp_path: Path
) -> None:
    repo = repository(tmp_path / "repo")
    commit(repo)
    for folder, suffix in (("data", "*.yaml"), ("docs", "*.md")):
        for file in (repo / folder).rglob(suffix):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert differing(first, contents(build(repo))) == []


def test_exports_and_pages_are_the_same_too(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    for command in ("export", "pages"):
        for seed in ("1", "2"):
            done = run(repo, "kzus", command, str(tmp_path / command / seed), PYTHONHASHSEED=seed)
            assert done.returncode == 0, done.stderr
        one, other = (contents(tmp_path / command / seed) for seed in ("1", "2"))
        assert one
        assert differing(one, other) == []


def test_the_day_comes_from_outside(first: dict[str, bytes], tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    commit(repo)
    later = contents(build(repo, SOURCE_DATE_EPOCH="1500000000"))
    assert differing(first, later)
