"""What a contributor probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus import yamlfile
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
        ("bad-date", "2016-4-2", "write 2016-04-02"),
        ("bad-date", "2016–04–02", "write 2016-04-02"),  # noqa: RUF001
        ("bad-date", "20-09-2016", "write the year first: 2016-09-20"),
        ("bad-date", "September 20th, 2016", "write 2016-09-20"),
        ("bad-date", "20-21 September 2016", "write 2016-09-20/2016-09-21"),
        ("bad-date", "20-34 September 2016", ""),
        ("bad-date", "99/99/2016", ""),
        ("bad-date", "5 июня 2016 г.", "write 2016-06-05"),  # noqa: RUF001
        ("bad-date", "мая 2016 года", "write 2016-05"),
        ("bad-date", "20-21 қыркүйек 2016", "write 2016-09-20/2016-09-21"),
        ("bad-date", "c. 2016", "write 2016~, which means about 2016"),
        ("bad-date", "около 2016 г.", "write 2016~, which means about 2016"),  # noqa: RUF001
        ("bad-date", "soon", ""),
        ("bad-id", "John Kerry", "did you mean john-kerry?"),
        ("bad-id", "Қазақ", ""),
        ("bad-id", "аstana", "did you mean astana, in Latin letters only?"),  # noqa: RUF001
        ("bad-id", "https://example.org", "name a source by its id"),
        ("wrong-type", "dialogue", "after a hyphen: - dialogue"),
        ("wrong-type", "• dialogue, commerce", "after a hyphen: - dialogue"),
        ("wrong-type", "-dialogue", "after a hyphen: - dialogue"),
        ("wrong-type", None, ""),
    ],
)
def test_hints(rule: str, value: object, words: str) -> None:
    found = hint(rule, value, "must be a list, found 'x'")
    assert words in found if words else found == ""


LINES = "title: a\ntype: b\npillars:\n  - c\nparticipants:\n  - person: d\n    role: e\nplace: f\n"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "words"),
    [
        ("title: a", "title: a: b", 1, "put text that has a colon"),
        ("title: a", "title: “a: b”", 1, "put text that has a colon"),
        ("title: a", "title:a", 1, "put a space after the colon"),
        ("type: b", "type:b", 2, "put a space after the colon"),
        ("type: b", "type:\xa0b", 2, "a no-break space"),
        ("  - c", "\xa0\xa0- c", 4, "a no-break space"),
        ("- person", "-person", 6, "put a space after the hyphen"),
        ("title: a", "title: 'a", 1, "close the quotation mark"),
        ("place: f", 'place: "f', 8, "close the quotation mark"),
        ("title: a", "title: 'a's b'", 1, "quotation marks go around the whole text"),
        ("title: a", 'title: "a" b', 1, "quotation marks go around the whole text"),
        ("title: a", "title: @a", 1, "begins with such a sign"),
        ("title: a", "title: [a] b", 1, "begins with such a sign"),
        ("title: a", "title: - a", 1, "begins with such a sign"),
        ("title: a", "[a](b): c", 1, "begins with a bracket"),
        ("    role", "   role", 7, "begin in the same column"),
        ("place: f", "  place: f", 8, "begin in the same column"),
        ("type: b", "<<<<<<< a\ntype: b\n=======\ntype: c\n>>>>>>> b", 2, "were not merged"),
    ],
)
def test_slips_in_yaml(right: str, wrong: str, line: int, words: str) -> None:
    assert not yamlfile.read(LINES.encode()).faults
    fault = yamlfile.read(LINES.replace(right, wrong).encode()).faults[0]
    assert fault.position.line == line
    assert words in fault.hint


def test_a_sentence_is_not_taken_for_a_key(tmp_path: Path) -> None:
    event = "data/events/2015/2015-11-02-kerry-astana.yaml"
    text = (mini(tmp_path) / event).read_text(encoding="utf-8")
    write(tmp_path, event, text.replace("facts:\n", "facts:\n  - “Visit: the talks” began.\n"))
    assert any("put text that has a colon" in problem.hint for problem in checked(tmp_path)[1])


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
