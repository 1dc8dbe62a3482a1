"""From files to (dataset, problems). Never raises for bad data: what cannot be read is left out.

data/<kind>/**/<id>.yaml     one record            `model.records.RECORDS`
data/<kind>.yaml             a table of entries    `model.records.TABLES`
data/sources/<id>.yaml       a publisher with its sources
data/redirects.yaml, data/expectations.yaml
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from pydantic import ValidationError

from . import yamlfile
from .dataset import Dataset, Key, Link, Redirects
from .explain import explained
from .model.records import KINDS, RECORDS, TABLES, Publisher
from .problems import DataPath, Problem, nearest, shown
from .yamlfile import Document

SOURCES = "sources"
_GROUP = "must be a group of `key: value` lines"
_COUNT = re.compile(r"[0-9]{1,8}")
_FOLDERS = frozenset({*(model.kind for model in RECORDS), SOURCES, "schema"})
_TABLES = frozenset({*(model.kind for model in TABLES), "redirects", "expectations"})


@dataclass
class _Part:
    """What one file holds: entries with their places in it, and what is wrong with it."""

    path: str
    digest: str = ""
    entries: dict[Key, tuple[Any, DataPath]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    redirects: Redirects | None = None
    expectations: dict[str, int] = field(default_factory=dict)
    broken: set[Key] = field(default_factory=set)

    def keep(self, earlier: _Part) -> None:
        """Let what cannot be read stand as it was when it last could."""
        self.redirects = self.redirects or earlier.redirects
        for key, found in earlier.entries.items():
            if not self.broken.isdisjoint((key, (key[0], "*"))):
                self.entries.setdefault(key, found)


class Values(Protocol):
    """Values by key, such as a cache of what a slow parser has read."""

    def get(self, key: str) -> Any:
        """The value of a key, or ``None``."""

    def put(self, key: str, value: Any) -> None:
        """Remember a value that JSON can hold."""


@dataclass
class Memo:
    """What is remembered of files: as they were last read, and, by digest, what stands in them.

    `links` are the references of the entries that were last read.
    """

    values: Values | None = None
    parts: dict[str, tuple[tuple[int, int, int], _Part]] = field(default_factory=dict)
    links: dict[Key, tuple[Link, ...]] = field(default_factory=dict)


def load(
    root: Path,
    *,
    as_of: date | None = None,
    previous: Iterable[Key] | None = None,
    memo: Memo | None = None,
    only: Collection[str] | None = None,
) -> tuple[Dataset, list[Problem]]:
    """Read the record below `root`/data.

    Args:
        root: the repository's folder.
        as_of: what counts as today; without it, the day of the newest event.
        previous: the (kind, id) pairs that the record had before, where known.
        memo: what an earlier call read; files that have not changed since are not read again,
            and their entries are the very same objects. What can no longer be read stands as it
            was; it counts as broken.
        only: the files to read; by default all.

    Returns:
        The dataset of all that could be read, and the problems of what could not.
    """
    memo = memo or Memo()
    paths = data_files(root) if only is None else only
    parts = [_remembered(root, path, memo) for path in paths]
    return _joined(parts, lambda path: (root / path).read_bytes(), as_of, previous, memo.links)


def load_files(
    files: Iterable[tuple[str, bytes]], *, as_of: date | None = None
) -> tuple[Dataset, list[Problem]]:
    """The same for files in memory, as (path, content): those of a revision, or a few of them."""
    found = {path: raw for path, raw in sorted(files) if _belongs(path)}
    return _joined([_parsed(*file) for file in found.items()], found.__getitem__, as_of, None, {})


def _belongs(path: str) -> bool:
    folders = path.split("/")
    return folders[0] == "data" != folders[-1] and folders[1] != "schema" and "/." not in path


def _joined(
    parts: Sequence[_Part],
    content: Callable[[str], bytes],
    as_of: date | None,
    previous: Iterable[Key] | None,
    links: dict[Key, tuple[Link, ...]],
) -> tuple[Dataset, list[Problem]]:
    entries: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    files: dict[Key, tuple[str, DataPath]] = {}
    problems = [problem for part in parts for problem in part.problems]
    for part in parts:
        for key, (entry, at) in part.entries.items():
            if key in files:  # an id belongs to the first file that has it
                message = f"{key[1]} is taken by {files[key][0]}"
                problems.append(_taken(part.path, content(part.path), at, message))
            else:
                entries[key[0]][key[1]] = entry
                files[key] = (part.path, at)
    kinds = {kind: MappingProxyType(dict(sorted(of.items()))) for kind, of in entries.items()}
    newest = max((event.date.first for event in entries["events"].values()), default=date.min)
    dataset = Dataset(
        **kinds,
        redirects=next((part.redirects for part in parts if part.redirects), Redirects()),
        expectations=MappingProxyType({k: v for p in parts for k, v in p.expectations.items()}),
        as_of=as_of or newest,
        files=MappingProxyType(files),
        previous=frozenset(previous or ()),
        broken=frozenset(key for part in parts for key in part.broken),
        remembered=links,
        digest=hashlib.sha256(repr([(p.path, p.digest) for p in parts]).encode()).hexdigest(),
    )
    return dataset, problems


def data_files(root: Path) -> list[str]:
    """The paths below `root` of the files of the record, in an order of their names alone."""
    found = []
    for folder, folders, names in os.walk(root / "data"):
        here = os.path.relpath(folder, root).replace(os.sep, "/")
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        found += [f"{here}/{name}" for name in (*names, *links) if not name.startswith(".")]
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (here, name) != ("data", "schema")
        ]
    return sorted(found)


def _taken(path: str, raw: bytes, at: DataPath, message: str) -> Problem:
    place = yamlfile.read(raw).key_position(at) if at else (0, 0)
    return Problem(path, *place, "duplicate-id", f"the id {message}")


def _remembered(root: Path, path: str, memo: Memo) -> _Part:
    try:
        found = os.lstat(file := os.path.join(root, path))
    except FileNotFoundError:  # gone since it was listed
        return _Part(path)
    state = (found.st_mtime_ns, found.st_size, found.st_ino)
    known, before = memo.parts.get(path, (None, None))
    if before is None or known != state:
        part = _parsed(path, _content(file, found), memo.values)
        if before:
            part.keep(before)
        memo.parts[path] = (state, part)
    return memo.parts[path][1]


def _content(file: str, found: os.stat_result) -> bytes | OSError:
    too_large = found.st_size > yamlfile.MAX_BYTES
    try:
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "is a link; the record holds plain files only")
        with open(file, "rb") as stream:  # one byte over the limit is enough to refuse it
            return stream.read(yamlfile.MAX_BYTES + 1 if too_large else -1)
    except OSError as error:
        return error


def _parsed(path: str, raw: bytes | OSError, known: Values | None = None) -> _Part:
    part, (folder, *rest) = _Part(path), path.split("/")[1:]
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    if suffix != "yaml" or not (folder in _FOLDERS if rest else stem in _TABLES):
        part.problems.append(_misplaced(path))
        return part
    if isinstance(raw, OSError):
        document = Document()
        message = f"cannot be read: {raw.strerror or raw}"
        part.problems.append(Problem(path, 0, 0, "unreadable-file", message))
    else:
        part.digest = hashlib.sha256(raw).hexdigest()
        document = _read(raw, part.digest, known)
    reader = _Reader(part, document)
    if isinstance(document.value, dict):
        reader.read(folder if rest else "", stem)
    else:
        part.broken |= _lost(folder if rest else "", stem)
        if not part.problems:
            reader.problem("wrong-type", _GROUP)
    return part


def _read(raw: bytes, digest: str, known: Values | None) -> Document:
    """Read a file, unless its value is known."""
    if known is None:
        return yamlfile.read(raw)
    key = f"yaml {yamlfile.VERSION} {digest}"
    value = known.get(key)
    if isinstance(value, dict):
        return Document(value, raw=raw)
    document = yamlfile.read(raw)
    if not document.faults:
        known.put(key, document.value)
    return document


def _lost(folder: str, stem: str) -> set[Key]:
    """The keys of what stands in a file that cannot be read."""
    if not folder:
        return {(stem, "*")}
    return {(SOURCES, "*"), (Publisher.kind, stem)} if folder == SOURCES else {(folder, stem)}


def _misplaced(path: str) -> Problem:
    _, folder, *rest = path.split("/")
    stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
    if dot + suffix in (".yml", ".YAML", ".json"):
        hint = f"rename it to {stem}.yaml"
    elif rest and folder in _FOLDERS:
        hint = f"data/{folder} holds files that end in .yaml"
    else:
        hint = nearest(folder.removesuffix(".yaml"), _FOLDERS - {"schema"} if rest else _TABLES)
    return Problem(path, 0, 0, "misplaced-file", "no file of the record belongs here", hint)


class _Reader:
    """Turns a file's value into entries and problems."""

    def __init__(self, part: _Part, document: Document) -> None:
        self._part, self._document = part, document
        part.problems += [fault.problem(part.path) for fault in document.faults]

    def problem(self, rule: str, message: str, at: DataPath = (), hint: str = "") -> None:
        place = self._document.key_position(at)
        self._part.problems.append(Problem(self._part.path, *place, rule, message, hint))

    def read(self, folder: str, stem: str) -> None:
        """Keep what the file holds; `folder` is empty for tables."""
        value = self._document.value
        if folder == SOURCES:
            self._publisher(stem, dict(value))
        elif folder:
            if "id" in value:
                hint = "the file's name is the id: remove this line"
                self.problem("unknown-key", "unknown key id", ("id",), hint)
                del value["id"]
            self._keep((folder, stem), value, ())
        elif stem == "expectations":
            self._expectations(value)
        elif stem == "redirects":
            self._redirects(value)
        else:
            for key, entry in value.items():
                self._keep((stem, key), entry, (key,))

    def _keep(self, key: Key, value: Any, at: DataPath) -> None:
        """Validate the value that stands at a path of the file, and keep it under its key."""
        model = KINDS[key[0]]
        if isinstance(value, dict):
            try:
                entry = model.model_validate({**value, "id": key[1]})
                self._part.entries[key] = (entry, at)
                return
            except ValidationError as error:
                found = explained(error, model, at, self._part.path, self._document)
                self._part.problems.extend(found)
        else:
            self.problem("wrong-type", _GROUP, at)
        self._part.broken.add(key)

    def _publisher(self, stem: str, publisher: dict[str, Any]) -> None:
        sources = publisher.pop(SOURCES, {})
        self._keep((Publisher.kind, stem), publisher, ())
        if not isinstance(sources, dict):
            self.problem("wrong-type", "sources must be a group of ids", (SOURCES,))
            self._part.broken.add((SOURCES, "*"))
            return
        for key, value in sources.items():
            at = (SOURCES, key)
            if isinstance(value, dict) and "publisher" in value:
                hint = "the file tells the publisher: remove this line"
                message = f"{shown(at)}: unknown key publisher"
                self.problem("unknown-key", message, (*at, "publisher"), hint)
            named = {**value, "publisher": stem} if isinstance(value, dict) else value
            self._keep((SOURCES, key), named, at)

    def _expectations(self, value: dict[str, Any]) -> None:
        for kind, count in value.items():
            if kind not in KINDS:
                self.problem("unknown-key", f"unknown kind {kind}", (kind,), nearest(kind, KINDS))
            elif not (isinstance(count, str) and _COUNT.fullmatch(count)):
                self.problem("wrong-type", f"{kind} must be a count", (kind,))
            else:
                self._part.expectations[kind] = int(count)

    def _redirects(self, value: dict[str, Any]) -> None:
        tables: dict[str, Mapping[str, Any]] = {"moved": {}, "withdrawn": {}}
        for key, entries in value.items():
            if key not in tables:
                self.problem("unknown-key", f"unknown key {key}", (key,), nearest(key, tables))
            elif isinstance(entries, dict) and all(isinstance(v, str) for v in entries.values()):
                tables[key] = MappingProxyType(dict(entries))
            elif entries is not None:
                message = f"{key} must be a group of `kind/id: text` lines"
                self.problem("wrong-type", message, (key,))
        self._part.redirects = Redirects(**tables)
