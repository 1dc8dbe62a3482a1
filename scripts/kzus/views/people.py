"""The people of the record by side, and who met whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import Person, Tenure
from .refs import Ref, ref
from .registers import OfficeView, offices


def by_side(dataset: Dataset) -> tuple[tuple[str, str, list[Person]], ...]:
    """Side, its name and its people by last name, the United States first."""
    grouped: dict[str, list[Person]] = {side: [] for side in vocabulary.SIDES}
    for person in sorted(dataset.people.values(), key=_surname):
        grouped[_side(person.country)].append(person)
    return tuple(
        (side, name, grouped[side]) for side, name in vocabulary.SIDES.items() if grouped[side]
    )


def _surname(person: Person) -> tuple[str, str]:
    return (person.name.split()[-1].casefold(), person.name.casefold())


def main_post(dataset: Dataset, person: Person) -> Tenure | None:
    """The post that a reader knows a person by: a main one before others, then the latest."""
    return max(person.offices, key=lambda tenure: _weight(dataset, tenure), default=None)


def _weight(dataset: Dataset, tenure: Tenure) -> tuple[bool, bool, str]:
    office = dataset.offices.get(tenure.office or "")
    when = tenure.begin or tenure.seen or tenure.end
    dated = tenure.begin is not None or tenure.end is not None
    return (bool(office and office.main), dated, when.text if when else "")


def _present(dataset: Dataset) -> list[tuple[str, ...]]:
    """For each event of the chronicle, the people of the record who took part, each once."""
    named = ([p.person for p in event.participants] for event in dataset.chronicle)
    return [tuple(dict.fromkeys(p for p in ids if p and p in dataset.people)) for ids in named]


@dataclass(frozen=True)
class Met:
    """Two people of the two sides with how often they took part in one event, and since when."""

    us: Ref
    kz: Ref
    count: int
    first: int
    last: int


def met(dataset: Dataset, most: int = 15) -> tuple[Met, ...]:
    """The pairs that met most often; a pair that met once is not shown."""
    years: dict[tuple[str, str], list[int]] = {}
    for event, people in zip(dataset.chronicle, _present(dataset), strict=True):
        sides = [[p for p in people if dataset.people[p].country == side] for side in ("US", "KZ")]
        for pair in product(*sides):
            years.setdefault((pair[0], pair[1]), []).append(event.date.year)
    order = sorted(years.items(), key=lambda item: (-len(item[1]), -item[1][-1], item[0]))
    return tuple(
        Met(ref(dataset.people[us]), ref(dataset.people[kz]), len(met), met[0], met[-1])
        for (us, kz), met in order[:most]
        if len(met) > 1
    )


def other_posts(dataset: Dataset, side: str) -> tuple[OfficeView, ...]:
    """A side's posts that are not main ones and that someone of the record held, by title."""
    found = [view for view in offices(dataset) if not view.office.main]
    return tuple(view for view in found if _side(view.office.country) == side)


def _side(country: str) -> str:
    return country if country in vocabulary.SIDES else "other"


def spellings(person: Person) -> tuple[str, ...]:
    """Other ways to write the parts of a name from Kazakhstan, for the search; no source needed."""
    if person.country != "KZ":
        return ()
    words = [word for name in (person.name, *person.names.variants) for word in name.split()]
    found = (re.sub(form, other, word) for word in words for form, other in vocabulary.SPELLINGS)
    return tuple(dict.fromkeys(word for word in found if word not in words))
