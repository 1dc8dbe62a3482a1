"""Numbered notes: which sources stand behind which statement of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..dataset import Dataset
from ..model.base import Dispute, Statement
from ..model.records import Publisher, Source
from ..model.vocabulary import DISPUTE_TOPICS


@dataclass(frozen=True)
class Noted:
    """A text with the numbers of its sources.

    `inherited` says that the record, not the statement, names the sources, and that there is
    more than one: which of them shows the statement is not settled.
    """

    text: str
    numbers: tuple[int, ...]
    inherited: bool = False
    unattributed: bool = False


@dataclass(frozen=True)
class NotedSource:
    """A source with its number on the page."""

    number: int
    source: Source
    publisher: Publisher


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

    def numbers(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of known sources, in ascending order."""
        known = [source for source in sources if source in self._dataset.sources]
        return tuple(sorted(self._numbers.setdefault(s, len(self._numbers) + 1) for s in known))

    def cite(self, text: str, sources: Iterable[str], *, unattributed: bool = False) -> Noted:
        """A text with its sources, or with those that the record names for all its statements."""
        own = tuple(sources)
        if own or unattributed:
            return Noted(text, self.numbers(own), unattributed=unattributed)
        if len(self._inherited) == 1:
            return Noted(text, self.numbers(self._inherited))
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
        self.numbers(self._inherited)
        found = self._dataset
        return tuple(
            NotedSource(number, found.sources[key], found.publishers[found.sources[key].publisher])
            for key, number in self._numbers.items()
        )
