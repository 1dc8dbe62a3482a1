"""Files for machines: each export turns the dataset into bytes.

Every file that the site publishes beside its pages is registered in `EXPORTS`, with its address,
name and media type; `/data/` lists them from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..dataset import Dataset
from ..edition import Edition
from . import api, calendars, cite, feeds, plain, tabular
from .base import Export
from .convert import KINDS

__all__ = ["EXPORTS", "Export", "files"]


def _of_kind(kind: str) -> Export:
    return Export(
        path=f"api/v1/{kind}/{{id}}.json",
        title=f"API: one file for each of {kind}",
        about=(KINDS[kind][0].__doc__ or "").split("\n")[0],
        files=partial(api.records, kind=kind),
        kind=kind,
        one=api.record,
    )


# Address, name, what makes it, and the media type where the address's ending does not tell it;
# what the file is stands at the function that makes it.
EXPORTS: tuple[Export, ...] = (
    Export("api/v1/index.json", "API: index", api.index),
    Export("api/v1/{kind}.json", "API: lists", api.lists),
    Export("api/v1/sources.json", "API: sources", api.sources),
    *map(_of_kind, KINDS),
    Export("api/v1/{kind}/{old_id}.json", "API: moved and withdrawn", api.moved),
    Export("api/v1/changes.json", "API: changes", api.changes),
    Export("api/v1/on.json", "API: on any day", api.any_day),
    Export(
        "api/v1/schemas/{name}.json", "API: JSON Schemas", api.schemas, "application/schema+json"
    ),
    Export(
        "api/v1/openapi.json",
        "API: OpenAPI 3.1",
        api.openapi,
        "application/vnd.oai.openapi+json;version=3.1",
    ),
    Export("data/csv/{table}.csv", "CSV tables", tabular.tables, group="tables", words=True),
    Export("data/datapackage.json", "Data package", tabular.package, group="tables", words=True),
    Export(
        "data/series/{id}.csv",
        "CSV: one file for each series",
        tabular.figures,
        kind="series",
        one=tabular.figures_of,
    ),
    Export("data/kzus.sqlite", "SQLite", tabular.sqlite, group="tables", words=True),
    Export(
        "calendar{/selection}.ics",
        "Calendars",
        calendars.calendars,
        group="selections",
        words=True,
    ),
    Export(
        "calendar/anniversaries.ics",
        "Anniversaries",
        calendars.anniversaries,
        group="selections",
        words=True,
    ),
    Export("feed{/selection}.xml", "Feeds", feeds.happened, group="selections", words=True),
    Export("changes{/selection}.xml", "Feeds: changes", feeds.changes),
    Export("data/citations.bib", "Citations: BibTeX", cite.as_bibtex),
    Export("data/citations.ris", "Citations: RIS", cite.as_ris),
    Export(
        "data/citations.json",
        "Citations: CSL-JSON",
        cite.as_csl,
        "application/vnd.citationstyles.csl+json",
    ),
    Export("llms.txt", "llms.txt", plain.llms),
    Export("robots.txt", "robots.txt", plain.robots),
)


def files(dataset: Dataset, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every published file: path below the site's root, and bytes."""
    for export in EXPORTS:
        yield from export.files(dataset, edition)
