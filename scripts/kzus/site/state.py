"""What finished files rest on besides the record: programs, templates and settings, as a digest."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from ..views.sight import digest

_PACKAGE = Path(__file__).resolve().parent.parent
# Dependencies of dependencies whose work shows in a page.
_BEHIND = ("markdown", "jinja2")


@cache
def of_programs() -> str:
    """A digest of this package's code and of the versions of all that it builds with."""
    code = (file.read_bytes() for file in sorted(_PACKAGE.rglob("*.py")))
    return digest(*_versions(), *code)


def of_files(folder: Path) -> str:
    """A digest of all files below a folder, with their names."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(*(part for f in files for part in (str(f.relative_to(folder)), f.read_bytes())))


def _versions() -> Iterator[str]:
    yield f"{sys.version} {sqlite3.sqlite_version}"
    try:
        needed = metadata.requires("kzus") or []
    except metadata.PackageNotFoundError:  # run from a folder, without having been installed
        needed = []
    for name in sorted({*_BEHIND, *(re.split(r"[^\w-]", line)[0] for line in needed)}):
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:  # of an extra that is not installed
            continue
