"""What happened to the files of the record, from git; nothing where there is no git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from .edition import Checkout, Revision

MOST_COMMITS = 50
MOST_FILES = 200  # a commit with more is an import: it is counted, not told


def revisions(root: Path, most: int = MOST_COMMITS) -> tuple[Revision, ...]:
    """The newest commits that touched data/, newest first."""
    listed = Checkout(root).git(
        "log", f"-{most}", "--first-parent", "--no-renames", "-m", "--name-status", "-z",
        "--format=%x01%H %ct", "--", "data", ":!data/schema",
    )  # fmt: skip
    found = [_parsed(block) for block in (listed or "").split("\x01")[1:]]
    told = [(c, paths) for c, _, paths in found if len(paths) <= MOST_FILES]
    names = [
        f"{commit}{side}:{path}" for commit, paths in told for path in paths for side in ("^", "")
    ]
    contents = _contents(root, names)
    return tuple(_revision(*entry, contents) for entry in found)


def days(root: Path) -> dict[str, date]:
    """The day (UTC) of the newest commit of each file below data/ and docs/."""
    listed = Checkout(root).git(
        "log", "--no-renames", "--name-only", "-z", "--format=%x01%ct", "--", "data", "docs"
    )
    found = dict[str, date]()
    for block in (listed or "").split("\x01")[1:]:
        stamp, *paths = block.split("\0")
        day = datetime.fromtimestamp(int(stamp), UTC).date()
        for path in paths:
            found.setdefault(path.strip("\n"), day)
    return found


def _parsed(block: str) -> tuple[str, date, list[str]]:
    head, *rest = block.split("\0")
    commit, stamp = head.split()
    parts = [part.strip("\n") for part in rest if part.strip("\n")]
    return commit, datetime.fromtimestamp(int(stamp), UTC).date(), parts[1::2]


def _revision(commit: str, day: date, paths: list[str], contents: dict[str, bytes]) -> Revision:
    sides = (
        tuple((p, contents[name]) for p in paths if (name := f"{commit}{side}:{p}") in contents)
        for side in ("^", "")
    )
    return Revision(commit, day, len(paths), *sides)


def _contents(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of files at revisions, by one process; names unknown to git are left out."""
    names = list(names)
    if not names:
        return {}
    done = subprocess.run(
        ["git", "-C", str(root), "cat-file", "--batch"],
        input="".join(name + "\n" for name in names).encode(),
        capture_output=True,
        check=True,
    )
    found, at = {}, 0
    for name in names:
        end = done.stdout.index(b"\n", at)
        head = done.stdout[at:end].split(b" ")
        at = end + 1
        if head[-1].isdigit():
            size = int(head[-1])
            found[name] = done.stdout[at : at + size]
            at += size + 1
    return found
