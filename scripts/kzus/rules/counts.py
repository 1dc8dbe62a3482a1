"""How much the record holds."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from .base import Finding


def too_few_entries(dataset: Dataset) -> Iterator[Finding]:
    """The record has as many entries of a kind as data/expectations.yaml says, or more.

    A count that falls is a loss until someone says otherwise, by lowering the number there.

    Wrong:

        # data/expectations.yaml
        events: 400

    Right:

        # data/expectations.yaml
        events: 2
    """
    for kind, expected in dataset.expectations.items():
        broken = sum(broken_kind == kind for broken_kind, _ in dataset.broken)
        count = len(dataset.of(kind)) + broken
        if count < expected and (kind, "*") not in dataset.broken:
            message = f"must be {expected} or more, found {count} in the record"
            yield Finding(message, path=(kind,), file="data/expectations.yaml")
