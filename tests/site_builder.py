"""Builds sites from the miniature record with the real pages and templates."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from records import mini

ROOT = Path(__file__).resolve().parent.parent
# Pages that name records of the real record.
REAL_ONLY = ("about/seed.md",)


def repository(folder: Path, *, data: bool = True) -> Path:
    """Make a folder like the repository, with the miniature record."""
    folder.mkdir(parents=True, exist_ok=True)
    if data:
        mini(folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in REAL_ONLY:
        (folder / "docs" / name).write_text("# A page on the real record\n")
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a build: its own cache, one day, no notice."""
    own = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1485820800"}
    return os.environ | own | {"KZUS_CACHE": str(folder / "cache.sqlite")} | more


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this Python in a folder."""
    program = str(Path(sys.executable).with_name(command[0]))
    env = environment(folder, **more)
    return subprocess.run(
        [program, *command[1:]], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def build(folder: Path, site: str = "site", *options: str, **more: str) -> Path:
    """Build the site of a repository, strictly, and return its folder.

    Not with `--quiet`, for MkDocs does not count the warnings that it does not write; but a dirty
    build, which is a warning in itself, is not strict.
    """
    how = "--quiet" if "--dirty" in options else "--strict"
    done = run(folder, "mkdocs", "build", how, "-d", site, *options, **more)
    assert done.returncode == 0, done.stderr
    return folder / site


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
