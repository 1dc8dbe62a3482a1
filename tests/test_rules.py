"""Every rule finds what its manual calls wrong, and passes what it calls right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzus import rules
from kzus.loader import load
from kzus.nearby import around
from kzus.problems import as_text
from kzus.rules import RULES, Rule
from records import TESTS, change, checked, mini

# What the wrong example of each rule makes, word by word; where a rule changes on purpose, so
# does this file: the failing test shows the new text.
TOLD = dict(
    block.split("\n", 1)
    for block in (TESTS / "cases/wrong-examples.txt").read_text().split("== ")[1:]
)
NAMED = [pytest.param(rule, id=rule.name) for rule in RULES]


def test_miniature_record_is_clean(tmp_path: Path) -> None:
    _, problems = checked(mini(tmp_path))
    assert as_text(problems) == "no problems"


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_every_example_belongs_to_a_rule_that_is_applied() -> None:
    assert set(TOLD) == {rule.name for rule in RULES}


@pytest.mark.parametrize(("kind", "count"), [("events", 2), ("places", 2), ("sources", 2)])
def test_a_count_one_too_low_is_told(kind: str, count: int, tmp_path: Path) -> None:
    name = "data/expectations.yaml"
    (mini(tmp_path) / name).write_text(f"{kind}: {count + 1}\n")
    told = as_text(checked(tmp_path)[1])
    found = f"{kind}: must be {count + 1} or more, found {count} in the record"
    assert told.splitlines()[0].endswith(f"error too-few-entries: {found}")
    (tmp_path / name).write_text(f"{kind}: {count}\n")
    assert checked(tmp_path)[1] == []


@pytest.mark.parametrize("rule", NAMED)
def test_wrong_example(rule: Rule, tmp_path: Path) -> None:
    previous = frozenset(checked(mini(tmp_path))[0].files)
    change(tmp_path, rule.manual.wrong)
    _, problems = checked(tmp_path, previous=previous)
    found = [problem for problem in problems if problem.rule == rule.name]
    assert found, as_text(problems)
    assert {problem.level for problem in found} == {rule.level}
    # The example stands for this fault and no other; a warning may follow from it.
    others = [p for p in problems if p.rule != rule.name and p.level == "error"]
    assert as_text(problems) + "\n" == TOLD[rule.name]
    assert len(others) <= (rule.name in {"steps-out-of-order", "impossible-life"}), as_text(others)


@pytest.mark.parametrize("rule", NAMED)
def test_right_example(rule: Rule, tmp_path: Path) -> None:
    previous = frozenset(checked(mini(tmp_path))[0].files)
    change(tmp_path, rule.manual.right)
    _, problems = checked(tmp_path, previous=previous)
    faults = [p for p in problems if p.level == "error" or p.rule == rule.name]
    assert not faults, as_text(faults)


@pytest.mark.parametrize(("place", "table"), [(0, "moved"), (1, "withdrawn")])
def test_the_line_that_is_proposed_for_a_vanished_id_is_right(
    place: int, table: str, tmp_path: Path
) -> None:
    previous = frozenset(checked(mini(tmp_path))[0].files)
    old = tmp_path / "data/series/us-goods-exports-to-kz.yaml"
    old.rename(old.with_name("goods-exports.yaml"))
    (problem,) = checked(tmp_path, previous=previous)[1]
    line = re.findall("`([^`]+: [^`]+)`", problem.hint)[place].replace("new-id", "goods-exports")
    change(tmp_path, f"# data/redirects.yaml\n{table}:\n  {line}\n")
    assert as_text(checked(tmp_path, previous=previous)[1]) == "no problems"


def test_skipped_rule_finds_nothing(tmp_path: Path) -> None:
    change(mini(tmp_path), "# data/expectations.yaml\nevents: 400")
    dataset, problems = checked(tmp_path)
    assert [problem.rule for problem in problems] == ["too-few-entries"]
    assert rules.check(dataset, tmp_path, skip=["too-few-entries"]) == []


def test_manual_without_example_is_refused() -> None:
    with pytest.raises(ValueError, match="no wrong and right example"):
        Rule("bare", lambda dataset: iter(())).manual  # noqa: B018 - reading it is the test


@pytest.mark.parametrize("rule", NAMED)
def test_what_is_near_an_edit_tells_of_the_fault(rule: Rule, tmp_path: Path) -> None:
    before, _ = checked(mini(tmp_path))
    change(tmp_path, rule.manual.wrong)
    after, _ = load(tmp_path, as_of=before.as_of, previous=before.files)
    if before.files.keys() != after.files.keys():
        return  # a preview asks for the whole
    edited = [key for key in after.files if after.of(key[0])[key[1]] != before.of(key[0])[key[1]]]
    near, whole = (rules.check(found, tmp_path) for found in (around(after, edited), after))
    told, all_told = (
        {(p.path, p.rule) for p in problems if p.level == "error"} for problems in (near, whole)
    )
    assert told <= all_told
    assert bool(told) == bool(all_told)


CASES = [case for folder in ("rules", "shape") for case in (TESTS / "cases" / folder).iterdir()]


@pytest.mark.parametrize("path", sorted(CASES), ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    """A case is a change, and after `# finds` the problems that it makes; none if it is good."""
    example, _, expected = path.read_text().partition("# finds\n")
    previous = frozenset(checked(mini(tmp_path))[0].files)
    change(tmp_path, example)
    _, problems = checked(tmp_path, previous=previous)
    found = "".join(f"# {line}\n" for line in as_text(problems).splitlines()[:-1])
    assert found == expected
