"""What the pages of several kinds of record share: people by side, links, appearances, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..dataset import Dataset, Link
from ..model import vocabulary
from ..model.records import Agreement, Entry, Participant, Record
from . import agreements
from .refs import Ref, in_order, ref
from .shapes import Appearance, Face, Linked, Side


def pointing(dataset: Dataset, entry: Entry, field: str = "") -> Iterable[Link]:
    """The references that point to an entry, perhaps only those from a field of this name."""
    for link in dataset.backlinks.get((entry.kind, entry.id), ()):
        if not field or field in link.path:
            yield link


def sides(dataset: Dataset, participants: Sequence[Participant]) -> tuple[Side, ...]:
    """Participants by side, always in the same order of sides."""
    groups: dict[str, list[Face]] = {code: [] for code in vocabulary.SIDES}
    for item in participants:
        person = dataset.people.get(item.person or "")
        name = person.name if person else item.name or item.person or ""
        groups[item.side].append(Face(name, ref(person) if person else None, item.role))
    return tuple(
        Side(code, vocabulary.SIDES[code], tuple(faces)) for code, faces in groups.items() if faces
    )


def agreement_link(dataset: Dataset, agreement: Agreement) -> Linked:
    """A link to an agreement with its state today."""
    return Linked(ref(agreement), agreements.state(agreement, dataset.as_of).words)


def appearances(dataset: Dataset, entry: Entry) -> tuple[Appearance, ...]:
    """Where a person or an organization appears, newest first, each record once."""
    found: dict[Ref, str | None] = {}
    for link in pointing(dataset, entry):
        if isinstance(link.entry, Record):
            found.setdefault(ref(link.entry), _role(link))
    return tuple(Appearance(item, found[item]) for item in reversed(in_order(list(found))))


def _role(link: Link) -> str | None:
    part: object = link.entry
    for step in link.path[:-1]:
        part = part[step] if isinstance(step, int) else getattr(part, step)  # type: ignore[index]
    return part.role if isinstance(part, Participant) else None
