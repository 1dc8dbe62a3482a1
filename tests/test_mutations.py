"""The faults of tests/mutations.py: that each can still be planted, and is told as it is."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from kzus.rules import RULES
from mutations import FORMATTED, MINI, ROOT, Mutation, mutations, table

ALL = mutations()
# What the reader, the models and the loader refuse, before any rule is applied.
SHAPE = {"bad-date", "bad-url", "duplicate-id", "duplicate-key", "missing-field", "not-text"} | {
    *("text-too-long", "unknown-key", "unknown-word", "unseen-character", "wrong-type"),
    *("yaml-feature", "yaml-syntax"),
}
KNOWN = {FORMATTED, *SHAPE, *(rule.name for rule in RULES)}


def test_there_are_enough_and_each_is_another() -> None:
    assert len(ALL) >= 60
    assert Counter(one.fault for one in ALL).most_common(1)[0][1] == 1
    assert len({(one.file, one.old, one.new) for one in ALL}) == len(ALL)
    for place, least in {"tests/mini/": 20, "docs/": 15, "scripts/": 25}.items():
        assert sum(one.file.startswith(place) for one in ALL) >= least


@pytest.mark.parametrize("mutation", ALL, ids=lambda one: one.fault)
def test_the_fault_can_be_planted(mutation: Mutation) -> None:
    content = (ROOT / mutation.file).read_bytes().decode()
    assert content.count(mutation.old) == 1
    assert mutation.old != mutation.new


@pytest.mark.parametrize("caught", sorted({one.caught for one in ALL}))
def test_what_catches_it_is_there(caught: str) -> None:
    if not caught.startswith("tests/"):
        assert caught in KNOWN
        assert all(one.file.startswith(f"{MINI}/") for one in ALL if one.caught == caught)
        return
    file, _, name = caught.partition("::")
    defined = ast.walk(ast.parse((ROOT / file).read_text()))
    functions = {node.name for node in defined if isinstance(node, ast.FunctionDef)}
    assert name.partition("[")[0] in functions


def test_the_page_has_the_table() -> None:
    """Written anew with `python tests/mutations.py --list`."""
    assert table(ALL) in (ROOT / "docs/about/quality.md").read_text()
