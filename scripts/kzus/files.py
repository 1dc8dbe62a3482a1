"""Writing files so that none is ever half there."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes, *, overwrite: bool = True) -> None:
    """Write a file beside its place, then move it there whole.

    Raises:
        FileExistsError: something is there and may not be overwritten.
        OSError: the folder is read-only, the disk is full, and the like; nothing has changed.
    """
    if not overwrite and path.exists():
        raise FileExistsError(f"{path} is there already")
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(aside, content)
        if overwrite:
            aside.replace(path)
        else:
            _place(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except FileNotFoundError:  # its folder is not there yet, which is seldom
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _place(aside: Path, path: Path) -> None:
    """Move a file to a free place: a link fails where another process was quicker."""
    try:
        os.link(aside, path)
        aside.unlink()
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        aside.replace(path)
