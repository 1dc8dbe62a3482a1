"""The lists behind the section pages: agreements, commitments, posts, disagreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..dataset import Dataset
from ..model import vocabulary
from ..model.base import Dispute
from ..model.records import Commitment, Entry, Office, Person, Tenure
from . import bars
from .notes import DisputeView, NotedSource, Notes
from .records import AgreementView
from .refs import Ref, in_order, ref


def agreement_rows(dataset: Dataset) -> tuple[AgreementView, ...]:
    """All agreements, by their first dated step."""
    links = in_order([ref(entry) for entry in dataset.agreements.values()])
    return tuple(AgreementView(dataset, dataset.agreements[link.id]) for link in links)


def life_axis(dataset: Dataset) -> bars.Axis:
    """The line of years on which the bars of agreements stand."""
    return bars.axis(dataset)


def commitment_rows(dataset: Dataset) -> tuple[Commitment, ...]:
    """All promises, newest first."""
    links = in_order([ref(entry) for entry in dataset.commitments.values()])
    return tuple(dataset.commitments[link.id] for link in reversed(links))


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
    views = (OfficeView(office, holders(dataset, office)) for office in dataset.offices.values())
    found = (view for view in views if view.holders and (view.office.main or not main))
    return tuple(sorted(found, key=lambda view: view.office.title))


def holders(dataset: Dataset, office: Office) -> tuple[Holder, ...]:
    """Those who held an office, once for each tenure, oldest first."""
    links = dataset.backlinks.get((office.kind, office.id), ())
    people = {link.entry.id: link.entry for link in links if isinstance(link.entry, Person)}
    found = (
        Holder(person, ref(person), tenure)
        for person in people.values()
        for tenure in person.offices
        if tenure.office == office.id
    )
    return tuple(sorted(found, key=_holder_order))


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
