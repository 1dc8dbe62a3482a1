"""Sources of records."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset
from ..model.records import Dialogue, Entry
from .base import Finding, repeated
from .references import unused


def record_without_source(dataset: Dataset) -> Iterator[Finding]:
    """A record names at least one source.

    What no one else can look up does not belong in the record. A dialogue needs a source once it
    states facts.

    Wrong:

        # data/people/john-kerry.yaml
        sources: []

    Right:

        # data/people/john-kerry.yaml
        sources: [state-2015-statement]
    """
    stating = (entry for entry in dataset.dialogues.values() if entry.facts)
    for record in (*dataset.records(), *stating):
        if not _listed(record) and not _all_sourced(record):
            yield Finding("has no source: name one under sources", record)


def _listed(entry: Entry) -> frozenset[str]:
    return frozenset(getattr(entry, "sources", ()))


def _all_sourced(entry: Entry) -> bool:
    return isinstance(entry, Dialogue) and all(fact.sources for fact in entry.facts)


def source_not_listed(dataset: Dataset) -> Iterator[Finding]:
    """The sources of a record's parts stand among the sources of the record.

    The list at its end is complete, and shows at a glance what the record rests on. Only the
    evidence of a commitment stands apart: it is about the outcome, the record about the promise.

    Wrong:

        # data/people/john-kerry.yaml
        facts:
          - {text: He spoke., sources: [stats-2015-table]}
        sources: [state-2015-statement]

    Right:

        # data/people/john-kerry.yaml
        facts:
          - {text: He spoke., sources: [stats-2015-table]}
        sources: [state-2015-statement, stats-2015-table]
    """
    for record in dataset.records():
        listed = _listed(record)
        for link in dataset.links_from(record):
            if (
                link.kinds == ("sources",)
                and link.path[0] not in ("sources", "evidence")
                and link.to not in listed
                and dataset.may_have("sources", link.to)
            ):
                message = f"{link.to} is not among the sources of the record"
                yield Finding(message, record, link.path, "add it to sources at the end")


def unused_source(dataset: Dataset) -> Iterator[Finding]:
    """A source is named by some record.

    Wrong:

        # data/sources/state-department.yaml
        sources:
          state-2015-transcript:
            title: Transcript
            url: https://example.org/transcript
            kind: primary
            language: en

    Right:

        # data/sources/state-department.yaml
        sources:
          state-2015-transcript:
            title: Transcript
            url: https://example.org/transcript
            kind: primary
            language: en
        # data/people/john-kerry.yaml
        sources: [state-2015-statement, state-2015-transcript]
    """
    for source in unused(dataset, "sources"):
        yield Finding(f"no record names the source {source.id}", source)


def repeated_address(dataset: Dataset) -> Iterator[Finding]:
    """Two sources have two addresses.

    One page with two ids would count as two sources for what it says.

    Wrong:

        # data/sources/state-department.yaml
        sources:
          state-2015-statement: {url: https://example.org/table}

    Right:

        # data/sources/state-department.yaml
        sources:
          state-2015-statement: {url: https://example.org/statement}
    """
    for source, other in repeated(dataset.sources.values(), lambda source: source.url):
        yield Finding(f"has the address of {other.id}", source, ("url",))
