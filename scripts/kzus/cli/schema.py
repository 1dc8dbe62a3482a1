"""`kzus schema`: JSON Schemas for editors."""

from __future__ import annotations

import click

from ..exports.schemas import schemas
from ..files import write_whole
from . import record, repository


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is stale.")
def schema(only_check: bool) -> None:
    """Write data/schema/*.schema.json, from which editors complete fields and ids.

    With --check, ends with 1 if a file there is not what would be written.
    """
    root = repository()
    made = ((root / path, raw) for path, raw in schemas(record(root)))
    stale = [(path, raw) for path, raw in made if not path.is_file() or path.read_bytes() != raw]
    for path, raw in stale:
        click.echo(f"{path.relative_to(root).as_posix()}: {'stale' if only_check else 'written'}")
        if not only_check:
            try:
                write_whole(path, raw)
            except OSError as error:
                raise click.ClickException(f"cannot write {path}: {error.strerror}") from error
    if stale and only_check:
        raise click.ClickException("run `kzus schema`")
