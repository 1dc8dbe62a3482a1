"""What was so on any day, in one file: the answers of `views.on` with the days they change on.

A reader of the file needs no rule: the last of the `turns` at or before a day holds on it.
"""

from __future__ import annotations

from datetime import date

from ..dataset import Dataset
from ..model.records import Event
from ..views import on
from ..views.on import Post, Standing
from ..views.posts import Holding
from ..views.refs import Ref
from . import shapes


def value(dataset: Dataset, about: dict[str, str]) -> shapes.AnyDay:
    """The answers for all days; every list is in the order of time."""
    found = on.turning(dataset)
    return shapes.AnyDay(
        **about,
        first=date(on.years(dataset).start or dataset.as_of.year, 1, 1).isoformat(),
        posts=[_post(post, turns) for post, turns in found.posts],
        agreements=[_life(ref, turns) for ref, turns in found.agreements],
        events=[_event(event) for event in found.events],
    )


def _post(post: Post, turns: tuple[tuple[date, tuple[Holding, ...]], ...]) -> shapes.Post:
    return shapes.Post(
        id=post.id,
        title=post.title,
        pair=post.pair,
        side=post.side,
        turns=[
            (day.isoformat(), [(h.ref.id, h.ref.title, h.level, h.words) for h in held])
            for day, held in turns
        ],
    )


def _life(ref: Ref, turns: tuple[tuple[date, Standing], ...]) -> shapes.Life:
    states = [(day.isoformat(), state.code, state.words) for day, state in turns]
    return shapes.Life(id=ref.id, title=ref.title, turns=states)


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
