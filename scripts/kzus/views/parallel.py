"""The main posts of both sides as bars on one line of years, the same posts face to face."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset import Dataset
from ..model.records import Tenure
from . import bars, posts
from .bars import Axis, Bar
from .refs import Ref
from .registers import Holder, OfficeView, holders

# A letter of a name and the room around it, in hundredths of the narrowest line that is drawn.
_LETTER, _ROOM = 0.85, 0.8


@dataclass(frozen=True)
class Mark:
    """A tenure on a line: its bars, whose it is, and a label where one fits."""

    ref: Ref
    bars: tuple[Bar, ...]
    words: str
    label: str


def axis(dataset: Dataset) -> Axis:
    """The line from the record's first year to its own day."""
    return bars.axis(dataset)


def marks(dataset: Dataset, view: OfficeView) -> tuple[Mark, ...]:
    """The tenures of a post on the line."""
    line = axis(dataset)
    return tuple(_mark(line, view, holder) for holder in view.holders if _in_view(line, holder))


def _in_view(line: Axis, holder: Holder) -> bool:
    tenure = holder.tenure
    when = [d for d in (tenure.begin, tenure.end, tenure.seen) if d]
    return bool(when) and (tenure.end is None or tenure.end.last >= line.first)


def _mark(line: Axis, view: OfficeView, holder: Holder) -> Mark:
    tenure, name = holder.tenure, holder.person.name
    drawn = _drawn(line, view, holder)
    words = f"{name}, {view.office.title}, {posts.span(tenure)}"
    label = name.split()[-1]
    fits = drawn[0].kind != "seen" and drawn[0].width > len(label) * _LETTER + _ROOM
    return Mark(holder.ref, drawn, words, label if fits else "")


def of_post(dataset: Dataset, tenure: Tenure, line: Axis) -> tuple[Bar, ...]:
    """One post of a person on a line, drawn as `marks` draws it if only one can hold it."""
    office = dataset.offices.get(tenure.office or "")
    if office is None or office.shared:
        return bars.tenure(line, tenure)
    view = OfficeView(office, holders(dataset, office))
    return next(_drawn(line, view, one) for one in view.holders if one.tenure is tenure)


def _drawn(line: Axis, view: OfficeView, holder: Holder) -> tuple[Bar, ...]:
    """A bar to the line's end where no source shows an end and no one is known to follow."""
    begin, end = holder.tenure.begin, holder.tenure.end
    if begin and not end and not posts.followed(view, holder, line.last):
        return (line.bar("open", max(begin.first, line.first), line.last),)
    return bars.tenure(line, holder.tenure)
