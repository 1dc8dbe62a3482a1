"""What /data/ lists: every published file with its size, and the codebook of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..dataset import Dataset
from ..edition import Edition
from . import EXPORTS
from .base import Export
from .tables import TABLES, Column, Table
from .tabular import VIEWS as VIEWS  # noqa: PLC0414 - for the page

EXAMPLE = 70
Sizes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Listed:
    """An export as the page lists it; `link` is a file of it that is there, or ``""``."""

    export: Export
    count: int
    size: str
    link: str


@dataclass(frozen=True)
class Explained:
    """A column with a value of the record as its example."""

    column: Column
    example: str


def sizes_of(dataset: Dataset, edition: Edition) -> Sizes:
    """How many bytes each file of each export has: makes all of them."""
    made = ((export, export.files(dataset, edition)) for export in EXPORTS)
    return {export.path: {path: len(raw) for path, raw in files} for export, files in made}


def listed(known: Sizes) -> tuple[Listed, ...]:
    """Every export in the order in which it is registered."""
    return tuple(_listed(export, known.get(export.path, {})) for export in EXPORTS)


def _listed(export: Export, sizes: Mapping[str, int]) -> Listed:
    shortest = min(sizes, key=lambda path: (len(path), path), default="")
    return Listed(export, len(sizes), in_bytes(sum(sizes.values())), shortest)


def in_bytes(size: int) -> str:
    """A size for readers: ``812 B``, ``24 kB``, ``6.7 MB`` (powers of ten)."""
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1_000:.0f} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def codebook(dataset: Dataset) -> tuple[tuple[Table, tuple[Explained, ...]], ...]:
    """Every table with its columns; the examples are the first values that the record has."""
    return tuple((table, _explained(table, dataset)) for table in TABLES)


def _explained(table: Table, dataset: Dataset) -> tuple[Explained, ...]:
    examples = {name: _short(value) for name, value in table.examples(dataset).items()}
    return tuple(Explained(column, examples.get(column.name, "")) for column in table.columns)


def _short(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= EXAMPLE else text[: EXAMPLE - 1].rstrip() + "…"
