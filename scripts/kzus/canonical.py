"""The canonical form of a file of the record: one way to write each value, comments kept.

Keys stand in the order of the model's fields (ids of a table in alphabetical order), lists are
indented by two, text is plain where it can be and folded at 100 columns.

Round-trip libraries hang a comment on the key *before* it, so that it would move away with that
key; here a comment belongs to what it stands above or beside, and moves with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import Any

import yaml
from pydantic import BaseModel

from . import yamlfile
from .model.base import model_in
from .model.records import KINDS, Publisher, Record, Source
from .problems import DataPath

WIDTH = 100
_MODELINE = "# yaml-language-server:"
_COMMENT = re.compile(r"#.*")
_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ ]+(#.*)")


class _Dumper(yaml.SafeDumper):
    """Writes numbers and dates plain, because the strict reader keeps them as written.

    `NO`, `yes` and the like are quoted: the strict reader would not need it, others would.
    """

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own declaration

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_WORDS = r"^(?i:true|false|yes|no|on|off|y|n)$"
_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(_WORDS), None)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?i:null|~|)$"), None)


def dump(value: Any, path: str) -> str:
    """Write the value of the file `path` (such as ``data/people/x.yaml``) in canonical form."""
    arranged = _arranged(value, path)
    return str(
        yaml.dump(arranged, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    )


def canonical(raw: bytes, path: str) -> str:
    """Return the canonical form of a file's bytes.

    Raises:
        yamlfile.Fault: the file cannot be read without doubt about what it means.
    """
    document = yamlfile.read(raw)
    if document.faults:
        raise document.faults[0]
    text = yamlfile.decoded(raw)
    plain = dump(document.value, path)
    return _with_comments(plain, _comments(text, document)) if "#" in text else plain


def _arranged(value: Any, path: str) -> Any:
    folder, _, rest = path.removeprefix("data/").partition("/")
    model = KINDS.get(folder.removesuffix(".yaml"))
    if not rest or not isinstance(value, dict):
        return _table(value, model)
    if folder != Source.kind:
        return _ordered(value, model)
    publisher: dict[str, Any] = _ordered(value, Publisher)
    if "sources" in publisher:  # they end the file
        publisher["sources"] = _table(publisher.pop("sources"), Source)
    return publisher


def _table(value: Any, model: type[BaseModel] | None) -> Any:
    """The value with its keys, which are ids, in the order of the alphabet."""
    if not isinstance(value, dict):
        return _ordered(value, None)
    inner = _ordered if model else _table
    return {key: inner(item, model) for key, item in sorted(value.items())}


def _ordered(value: Any, model: type[BaseModel] | None) -> Any:
    """The value with its keys in the model's order; keys that the model lacks come last."""
    if isinstance(value, list):
        return [_ordered(item, model) for item in value]
    if isinstance(value, dict):
        fields = _fields(model) if model else {}
        keys = [*(key for key in fields if key in value), *(k for k in value if k not in fields)]
        return {key: _ordered(value[key], fields.get(key)) for key in keys}
    return " ".join(value.split()) if isinstance(value, str) else value


@lru_cache(maxsize=64)
def _fields(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    infos = model.model_fields
    return {infos[n].alias or n: model_in(infos[n].annotation) for n in field_order(model)}


def field_order(model: type[BaseModel]) -> list[str]:
    """The names of a model's fields in the order of the canonical form.

    What all records share comes last; what topical records share, after the leading fields that
    a record must have: title, date, type, pillars, themes, ..., sources, disputes.
    """
    fields = model.model_fields
    if not issubclass(model, Record):
        return [name for name in fields if name != "id"]
    shared = [name for name in Record.model_fields if name != "id"]
    topical = [n for n in ("pillars", "themes") if n in fields]
    own = [name for name in fields if name not in (*shared, *topical, "id")]
    head = list(takewhile(lambda name: fields[name].is_required(), own))
    return [*head, *topical, *own[len(head) :], *shared]


@dataclass
class _Comments:
    """Comments by the path that they belong to; those after the last value in `tail`."""

    above: dict[DataPath, list[str]] = field(default_factory=dict)
    beside: dict[DataPath, list[str]] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


def _comments(text: str, document: yamlfile.Document) -> _Comments:
    found, lines = _Comments(), [line.strip() for line in text.split("\n")]
    starts = _starts(document)
    places = [place for place, _ in starts]
    for line, column, comment, beside in _scanned(text):
        if beside:  # the innermost of what begins last before it
            path = starts[bisect_right(places, (line, column)) - 1][1]
            found.beside.setdefault(path, []).append(comment)
            continue
        index = bisect_left(places, (line + 1, 0))
        if index == len(starts):
            found.tail.append(comment)
        else:  # the outermost of what begins next; of the file itself only what heads it
            heads = comment.startswith(_MODELINE) or "" in lines[line : starts[0][0][0] - 1]
            path = starts[index][1] or (() if heads else starts[min(1, len(starts) - 1)][1])
            found.above.setdefault(path, []).append(comment)
    return found


def _starts(document: yamlfile.Document) -> list[tuple[tuple[int, int], DataPath]]:
    """Where each value begins (with its key, if it has one), outer before inner."""
    places = ((tuple(document.key_position(path)), path) for path in document.values)
    return sorted(places, key=lambda item: (item[0], len(item[1])))  # type: ignore[arg-type]


def _scanned(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield line and column (from 1), text, and whether it stands beside a value.

    Comments are what `#` begins between two tokens: within a token it is part of the text.
    """
    before: Any = None
    for token in yaml.scan(text, Loader=yamlfile.Loader):
        if before is not None:
            yield from _between(text, before, token)
        style = getattr(token, "style", None)
        header = text[token.start_mark.index :].split("\n", 1)[0] if style in ("|", ">") else ""
        if match := _HEADER_COMMENT.match(header):
            yield token.start_mark.line + 1, token.start_mark.column + 1, match[1], True
        before = token


def _between(text: str, before: Any, after: Any) -> Iterator[tuple[int, int, str, bool]]:
    start = before.end_mark
    ends_line = start.column == 0 or isinstance(
        before, yaml.StreamStartToken | yaml.BlockEntryToken | yaml.DocumentStartToken
    )
    lines = text[start.index : after.start_mark.index].split("\n")
    for number, line in enumerate(lines):
        if match := _COMMENT.search(line):
            beside = number == 0 and not ends_line
            yield start.line + 1 + number, start.column + 1, match[0].rstrip(), beside


def _with_comments(plain: str, comments: _Comments) -> str:
    """Set the comments into a canonical text: a value's path leads to its line there."""
    lines = plain.splitlines()
    starts = _starts(yamlfile.read(plain.encode()))
    ends = [place[0] for place, _ in starts[1:]] + [len(lines) + 1]
    for ((line, _), path), end in reversed(list(zip(starts, ends, strict=True))):
        beside, above = comments.beside.get(path, []), comments.above.get(path, [])
        if end - line > 1 or len(beside) > 1:  # beside a folded text it would be overlooked
            beside, above = [], [*above, *beside]
        here = "  ".join([lines[line - 1], *beside])
        indent = here[: len(here) - len(here.lstrip())]
        lines[line - 1 : line] = [*(indent + comment for comment in above), here]
    return "\n".join([*lines, *comments.tail]) + "\n"
