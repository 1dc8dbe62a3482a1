"""People: how else a name may be written."""

from __future__ import annotations

import pytest

from kzus.model.records import Person
from kzus.views.people import spellings


@pytest.mark.parametrize(
    ("name", "country", "others"),
    [
        ("Yermek Kosherbayev", "KZ", ("Ermek", "Kosherbaev")),
        ("Arman Madiev", "KZ", ("Madiyev",)),
        ("Mukhtar Tileuberdi", "KZ", ("Muhtar", "Tileuberdy")),
        ("Zhanat Dossayev", "KZ", ("Janat", "Dossaev", "Dosayev")),
        ("Yevgeny Murat", "KZ", ()),
        ("Yermek Kosherbayev", "US", ()),
    ],
)
def test_spellings(name: str, country: str, others: tuple[str, ...]) -> None:
    person = Person(id="x", name=name, country=country, sources=("x",))
    assert spellings(person) == others


def test_a_spelling_that_is_known_is_not_told_again() -> None:
    names = {"variants": ["Erlan Idrisov"]}
    person = Person(id="x", name="Yerlan Idrissov", names=names, country="KZ", sources=("x",))
    assert spellings(person) == ()
