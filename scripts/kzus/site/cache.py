"""Remembers between builds what was made of what.

A cache is never trusted and never needed: it lives outside the repository, where no pull request
can reach, holds text only, and is thrown away when it is broken or of another version.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_VERSION = 4
# Keys in one question; some versions of SQLite take no more than 999.
_AT_ONCE = 500


def default_file(root: Path) -> Path:
    """Where the cache of a checkout lies: $KZUS_CACHE, or the user's folder for caches."""
    if chosen := os.environ.get("KZUS_CACHE"):
        return Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "kzus" / f"{root.name}.sqlite"


class Cache:
    """A table of JSON values by key, in a file or, without one, in memory.

    It is `new` where it held nothing when it was opened, until it is saved.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._used: set[str] = set()
        self._process = os.getpid()
        try:
            self._database = _opened(file)
        except (sqlite3.Error, OSError):
            self._database = _renewed(file)
        self.new = self._database.execute("SELECT 1 FROM cache LIMIT 1").fetchone() is None

    def get(self, key: str) -> Any:
        """The value of a key, or ``None``."""
        return self._values([key]).get(key)

    def each(self, keys: Sequence[str]) -> Iterator[Any]:
        """The values of many keys in their order, ``None`` where there is none."""
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            found = self._values(some)
            yield from (found.get(key) for key in some)

    def _values(self, keys: Sequence[str]) -> dict[str, Any]:
        if os.getpid() != self._process:  # a database may not be used across a fork
            return {}
        self._used.update(keys)
        query = f"SELECT key, value FROM cache WHERE key IN ({', '.join('?' * len(keys))})"  # noqa: S608
        try:
            return {key: json.loads(text) for key, text in self._database.execute(query, keys)}
        except (sqlite3.Error, ValueError):
            return {}

    def put(self, key: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        if os.getpid() != self._process:
            return
        self._used.add(key)
        text = json.dumps(value, ensure_ascii=False)
        try:
            self._database.execute("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, text))
        except sqlite3.Error:  # such as a full disk: the build needs no cache
            return

    def save(self, *, forget: bool = True) -> None:
        """Keep what was remembered; forget what was not used, once it is the larger part.

        Not at once: a chart is not asked for as long as its page is spared.
        """
        try:
            if forget:
                kept = {row[0] for row in self._database.execute("SELECT key FROM cache")}
                if len(unused := kept - self._used) > len(self._used):
                    gone = [(key,) for key in unused]
                    self._database.executemany("DELETE FROM cache WHERE key = ?", gone)
            self._database.commit()
        except sqlite3.Error:
            self._database.rollback()
        self.new = False
        if forget:
            self._used = set()


def _opened(file: Path | None) -> sqlite3.Connection:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file or ":memory:", check_same_thread=False, timeout=0)
    if file and database.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
        database.execute("DROP TABLE IF EXISTS cache")
    database.execute(f"PRAGMA user_version = {_VERSION}")
    database.execute("CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value TEXT)")
    database.execute("SELECT count(*) FROM cache").fetchone()  # is it whole?
    return database


def _renewed(file: Path | None) -> sqlite3.Connection:
    """A new cache in place of a broken one; in memory where none can be written."""
    try:
        if file:
            file.unlink(missing_ok=True)
        return _opened(file)
    except (sqlite3.Error, OSError):
        return _opened(None)
