"""`kzus schema`: JSON Schemas for editors."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..edition import Checkout
from ..exports.schemas import schemas
from ..loader import load
from . import repository


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is stale.")
def schema(only_check: bool) -> None:
    """Write data/schema/*.schema.json, from which editors complete fields and ids.

    With --check, ends with 1 if a file there is not what would be written.
    """
    root = repository()
    dataset, _ = load(root, as_of=Checkout(root).today())
    stale = [(root / path, raw) for path, raw in schemas(dataset) if _differs(root / path, raw)]
    for path, raw in stale:
        click.echo(f"{path.relative_to(root).as_posix()}: {'stale' if only_check else 'written'}")
        if not only_check:
            _replace(path, raw)
    if stale and only_check:
        raise click.ClickException("run `kzus schema`")


def _differs(path: Path, raw: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != raw


def _replace(path: Path, raw: bytes) -> None:
    """Write beside, then replace: an interruption leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(raw)
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from error
