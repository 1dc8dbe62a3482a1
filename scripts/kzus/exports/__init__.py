"""Files for machines: each export turns the dataset into bytes.

Every file that the site publishes beside its pages is registered in `EXPORTS`, with its name,
title and media type; `/data/` lists them from there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from ..edition import Edition
from . import api, calendars, cite, feeds, plain, tabular
from .base import Export

__all__ = ["EXPORTS", "Edition", "Export", "files"]

EXPORTS: tuple[Export, ...] = (
    *api.EXPORTS,
    *tabular.EXPORTS,
    *calendars.EXPORTS,
    *feeds.EXPORTS,
    *cite.EXPORTS,
    *plain.EXPORTS,
)


def files(dataset: Dataset, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every published file: path below the site's root, and bytes."""
    for export in EXPORTS:
        yield from export.files(dataset, edition)
