"""Promises and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from .base import Finding


def status_without_evidence(dataset: Dataset) -> Iterator[Finding]:
    """A status other than not-assessed rests on dated evidence.

    The record rates outcomes, and says on what the rating stands: evidence with a source.

    Wrong:

        # data/commitments/2015-regional-trade.yaml
        status: delivered
        evidence: []

    Right:

        # data/commitments/2015-regional-trade.yaml
        status: delivered
        evidence:
          - {date: 2016-05-01, fact: The centre opened., sources: [stats-2015-table]}
    """
    for commitment in dataset.commitments.values():
        shown = any(evidence.sources or commitment.sources for evidence in commitment.evidence)
        if commitment.status != "not-assessed" and not shown:
            message = f"{commitment.status} needs dated evidence: add some, or write not-assessed"
            yield Finding(message, commitment, ("status",))


def evidence_before_promise(dataset: Dataset) -> Iterator[Finding]:
    """Evidence is not older than the promise.

    What was done before was not done because of it.

    Wrong:

        # data/commitments/2015-regional-trade.yaml
        evidence:
          - {date: 2014-05-01, fact: The centre opened., sources: [stats-2015-table]}

    Right:

        # data/commitments/2015-regional-trade.yaml
        evidence:
          - {date: 2016-05-01, fact: The centre opened., sources: [stats-2015-table]}
    """
    for commitment in dataset.commitments.values():
        for index, evidence in enumerate(commitment.evidence):
            if evidence.date.surely_before(commitment.made):
                message = f"{evidence.date} lies before the promise, {commitment.made}"
                yield Finding(message, commitment, ("evidence", index, "date"))


def promise_against_event(dataset: Dataset) -> Iterator[Finding]:
    """A promise has the date of the event at which it was made.

    Wrong:

        # data/commitments/2015-regional-trade.yaml
        made: 2015-03-01

    Right:

        # data/commitments/2015-regional-trade.yaml
        made: 2015-11-02
    """
    for commitment in dataset.commitments.values():
        event = dataset.events.get(commitment.made_at or "")
        if event and not event.date.overlaps(commitment.made):
            message = f"{commitment.made} is not the date of {event.id}, {event.date}"
            yield Finding(message, commitment, ("made",))
