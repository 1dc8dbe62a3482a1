"""What was so on any day, in one file: the answers of `views.on` with the days they change on.

A reader of the file needs no rule: the last entry of `over` at or before a day holds on it.
"""

from __future__ import annotations

from typing import Any

from ..dataset import Dataset
from ..model.records import Event
from ..views import on
from ..views.posts import Holding


def value(dataset: Dataset) -> dict[str, Any]:
    """The answers for all days, as plain values; lists are in the order of time.

    `posts`: each with `over`, a list of [day, holders], a holder being [id, name, level, time in
    words], level one of held, perhaps, seen. `agreements`: each with `over`, a list of [day, code,
    words] as `views.agreements.State`. `events`: [id, title, date in words, first day, last day,
    kind], kind a text with ``x`` for dates exact to the day and ``s`` for dialogue sessions.
    """
    found = on.turning(dataset)
    return {
        "years": [on.years(dataset).start, on.years(dataset).stop - 1],
        "posts": [
            {
                "pair": post.pair,
                "side": post.side,
                "id": post.id,
                "title": post.title,
                "over": [[day.isoformat(), [_holding(h) for h in held]] for day, held in over],
            }
            for post, over in found.posts
        ],
        "agreements": [
            {
                "id": ref.id,
                "title": ref.title,
                "over": [[day.isoformat(), state.code, state.words] for day, state in over],
            }
            for ref, over in found.agreements
        ],
        "events": [_event(event) for event in found.events],
    }


def _holding(holding: Holding) -> list[str]:
    return [holding.ref.id, holding.ref.title, holding.level, holding.words]


def _event(event: Event) -> list[str]:
    kind = ("x" if event.date.days else "") + ("s" if event.dialogue else "")
    days = (event.date.first.isoformat(), event.date.last.isoformat())
    return [event.id, event.title, event.date.words, *days, kind]
