"""The life of agreements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from ..dataset import Dataset
from ..model.vocabulary import ENDINGS, LIFECYCLE_STEPS
from .base import Finding

# What must come before what. Ratification may follow entry into force: some instruments apply
# from signature, and parliaments have ratified them years later.
_STAGES = dict.fromkeys(LIFECYCLE_STEPS, 2)
_STAGES |= dict.fromkeys(("announced", "agreed"), 0)
_STAGES |= dict.fromkeys(("adopted", "signed", "issued"), 1)
_STAGES |= dict.fromkeys(ENDINGS, 3)


def steps_out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """The steps of an agreement's life stand in order of time.

    Wrong:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: entered-into-force, date: 2016-12-06}
          - {event: signed, date: 2015-02-20}

    Right:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: signed, date: 2015-02-20}
          - {event: entered-into-force, date: 2016-12-06}
    """
    for agreement in dataset.agreements.values():
        for index, (before, after) in enumerate(pairwise(agreement.lifecycle), 1):
            if after.date.surely_before(before.date):
                message = f"{after.event} on {after.date} stands after {before.event}"
                message = f"{message} on {before.date}: order the steps by date"
                yield Finding(message, agreement, ("lifecycle", index))


def impossible_life(dataset: Dataset) -> Iterator[Finding]:
    """An agreement is signed before it is ratified or in force, and lives before it ends.

    Ratification after entry into force is possible.

    Wrong:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: entered-into-force, date: 2014-12-06}
          - {event: signed, date: 2015-02-20}

    Right:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: signed, date: 2015-02-20}
          - {event: entered-into-force, date: 2015-02-20}
          - {event: ratified-kz, date: 2015-10-31}
    """
    for agreement in dataset.agreements.values():
        for (index, one), (_, other) in combinations(enumerate(agreement.lifecycle), 2):
            early, late = sorted((one, other), key=lambda step: _STAGES[step.event])
            apart = _STAGES[early.event] < _STAGES[late.event]
            if apart and late.date.surely_before(early.date):
                message = f"{late.event} on {late.date}, before {early.event} on {early.date}"
                yield Finding(message, agreement, ("lifecycle", index))


def step_against_event(dataset: Dataset) -> Iterator[Finding]:
    """A step has the date of the event at which it happened.

    Wrong:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: signed, date: 2015-02-20, at: 2015-11-02-kerry-astana}

    Right:

        # data/agreements/2015-legal-assistance-treaty.yaml
        lifecycle:
          - {event: signed, date: 2015-11-02, at: 2015-11-02-kerry-astana}
    """
    for agreement in dataset.agreements.values():
        for index, step in enumerate(agreement.lifecycle):
            event = dataset.events.get(step.at or "")
            if event and not event.date.overlaps(step.date):
                message = f"{step.date} is not the date of {event.id}, {event.date}"
                yield Finding(message, agreement, ("lifecycle", index, "date"))
