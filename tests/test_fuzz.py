"""Broken files and dates: nothing but documented errors, whatever is in them.

Each run tries the same inputs, about 20 seconds in all. To hunt for longer, with others each
time: `KZUS_FUZZ=50 pytest tests/test_fuzz.py` tries fifty times as many.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzus import dates, yamlfile
from kzus.canonical import canonical
from kzus.problems import as_text
from records import MINI, checked, mini

RULES = {"yaml-syntax", "yaml-feature", "duplicate-key", "not-text", "empty-file", "too-deep"}
COMPOSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
TIMES = int(os.environ.get("KZUS_FUZZ", "1"))
FILES = {str(path.relative_to(MINI)): path.read_bytes() for path in sorted(MINI.rglob("*.yaml"))}
BYTES = (
    *(
        b"\t",
        b"\r",
        b"\r\n",
        b"\n---\n",
        b"\n...\n",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
    ),
    *(b": ", b"- ", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b'"', b"'", b"|", b">", b"|+2"),
    *(b"&a ", b"*a", b"!!int ", b"!x", b"<<: ", b"~", b"null", b"true", b".nan", b"1e999", b"0x1"),
    *(b"  ", b"\n", b"\n\n  ", b"[" * 13, b"a: " * 3, b"'" * 3, b"\\x00", b"%YAML 1.3", b"@", b"`"),
    "\u2028\x85\ufeff\u202e".encode(),
)
PIECES = st.one_of(
    st.binary(max_size=4), st.text(max_size=4).map(str.encode), st.sampled_from(BYTES)
)


def fuzz(times: int) -> settings:
    """As many examples, the same in each run; under KZUS_FUZZ more, and new ones."""
    calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(
        max_examples=times * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        suppress_health_check=calm,
    )


@st.composite
def broken(draw: st.DrawFn, raw: bytes) -> bytes:
    """A file with a few places written over, taken out, put in or put twice."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(start + draw(st.sampled_from([0, 0, 1, 2, 5, 40])), len(raw))
        piece = draw(PIECES | st.just(raw[start:end] * 2) | st.just(b""))
        raw = raw[:start] + piece + raw[end:]
    return raw


BROKEN = st.sampled_from(sorted(FILES)).flatmap(
    lambda name: st.tuples(st.just(name), broken(FILES[name]))
)


def same(ours: Any, theirs: Any) -> bool:
    """Whether our value is what PyYAML's own composer made, where all words are text."""
    if isinstance(ours, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if ours is None or isinstance(ours, bool):
        return theirs.lower() in {None: ("", "~", "null"), True: ("true",), False: ("false",)}[ours]
    return bool(ours == theirs)


@fuzz(400)
@given(st.binary(max_size=300) | st.lists(PIECES, max_size=12).map(b"".join))
def test_reader_on_any_bytes(raw: bytes) -> None:
    read_and_compared(raw)


@fuzz(600)
@given(BROKEN)
def test_reader_on_broken_files(found: tuple[str, bytes]) -> None:
    read_and_compared(found[1])


def read_and_compared(raw: bytes) -> None:
    document = yamlfile.read(raw)
    lines = len(raw.decode("utf-8", "replace").splitlines())  # the parser knows U+2028 as one too
    for fault in document.faults:
        assert fault.rule in RULES
        assert fault.message == " ".join(fault.message.split(" "))
        assert 1 <= fault.position.line <= lines + 1
        assert fault.position.column >= 1
    if not document.faults:
        assert same(document.value, yaml.load(yamlfile.decoded(raw), COMPOSER))  # noqa: S506


@fuzz(300)
@given(BROKEN)
def test_canonical_form_of_broken_files(found: tuple[str, bytes]) -> None:
    name, raw = found
    try:
        text = canonical(raw, name)
    except yamlfile.Fault as fault:
        assert fault.rule in RULES  # noqa: PT017 - any other error is the finding
        return
    assert canonical(text.encode(), name) == text


@fuzz(80)
@given(BROKEN)
def test_check_of_a_record_with_a_broken_file(record: Path, found: tuple[str, bytes]) -> None:
    name, raw = found
    path = record / name
    path.write_bytes(raw)
    try:
        told = as_text(checked(record)[1]).splitlines()
    finally:
        path.write_bytes(FILES[name])
    assert told
    assert all(line.isprintable() for line in told), told


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini(tmp_path_factory.mktemp("record"))


SIDES = st.one_of(
    st.from_regex(r"[0-9]{3,5}(-[0-9]{1,3}){0,3}[~?%]?", fullmatch=True),
    st.sampled_from(["", "..", "2015", "2016-02-29", "2015-02-29", "0000", "9999", "2015-11~"]),
    st.text(max_size=6),
)


@fuzz(2000)
@given(st.lists(SIDES, min_size=1, max_size=3).map("/".join))
def test_dates(text: str) -> None:
    try:
        found = dates.parse(text)
    except ValueError as error:  # any other error is the finding
        told = str(error)
        assert told.startswith(("not a date: ", f"{text} has ", f"the interval {text} "))
        return
    assert found.first <= found.last
    assert found.key[0] == found.first
    assert found.words
    assert found.days is None or found.days == (found.first, found.last)
    assert dates.parse(str(found)) == found
