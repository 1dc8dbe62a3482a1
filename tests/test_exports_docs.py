"""The page on data: lists what there is, and its examples run."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from kzus import exports
from kzus.cli.export import write
from kzus.edition import Edition
from kzus.exports import catalogue, tables
from kzus.loader import load
from kzus.site.pages import Site
from records import AS_OF, MINI, TESTS

DOCS = TESTS.parent / "docs"
PAGE = (DOCS / "data/index.md").read_text()
BLOCKS = re.findall(r"^### .*?\{ #(\w+) \}|^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def _examples(language: str) -> list[tuple[str, str]]:
    """(section, code) of the code blocks in a language."""
    found, section = [], ""
    for anchor, name, code in BLOCKS:
        section = anchor or section
        if name == language:
            found.append((section, code))
    assert found
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = load(MINI, as_of=AS_OF)[0]
    target = tmp_path_factory.mktemp("export")
    write(target, dict(exports.files(dataset, Edition("1"))))
    return target


@pytest.mark.parametrize(("section", "code"), _examples("python"))
def test_python_examples_run(section: str, code: str, folder: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(("section", "code"), _examples("sql"))
def test_sql_examples_run(
    section: str, code: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    if section == "duckdb":
        assert duckdb.sql(code).fetchall()
        return
    connection = sqlite3.connect("data/kzus.sqlite")
    assert connection.execute(code).fetchall()
    connection.close()


def test_the_page_lists_every_export_and_explains_every_table() -> None:
    dataset = load(MINI, as_of=AS_OF)[0]
    text = Site(dataset, DOCS, Edition("1")).page("data/index.md").text
    for export in exports.EXPORTS:
        assert export.title in text
    for table in tables.TABLES:
        assert f"`data/csv/{table.name}.csv`" in text
        for column in table.columns:
            assert f"| `{column.name}` |" in text


def test_sizes_are_in_words() -> None:
    found = [catalogue.in_bytes(size) for size in (999, 1_000, 999_499, 999_500, 6_701_056)]
    assert found == ["999 B", "1 kB", "999 kB", "1.0 MB", "6.7 MB"]
