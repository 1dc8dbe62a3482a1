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

__all__ = ["EXPORTS", "Edition", "Export", "files"]

_CITED = "How to cite each record."


def _of_kind(kind: str) -> Export:
    return Export(
        f"api/v1/{kind}/{{id}}.json",
        f"API: one file for each of {kind}",
        (KINDS[kind][0].__doc__ or "").split("\n")[0],
        partial(api.records, kind=kind),
        kind=kind,
        one=api.record,
    )


# Address, name, what it is, what makes it, and the media type where the ending does not tell it.
EXPORTS: tuple[Export, ...] = (
    Export("api/v1/index.json", "API: index", "The lists.", api.index),
    Export("api/v1/{kind}.json", "API: lists", "Entries in short.", api.lists),
    Export("api/v1/sources.json", "API: sources", "Every source.", api.sources),
    *map(_of_kind, KINDS),
    Export(
        "api/v1/{kind}/{old_id}.json",
        "API: moved and withdrawn",
        "Where an id that is no longer there has gone, or why.",
        api.moved,
    ),
    Export(
        "api/v1/changes.json",
        "API: changes",
        "What the record learned, commit by commit.",
        api.changes,
    ),
    Export(
        "api/v1/on.json",
        "API: on any day",
        "Main posts, agreements and events by date, compact.",
        api.on,
    ),
    Export(
        "api/v1/schemas/{name}.json",
        "API: JSON Schemas",
        "The shape of each file.",
        api.schemas,
        "application/schema+json",
    ),
    Export(
        "api/v1/openapi.json",
        "API: OpenAPI 3.1",
        "The API described for machines.",
        api.openapi,
        "application/vnd.oai.openapi+json;version=3.1",
    ),
    Export(
        "data/csv/{table}.csv",
        "CSV tables",
        "The record in long form; text that begins like a formula has an apostrophe in front.",
        tabular.tables,
    ),
    Export(
        "data/datapackage.json",
        "Data package",
        "Frictionless descriptor of the CSV tables, with keys and foreign keys.",
        tabular.package,
    ),
    Export(
        "data/kzus.sqlite",
        "SQLite",
        "The same tables in one file, with views and full-text search.",
        tabular.sqlite,
    ),
    Export(
        "calendar{/selection}.ics",
        "Calendars",
        "Events that have a day: all, by dialogue and by theme.",
        calendars.calendars,
    ),
    Export(
        "calendar/anniversaries.ics",
        "Anniversaries",
        "The first day of every event, repeated each year.",
        calendars.anniversaries,
    ),
    Export(
        "feed{/selection}.xml",
        "Feeds",
        "What happened, newest first: all, by dialogue and by theme.",
        feeds.happened,
    ),
    Export(
        "changes{/selection}.xml",
        "Feeds: changes",
        "What the record learned, newest first: all, by dialogue and by theme.",
        feeds.changes,
    ),
    Export("data/citations.bib", "Citations: BibTeX", _CITED, cite.as_bibtex),
    Export("data/citations.ris", "Citations: RIS", _CITED, cite.as_ris),
    Export(
        "data/citations.json",
        "Citations: CSL-JSON",
        _CITED,
        cite.as_csl,
        "application/vnd.citationstyles.csl+json",
    ),
    Export("llms.txt", "llms.txt", "What the site holds, for language models.", plain.llms),
    Export("robots.txt", "robots.txt", "Rules for crawlers.", plain.robots),
)


def files(dataset: Dataset, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every published file: path below the site's root, and bytes."""
    for export in EXPORTS:
        yield from export.files(dataset, edition)
