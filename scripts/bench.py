"""Measure the build against others over the same pages; see docs/about/performance.md.

    python scripts/bench.py make N FOLDER     write a record of N records of realistic shape
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kzus import yamlfile

_Plain = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
ROOT = Path(__file__).resolve().parent.parent
YEARS_APART = 50
_YEAR = re.compile(r"\d{4}(?=$|[-/~])")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}~?(/\d{4}(-\d\d){0,2}~?)?")
RECORDS = ("events", "agreements", "commitments", "people", "organizations", "series", "disputes")


def make(count: int, folder: Path) -> None:
    """Write a repository whose record has about `count` records, made from the real one.

    The real record is copied as often as needed under new ids, each copy linked within itself,
    so that shape, size and links are those of real records, each copy in years of its own, so that
    no rule finds a double. What is cut off in the last copy is cut out of the references to it.
    """
    for name in ("docs", "mkdocs.yml", "pyproject.toml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    files = {path: yamlfile.read(path.read_bytes()).value for path in _files()}
    ids = {path.stem for path in files if _kind(path) in RECORDS}
    sources = {key for value in files.values() for key in value.get("sources", {}) or ()}
    size = sum(_kind(path) in RECORDS for path in files)
    for copy in range(-(-count // size)):
        kept = _share(files, min(count - copy * size, size))
        gone = ids - {path.stem for path in kept if _kind(path) in RECORDS}
        mark = f"-copy{copy}" if copy else ""
        names = {key: key + mark for key in ids - gone} | {key: key + mark for key in sources}
        names |= {path.stem: path.stem + mark for path in files}
        for path, value in kept.items():
            _write(folder, path, _renamed(value, names, gone, copy), names, copy)
    for table in (ROOT / "data").glob("*.yaml"):
        if table.stem != "expectations":
            shutil.copy(table, folder / "data" / table.name)


def _files() -> list[Path]:
    return sorted(p for p in (ROOT / "data").rglob("*.yaml") if p.parent.name != "data")


def _kind(path: Path) -> str:
    return path.relative_to(ROOT / "data").parts[0]


def _share(files: dict[Path, Any], count: int) -> dict[Path, Any]:
    """An even choice of `count` records, and all sources."""
    records = [path for path in files if _kind(path) in RECORDS]
    step = len(records) / count
    chosen = {records[int(place * step)] for place in range(count)}
    return {p: v for p, v in files.items() if p in chosen or _kind(p) == "sources"}


def _renamed(value: Any, names: dict[str, str], gone: set[str], copy: int, key: str = "") -> Any:
    if isinstance(value, dict):
        kept = (
            (k, item)
            for k, item in value.items()
            if not (_is_gone(item, gone) or (copy and k.startswith("number")))
        )
        found = {names.get(k, k): _renamed(v, names, gone, copy, k) for k, v in kept}
        return dict(sorted(found.items())) if key == "sources" else found
    if isinstance(value, list):
        return [_renamed(item, names, gone, copy, key) for item in _living(value, gone)]
    if not isinstance(value, str) or key in ("language", "type", "kind"):
        return value
    if copy and value.startswith("http"):
        return f"{value}{'&' if '?' in value else '?'}copy={copy}"
    if _DATE.fullmatch(value):
        return _YEAR.sub(lambda year: str(int(year[0]) + YEARS_APART * copy), value)
    return names.get(value, value)


def _is_gone(item: Any, gone: set[str]) -> bool:
    return isinstance(item, str) and item in gone


def _living(items: list[Any], gone: set[str]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, dict) and (key := item.get("person") or item.get("organization")) in gone:
            rest = {k: v for k, v in item.items() if k not in ("person", "organization")}
            yield {"name": key.replace("-", " ").title(), **rest}
        elif not _is_gone(item, gone):
            yield item


def _write(folder: Path, path: Path, value: Any, names: dict[str, str], copy: int) -> None:
    parts = [_later(part, copy) for part in path.relative_to(ROOT).parent.parts]
    target = folder.joinpath(*parts, f"{names[path.stem]}.yaml")
    target.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
    target.write_text(text, encoding="utf-8", newline="\n")


def _later(part: str, copy: int) -> str:
    return str(int(part) + YEARS_APART * copy) if part.isdigit() else part


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    maker = commands.add_parser("make", help="write a record of N records")
    maker.add_argument("count", type=int)
    maker.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    make(arguments.count, arguments.folder)


if __name__ == "__main__":
    main()
