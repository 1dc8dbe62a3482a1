"""Writing files so that none is ever half there."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_aside(path: Path, text: str, *, overwrite: bool) -> None:
    r"""Write a text (UTF-8, newlines `\n`) beside its place, then move it there whole.

    Raises:
        FileExistsError: something is there and may not be overwritten.
        OSError: the folder is read-only, the disk is full, and the like; nothing has changed.
    """
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        if overwrite:
            aside.replace(path)
        else:
            _place(aside, path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _place(aside: Path, path: Path) -> None:
    """Move a file to a free place: a link fails where another process was quicker."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        aside.replace(path)
