"""The real record stands in canonical form, which changes no meaning and loses no comment."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kzus import yamlfile
from kzus.canonical import canonical
from records import MINI
from test_cli_fmt import squeezed

ROOT = MINI.parent.parent
FILES = sorted(p for p in (ROOT / "data").rglob("*.yaml") if "schema" not in p.parts)
BEGINS = re.compile(r"\s*(- )*([\w-]+:( |$)|- )")
pytestmark = pytest.mark.record


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_every_file_is_canonical_to_the_byte() -> None:
    wrong = [f for f in map(name, FILES) if canonical(raw(f), f).encode() != raw(f)]
    assert wrong == []


def raw(path: str) -> bytes:
    return (ROOT / path).read_bytes()


def test_every_file_means_to_others_what_it_means_here() -> None:
    """PyYAML's own loader, without resolvers, reads the same value as the strict reader."""
    for file in FILES:
        theirs = yaml.load(file.read_bytes(), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
        assert as_text(yamlfile.read(file.read_bytes()).value) == theirs, file


def as_text(value: object) -> object:
    """What a reader without types makes of a value: true and null are words as they stand."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return {True: "true", False: "false", None: ""}.get(value, value)  # type: ignore[call-overload]


@settings(max_examples=120)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_disorder_and_comments_come_back_in_order(file: Path, chance: random.Random) -> None:
    """Keys of a file in any order, with comments above what they belong to: all return."""
    path, text = name(file), file.read_text(encoding="utf-8")
    lines: list[str] = []
    for line in text.splitlines():
        if BEGINS.match(line) and chance.random() < 0.3:
            lines.append(" " * (len(line) - len(line.lstrip())) + f"# mark {len(lines)}")
        lines.append(line)
    commented = "\n".join(lines) + "\n"
    neat = canonical(shuffled(commented, chance).encode(), path)
    assert yamlfile.read(neat.encode()).value == squeezed(yamlfile.read(text.encode()).value)
    assert neat == commented


def shuffled(text: str, chance: random.Random) -> str:
    """The blocks of the outermost keys in another order, each with the comments above it."""
    blocks: list[str] = [""]
    for line in text.splitlines(keepends=True):
        if line[0] not in " #\n" and not line.startswith("- ") and blocks[-1].strip():
            before = blocks[-1].splitlines(keepends=True)
            kept = len(before)
            while kept and before[kept - 1].startswith("#"):
                kept -= 1
            blocks[-1:] = ["".join(before[:kept]), "".join(before[kept:])]
        blocks[-1] += line
    head, rest = [b for b in blocks if b.startswith("# yaml-")], [b for b in blocks if b]
    rest = [block for block in rest if block not in head]
    chance.shuffle(rest)
    return "".join([*head, *rest])
