"""The state of an agreement on a day, derived from the steps of its life.

The terms are those of the Vienna Convention on the Law of Treaties (1969): signature,
ratification, entry into force, termination. What no source shows is said to be not shown; it is
not guessed from a signature, a ratification or the passing of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..dates import Date
from ..model.records import Agreement, Step
from ..model.vocabulary import ENDINGS

_MADE = ("signed", "adopted", "agreed", "issued", "announced")


@dataclass(frozen=True)
class State:
    """Where an agreement stands on a day.

    `code` is ``in-force``, ``ended``, ``not-shown`` (made; entry into force not shown), ``issued``
    (a statement, which does not enter into force), ``future`` or ``unknown`` (no dated step).
    """

    code: str
    words: str
    since: Date | None = None
    until: Date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources on which the state rests."""
        return tuple(dict.fromkeys(source for step in self.steps for source in step.sources))


def state(agreement: Agreement, day: date) -> State:
    """The state of an agreement on a day, as far as the record shows it."""
    past = sorted(
        (step for step in agreement.lifecycle if step.date.first <= day),
        key=lambda step: step.date.key,
    )
    if not past:
        word = "not yet made" if agreement.lifecycle else "no dated step shown"
        return State("future" if agreement.lifecycle else "unknown", word)
    begun = _last(past, ("entered-into-force",))
    ended = _last(past, tuple(ENDINGS))
    if ended and (begun is None or begun.date.key <= ended.date.key):
        steps = tuple(step for step in (begun, ended) if step)
        words = f"{ended.event} {_when(ended)}"
        return State("ended", words, begun.date if begun else None, ended.date, steps)
    if begun:
        return State("in-force", f"in force since {begun.date.words}", begun.date, steps=(begun,))
    return _made(agreement, past)


def _made(agreement: Agreement, past: list[Step]) -> State:
    made = _last(past, _MADE)
    if made is None:
        step = past[-1]
        return State("not-shown", f"entry into force not shown; {step.event}", steps=(step,))
    if agreement.type == "joint-statement":
        return State("issued", f"{made.event} {_when(made)}", made.date, steps=(made,))
    words = f"{made.event} {_when(made)}; entry into force not shown by any source we hold"
    return State("not-shown", words, steps=(made,))


def _last(steps: list[Step], events: tuple[str, ...]) -> Step | None:
    return next((step for step in reversed(steps) if step.event in events), None)


def _when(step: Step) -> str:
    words = step.date.words
    return words if words.startswith("about") else f"{'on' if step.date.days else 'in'} {words}"
