"""CSV (RFC 4180) with a Frictionless data package, and the same tables as an SQLite file."""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import io
import mmap
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ..dataset import Dataset
from ..edition import Edition
from ..model.records import Series
from .base import LICENSE, NAME, Files, json_bytes
from .tables import TABLES, Column, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SQL_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}
# The column by which other tables refer to a table.
_KEYS = {table.name: table.key[0].name for table in TABLES}
_FIGURES = next(table for table in TABLES if table.name == "series_values")
VIEWS = {
    "sourced_statements": (
        "Each sentence with each of its sources, the publisher and the kind of source.",
        "SELECT s.record, s.part, s.number, s.text, s.inherited, o.id AS source, o.title, "
        "o.kind, p.name AS publisher FROM statements s "
        "JOIN statement_sources x USING (record, part, number) "
        "JOIN sources o ON o.id = x.source JOIN publishers p ON p.id = o.publisher",
    ),
    "appearances": (
        "Who took part in which event, in which role, oldest first.",
        "SELECT e.date, e.title AS event, p.name, p.role, p.side, p.person, e.record "
        "FROM event_participants p JOIN events e USING (record) ORDER BY e.date_first, e.id",
    ),
    "office_holders": (
        "Offices with those who held them or were seen in them.",
        'SELECT o.title AS office, p.name, t.begin, t."end", t.seen, t.record '
        "FROM tenures t JOIN offices o ON o.id = t.office JOIN people p USING (record) "
        "ORDER BY o.id, coalesce(t.begin, t.appointed, t.credentials, t.seen)",
    ),
    "disagreements": (
        "Disputed questions with their answers side by side.",
        "SELECT d.record, d.about, d.question, c.says, group_concat(x.source, ' ') AS sources "
        "FROM disputes d JOIN claims c USING (record, number) "
        "LEFT JOIN claim_sources x USING (record, number, claim) "
        "GROUP BY d.record, d.number, c.claim",
    ),
}


class _Csv:
    """A table as CSV: UTF-8, CRLF, a header line, empty for what is not known."""

    def __init__(self, table: Table) -> None:
        self._columns = table.columns
        self._stream = io.StringIO(newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow(column.name for column in table.columns)

    def written(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The rows, each written as it passes by."""
        for row in rows:
            self._writer.writerow(_cell(c, v) for c, v in zip(self._columns, row, strict=True))
            yield row

    def bytes(self) -> bytes:
        """The file."""
        return self._stream.getvalue().encode()


def csv_bytes(table: Table, dataset: Dataset) -> bytes:
    """One table as CSV."""
    file = _Csv(table)
    for _ in file.written(table.rows(dataset)):
        pass
    return file.bytes()


def _cell(column: Column, value: Any) -> str:
    """One cell. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return "'" + text if column.type == "string" and text.startswith(_FORMULA) else text


def tables(dataset: Dataset, edition: Edition) -> Files:
    """The record in long form; text that begins like a formula has an apostrophe in front."""
    for name, content in _both(dataset, edition).csv.items():
        yield f"data/csv/{name}.csv", content


def figures(dataset: Dataset, edition: Edition) -> Files:
    """The figures of each series alone, in the columns of the table series_values."""
    for key, series in dataset.series.items():
        yield f"data/series/{key}.csv", figures_of(dataset, edition, series)


def figures_of(dataset: Dataset, edition: Edition, series: Series) -> bytes:
    """The figures of one series as CSV."""
    alone = replace(dataset, series=MappingProxyType({series.id: series}))
    return csv_bytes(_FIGURES, alone)


def package(dataset: Dataset, edition: Edition) -> Files:
    """Frictionless descriptor of the CSV tables, with keys and foreign keys."""
    files = _both(dataset, edition).csv
    value = {
        "profile": "tabular-data-package",
        "name": "kzus",
        "title": NAME,
        "version": edition.version,
        "created": f"{dataset.as_of.isoformat()}T00:00:00Z",
        "licenses": [{"name": "CC0-1.0", "path": LICENSE}],
        **({"homepage": edition.site_url} if edition.site_url else {}),
        "resources": [_resource(table, files[table.name]) for table in TABLES],
    }
    yield "data/datapackage.json", json_bytes(value)


def _resource(table: Table, raw: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"csv/{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    return {
        "fields": [
            {"name": c.name, "type": c.type, "description": c.description} for c in table.columns
        ],
        "missingValues": [""],
        "primaryKey": [column.name for column in table.key],
        "foreignKeys": [
            {
                "fields": [c.name],
                "reference": {"resource": c.references, "fields": [_KEYS[c.references]]},
            }
            for c in table.columns
            if c.references
        ],
    }


def sqlite(dataset: Dataset, edition: Edition) -> Files:
    """The same tables in one file, with keys, indices, views and full-text search.

    The bytes depend on the dataset alone, as far as versions of SQLite lay out pages alike: one
    connection to a new file, one transaction, then VACUUM. Not in memory: of a large record, each
    copy is large.

    Raises:
        OSError: the folder for temporary files is full or cannot be written.
    """
    yield "data/kzus.sqlite", _both(dataset, edition).sqlite


class _Both(NamedTuple):
    csv: Mapping[str, bytes]  # by table
    sqlite: bytes


@lru_cache(maxsize=1)
def _both(dataset: Dataset, edition: Edition) -> _Both:
    """The tables in both forms at once, since to make the rows takes as long as to write them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "kzus.sqlite")
        try:
            tables = _build(file, dataset, edition)
        except sqlite3.OperationalError as error:
            message = f"the folder for temporary files, {Path(folder).parent}: {error}"
            raise OSError(errno.EIO, message) from None
        with file.open("r+b") as stream, mmap.mmap(stream.fileno(), 0) as data:
            settle(data)
        return _Both(tables, file.read_bytes())


def _build(file: Path, dataset: Dataset, edition: Edition) -> dict[str, bytes]:
    tables = {}
    # Nothing needs to be kept safe: a build that was cut off begins anew.
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA secure_delete = ON")  # the default depends on the build
        for table in TABLES:
            beside = _Csv(table)
            _fill(connection, table, beside.written(table.rows(dataset)))
            tables[table.name] = beside.bytes()
        _document(connection, dataset, edition)
        _search(connection)
        connection.commit()
        connection.execute("VACUUM")
    return tables


def settle(data: bytearray | mmap.mmap) -> None:
    """Put zeros where a database tells what wrote it, and into the space that it does not use.

    The header tells how often the file was changed, and the version of SQLite. Versions leave
    different rests in the pages when they split them; no reader looks at either.
    See "The Database Header" and "B-tree Pages" in https://www.sqlite.org/fileformat2.html: after
    the header of a page, whose first byte tells its kind, stand the places of its cells; from
    there to the first cell all is unallocated. Pages of other kinds begin with the number of a
    page, hence with zero in files of less than 64 GB.
    """
    for tells in (slice(24, 28), slice(92, 100)):
        data[tells] = bytes(tells.stop - tells.start)
    size = int.from_bytes(data[16:18])
    for page in range(0, len(data), size):
        start = page or 100  # the header of the file stands on the first page
        if header := {2: 12, 5: 12, 10: 8, 13: 8}.get(data[start]):
            cells, content = (int.from_bytes(data[start + at : start + at + 2]) for at in (3, 5))
            free = slice(start + header + 2 * cells, page + content)
            data[free] = bytes(max(0, free.stop - free.start))


def _fill(connection: sqlite3.Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = [f'"{c.name}" {_SQL_TYPES.get(c.type, "TEXT")}' for c in table.columns]
    key = ", ".join(f'"{c.name}"' for c in table.key)
    others = [
        f'FOREIGN KEY ("{c.name}") REFERENCES {c.references} ("{_KEYS[c.references]}")'
        for c in table.columns
        if c.references
    ]
    parts = ", ".join([*columns, f"PRIMARY KEY ({key})", *others])
    connection.execute(f"CREATE TABLE {table.name} ({parts}) WITHOUT ROWID")
    marks = ", ".join("?" * len(table.columns))
    stored = ([_stored(value) for value in row] for row in rows)
    # A preview shows what there is of a broken record, too; the rules tell what is wrong with it.
    query = f"INSERT OR IGNORE INTO {table.name} VALUES ({marks})"  # noqa: S608
    connection.executemany(query, stored)
    for c in table.columns[1:]:  # after the rows, since to sort them once is quicker
        if c.references:
            name = f"{table.name}_{c.name}"
            connection.execute(f'CREATE INDEX {name} ON {table.name} ("{c.name}")')


def _stored(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _document(connection: sqlite3.Connection, dataset: Dataset, edition: Edition) -> None:
    """Add the views, and a table that says what every table, column and view is."""
    for name, (_, query) in VIEWS.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    connection.execute('CREATE TABLE documentation ("name" TEXT PRIMARY KEY, "description" TEXT)')
    words = [("edition", f"{NAME}, version {edition.version} of {dataset.as_of}, CC0-1.0")]
    for table in TABLES:
        words.append((table.name, table.description))
        words += [(f"{table.name}.{c.name}", c.description) for c in table.columns]
    words += [(name, description) for name, (description, _) in VIEWS.items()]
    words.append(("search", "Full-text search (FTS5) over titles and sentences of records."))
    connection.executemany("INSERT INTO documentation VALUES (?, ?)", words)


def _search(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(record UNINDEXED, title, text)")
    connection.execute(
        "INSERT INTO search SELECT r.record, r.title, coalesce((SELECT group_concat(text, ' ') "
        "FROM statements s WHERE s.record = r.record), '') FROM records r ORDER BY r.record"
    )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
