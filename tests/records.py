"""The miniature record, and changes to it, for tests."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kzus import rules
from kzus.dataset import Dataset
from kzus.loader import load
from kzus.problems import Problem

TESTS = Path(__file__).parent
MINI = TESTS / "mini"
AS_OF = date(2017, 1, 31)
_FILE = re.compile(r"^# (data/\S+)\n", re.MULTILINE)


def mini(to: Path) -> Path:
    """Copy the miniature record into a folder, and return the folder."""
    shutil.copytree(MINI / "data", to / "data")
    return to


def write(root: Path, name: str, content: str | bytes) -> None:
    """Put a file into a record."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def change(root: Path, example: str) -> None:
    """Apply an example: `# data/...` names a file, and the keys below it replace those there.

    Mappings are merged, all else is replaced; `null` for a whole file removes it.
    """
    parts = _FILE.split(example)
    assert not parts[0].strip(), "an example begins with the name of a file"
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        patch, path = plain(body), root / name
        if patch == "null":
            path.unlink()
            continue
        old = plain(path.read_text()) if path.exists() else {}
        options = {"allow_unicode": True, "sort_keys": False}
        write(root, name, yaml.dump(_merged(old, patch), Dumper=_Plain, **options))


class _Plain(yaml.SafeDumper):
    """Writes `2015` and `true` as they were read, without quotation marks."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


def plain(text: str) -> Any:
    """Read YAML with every scalar as the text that it is: not by the reader under test."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes only text, lists, mappings


def _merged(old: Any, new: Any) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}


def checked(root: Path, **more: Any) -> tuple[Dataset, list[Problem]]:
    """Load and check a record, as the command line does."""
    dataset, problems = load(root, as_of=AS_OF, **more)
    return dataset, sorted([*problems, *rules.check(dataset, root)])
