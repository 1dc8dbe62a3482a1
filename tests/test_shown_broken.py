"""A preview shows what there is of a broken record: pages and files are made of any."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus import exports
from kzus.edition import Edition
from kzus.exports import tables
from kzus.loader import load
from kzus.rules import RULES
from kzus.site.pages import Site
from records import AS_OF, TESTS, change, mini
from site_builder import repository

CASES = {rule.name: rule.manual.wrong for rule in RULES}
CASES |= {
    f"{folder}/{case.stem}": case.read_text().partition("# finds\n")[0]
    for folder in ("rules", "shape")
    for case in sorted((TESTS / "cases" / folder).iterdir())
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("shown") / "repo", data=False) / "docs"


@pytest.mark.parametrize("case", CASES)
def test_pages_and_files_are_made(case: str, docs: Path, tmp_path: Path) -> None:
    mini(tmp_path)
    change(tmp_path, CASES[case])
    dataset, _ = load(tmp_path, as_of=AS_OF)
    site = Site(dataset, docs, Edition(), {export.path: {} for export in exports.EXPORTS})
    assert all(page.text for page in site.pages())
    files = dict(exports.files(dataset, Edition()))
    assert files.keys() > {f"data/csv/{table.name}.csv" for table in tables.TABLES}
