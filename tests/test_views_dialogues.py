"""Formats, their rounds, and the lanes on which they are drawn."""

from __future__ import annotations

from pathlib import Path

from kzus.dataset import Dataset
from kzus.loader import load
from kzus.views import dialogues
from records import AS_OF, change

KEY = "strategic-partnership-dialogue"
LATER = f"""\
# data/dialogues.yaml
enhanced-dialogue:
  name: Enhanced Dialogue
  follows: [{KEY}]
  sources: [state-2015-statement]
silent-dialogue:
  name: A Silent Dialogue
  follows: [enhanced-dialogue]
  sources: [state-2015-statement]
# data/events/2016/2016-enhanced.yaml
title: The enhanced dialogue begins
date: 2016
type: dialogue-session
pillars: [dialogue]
dialogue:
  format: enhanced-dialogue
  number_us: 1
participants:
  - {{name: A Deputy, role: Deputy Minister, side: KZ}}
  - {{name: A Head, role: Minister; co-chair, side: KZ}}
  - {{name: No Role, side: KZ}}
facts: [It met.]
outcomes: [It agreed to meet again.]
sources: [state-2015-statement]
"""


def loaded(root: Path, example: str = "") -> Dataset:
    change(root, example)
    dataset, problems = load(root, as_of=AS_OF)
    assert [p for p in problems if p.level == "error"] == []
    return dataset


def test_a_round_holds_what_came_of_it(mini: Path) -> None:
    dataset = loaded(mini)
    (shown,) = dialogues.formats(dataset)
    first, second = shown.rounds
    assert (first.counted, first.place, first.level) == ("round 3", "Washington", "Ministers")
    assert [(side.code, side.faces[0].name) for side in first.heads] == [
        ("US", "John Kerry"),
        ("KZ", "Erlan Idrissov"),
    ]
    assert [noted.text for noted in first.outcomes] == ["A table of trade was shown."]
    assert [link.state for link in second.documents] == ["in force since 6 December 2016"]
    (promise,) = second.promises
    assert promise.status == "Delivered"
    (report,) = promise.reported
    assert (report.date.words, report.fact, report.round) == (
        "May 2016",
        "The centre opened.",
        None,
    )
    assert shown.levels == ("Ministers",)
    # The page numbers sources in the order in which a reader meets them: the latest round first.
    assert [noted.number for noted in shown.sources] == [1, 2]


REPORTED = """\
# data/commitments/2015-regional-trade.yaml
made: 2014-12-10
made_at: 2014-12-10-dialogue-session
evidence:
  - {date: 2015-11-02, fact: The ministers welcomed the plan., sources: [state-2015-statement]}
  - {date: 2016-05, fact: The centre opened., sources: [stats-2015-table]}
"""


def test_what_the_next_round_reported_of_a_promise(mini: Path) -> None:
    (shown,) = dialogues.formats(loaded(mini, REPORTED))
    (promise,) = shown.rounds[0].promises
    at = [(one.round.id if one.round else None, one.at_next) for one in promise.reported]
    assert at == [("2015-11-02-kerry-astana", True), (None, False)]


def test_counts_of_the_two_sides(mini: Path) -> None:
    counts = {
        "number: 3": "round 3",
        "number_us: 3": "round 3 by the United States' count",
        "number_us: 3\n  number_kz: 3": "round 3",
        "number_us: 3\n  number_kz: 4": (
            "round 3 by the United States' count, 4 by Kazakhstan's count"
        ),
        "level: ministers": "",
    }
    event = "data/events/2014/2014-12-10-dialogue-session.yaml"
    text = (mini / event).read_text()
    for lines, words in counts.items():
        (mini / event).write_text(
            text.replace("number: 3", lines).replace("  level: ministers\n", "", 1)
        )
        (shown,) = dialogues.formats(loaded(mini))
        assert shown.rounds[0].counted == words


def test_heads_of_delegation_come_first(mini: Path) -> None:
    dataset = loaded(mini, LATER)
    (one,) = dialogues.format_of(dataset, dataset.dialogues["enhanced-dialogue"]).rounds
    assert [face.name for face in one.heads[0].faces] == ["A Head", "A Deputy", "No Role"]
    assert one.counted == "round 1 by the United States' count"


def test_formats_stand_in_the_order_in_which_they_met(mini: Path) -> None:
    shown = dialogues.formats(loaded(mini, LATER))
    assert [one.dialogue.id for one in shown] == [KEY, "enhanced-dialogue", "silent-dialogue"]
    assert [link.id for link in shown[0].followed_by] == ["enhanced-dialogue"]
    assert [link.id for link in shown[1].follows] == [KEY]


def test_lanes(mini: Path) -> None:
    dataset = loaded(mini, LATER)
    drawn = dialogues.lanes(dataset, dialogues.formats(dataset))
    assert [lane.ref.id for lane in drawn.lanes] == [KEY, "enhanced-dialogue"]
    first, second = drawn.lanes
    assert [dot.sure for dot in (*first.dots, *second.dots)] == [True, True, False]
    assert first.dots[0].words == "round 3, 10 December 2014, Washington"
    assert 0 < first.dots[0].x < first.dots[1].x < second.dots[0].x <= 100
    (turn,) = drawn.turns
    assert turn.words == "Enhanced Dialogue grew out of Strategic Partnership Dialogue"
    assert (turn.x1, turn.x2) == (first.dots[1].x, second.dots[0].x)
    assert (turn.y1, turn.y2) == (first.y, second.y)
    assert drawn.height > second.y


def test_a_format_may_begin_before_the_one_it_followed(mini: Path) -> None:
    dataset = loaded(mini, LATER.replace("date: 2016", "date: 2014-01").replace("2016", "2014"))
    (turn,) = dialogues.lanes(dataset, dialogues.formats(dataset)).turns
    assert turn.x1 == turn.x2


def test_a_long_name_is_shortened_on_its_lane(mini: Path) -> None:
    named = "# data/dialogues.yaml\nenhanced-dialogue:\n  name: " + "Dialogue on Many Things " * 3
    change(mini, LATER)
    change(mini, named.rstrip() + "\n")
    for example, name in (
        ("", "Dialogue on Many Things Dialogue on Many"),
        ("# data/dialogues.yaml\nenhanced-dialogue:\n  short_name: Many\n", "Many"),
    ):
        dataset = loaded(mini, example)
        lane = dialogues.lanes(dataset, dialogues.formats(dataset)).lanes[1]
        assert lane.name == name
