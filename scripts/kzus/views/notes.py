"""Numbered notes: which sources stand behind which statement of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..dataset import Dataset
from ..model.base import Dispute, Statement
from ..model.records import Publisher, Source
from ..model.vocabulary import DISPUTE_TOPICS


@dataclass(frozen=True)
class NotedSource:
    """A source with its number on the page."""

    number: int
    source: Source
    publisher: Publisher

    @property
    def short(self) -> str:
        """Who says it and when, short enough to stand beside a statement."""
        date = self.source.date
        return f"{self.publisher.name}, {date.words}" if date else self.publisher.name


@dataclass(frozen=True)
class Noted:
    """A text with its sources, numbered.

    `inherited` says that the record, not the statement, names the sources, and that there is
    more than one: which of them shows the statement is not settled.
    """

    text: str
    notes: tuple[NotedSource, ...]
    inherited: bool = False
    unattributed: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the sources, in ascending order."""
        return tuple(note.number for note in self.notes)


@dataclass(frozen=True)
class DisputeView:
    """A disputed question with its answers side by side."""

    topic: str
    question: str
    claims: tuple[Noted, ...]
    note: str | None


class Notes:
    """Numbers the sources of one page in the order in which the page names them."""

    def __init__(self, dataset: Dataset, inherited: Iterable[str] = ()) -> None:
        self._dataset = dataset
        self._inherited = tuple(inherited)
        self._numbers: dict[str, int] = {}

    def notes(self, sources: Iterable[str]) -> tuple[NotedSource, ...]:
        """The known ones of these sources with their numbers, in ascending order."""
        known = [source for source in sources if source in self._dataset.sources]
        for source in known:
            self._numbers.setdefault(source, len(self._numbers) + 1)
        return tuple(self._noted(s) for s in sorted(set(known), key=self._numbers.__getitem__))

    def _noted(self, key: str) -> NotedSource:
        source = self._dataset.sources[key]
        return NotedSource(self._numbers[key], source, self._dataset.publishers[source.publisher])

    def cite(self, text: str, sources: Iterable[str], *, unattributed: bool = False) -> Noted:
        """A text with its sources, or with those that the record names for all its statements."""
        own = tuple(sources)
        if own or unattributed:
            return Noted(text, self.notes(own), unattributed=unattributed)
        if len(self._inherited) == 1:
            return Noted(text, self.notes(self._inherited))
        return Noted(text, (), inherited=bool(self._inherited))

    def statements(self, statements: Iterable[Statement]) -> tuple[Noted, ...]:
        """Each statement with its sources."""
        return tuple(self.cite(item.text, item.sources) for item in statements)

    def disputes(self, disputes: Iterable[Dispute]) -> tuple[DisputeView, ...]:
        """Each dispute with the sources of its claims."""
        return tuple(
            DisputeView(
                topic=DISPUTE_TOPICS[dispute.about],
                question=dispute.question,
                claims=tuple(
                    self.cite(claim.says, claim.sources, unattributed=claim.unattributed)
                    for claim in dispute.claims
                ),
                note=dispute.note,
            )
            for dispute in disputes
        )

    def sources(self) -> tuple[NotedSource, ...]:
        """All sources named so far, and those of the record that no statement named."""
        self.notes(self._inherited)
        return tuple(self._noted(key) for key in self._numbers)
