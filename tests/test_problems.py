"""Problems in their three forms."""

from __future__ import annotations

import json

from kzus.problems import Problem, as_github, as_json, as_text, nearest, shown

FAULT = Problem("data/a,b.yaml", 3, 5, "bad-date", "100% wrong\x1b[31m\nreally", "did you?")
WHOLE = Problem("data/c.yaml", 0, 0, "unused-source", "not used", level="warning")


def test_text() -> None:
    assert as_text([FAULT, WHOLE]).split("\n") == [
        "data/a,b.yaml:3:5: error bad-date: 100% wrong\\x1b[31m\\nreally",
        "  hint: did you?",
        "data/c.yaml: warning unused-source: not used",
        "1 error, 1 warning",
    ]
    assert as_text([]) == "no problems"
    assert as_text([FAULT, FAULT]).endswith("\n2 errors")


def test_github() -> None:
    assert as_github([FAULT, WHOLE]).split("\n") == [
        "::error file=data/a%2Cb.yaml,line=3,col=5,title=bad-date"
        "::100%25 wrong\\x1b[31m\\nreally%0Ahint: did you?",
        "::warning file=data/c.yaml,title=unused-source::not used",
        "1 error, 1 warning",
    ]


def test_json() -> None:
    found = json.loads(as_json([FAULT, WHOLE]))
    assert [Problem(**each) for each in found] == [FAULT, WHOLE]
    assert json.loads(as_json([])) == []


def test_paths_and_hints() -> None:
    assert shown(("participants", 0, "person")) == "participants[0].person"
    assert shown(()) == ""
    assert nearest("perosn", ["person", "place"]) == "did you mean person?"
    assert nearest("xyz", ["person", "place"]) == ""
