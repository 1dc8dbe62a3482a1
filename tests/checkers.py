"""Programs of others that judge finished pages; `npm ci --prefix tests` brings them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

MODULES = Path(__file__).parent / "node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
AXE = MODULES / "axe-core/axe.min.js"
LINKS = MODULES / "linkinator/build/src/cli.js"


def need(program: str, file: Path) -> None:
    """Skip the test without the program or the file, but under KZUS_REQUIRE_BROWSER=1 fail."""
    missing = "" if shutil.which(program) else f"{program} is not installed"
    if not missing and not file.exists():
        missing = f"{file.name} is missing: run npm ci --prefix tests"
    if missing and os.environ.get("KZUS_REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
