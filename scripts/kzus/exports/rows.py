"""What the rows of the tables are made from: entries of the record, and parts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..dataset import Dataset
from ..model.base import Dispute
from ..model.records import Entry
from ..views import agreements, evidence
from ..views.refs import date_of, title_of
from .convert import called

PARTS = ("facts", "outcomes", "notes")


class Row(NamedTuple):
    """A part of an entry (or the entry itself), and where in the entry it stands.

    `field` is the list that holds it, `number` its place there from 1; `claim` is the place of an
    answer to a disputed question, `source` one of the sources of the part.
    """

    dataset: Dataset
    entry: Any
    part: Any
    field: str = ""
    number: int = 1
    claim: int = 0
    source: str = ""

    @property
    def record(self) -> str:
        """The name of the entry in the tables: two kinds may use one id."""
        return key(self.entry)

    @property
    def title(self) -> str:
        """What a reader calls the entry."""
        return title_of(self.entry)

    @property
    def date(self) -> Any:
        """The date by which the entry is ordered."""
        return date_of(self.entry)

    @property
    def state(self) -> agreements.State:
        """Where an agreement stands on the day of the edition."""
        return agreements.state(self.part, self.dataset.as_of)

    @property
    def called(self) -> str:
        """The name of a person or organization that took part."""
        return called(self.dataset, self.part)

    @property
    def by(self) -> str:
        """Who promised."""
        return " ".join(self.part.by)

    @property
    def other(self) -> str | None:
        """The name of the record that a word is the id of, where there is one."""
        found = self.dataset.find(self.part)
        return key(found) if found else None

    @property
    def inherited(self) -> bool:
        """Whether a sentence has the sources of its record."""
        return not self.part.sources


Rows = Callable[[Dataset], Iterator[Row]]


def key(entry: Entry) -> str:
    """The name of a record in the tables."""
    return f"{entry.kind}/{entry.id}"


def _items(dataset: Dataset, entries: Iterable[Any], *fields: str) -> Iterator[Row]:
    for entry in entries:
        for field in fields:
            for number, part in enumerate(getattr(entry, field, ()), 1):
                yield Row(dataset, entry, part, field, number)


def each(kind: str) -> Rows:
    """A row for each entry of a kind."""
    return lambda dataset: (Row(dataset, entry, entry) for entry in dataset.of(kind).values())


def each_part(kind: str, field: str) -> Rows:
    """A row for each item of a list in the entries of a kind."""
    return lambda dataset: _items(dataset, dataset.of(kind).values(), field)


def each_word(field: str) -> Rows:
    """A row for each different word of a list, in all records that have such a list."""
    return lambda dataset: (
        Row(dataset, entry, word)
        for entry in dataset.records()
        for word in dict.fromkeys(getattr(entry, field, ()))
    )


def each_source(rows: Rows) -> Rows:
    """A row for each different source of the sentences or answers that `rows` yields.

    A sentence without sources has those of its record; an answer never does.
    """

    def found(dataset: Dataset) -> Iterator[Row]:
        for row in rows(dataset):
            above = () if row.claim else row.entry.sources
            for source in dict.fromkeys(row.part.sources or above):
                yield row._replace(source=source)

    return found


def records(dataset: Dataset) -> Iterator[Row]:
    """Every record, with its evidence in numbers."""
    for entry in dataset.records():
        yield Row(dataset, entry, evidence.strength(dataset, getattr(entry, "sources", ())))


def identifiers(dataset: Dataset) -> Iterator[Row]:
    """Numbers of agreements in registers."""
    for entry in dataset.agreements.values():
        for register, number in entry.identifiers:
            if number is not None:
                yield Row(dataset, entry, number, register)


def statements(dataset: Dataset) -> Iterator[Row]:
    """Every sentence."""
    return _items(dataset, dataset.records(), *PARTS)


def cited(dataset: Dataset) -> Iterator[Row]:
    """Every source that a record names anywhere, with the field: the widest of the links."""
    kinds = {entry.kind for entry in dataset.records()}
    found = {
        (key(link.entry), str(link.path[0]), link.to): link.entry
        for link in dataset.links
        if link.kinds == ("sources",) and link.entry.kind in kinds
    }
    for name in sorted(found):
        yield Row(dataset, found[name], found[name], name[1], source=name[2])


def disputes(dataset: Dataset) -> Iterator[Row]:
    """Disputed questions, those that are records of their own and those in records."""
    for entry in dataset.records():
        if isinstance(entry, Dispute):
            yield Row(dataset, entry, entry)
        yield from _items(dataset, [entry], "disputes")


def claims(dataset: Dataset) -> Iterator[Row]:
    """Answers to disputed questions."""
    for row in disputes(dataset):
        for claim, part in enumerate(row.part.claims, 1):
            yield row._replace(part=part, claim=claim)
