"""Files for machines: each export turns the dataset into bytes.

Every file that the site publishes beside its pages is registered in `EXPORTS`, with its name,
title and media type; `/data/` lists them from there.
"""

from __future__ import annotations

from ..edition import Edition
from . import api, tabular
from .base import Export

__all__ = ["EXPORTS", "Edition", "Export"]

EXPORTS: tuple[Export, ...] = (*api.EXPORTS, *tabular.EXPORTS)
