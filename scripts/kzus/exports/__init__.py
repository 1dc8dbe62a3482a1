"""Files for machines: each export turns the dataset into bytes.

Every file that the site publishes beside its pages is registered in `EXPORTS`, with its name,
title and media type; `/data/` lists them from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..edition import Edition


@dataclass(frozen=True)
class Export:
    """A published file or a family of files.

    `path` is the address below the site's root; of a family, a pattern such as
    ``api/v1/events/{id}.json``. `files` yields (path, bytes), sorted by path.
    """

    path: str
    title: str
    media_type: str
    files: Callable[[Dataset, Edition], Iterator[tuple[str, bytes]]]


EXPORTS: tuple[Export, ...] = ()
