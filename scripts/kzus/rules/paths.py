"""Where files and lines stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from ..dataset import Dataset
from ..model.records import Event
from .base import Finding


def wrong_folder(dataset: Dataset) -> Iterator[Finding]:
    """An event stands in the folder of the year in which it begins.

    Other records stand right in the folder of their kind. A file in another place is hard to find
    and easy to write a second time.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        date: 2013-12-10

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        date: 2014-12-11
    """
    for record in dataset.records():
        year, reason = "", f"data/{record.kind} has no folders in it"
        if isinstance(record, Event):
            year, reason = f"{record.date.year:04}/", f"the date is {record.date}"
        right = f"data/{record.kind}/{year}{record.id}.yaml"
        if dataset.files[record.kind, record.id][0] != right:
            message = f"stands in the wrong folder: {reason}"
            yield Finding(message, record, hint=f"move it to {right}")


def unsorted_table(dataset: Dataset) -> Iterator[Finding]:
    """The ids in a file of many stand in the order of the alphabet.

    So that everyone finds them, and two people who add entries do so in different places.

    Wrong:

        # data/places.yaml
        aktau: {name: Aktau, country: KZ}

    Right:

        # data/places.yaml
        zhezkazgan: {name: Zhezkazgan, country: KZ}
    """
    entries = ((file, key, at) for key, (file, at) in dataset.files.items() if at)
    for _, group in groupby(entries, key=lambda entry: entry[0]):
        for (_, (_, before), _), (_, (kind, after), _) in pairwise(group):
            if after < before:
                entry: Any = dataset.of(kind).get(after)
                if entry is not None:
                    yield Finding(f"{after} must stand before {before}", entry)
