"""Bad input: one clear line for each fault, and all else is still checked."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kzus import loader
from kzus.problems import as_text
from records import TESTS, checked, mini, write

EVENT = "data/events/2015/2015-11-02-kerry-astana.yaml"


def lines(root: Path) -> list[str]:
    return as_text(checked(root)[1]).splitlines()


def test_terrible_record() -> None:
    """The complete list; where it changes on purpose, write it anew with `kzus check`."""
    expected = (TESTS / "terrible/problems.txt").read_text()
    assert as_text(checked(TESTS / "terrible")[1]) + "\n" == expected


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "type: visit",
            "type: visit\ntype: visit",
            "4:1: error duplicate-key: the key type stands",
        ),
        ("place:", "plaice:", "6:1: error unknown-key: unknown key plaice"),
        ("side: KZ", "side: [KZ]", "16:11: error unknown-word: participants[1].side: must be one"),
        ("2015-11-02", "2015-13-02", "2:7: error bad-date: date: 2015-13-02 has month 13"),
        ("2015-11-02", "2015-02-30", "2:7: error bad-date: date: 2015-02-30 has day 30"),
        ("2015-11-02", "2.11.2015", "2:7: error bad-date: date: not a date: '2.11.2015'"),
        ("2015-11-02", "NO", "2:7: error bad-date: date: not a date: 'NO'"),
        ("title: V", "# V", "2:1: error missing-field: the field title is missing"),
        ("john-kerry", "jon-kerry", "12:13: error unknown-person: participants[0].person: names"),
        (
            "    sources: [state",
            "    sources: [stat",
            "30:19: error unknown-source: disputes[0].claims[0].sources[0]: names no",
        ),
        ("[trade]", "[trading]", "5:10: error unknown-theme: themes[0]: names no known theme"),
        ("place: astana", "place: astna", "6:8: error unknown-place: place: names no known place"),
        ("type: visit", "type: a: b", "3:8: error yaml-syntax: mapping values are not allowed"),
    ],
)
def test_one_fault_one_line(old: str, new: str, found: str, tmp_path: Path) -> None:
    path = mini(tmp_path) / EVENT
    path.write_text(path.read_text().replace(old, new, 1))
    told = lines(tmp_path)
    assert told[-1] == "1 error"
    told = [line for line in told if not line.startswith("  hint: ")]
    assert len(told) == 2
    assert told[0].startswith(f"{EVENT}:")
    assert found.partition(": ")[2] in told[0]
    if "type: a: b" not in new and "type: visit\n" not in new:
        assert told[0].startswith(f"{EVENT}:{found}")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file: the file is empty"),
        (b"\x7fELF\x00\xff", "not-text: not UTF-8 text: byte 0xff cannot stand here"),
        (b"a: \x00", "not-text: the invisible character U+0000 may not stand in a file"),
        (b"title: x\n" * 5_600_000, "file-too-long: a file may have 1,000,000 bytes at most"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\n", "yaml-feature: the anchor &a is not allowed"),
    ],
)
def test_unreadable_file(content: bytes, rule: str, tmp_path: Path) -> None:
    """What refers to a record that cannot be read is not blamed for it."""
    write(mini(tmp_path), EVENT, content)
    told = lines(tmp_path)
    assert told[-1] == "1 error"
    assert rule in told[0]


def test_broken_tables_and_sources_are_one_fault_each(tmp_path: Path) -> None:
    write(mini(tmp_path), "data/places.yaml", "a: b: c\n")
    write(tmp_path, "data/sources/statistics-office.yaml", "")
    write(tmp_path, "data/dialogues.yaml", "- a\n")
    assert lines(tmp_path)[-1] == "3 errors"


def test_links_and_folders_are_refused(tmp_path: Path) -> None:
    path = mini(tmp_path) / "data/people/john-kerry.yaml"
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    assert "cannot be read: is a link; the record holds plain files only" in lines(tmp_path)[0]


def test_same_id_in_two_folders(tmp_path: Path) -> None:
    text = (mini(tmp_path) / EVENT).read_text()
    write(tmp_path, EVENT.replace("/2015/", "/2016/"), text)
    source = (tmp_path / "data/sources/statistics-office.yaml").read_text()
    write(tmp_path, "data/sources/the-office.yaml", source.replace("side: KZ", "side: US"))
    told = [line.partition(" error ")[2] for line in lines(tmp_path)]
    assert f"duplicate-id: the id 2015-11-02-kerry-astana is taken by {EVENT}" in told
    taken = "the id stats-2015-table is taken by data/sources/statistics-office.yaml"
    assert f"duplicate-id: {taken}" in told


def test_publisher_in_a_source_is_refused(tmp_path: Path) -> None:
    path = mini(tmp_path) / "data/sources/statistics-office.yaml"
    path.write_text(path.read_text() + "    publisher: someone\n")
    assert "unknown key publisher" in lines(tmp_path)[0]


def test_order_of_files_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checked(mini(tmp_path))
    listed = os.walk

    def shuffled(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for here, folders, names in listed(folder):
            random.Random(7).shuffle(names)  # noqa: S311 - no secret
            folders.reverse()
            yield here, folders, names

    monkeypatch.setattr(os, "walk", shuffled)
    again = checked(tmp_path)
    assert repr(first) == repr(again)
    assert list(first[0].files) == list(again[0].files)


def test_the_folder_may_be_given_as_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini(tmp_path))
    assert repr(checked(Path())) == repr(checked(tmp_path))


def test_newest_event_is_today_where_nothing_else_tells(tmp_path: Path) -> None:
    assert loader.load(mini(tmp_path))[0].as_of.isoformat() == "2015-11-02"
    assert loader.load(tmp_path / "data")[0].as_of.isoformat() == "0001-01-01"
