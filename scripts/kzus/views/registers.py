"""The lists behind the section pages: agreements, commitments, posts, sources, disagreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..dates import Date
from ..model import vocabulary
from ..model.base import Dispute
from ..model.records import (
    Agreement,
    Commitment,
    Entry,
    Office,
    Person,
    Publisher,
    Source,
    Tenure,
)
from . import agreements
from .notes import DisputeView, NotedSource, Notes
from .refs import Ref, in_order, ref


@dataclass(frozen=True)
class AgreementRow:
    """An agreement in the register."""

    agreement: Agreement
    ref: Ref
    type: str
    state: agreements.State
    parties: tuple[str, ...]


def agreement_rows(dataset: Dataset) -> tuple[AgreementRow, ...]:
    """All agreements, by their first dated step."""
    rows = [
        AgreementRow(
            agreement=entry,
            ref=ref(entry),
            type=vocabulary.AGREEMENT_TYPES[entry.type],
            state=agreements.state(entry, dataset.as_of),
            parties=tuple(vocabulary.SIDES.get(party, party) for party in entry.parties),
        )
        for entry in dataset.agreements.values()
    ]
    order = {link.id: place for place, link in enumerate(in_order([row.ref for row in rows]))}
    return tuple(sorted(rows, key=lambda row: order[row.ref.id]))


@dataclass(frozen=True)
class CommitmentRow:
    """A promise in the ledger."""

    commitment: Commitment
    ref: Ref
    status: str
    definition: str
    made_at: Ref | None
    last: str
    last_date: Date | None


def commitment_rows(dataset: Dataset) -> tuple[CommitmentRow, ...]:
    """All promises, newest first."""
    return tuple(
        _commitment_row(dataset, dataset.commitments[link.id])
        for link in reversed(in_order([ref(c) for c in dataset.commitments.values()]))
    )


def _commitment_row(dataset: Dataset, entry: Commitment) -> CommitmentRow:
    event = dataset.events.get(entry.made_at or "")
    status, definition = vocabulary.COMMITMENT_STATUSES[entry.status]
    last = max(entry.evidence, key=lambda item: item.date.key, default=None)
    return CommitmentRow(
        commitment=entry,
        ref=ref(entry),
        status=status,
        definition=definition,
        made_at=ref(event) if event else None,
        last=last.fact if last else "",
        last_date=last.date if last else None,
    )


def outcomes(dataset: Dataset) -> tuple[tuple[str, str, str, int], ...]:
    """Status, its name, its definition and how many promises have it: not assessed first."""
    counts = Counter(entry.status for entry in dataset.commitments.values())
    order = sorted(vocabulary.COMMITMENT_STATUSES, key=lambda status: status != "not-assessed")
    return tuple((s, *vocabulary.COMMITMENT_STATUSES[s], counts[s]) for s in order)


@dataclass(frozen=True)
class Holder:
    """Someone in an office, as far as sources show."""

    person: Person
    ref: Ref
    tenure: Tenure


@dataclass(frozen=True)
class OfficeView:
    """An office with those who held it, oldest first."""

    office: Office
    holders: tuple[Holder, ...]


def offices(dataset: Dataset, *, main: bool = False) -> tuple[OfficeView, ...]:
    """Offices that someone of the record held, perhaps only the main ones, by title."""
    found: dict[str, list[Holder]] = {key: [] for key in dataset.offices}
    for person in dataset.people.values():
        for tenure in person.offices:
            if tenure.office in found:
                found[tenure.office].append(Holder(person, ref(person), tenure))
    return tuple(
        OfficeView(office, tuple(sorted(found[key], key=_holder_order)))
        for key, office in sorted(dataset.offices.items(), key=lambda item: item[1].title)
        if found[key] and (office.main or not main)
    )


def _holder_order(holder: Holder) -> tuple[object, str]:
    tenure = holder.tenure
    when = tenure.begin or tenure.dates.appointed or tenure.dates.credentials or tenure.seen
    when = when or tenure.end
    return (when.key if when else (), holder.person.name)


@dataclass(frozen=True)
class DisputeRow:
    """A disagreement with the records that it concerns."""

    id: str
    dispute: DisputeView
    sources: tuple[NotedSource, ...]
    refs: tuple[Ref, ...]


def disputes(dataset: Dataset) -> dict[str, tuple[DisputeRow, ...]]:
    """All disagreements by topic, in the order of the topics; the same question once."""
    found: dict[str, list[DisputeRow]] = {name: [] for name in vocabulary.DISPUTE_TOPICS.values()}
    for dispute, identifier, entries in _asked(dataset):
        notes = Notes(dataset)
        shown = notes.disputes([dispute])[0]
        links = in_order([ref(entry) for entry in entries])
        found[shown.topic].append(DisputeRow(identifier, shown, notes.sources(), links))
    return {topic: tuple(rows) for topic, rows in found.items() if rows}


def _asked(dataset: Dataset) -> Iterator[tuple[Dispute, str, list[Entry]]]:
    across = {entry.question: entry for entry in dataset.disputes.values()}
    for entry in dataset.disputes.values():
        known = [dataset.find(identifier) for identifier in entry.related]
        yield entry, entry.id, [record for record in known if record is not None]
    for record in dataset.records():
        for number, dispute in enumerate(getattr(record, "disputes", ()), start=1):
            if dispute.question not in across:
                yield dispute, f"{record.id}-{number}", [record]


@dataclass(frozen=True)
class SourceRow:
    """A source with the records that it supports, and those that rest on it alone."""

    source: Source
    supports: tuple[Ref, ...]
    alone: tuple[Ref, ...]


@dataclass(frozen=True)
class PublisherRow:
    """A publisher with its sources."""

    publisher: Publisher
    ref: Ref
    sources: tuple[SourceRow, ...]


def publishers(dataset: Dataset) -> tuple[PublisherRow, ...]:
    """All publishers, by name."""
    grouped: dict[str, list[SourceRow]] = {key: [] for key in dataset.publishers}
    for source in dataset.sources.values():
        grouped[source.publisher].append(source_row(dataset, source))
    order = sorted(dataset.publishers.values(), key=lambda entry: entry.name.casefold())
    return tuple(PublisherRow(p, ref(p), tuple(grouped[p.id])) for p in order)


def source_row(dataset: Dataset, source: Source) -> SourceRow:
    """What rests on a source."""
    entries = _distinct(link.entry for link in dataset.backlinks.get(("sources", source.id), ()))
    alone = [entry for entry in entries if getattr(entry, "sources", ()) == (source.id,)]
    return SourceRow(source, in_order([ref(e) for e in entries]), in_order([ref(e) for e in alone]))


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return list({(entry.kind, entry.id): entry for entry in entries}.values())
