"""From files to (dataset, problems). Never raises for bad data: what cannot be read is left out.

data/<kind>/**/<id>.yaml     one record            `model.records.RECORDS`
data/<kind>.yaml             a table of entries    `model.records.TABLES`
data/sources/<id>.yaml       a publisher with its sources
data/redirects.yaml, data/expectations.yaml
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from . import yamlfile
from .dataset import Dataset, Key, Redirects
from .hints import hint
from .model.records import RECORDS, TABLES, Publisher, Source
from .problems import DataPath, Problem, nearest, shown
from .yamlfile import Position

SOURCES = "sources"
_KINDS: dict[str, type[BaseModel]] = {model.kind: model for model in (*RECORDS, *TABLES)}
_MODELS: dict[str, type[BaseModel]] = {**_KINDS, Source.kind: Source, Publisher.kind: Publisher}
_GROUP = "must be a group of `key: value` lines"
_FOLDERS = frozenset({*(model.kind for model in RECORDS), SOURCES, "schema"})
_TABLES = frozenset({*(model.kind for model in TABLES), "redirects", "expectations"})


@dataclass
class _Part:
    """What one file holds: entries with their places, and what is wrong with it."""

    entries: dict[Key, tuple[Any, str, DataPath, Position]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    redirects: Redirects | None = None
    expectations: dict[str, int] = field(default_factory=dict)
    broken: set[Key] = field(default_factory=set)


Memo = dict[Path, tuple[tuple[int, int, int], _Part]]


@dataclass(frozen=True)
class _File:
    """A file that was read."""

    path: str
    stem: str
    document: yamlfile.Document

    def problem(self, rule: str, message: str, where: DataPath, hint: str = "") -> Problem:
        return Problem(self.path, *self.document.key_position(where), rule, message, hint)


def load(
    root: Path,
    *,
    as_of: date | None = None,
    previous: Iterable[Key] | None = None,
    memo: Memo | None = None,
) -> tuple[Dataset, list[Problem]]:
    """Read the record below `root`/data.

    Args:
        root: the repository's folder.
        as_of: what counts as today; without it, the day of the newest event.
        previous: the (kind, id) pairs that the record had before, where known.
        memo: what an earlier call read; files that have not changed since are not read again,
            and their entries are the very same objects.

    Returns:
        The dataset of all that could be read, and the problems of what could not.
    """
    parts = [_remembered(path, root, memo) for path in data_files(root)]
    entries, files, problems = _merged(parts)
    kinds = {kind: MappingProxyType(dict(sorted(entries[kind].items()))) for kind in _MODELS}
    dataset = Dataset(
        **kinds,
        redirects=next((part.redirects for part in parts if part.redirects), Redirects()),
        expectations=MappingProxyType({k: v for p in parts for k, v in p.expectations.items()}),
        as_of=as_of or _newest(kinds["events"]),
        files=MappingProxyType(files),
        previous=frozenset(previous or ()),
        broken=frozenset(key for part in parts for key in part.broken),
    )
    return dataset, problems


def _remembered(path: Path, root: Path, memo: Memo | None) -> _Part:
    if memo is None:
        return _read(path, root)
    found = path.lstat()
    state = (found.st_mtime_ns, found.st_size, found.st_ino)
    if path not in memo or memo[path][0] != state:
        memo[path] = (state, _read(path, root))
    return memo[path][1]


def _merged(
    parts: Iterable[_Part],
) -> tuple[dict[str, dict[str, Any]], dict[Key, tuple[str, DataPath]], list[Problem]]:
    """Put what the files hold together; an id belongs to the first file that has it."""
    entries: dict[str, dict[str, Any]] = {kind: {} for kind in _MODELS}
    files: dict[Key, tuple[str, DataPath]] = {}
    problems: list[Problem] = []
    for part in parts:
        problems += part.problems
        for key, (entry, path, at, position) in part.entries.items():
            if key in files:
                message = f"the id {key[1]} is taken by {files[key][0]}"
                problems.append(Problem(path, *position, "duplicate-id", message))
            else:
                entries[key[0]][key[1]] = entry
                files[key] = (path, at)
    return entries, files, problems


def _newest(events: Mapping[str, Any]) -> date:
    return max((event.date.first for event in events.values()), default=date.min)


def data_files(root: Path) -> list[Path]:
    """Every file that belongs to the record, in an order that no file system decides."""
    found = (path for path in (root / "data").rglob("*") if path.is_file() or path.is_symlink())
    kept = (p for p in found if not any(part.startswith(".") for part in p.relative_to(root).parts))
    return sorted(
        (p for p in kept if "schema" not in p.relative_to(root / "data").parts[:1]),
        key=lambda path: path.relative_to(root).as_posix(),
    )


def _read(path: Path, root: Path) -> _Part:
    name = path.relative_to(root).as_posix()
    parts = path.relative_to(root / "data").parts
    store = _Part()
    known = parts[0] in _FOLDERS if len(parts) > 1 else path.stem in _TABLES
    if path.suffix != ".yaml" or not known:
        store.problems.append(_misplaced(name, path, parts))
    elif (file := _opened(path, name, store)) is None:
        store.broken |= _lost(parts[0], path.stem, in_folder=len(parts) > 1)
    elif len(parts) == 1:
        _read_table(file, store)
    elif parts[0] == SOURCES:
        _read_publisher(file, store)
    else:
        _read_record(file, parts[0], store)
    return store


def _lost(kind: str, stem: str, *, in_folder: bool) -> set[Key]:
    """The keys of what stands in a file that cannot be read."""
    if not in_folder:
        return {(stem, "*")}
    return {(SOURCES, "*"), (Publisher.kind, stem)} if kind == SOURCES else {(kind, stem)}


def _misplaced(name: str, path: Path, parts: tuple[str, ...]) -> Problem:
    if path.suffix in (".yml", ".YAML", ".json"):
        hint = f"rename it to {path.stem}.yaml"
    elif len(parts) > 1 and parts[0] in _FOLDERS:
        hint = f"data/{parts[0]} holds files that end in .yaml"
    else:
        known = _FOLDERS - {"schema"} if len(parts) > 1 else _TABLES
        hint = nearest(parts[0].removesuffix(".yaml"), known)
    return Problem(name, 0, 0, "misplaced-file", "no file of the record belongs here", hint)


def _opened(path: Path, name: str, store: _Part) -> _File | None:
    """Read a file's bytes and values; add its faults to the problems."""
    try:
        if path.is_symlink():
            raise OSError(errno.EINVAL, "is a link; the record holds plain files only")
        with path.open("rb") as stream:  # one byte over the limit is enough to refuse it
            raw = stream.read(yamlfile.MAX_BYTES + 1)
            size = path.stat().st_size
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        store.problems.append(Problem(name, 0, 0, "unreadable-file", message))
        return None
    if size > yamlfile.MAX_BYTES:
        message = f"a file may have {yamlfile.MAX_BYTES:,} bytes at most, this one has {size:,}"
        store.problems.append(Problem(name, 0, 0, "file-too-long", message))
        return None
    file = _File(name, path.stem, yamlfile.read(raw))
    for fault in file.document.faults:
        place = (file.path, *fault.position)
        store.problems.append(Problem(*place, fault.rule, fault.message, fault.hint))
    if isinstance(file.document.value, dict):
        return file
    if not file.document.faults:
        store.problems.append(file.problem("wrong-type", _GROUP, ()))
    return None


def _read_record(file: _File, kind: str, store: _Part) -> None:
    if "id" in file.document.value:
        hint = "the file's name is the id: remove this line"
        store.problems.append(file.problem("unknown-key", "unknown key id", ("id",), hint))
        del file.document.value["id"]
    _keep((kind, file.stem), file.document.value, (), file, store)


def _keep(key: Key, value: Any, at: DataPath, file: _File, store: _Part) -> None:
    """Validate the value that stands at a path of a file, and keep it under its key."""
    kind, identifier = key
    model = _MODELS[kind]
    if isinstance(value, dict):
        try:
            entry = model.model_validate({**value, "id": identifier})
            place = file.document.key_position(at) if at else Position(0, 0)
            store.entries[key] = (entry, file.path, at, place)
            return
        except ValidationError as error:
            store.problems.extend(_explained(error, model, at, file))
    else:
        store.problems.append(file.problem("wrong-type", _GROUP, at))
    store.broken.add(key)


def _read_table(file: _File, store: _Part) -> None:
    if file.stem == "expectations":
        _read_expectations(file, store)
    elif file.stem == "redirects":
        _read_redirects(file, store)
    else:
        for key, value in file.document.value.items():
            _keep((file.stem, key), value, (key,), file, store)


def _read_publisher(file: _File, store: _Part) -> None:
    publisher = dict(file.document.value)
    sources = publisher.pop(SOURCES, {})
    _keep((Publisher.kind, file.stem), publisher, (), file, store)
    if not isinstance(sources, dict):
        message = "sources must be a group of ids"
        store.problems.append(file.problem("wrong-type", message, (SOURCES,)))
        store.broken.add((SOURCES, "*"))
        return
    for key, value in sources.items():
        at = (SOURCES, key)
        if isinstance(value, dict) and "publisher" in value:
            hint = "the file tells the publisher: remove this line"
            problem = ("unknown-key", f"{shown(at)}: unknown key publisher", (*at, "publisher"))
            store.problems.append(file.problem(*problem, hint))
        named = {**value, "publisher": file.stem} if isinstance(value, dict) else value
        _keep((SOURCES, key), named, at, file, store)


def _read_expectations(file: _File, store: _Part) -> None:
    known = _MODELS
    for kind, count in file.document.value.items():
        if kind not in known:
            problem = ("unknown-key", f"unknown kind {kind}", (kind,), nearest(kind, known))
            store.problems.append(file.problem(*problem))
        elif not (
            isinstance(count, str) and count.isascii() and count.isdigit() and len(count) < 9
        ):
            store.problems.append(file.problem("wrong-type", f"{kind} must be a count", (kind,)))
        else:
            store.expectations[kind] = int(count)


def _read_redirects(file: _File, store: _Part) -> None:
    tables: dict[str, Mapping[str, Any]] = {"moved": {}, "withdrawn": {}}
    for key, entries in file.document.value.items():
        if key not in tables:
            problem = ("unknown-key", f"unknown key {key}", (key,), nearest(key, tables))
            store.problems.append(file.problem(*problem))
        elif isinstance(entries, dict) and all(isinstance(v, str) for v in entries.values()):
            tables[key] = MappingProxyType(dict(entries))
        elif entries is not None:
            message = f"{key} must be a group of `kind/id: text` lines"
            store.problems.append(file.problem("wrong-type", message, (key,)))
    store.redirects = Redirects(**tables)


def problems_of(
    model: type[BaseModel], key: str, values: Mapping[str, Any], path: str
) -> list[Problem]:
    """What is wrong with the values of an entry that stands in no file yet."""
    try:
        model.model_validate({**values, "id": key})
    except ValidationError as error:
        return list(_explained(error, model, (), _File(path, key, yamlfile.Document())))
    return []


def _explained(
    error: ValidationError, model: type[BaseModel], at: DataPath, file: _File
) -> Iterator[Problem]:
    """Turn what Pydantic found into problems with positions and hints."""
    errors = error.errors(include_url=False, include_input=True)
    broken = [tuple(found["loc"]) for found in errors]
    for found in errors:
        path = tuple(found["loc"])
        if found["type"] == "too_short" and any(p[: len(path)] == path != p for p in broken):
            continue  # the list is short only because its items are broken
        rule, message, help_text = _wording(found, path, model)
        document = file.document
        place = document.key_position if rule == "unknown-key" else document.position
        where = shown(path[:-1] if rule in ("unknown-key", "missing-field") else path)
        shown_message = f"{where}: {message}" if where else message
        yield Problem(file.path, *place((*at, *path)), rule, shown_message, help_text)


def _wording(found: Any, path: DataPath, model: type[BaseModel]) -> tuple[str, str, str]:
    """Rule, message and hint; the model's own errors carry theirs, Pydantic's are translated."""
    kind, context, value = found["type"], found.get("ctx", {}), found.get("input")
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return "unknown-key", f"unknown key {key}", nearest(key, keys_at(model, path))
    if kind == "unknown-word":
        return kind, found["msg"], nearest(context["word"], context["words"])
    if kind == "missing":
        return "missing-field", f"the field {key} is missing", ""
    if kind == "too_short":
        return "empty-list", f"must have {context['min_length']} or more", ""
    wanted = {"model": "a group of keys", "bool_": "true or false"}
    must = next((words for start, words in wanted.items() if kind.startswith(start)), "")
    message = f"must be {must}, found {value!r}"[:160] if must else found["msg"]
    rule = kind if "-" in kind else "wrong-type"
    if kind.startswith("model") and isinstance(value, str):
        keys = ", ".join(keys_at(model, (*path, "")))
        return rule, message, f"write keys in lines of their own: {keys}"
    return rule, message, hint(rule, value, message)


def keys_at(model: type[BaseModel], path: DataPath) -> list[str]:
    """The keys that a model, or the part of it that a path leads to, can have."""
    for step in path[:-1]:
        if isinstance(step, int):
            continue
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        inner = model_in(fields[step].annotation) if step in fields else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items() if name != "id"]


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, however deep, or ``None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := model_in(part):
            return found
    return None
