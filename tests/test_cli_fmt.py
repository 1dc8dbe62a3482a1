"""The canonical form, and the command that brings files into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from kzus import canonical, yamlfile
from kzus.cli import main
from kzus.files import write_whole
from records import MINI, mini, write

EVENT = "data/events/2015/2015-01-01-test.yaml"
MESSY = """\
# yaml-language-server: $schema=../../schema/event.schema.json

# over the date
date: 2015-01-01 # the day
title: "Ünder: Қазақ" # t
type: visit
facts: # what
  # first
  - sources: [a, # why a
      b] # end
    # text above
    text: |  # header
      long
      text
  # second
  - # third
    text: 'it # not'
  - NO
pillars: [commerce]
# tail
"""
NEAT = """\
# yaml-language-server: $schema=../../schema/event.schema.json
title: 'Ünder: Қазақ'  # t
# over the date
date: 2015-01-01  # the day
type: visit
pillars:
  - commerce
facts:  # what
  # first
  # text above
  - text: long text  # header
    sources:
      - a  # why a
      - b  # end
  # second
  # third
  - text: 'it # not'
  - 'NO'
# tail
"""


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(mini(tmp_path))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments])


def squeezed(value: object) -> object:
    """The value as the model takes it: spaces and line breaks in text are one space."""
    if isinstance(value, dict):
        return {key: squeezed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [squeezed(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def same_meaning(raw: bytes, path: str) -> None:
    text = canonical.canonical(raw, path)
    assert yamlfile.read(text.encode()).value == squeezed(yamlfile.read(raw).value)
    assert canonical.canonical(text.encode(), path) == text


def test_order_quotes_and_comments() -> None:
    assert canonical.canonical(MESSY.encode(), EVENT) == NEAT
    same_meaning(MESSY.encode(), EVENT)


@pytest.mark.parametrize("file", sorted(MINI.rglob("*.yaml")), ids=lambda path: path.name)
def test_miniature_keeps_its_meaning(file: Path) -> None:
    same_meaning(file.read_bytes(), file.relative_to(MINI).as_posix())


@pytest.mark.parametrize(
    ("path", "text", "neat"),
    [
        ("data/places.yaml", "b: {country: KZ, name: B}\na: {name: A}\n", ["a", "b"]),
        ("data/sources/x.yaml", "sources: {b: {title: B}, a: {title: A}}\nside: US\n", ["a", "b"]),
        (
            "data/redirects.yaml",
            "withdrawn: {b: y, a: x}\nmoved: {}\n",
            ["moved", "withdrawn", "a"],
        ),
        ("data/people/x.yaml", "facts: []\nz: 1\nname: X\n", ["name", "facts", "z"]),
    ],
)
def test_ids_stand_in_the_order_of_the_alphabet_keys_in_that_of_the_model(
    path: str, text: str, neat: list[str]
) -> None:
    found = canonical.canonical(text.encode(), path)
    assert [found.index(f"{key}:") for key in neat] == sorted(found.index(f"{k}:") for k in neat)
    assert yamlfile.read(found.encode()).value == yamlfile.read(text.encode()).value


TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=150)
VALUE = st.recursive(
    st.none() | st.booleans() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.from_regex("[a-z]{1,9}", fullmatch=True), VALUE, max_size=4))
def test_any_value_is_written_and_read_back(value: dict[str, object]) -> None:
    text = canonical.dump(value, EVENT)
    assert yamlfile.read(text.encode()).value == squeezed(value)


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=8))
def test_no_comment_is_lost(places: list[tuple[int, bool]]) -> None:
    lines = canonical.canonical((MINI / "data/people/john-kerry.yaml").read_bytes(), EVENT)
    text = lines.splitlines()
    for number, (place, beside) in enumerate(places):
        at = place % len(text)
        if beside and "#" not in text[at] and (at + 1 == len(text) or ":" in text[at + 1]):
            text[at] += f"  # mark{number}."
        else:
            text.insert(at, f"# mark{number}.")
    raw = ("\n".join(text) + "\n").encode()
    if yamlfile.read(raw).faults:  # a comment cut a folded text
        return
    neat = canonical.canonical(raw, EVENT)
    assert all(neat.count(f"mark{number}.") == 1 for number in range(len(places)))
    assert canonical.canonical(neat.encode(), EVENT) == neat


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t])
def test_windows_newlines_and_byte_order_mark(record: Path, change: object) -> None:
    write(record, EVENT, change(NEAT).encode())  # type: ignore[operator]
    result = run(EVENT)
    assert (result.exit_code, result.output) == (0, f"{EVENT}\n1 changed\n")
    assert (record / EVENT).read_bytes() == NEAT.encode()


def test_check_lists_and_writes_nothing(record: Path) -> None:
    write(record, EVENT, MESSY)
    result = run("--check", EVENT)
    place = f"{EVENT}:2:1: error not-canonical: the file is not in canonical form:"
    assert result.exit_code == 1
    assert result.output.startswith(f"{place} this line would be \"title: 'Ünder: Қазақ'  # t\"\n")
    assert f"hint: `kzus fmt {EVENT}` sees to it" in result.output
    assert f"::error file={EVENT},line=2," in run("--check", "--format", "github", EVENT).output
    assert (record / EVENT).read_text(encoding="utf-8") == MESSY
    assert run(EVENT).exit_code == 0
    assert run("--check", EVENT).exit_code == 0


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (NEAT + "\n", NEAT.count("\n") + 2, "this line would go"),
        (NEAT.replace("\n", "\r\n"), 1, "this line would be '# yaml-language-server"),
        (NEAT.rstrip("\n"), NEAT.count("\n") + 1, "this line would be ''"),
    ],
)
def test_check_names_the_line(record: Path, text: str, place: int, words: str) -> None:
    (record / EVENT).write_bytes(text.encode())
    output = run("--check", EVENT).output
    assert f"{EVENT}:{place}:1: error" in output
    assert words in output


def test_faulty_file_is_left_alone(record: Path) -> None:
    write(record, EVENT, "title: a\ntitle: b\n")
    result = run(EVENT)
    assert result.exit_code == 1
    assert f"{EVENT}:2:1: error duplicate-key" in result.output
    assert (record / EVENT).read_text() == "title: a\ntitle: b\n"


def test_other_files_are_refused(record: Path) -> None:
    (record / "other.yaml").write_text("a: b\n")
    assert run("other.yaml").exit_code == 2


def test_full_disk_leaves_the_old_file(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(record, EVENT, MESSY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run(EVENT)
    assert result.exit_code == 1
    assert f"{EVENT}: error unreadable-file: cannot be formatted: No space left" in result.output
    assert os.listdir((record / EVENT).parent).count(Path(EVENT).name) == 1
    assert (record / EVENT).read_text(encoding="utf-8") == MESSY
    assert not list((record / EVENT).parent.glob(".*"))


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    write_whole(path, b"a\n", overwrite=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"b\n", overwrite=False)
    assert path.read_bytes() == b"a\n"
