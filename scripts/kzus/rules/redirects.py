"""Ids that are no longer there."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from ..model.base import is_id
from ..problems import nearest
from .base import Finding

_FILE = "data/redirects.yaml"


def vanished_id(dataset: Dataset) -> Iterator[Finding]:
    """An id never vanishes: what linked to it still finds its way.

    Whoever renames or removes an entry writes into data/redirects.yaml where it went (`moved`) or
    why it is gone (`withdrawn`).

    Wrong:

        # data/series/us-goods-exports-to-kz.yaml
        null

    Right:

        # data/series/us-goods-exports-to-kz.yaml
        null
        # data/redirects.yaml
        withdrawn:
          series/us-goods-exports-to-kz: counted twice
    """
    told = {*dataset.redirects.moved, *dataset.redirects.withdrawn}
    for kind, identifier in sorted(dataset.previous):
        old = f"{kind}/{identifier}"
        if kind in dataset.kinds and not dataset.may_have(kind, identifier) and old not in told:
            moved, gone = f"`{old}: {kind}/new-id`", f"`{old}: why it is gone`"
            hint = f"below `moved:` (without `{{}}`) write {moved}, or below `withdrawn:` {gone}"
            yield Finding(f"{old} is gone without an entry here", file=_FILE, hint=hint)


def redirect_to_nowhere(dataset: Dataset) -> Iterator[Finding]:
    """What an id has moved to is an entry of the record; both are written as kind/id.

    Wrong:

        # data/redirects.yaml
        moved:
          organizations/astana-air: organizations/air-astna

    Right:

        # data/redirects.yaml
        moved:
          organizations/astana-air: organizations/air-astana
    """
    for table in ("moved", "withdrawn"):
        for old in getattr(dataset.redirects, table):
            kind, _, identifier = old.partition("/")
            if kind not in dataset.kinds or not is_id(identifier):
                message = "must be a kind and an id, such as events/1993-10-23-visit"
                yield Finding(message, path=(table, old), file=_FILE)
    for old, new in dataset.redirects.moved.items():
        if not _live(dataset, new):
            known = [f"{entry.kind}/{entry.id}" for entry in dataset.entries()]
            message = f"leads to {new}, which is no entry of the record"
            yield Finding(message, path=("moved", old), file=_FILE, hint=nearest(new, known))


def redirect_of_live_id(dataset: Dataset) -> Iterator[Finding]:
    """An id that is redirected or withdrawn is no longer in the record.

    Wrong:

        # data/redirects.yaml
        withdrawn:
          organizations/air-astana: took no part in the relations

    Right:

        # data/redirects.yaml
        withdrawn:
          organizations/astana-air: written twice
    """
    for table in ("moved", "withdrawn"):
        for old in getattr(dataset.redirects, table):
            if _live(dataset, old):
                yield Finding("is still in the record", path=(table, old), file=_FILE)


def _live(dataset: Dataset, name: str) -> bool:
    kind, _, identifier = name.partition("/")
    return kind in dataset.kinds and dataset.may_have(kind, identifier)
