"""Runs `kzus` and dies in the middle of writing a file: `python dying.py MOMENT COMMAND...`.

MOMENT is `half` (half of the content is on the disk), `before` (the whole of it lies aside) or
`after` (it stands in its place, and nothing was tidied up).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from kzus.cli import main

write_bytes, replace, link = Path.write_bytes, Path.replace, os.link


def die() -> NoReturn:
    os._exit(9)  # as by SIGKILL: nothing is unwound


def half(path: Path, content: bytes) -> NoReturn:
    write_bytes(path, content[: len(content) // 2])
    die()


def before(*_: Any) -> NoReturn:
    die()


def after_replace(path: Path, target: Path) -> NoReturn:
    replace(path, target)
    die()


def after_link(path: Path, target: Path) -> NoReturn:
    link(path, target)
    die()


MOMENTS = {
    "half": {(Path, "write_bytes"): half},
    "before": {(Path, "replace"): before, (os, "link"): before},
    "after": {(Path, "replace"): after_replace, (os, "link"): after_link},
}

if __name__ == "__main__":
    for (owner, name), stand_in in MOMENTS[sys.argv[1]].items():
        setattr(owner, name, stand_in)
    main(sys.argv[2:])
