"""References to pages: what a link to an entry of the record says and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset import Dataset
from ..dates import Date
from ..model.records import Agreement, Commitment, Entry, Event, Source
from ..model.records import title_of as title_of  # noqa: PLC0414 - it is imported with links
from ..problems import nearest

# Pages that show all entries of a kind.
_SHARED = {
    "series": "commerce.md",
    "disputes": "disputes.md",
    "offices": "people/index.md",
}


@dataclass(frozen=True)
class Ref:
    """A link in the making: a title and a page (`events/<id>.md`, perhaps with an anchor)."""

    title: str
    path: str
    kind: str
    id: str
    date: Date | None = None


def path_of(entry: Entry) -> str:
    """The page that shows an entry, as a path below docs/; of a place or theme, its events."""
    if isinstance(entry, Source):
        return f"sources/{entry.publisher}.md#{entry.id}"
    if entry.kind in _SHARED:
        return f"{_SHARED[entry.kind]}#{entry.id}"
    if entry.kind in ("places", "themes"):
        return f"timeline.md?{entry.kind.removesuffix('s')}={entry.id}"
    return page_of(entry.kind, entry.id)


def page_of(kind: str, identifier: str) -> str:
    """The page of an entry of a kind whose entries have pages of their own."""
    folder = {"publishers": "sources", "dialogues": "dialogue"}.get(kind, kind)
    return f"{folder}/{identifier}.md"


def date_of(entry: Entry) -> Date | None:
    """The date by which an entry is ordered, where it has one."""
    if isinstance(entry, Event):
        return entry.date
    if isinstance(entry, Commitment):
        return entry.made
    if isinstance(entry, Agreement):
        return min((step.date for step in entry.lifecycle), key=lambda d: d.key, default=None)
    return entry.date if isinstance(entry, Source) else None


def ref(entry: Entry) -> Ref:
    """A link to the entry."""
    return Ref(title_of(entry), path_of(entry), entry.kind, entry.id, date_of(entry))


def find(dataset: Dataset, name: str) -> Ref:
    """A link to the entry of a name such as ``people/john-kerry``, or to what it moved to.

    Raises:
        LookupError: the record has no such entry.
    """
    kind, _, identifier = dataset.redirects.moved.get(name, name).partition("/")
    if kind in dataset.kinds and identifier in dataset.of(kind):
        return ref(dataset.of(kind)[identifier])
    if kind in dataset.kinds and dataset.may_have(kind, identifier):
        return Ref(identifier, "index.md", kind, identifier)  # its file cannot be read
    known = [f"{entry.kind}/{entry.id}" for entry in dataset.entries()]
    raise LookupError(f"the record has no {name}; {nearest(name, known)}".rstrip("; "))


def refs(dataset: Dataset, identifiers: tuple[str, ...]) -> tuple[Ref, ...]:
    """Links to the records with these ids; ids that nothing has are left out."""
    found = (dataset.find(identifier) for identifier in identifiers)
    return in_order([ref(entry) for entry in found if entry is not None])


def in_order(links: list[Ref]) -> tuple[Ref, ...]:
    """Links by date, then by title; those without a date last; each once."""
    unique = dict.fromkeys(links)
    return tuple(sorted(unique, key=_order))


def _order(link: Ref) -> tuple[bool, object, str, str]:
    when = link.date
    return (when is None, when.key if when else (), link.title.casefold(), link.id)
