"""The schemas for editors, and the command that keeps them fresh."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from kzus.cli import main
from kzus.dataset import Dataset
from kzus.exports.schemas import schemas
from kzus.loader import load
from records import AS_OF, MINI, mini


class _Core(yaml.SafeLoader):
    """What an editor reads: YAML 1.2 core, where dates are text."""


_Core.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    dataset: Dataset = load(MINI, as_of=AS_OF)[0]
    return {Path(path).name: json.loads(raw) for path, raw in schemas(dataset)}


def _files() -> list[Path]:
    left_out = ("expectations", "redirects")
    return [p for p in sorted((MINI / "data").rglob("*.yaml")) if p.stem not in left_out]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.stem)
def test_a_valid_file_pleases_the_editor(path: Path, found: dict[str, Any]) -> None:
    kind = path.relative_to(MINI / "data").parts[0].removesuffix(".yaml")
    value = yaml.load(path.read_text(), _Core)  # noqa: S506 - a safe loader
    Draft7Validator(found[f"{kind}.schema.json"]).validate(value)


def test_the_schemas_are_schemas(found: dict[str, Any]) -> None:
    for schema in found.values():
        Draft7Validator.check_schema(schema)
        assert "x-references" not in json.dumps(schema)


def properties(part: Any) -> Iterator[tuple[str, Any]]:
    """Every property that a schema tells of, in all its depths."""
    if isinstance(part, dict) and isinstance(found := part.get("properties"), dict):
        yield from found.items()
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            yield from properties(inner)


def test_every_property_is_described(found: dict[str, Any]) -> None:
    told = [(name, *each) for name, schema in found.items() for each in properties(schema)]
    assert {"format", "sources", "publisher", "title"} <= {key for _, key, _ in told}
    assert [(name, key) for name, key, value in told if not value.get("description")] == []


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("events", "placce", "astana"),
        ("events", "place", "atlantis"),
        ("events", "themes", ["no-such-theme"]),
        ("people", "country", "kazakhstan"),
        ("events", "id", "written-in-the-file"),
    ],
)
def test_a_fault_is_underlined(kind: str, key: str, value: Any, found: dict[str, Any]) -> None:
    path = next(p for p in _files() if kind in p.parts)
    good = yaml.load(path.read_text(), _Core)  # noqa: S506 - a safe loader
    assert not Draft7Validator(found[f"{kind}.schema.json"]).is_valid({**good, key: value})


def test_choices_are_described(found: dict[str, Any]) -> None:
    choice = found["events.schema.json"]["definitions"]["id-of-people"]
    assert len(choice["enum"]) == len(choice["enumDescriptions"]) > 0


def test_the_command_writes_and_tells_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini(tmp_path))
    run = CliRunner().invoke
    assert run(main, ["schema", "--check"]).exit_code == 1
    assert run(main, ["schema"]).exit_code == 0
    assert run(main, ["schema", "--check"]).exit_code == 0
    (tmp_path / "data/schema/people.schema.json").write_text("{}")
    stale = run(main, ["schema", "--check"])
    assert stale.exit_code == 1
    assert "data/schema/people.schema.json: stale" in stale.output
    assert not list((tmp_path / "data/schema").glob(".*"))
