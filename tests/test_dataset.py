"""The links between records."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus import yamlfile
from kzus.loader import Memo, load
from kzus.rules import check
from kzus.site.cache import Cache
from records import checked, write

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"


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


def test_what_was_read_before_is_not_parsed_again(
    mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (mini / EVENT).read_text().replace("place: astana", "place: nowhere\nflag: x")
    write(mini, EVENT, text)
    write(mini, "data/people/broken.yaml", "name: [\n")
    cache = Cache()
    first, problems = load(mini, memo=Memo(cache))
    parsed = list[bytes]()
    read = yamlfile.read
    monkeypatch.setattr(yamlfile, "read", lambda raw: parsed.append(raw) or read(raw))
    again, same = load(mini, memo=Memo(cache))
    assert list(again.entries()) == list(first.entries())
    assert same == problems  # with their places, for which the two files are parsed
    assert {problem.rule for problem in problems} == {"unknown-key", "yaml-syntax"}
    assert parsed == [text.encode(), b"name: [\n"]
    assert check(again, mini) == check(first, mini)


def test_references_are_remembered_as_long_as_an_entry_stays(mini: Path) -> None:
    memo = Memo()
    first, _ = load(mini, memo=memo)
    before = {link.entry.id: link for link in first.links}
    text = (mini / EVENT).read_text()
    write(mini, EVENT, text.replace("place: astana", "place: washington"))
    again, _ = load(mini, memo=memo)
    assert list(again.links) == list(load(mini)[0].links) != list(first.links)
    after = {link.entry.id: link for link in again.links}
    assert [key for key, link in after.items() if link is not before[key]] == [Path(EVENT).stem]


def test_what_can_no_longer_be_read_stands_as_it_was(mini: Path) -> None:
    memo = Memo()
    first, _ = load(mini, memo=memo)
    for path in (EVENT, "data/offices.yaml", "data/redirects.yaml"):
        write(mini, path, "title: [\n")
    broken, problems = load(mini, memo=memo)
    assert list(broken.entries()) == list(first.entries())
    assert {problem.path for problem in problems} == {
        EVENT, "data/offices.yaml", "data/redirects.yaml"
    }  # fmt: skip
    assert check(broken, mini) == []
    assert len(list(load(mini)[0].entries())) < len(list(first.entries()))
