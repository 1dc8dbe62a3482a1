"""The links between records."""

from __future__ import annotations

from pathlib import Path

from records import checked


def test_finds_records_by_id(mini: Path) -> None:
    dataset, _ = checked(mini)
    for record in dataset.records():
        if record.kind != "disputes":
            assert dataset.find(record.id) is record
    assert dataset.find("nobody") is None


def test_every_link_has_its_way_back(mini: Path) -> None:
    dataset, _ = checked(mini)
    back = {link for links in dataset.backlinks.values() for link in links}
    assert back == set(dataset.links)
    [link] = dataset.backlinks["offices", "secretary-of-state-us"]
    assert (link.entry.id, link.path) == ("john-kerry", ("offices", 0, "office"))
    assert {
        link.entry.id for link in dataset.backlinks["agreements", "2015-legal-assistance-treaty"]
    } == {"2015-11-02-kerry-astana"}


def test_links_stand_where_they_say(mini: Path) -> None:
    """The path of a link leads to the id, by the names that the file uses."""
    dataset, _ = checked(mini)
    for link in dataset.links:
        value = link.entry.model_dump()
        for step in link.path:
            value = value[step]
        assert value == link.to


def test_records_cannot_be_changed(mini: Path) -> None:
    dataset, _ = checked(mini)
    assert hash(dataset.people["john-kerry"]) == hash(checked(mini)[0].people["john-kerry"])
