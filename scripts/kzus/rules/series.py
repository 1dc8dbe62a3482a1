"""Figures by period."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..dataset import Dataset
from .base import Finding, repeated


def repeated_period(dataset: Dataset) -> Iterator[Finding]:
    """A series has one value for a period.

    Where sources differ, follow one and tell the other in a dispute; values that count different
    things tell so by their `label`.

    Wrong:

        # data/series/us-goods-exports-to-kz.yaml
        values:
          - {period: 2014, value: 999.0}
          - {period: 2014, value: 998.0}

    Right:

        # data/series/us-goods-exports-to-kz.yaml
        values:
          - {period: 2014, value: 999.0}
          - {period: 2015, value: 510.0}
    """
    for series in dataset.series.values():
        values = enumerate(series.values)
        for (index, value), _ in repeated(values, lambda item: (item[1].period, item[1].label)):
            message = f"{value.period} has a value already"
            yield Finding(message, series, ("values", index, "period"))


def periods_out_of_order(dataset: Dataset) -> Iterator[Finding]:
    """The values of a series stand in order of time.

    Wrong:

        # data/series/us-goods-exports-to-kz.yaml
        values:
          - {period: 2015, value: 510.0}
          - {period: 2014, value: 999.0}

    Right:

        # data/series/us-goods-exports-to-kz.yaml
        values:
          - {period: 2014, value: 999.0}
          - {period: 2015, value: 510.0}
    """
    for series in dataset.series.values():
        for index, (before, after) in enumerate(pairwise(series.values), 1):
            if after.period.surely_before(before.period):
                message = f"{after.period} must stand before {before.period}"
                yield Finding(message, series, ("values", index, "period"))
