"""What a contributor probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus.hints import hint
from records import checked, mini, write

EVENT = """\
Title: Visit
date: 1 April 2016
type: Visit
pillar: dialogue
participants:
- John Kerry
facts: He came.
source: https://example.org/x
"""


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        ("bad-date", "1 April 2016", "write 2016-04-01"),
        ("bad-date", "April 2016", "write 2016-04"),
        ("bad-date", "04/02/2016", "write the year first: 2016-04-02 or 2016-02-04"),
        ("bad-date", "soon", ""),
        ("bad-id", "John Kerry", "did you mean john-kerry?"),
        ("bad-id", "Қазақ", ""),
        ("bad-id", "https://example.org", "name a source by its id"),
        ("wrong-type", "dialogue", "after a hyphen: - dialogue"),
        ("wrong-type", None, ""),
    ],
)
def test_hints(rule: str, value: object, words: str) -> None:
    found = hint(rule, value, "must be a list, found 'x'")
    assert words in found if words else found == ""


def test_a_first_try(tmp_path: Path) -> None:
    write(mini(tmp_path), "data/events/2016/2016-04-01-a.yaml", EVENT)
    found = {p.line: p.hint for p in checked(tmp_path)[1] if "2016-04-01-a" in p.path and p.hint}
    assert found == {
        1: "did you mean title?",
        2: "write 2016-04-01",
        3: "did you mean visit?",
        4: "did you mean pillars?",
        6: "write keys in lines of their own: person, name, role, side",
        7: "write it in a line of its own, after a hyphen: - He came.",
        8: "did you mean sources?",
    }
