"""A site's folder: files are written whole where something changed, and stale ones removed."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from ..files import write_whole
from ..views.sight import digest, hasher

# MkDocs clears a site before it builds, but for names that begin with a dot.
_ASIDE = ".before"
# What tells a file from another without reading it, and by reading it: digest, size, time.
Stamp = tuple[str, int, int]


class Output:
    """A folder of finished files, of which those that an earlier build made can be kept.

    Paths are below the folder, with slashes.
    """

    def __init__(self, folder: Path) -> None:
        """Begin a build: what is written or kept from here on is what belongs there."""
        self._folder = folder
        self._current: set[str] = set()
        self._begun = time.time_ns()

    def set_aside(self) -> None:
        """Save what an earlier build left from being cleared; `bring_back` puts it back."""
        shutil.rmtree(self._folder / _ASIDE, ignore_errors=True)
        self._move(self._folder, self._folder / _ASIDE)

    def bring_back(self) -> None:
        """Put back what was set aside."""
        self._move(self._folder / _ASIDE, self._folder)
        shutil.rmtree(self._folder / _ASIDE, ignore_errors=True)

    def _move(self, old: Path, new: Path) -> None:
        for found in list(old.iterdir()) if old.is_dir() else ():
            if not found.name.startswith("."):
                new.mkdir(exist_ok=True)
                found.rename(new / found.name)

    def write(self, path: str, content: bytes) -> Stamp:
        """Write a file, unless it stands there already."""
        found, size = digest(content), len(content)
        if not self.keep(path, (found, size, 0)):
            write_whole(self._folder / path, content)
            self._current.add(path)
        return found, size, self._moment(path)

    def keep(self, path: str, stamp: Stamp) -> bool:
        """Keep a file as an earlier build left it; whether there is such a file."""
        known, size, moment = stamp
        file = os.path.join(self._folder, path)
        try:
            found = os.stat(file)
            same = found.st_size == size and (found.st_mtime_ns == moment or _digest(file) == known)
        except OSError:
            return False
        if same:
            self._current.add(path)
        return same

    def adopt(self, path: str, stamp: Stamp, aside: Path) -> Stamp:
        """Move a file, written below another folder, to its place, unless it stands there."""
        if not self.keep(path, (*stamp[:2], 0)):
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (aside / path).replace(target)
            self._current.add(path)
        return *stamp[:2], self._moment(path)

    def note(self, paths: Iterable[str]) -> None:
        """Know what another process wrote."""
        self._current.update(paths)

    def taken(self, path: str) -> Stamp:
        """Take over a file that another program wrote."""
        self._current.add(path)
        file = os.path.join(self._folder, path)
        return _digest(file), os.path.getsize(file), self._moment(path)

    def _moment(self, path: str) -> int:
        return os.stat(os.path.join(self._folder, path)).st_mtime_ns

    def remove_stale(self, others: Iterable[str]) -> None:
        """Remove what is older than this build, unless it was kept or is among `others`."""
        belongs = self._current.union(others)
        for folder, _, files in os.walk(self._folder, topdown=False):
            here = os.path.relpath(folder, self._folder).replace(os.sep, "/")
            if here.startswith(".") and here != ".":
                continue  # a name that MkDocs leaves alone, too
            prefix = "" if here == "." else f"{here}/"
            paths = ((prefix + name, os.path.join(folder, name)) for name in files)
            stale = [file for path, file in paths if path not in belongs and self._older(file)]
            for file in stale:
                os.unlink(file)
            if len(stale) == len(files) and not os.listdir(folder):
                os.rmdir(folder)

    def _older(self, file: str) -> bool:
        return os.stat(file).st_mtime_ns < self._begun


def _digest(file: str) -> str:
    """The digest of a file's bytes, read piece by piece: the largest has tens of megabytes."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, hasher).hexdigest()
