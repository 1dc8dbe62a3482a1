"""The strict reader: it never raises, and knows where everything stands."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kzus import yamlfile
from kzus.yamlfile import Document, Position, read
from records import TESTS

# What people write: the characters of YAML, and all others that text may have.
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\u2028\u2029\ufffe"),
    max_size=20,
)
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
VALUES = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def faults(raw: bytes) -> list[tuple[int, int, str]]:
    return [(*fault.position, fault.rule) for fault in read(raw).faults]


@given(st.binary(max_size=200))
@example(b"%YAML 9.9\n---\na: b")
@example(b"a: \x00")
@example(b"? [a]\n: b")
@example(b"? {a: b}\n: b")
@example(b"a: !!python/object:os.system x")
@example(b'"\\ud800": "\\x00"')
def test_never_raises_on_bytes(raw: bytes) -> None:
    assert isinstance(read(raw), Document)


@given(st.text("ab:-[]{}&*!|>'\"%@`#, \n\t?~.0", max_size=60))
def test_never_raises_on_punctuation(text: str) -> None:
    document = read(text.encode())
    assert document.faults or document.values


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), st.booleans())
def test_reads_what_was_written(value: dict[str, Any], flow: bool) -> None:
    """Quoted by an independent writer, every value comes back, at the place that is told."""
    text = yaml.dump(value, default_style='"', default_flow_style=flow, allow_unicode=True)
    document = read(text.encode())
    if document.faults:  # the writer of PyYAML breaks lines with characters that we refuse
        assert {fault.rule for fault in document.faults} <= {"not-text", "too-deep"}
        return
    assert document.value == value
    lines = text.split("\n")
    for path, position in document.values.items():
        found = document.value
        for step in path:
            found = found[step]
        line, column = position
        rest = lines[line - 1][column - 1 :]
        start = {str: ('"',), list: ("-", "["), dict: ('"', "{", "?")}[type(found)]
        assert rest.startswith(start), (path, position, rest)
    for path, (line, column) in document.keys.items():
        assert lines[line - 1][column - 1 :].startswith(f'"{path[-1]}"')


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_newlines_and_byte_order_mark(newline: str, mark: bytes) -> None:
    text = "a: b\nc:\n  - d\n"
    document = read(mark + text.replace("\n", newline).encode())
    assert document.value == {"a": "b", "c": ["d"]}
    assert document.values["c", 0] == Position(3, 5)
    assert not document.faults


def test_core_schema_without_surprises() -> None:
    text = "[NO, yes, on, 12:30, 1993-10-23, 1993, 0o14, 1e3, 1_000, .inf, =, <<]"
    words = ["NO", "yes", "on", "12:30", "1993-10-23", "1993", "0o14", "1e3", "1_000", ".inf"]
    assert read(text.encode()).value == [*words, "=", "<<"]
    assert read(b"[true, TRUE, False, null, ~]").value == [True, True, False, None, None]
    assert read(b"a:\nb: 'null'\nc: \"true\"\n").value == {"a": None, "b": "null", "c": "true"}


def test_place_of_what_is_missing() -> None:
    document = read(b"a:\n  b: c\n")
    assert document.position(("a", "x", 3)) == Position(2, 3)
    assert document.key_position(("a",)) == Position(1, 1)
    assert document.key_position(("a", "x")) == Position(2, 3)
    assert Document().position(("a",)) == Position(1, 1)


def test_size_limit() -> None:
    fits = b"a: " + b"x" * (yamlfile.MAX_BYTES - 3)
    assert faults(fits) == []
    assert faults(fits + b"x") == [(1, 1, "file-too-long")]


BYTES = b"\n\xc3\xa9\xff"  # the third character is none; before it a line, and one of two bytes
MAPPING = "mapping values are not allowed in this context"
KEY = "while parsing a block mapping, did not find expected key"
COLON = "put a space after the colon"
COLUMNS = "lines that belong together begin in the same column: compare the spaces before them"
SAVE = "save the file with UTF-8 encoding"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a" * 1_000_001, "1:1 file-too-long: a file may have 1,000,000 bytes at most"),
        (b"\xff", f"1:1 not-text: not UTF-8 text: byte 0xff cannot stand here ({SAVE})"),
        (b"a\nb" + BYTES, f"3:2 not-text: not UTF-8 text: byte 0xff cannot stand here ({SAVE})"),
        (
            b"\xef\xbb\xbf" + BYTES,
            f"2:2 not-text: not UTF-8 text: byte 0xff cannot stand here ({SAVE})",
        ),
        (
            b"\xef\xbb\xbfa: \x07",
            "1:4 not-text: the invisible character U+0007 may not stand in a file ()",
        ),
        (b"\xe2\x82", f"1:1 not-text: not UTF-8 text: byte 0xe2 cannot stand here ({SAVE})"),
        (b"\x07", "1:1 not-text: the invisible character U+0007 may not stand in a file ()"),
        (
            b"\na\n\nbc\x1f\n\n",
            "4:3 not-text: the invisible character U+001F may not stand in a file ()",
        ),
        (b"a: b\r\tc: d\n\n", "2:1 yaml-syntax: a tab cannot indent a line (use two spaces)"),
        (b"&x a: b", "1:1 yaml-feature: the anchor &x is not allowed: leave it out ()"),
        (b"a: {!t b: c}", "1:5 yaml-feature: the tag !t is not allowed: leave it out ()"),
        (b"*x : b", "1:1 yaml-feature: the alias *x is not allowed: write the value out ()"),
        (b"[" * 11 + b"{&x a", "1:13 yaml-feature: the anchor &x is not allowed: leave it out ()"),
        (b"[" * 12 + b"{&x a", "1:14 yaml-feature: the anchor &x is not allowed: leave it out ()"),
        (b"[" * 12 + b"&x a", "1:13 yaml-feature: the anchor &x is not allowed: leave it out ()"),
        (b"x:\n  c:d\n  e: f\n", f"2:3 yaml-syntax: {MAPPING} ({COLON})"),
        (b"x:\n  c:d\n\n  e: f\n", f"2:3 yaml-syntax: {MAPPING} ({COLON})"),
        (b"x:\n  c:d\n\n\n  e: f\n", f"5:4 yaml-syntax: {MAPPING} ({COLUMNS})"),
        (b"a:\n  - b\n c: d\n", f"3:2 yaml-syntax: {KEY} ({COLUMNS})"),
        (b"a: b\n   c\nd", "3:1 yaml-syntax: while scanning a simple key, could not find expected"),
        (b"[" * 20, "1:14 too-deep: nested deeper than 12 levels ()"),
    ],
)
def test_tells_what_and_where(raw: bytes, told: str) -> None:
    (fault,) = read(raw).faults
    line, column = fault.position
    assert f"{line}:{column} {fault.rule}: {fault.message} ({fault.hint})".startswith(told)
    assert str(fault) == fault.message


@pytest.mark.parametrize("unseen", [*"\x00\x08\x0b\x0c\x0e\x1f\x7f\x84\x86\x9f\ufffe\uffff"])
def test_invisible_characters_are_refused(unseen: str) -> None:
    assert faults(f"a: {unseen}".encode()) == [(1, 4, "not-text")]


@pytest.mark.parametrize("seen", [*"\x85\xa0\ufdd0\U0010ffff"])
def test_characters_beside_them_are_text(seen: str) -> None:
    assert read(f'a: "b{seen}c"'.encode()).faults == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (yaml.YAMLError("first\nsecond"), "first"),
        (yaml.MarkedYAMLError(), "cannot be read"),
        (yaml.MarkedYAMLError(context="while", problem="that"), "while, that"),
    ],
)
def test_error_of_the_parser_without_a_place(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(yamlfile, "Loader", fail)
    (fault,) = read(b"a: b").faults
    assert (fault.rule, fault.message, fault.position, fault.hint) == (
        *("yaml-syntax", told),
        *((1, 1), ""),
    )


def test_the_first_of_equal_keys_counts() -> None:
    document = read(b"a: 1\nb: [2]\na: {c: 3}\n")
    assert document.value == {"a": "1", "b": ["2"]}
    assert document.position(("a",)) == Position(1, 4)
    assert [fault.rule for fault in document.faults] == ["duplicate-key"]


def test_depth_limit() -> None:
    fits = b"[" * yamlfile.MAX_DEPTH + b"x" + b"]" * yamlfile.MAX_DEPTH
    assert faults(fits) == []
    assert faults(b"[" + fits + b"]") == [(1, yamlfile.MAX_DEPTH + 2, "too-deep")]
    assert faults(b"[" * 900) == [(1, yamlfile.MAX_DEPTH + 2, "too-deep")]
    assert len(faults(b"[" * 100_000)) == 1  # the parser refuses it first


@pytest.mark.parametrize(
    "path", sorted((TESTS / "cases/yaml").glob("*.yaml")), ids=lambda p: p.stem
)
def test_case(path: Any) -> None:
    """A case is a text; after `# finds` follow the faults in it, none if it is good."""
    text, _, expected = path.read_text().partition("# finds\n")
    found = read(text.encode()).faults
    lines = [
        f"# {fault.position.line}:{fault.position.column}: {fault.rule}: {fault.message}"
        for fault in found
    ]
    hints = [f"\n#   hint: {fault.hint}" if fault.hint else "" for fault in found]
    assert "".join(line + hint + "\n" for line, hint in zip(lines, hints, strict=True)) == expected
