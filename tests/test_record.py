"""The real record: that it is clean, not what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzus import rules
from kzus.edition import Checkout
from kzus.loader import load
from kzus.problems import as_text

ROOT = Path(__file__).parents[1]


@pytest.mark.record
def test_record_is_clean() -> None:
    checkout = Checkout(ROOT)
    dataset, problems = load(ROOT, as_of=checkout.today(), previous=checkout.previous())
    found = as_text(sorted([*problems, *rules.check(dataset, ROOT)]))
    assert found == "no problems", found
