"""Imports go downward only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kzus

PACKAGE = Path(kzus.__file__).parent
LAYERS = {
    **dict.fromkeys(["", "problems", "dates", "files", "hints"], 0),
    **dict.fromkeys(["yamlfile", "model", "explain"], 1),
    **dict.fromkeys(
        ["dataset", "loader", "nearby", "edition", "canonical", "drafts", "history"], 2
    ),
    **dict.fromkeys(["rules", "views"], 3),
    **dict.fromkeys(["exports", "site"], 4),
    **dict.fromkeys(["cli", "plugin"], 5),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name(path: Path) -> tuple[str, ...]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """What a module imports, as parts of a name, `kzus` first for the package's own."""
    package = ("kzus", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            module = tuple(node.module.split(".")) if node.module else ()
            yield from ((*base, *module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: ".".join(name(path)) or "kzus")
def test_imports_go_downward(path: Path) -> None:
    own = name(path)[0] if name(path) else ""
    for found in imports(path):
        if found[0] == "kzus":
            other = found[1] if found[1:2] and found[1] in LAYERS else ""
            assert LAYERS[other] <= LAYERS[own], found
        elif found[0] in ("mkdocs", "material"):
            assert own == "plugin", found
