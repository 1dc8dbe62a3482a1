"""Disagreements of sources."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from ..model.base import Dispute
from ..model.records import Disagreement, Entry, Record
from ..problems import DataPath
from .base import Finding


def _disputes(dataset: Dataset) -> Iterator[tuple[Entry, DataPath, Dispute]]:
    for record in dataset.records():
        if isinstance(record, Disagreement):
            yield record, (), record
        elif isinstance(record, Record):
            for index, dispute in enumerate(record.disputes):
                yield record, ("disputes", index), dispute


def too_few_claims(dataset: Dataset) -> Iterator[Finding]:
    """A dispute has two claims at least, and they differ.

    With one answer there is nothing in dispute.

    Wrong:

        # data/disputes/first-to-recognize.yaml
        claims:
          - {says: The United States, sources: [state-2015-statement]}

    Right:

        # data/disputes/first-to-recognize.yaml
        claims:
          - {says: The United States, sources: [state-2015-statement]}
          - {says: Turkey, sources: [stats-2015-table]}
    """
    for record, path, dispute in _disputes(dataset):
        answers = len({claim.says.casefold() for claim in dispute.claims})
        if answers < 2:
            message = f"must hold two answers or more, found {answers}"
            yield Finding(message, record, (*path, "claims"))


def claim_without_source(dataset: Dataset) -> Iterator[Finding]:
    """A claim in a dispute names who makes it.

    Where the claim is reported and its origin is not settled, write `unattributed: true`.

    Wrong:

        # data/disputes/first-to-recognize.yaml
        claims:
          - {says: The United States, sources: [state-2015-statement]}
          - {says: Turkey}

    Right:

        # data/disputes/first-to-recognize.yaml
        claims:
          - {says: The United States, sources: [state-2015-statement]}
          - {says: Turkey, unattributed: true}
    """
    for record, path, dispute in _disputes(dataset):
        for index, claim in enumerate(dispute.claims):
            if not claim.sources and not claim.unattributed:
                message = "has no source: name one, or write `unattributed: true`"
                yield Finding(message, record, (*path, "claims", index))


def question_without_mark(dataset: Dataset) -> Iterator[Finding]:
    """The question of a dispute is a question.

    The page of disputes is read as questions and answers.

    Wrong:

        # data/disputes/first-to-recognize.yaml
        question: The first country to recognize Kazakhstan

    Right:

        # data/disputes/first-to-recognize.yaml
        question: Which country was the first to recognize Kazakhstan?
    """
    for record, path, dispute in _disputes(dataset):
        if not dispute.question.endswith("?"):
            message = "must end in a question mark"
            yield Finding(message, record, (*path, "question"))
