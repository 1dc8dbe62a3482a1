"""What was so on any day, in one file: the answers of `views.on` with the days they change on.

A reader of the file needs no rule: the last of the `turns` at or before a day holds on it.
"""

from __future__ import annotations

from datetime import date

from ..dataset import Dataset
from ..model.records import Event
from ..views import on
from . import shapes
from .convert import build


def value(dataset: Dataset, about: dict[str, str]) -> shapes.AnyDay:
    """The answers for all days; every list is in the order of time."""
    found = on.turning(dataset)
    posts = [
        build(
            shapes.Post,
            post,
            turns=[
                (day.isoformat(), [(h.ref.id, h.ref.title, h.level, h.words) for h in held])
                for day, held in turns
            ],
        )
        for post, turns in found.posts
    ]
    lives = [
        build(shapes.Life, ref, turns=[(day.isoformat(), s.code, s.words) for day, s in turns])
        for ref, turns in found.agreements
    ]
    first = date(on.years(dataset).start or dataset.as_of.year, 1, 1).isoformat()
    events = [_event(event) for event in found.events]
    return shapes.AnyDay(**about, first=first, posts=posts, agreements=lives, events=events)


def _event(event: Event) -> shapes.Happening:
    return shapes.Happening(
        id=event.id,
        title=event.title,
        edtf=event.date.text,
        words=event.date.words,
        first=event.date.first.isoformat(),
        last=event.date.last.isoformat(),
        exact=event.date.days is not None,
        dialogue=event.dialogue.format if event.dialogue else None,
    )
