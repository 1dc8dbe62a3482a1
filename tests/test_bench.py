"""The records that the benchmark makes are as sound as the real one, at any size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kzus.loader import load
from kzus.rules import check

BENCH = Path(__file__).resolve().parent.parent / "scripts/bench.py"


@pytest.mark.parametrize("count", [300, 1500])
def test_a_made_record_has_its_size_and_no_problems(tmp_path: Path, count: int) -> None:
    subprocess.run([sys.executable, BENCH, "make", str(count), str(tmp_path)], check=True)
    dataset, problems = load(tmp_path)
    problems += check(dataset, tmp_path)
    # What a part of the record leaves out may leave entries behind that nothing names.
    whole = count > 1000
    assert [found for found in problems if whole or found.level == "error"] == []
    assert len(list(dataset.records())) == count
