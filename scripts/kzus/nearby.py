"""The part of the record that decides what is wrong with a few of its files.

Rules go across files, but not far: what a record names, who else held an office, what else
happened on a date or in a dialogue. All other files need only be known to be there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .dataset import Dataset, Key
from .loader import Memo, data_files, load
from .model.records import RECORDS, TABLES, Disagreement, Entry, Event, Person, Publisher, Source
from .problems import Problem

_ALONE = frozenset(model.kind for model in RECORDS)
# What is near whatever is asked for.
_WHOLE = frozenset({*(model.kind for model in TABLES), Disagreement.kind})
_SOURCE_KEY = re.compile(rb"^  ['\"]?([a-z0-9-]+)['\"]?:", re.MULTILINE)


def load_near(
    root: Path, names: Iterable[str], as_of: date
) -> tuple[Dataset, list[Problem]] | None:
    """Load files of records with all that decides what is wrong with them.

    Entries of other files count as broken: they are there, but not read. For files that are
    judged by the whole record, such as those of sources, the answer is ``None``.
    """
    asked, memo = set(names), Memo()
    keys = {name: _key(name) for name in data_files(root)}
    if not asked <= keys.keys() or any(keys[name][0] not in _ALONE for name in asked):
        return None
    dataset, _ = load(root, only=sorted(asked), memo=memo)
    named = {(kind, link.to) for link in dataset.links for kind in link.kinds}
    named |= {keys[name] for name in asked}
    kinds = {kind for kind, _ in named} & {keys[name][0] for name in asked}
    marks = {mark.encode() for entry in dataset.records() for mark in _marks(entry)}

    def near(name: str, key: Key) -> bool:
        table = name.count("/") == 1 or key[0] == Disagreement.kind
        return table or key in named or (key[0] in kinds and _holds(root / name, marks))

    read = [name for name, key in keys.items() if near(name, key)]
    unread = (key for n in keys.keys() - set(read) for key in _entries(root, n, keys[n]))
    dataset, problems = load(root, as_of=as_of, only=read, memo=memo)
    return replace(dataset, broken=dataset.broken.union(unread)), problems


def around(dataset: Dataset, keys: Collection[Key]) -> Dataset:
    """The same of a record that is read already: what decides about some of its entries.

    It is the whole record where they are judged by that.
    """
    if any(kind not in _ALONE for kind, _ in keys):
        return dataset
    asked = [dataset.of(kind)[identifier] for kind, identifier in keys]
    links = (link for entry in asked for link in dataset.links_from(entry))
    named = {*keys, *((kind, link.to) for link in links for kind in link.kinds)}
    kinds, marks = {kind for kind, _ in keys}, {m for entry in asked for m in _marks(entry)}

    def near(entry: Entry) -> bool:
        if (entry.kind, entry.id) in named or entry.kind in _WHOLE:
            return True
        return entry.kind in kinds and any(m in own for m in marks for own in _marks(entry))

    found: dict[str, Any] = {
        kind: MappingProxyType({e.id: e for e in dataset.of(kind).values() if near(e)})
        for kind in dataset.kinds
    }
    left = (key for key in dataset.files if key[1] not in found[key[0]])
    return replace(dataset, broken=dataset.broken.union(left), **found)


def _key(name: str) -> Key:
    parts = name.removesuffix(".yaml").split("/")
    return parts[1], parts[-1]


def _marks(entry: Entry) -> Iterator[str]:
    """What an entry holds that tells of the same date, dialogue or office."""
    if isinstance(entry, Event):
        yield entry.date.text
        if entry.dialogue:
            yield entry.dialogue.format
    elif isinstance(entry, Person):
        yield from (tenure.office for tenure in entry.offices if tenure.office)


def _holds(file: Path, marks: Iterable[bytes]) -> bool:
    raw = file.read_bytes()
    return any(mark in raw for mark in marks)


def _entries(root: Path, name: str, key: Key) -> Iterator[Key]:
    """The keys of what stands in a file, found without reading it as YAML."""
    if key[0] != Source.kind:
        yield key
        return
    yield Publisher.kind, key[1]
    for found in _SOURCE_KEY.findall((root / name).read_bytes()):
        yield Source.kind, found.decode()
