"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from records import mini as copy_of_mini
from site_fixtures import page, richer, served

__all__ = ["browser", "mini", "page", "richer", "served"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no fault of the code; what fails once fails every time.
settings.register_profile("kzus", deadline=None, derandomize=True)
settings.load_profile("kzus")

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A folder with a copy of the miniature record, which the test may change."""
    return copy_of_mini(tmp_path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: `$KZUS_CHROMIUM`, or the first on the path.

    Without one the test is skipped, but under KZUS_REQUIRE_BROWSER=1 it fails.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("KZUS_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None or not Path(program).exists():
        message = "no Chromium: install it, or name its program in KZUS_CHROMIUM"
        if os.environ.get("KZUS_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()
