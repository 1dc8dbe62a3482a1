"""How well a record is supported: from the kinds and the number of its sources.

A measure of quantity and closeness, never a judgment of truth. Texts of one publisher count once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..dataset import Dataset
from ..model import vocabulary


@dataclass(frozen=True)
class Strength:
    """Evidence in numbers, as a level for filters, and in words for readers."""

    sources: int
    publishers: int
    primary: int
    best: str

    @property
    def level(self) -> str:
        """``strong``: a primary source and another publisher; ``single``: one; else ``several``."""
        if self.publishers < 2:
            return "single"
        return "strong" if self.primary else "several"

    @property
    def words(self) -> str:
        """Such as ``3 sources, 1 primary`` or ``one press source``."""
        if self.sources == 0:
            return "no source"
        if self.sources == 1:
            return f"one {vocabulary.SOURCE_KINDS[self.best][0].lower()} source"
        words = f"{self.sources} sources"
        if self.publishers == 1:
            words += " of one publisher"
        return f"{words}, {self.primary} primary" if self.primary else words


def strength(dataset: Dataset, identifiers: Iterable[str]) -> Strength:
    """How strong the evidence of these sources is; unknown ids do not count."""
    known = dict.fromkeys(key for key in identifiers if key in dataset.sources)
    found = [dataset.sources[key] for key in known]
    kinds = [source.source_kind for source in found]
    order = list(vocabulary.SOURCE_KINDS)
    return Strength(
        sources=len(found),
        publishers=len({source.publisher for source in found}),
        primary=kinds.count("primary"),
        best=min(kinds, key=order.index, default=""),
    )
