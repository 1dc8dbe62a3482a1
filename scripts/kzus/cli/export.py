"""`kzus export`: every machine-readable file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from .. import exports
from . import edition

SUMS = "SHA256SUMS"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--site-url",
    default="",
    metavar="URL",
    envvar="KZUS_SITE_URL",
    show_envvar=True,
    help="Where the site stands.",
)
def export(folder: Path, site_url: str) -> None:
    """Write every machine-readable file into FOLDER, with SHA256SUMS.

    FOLDER must be new or empty. Ends with 1 if the record has problems: what is not whole is not
    published.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} must be new or empty")
    _, dataset, made = edition(site_url)
    try:
        count = write(folder, dict(exports.files(dataset, made)))
    except OSError as error:
        raise click.ClickException(f"cannot write {folder}: {error.strerror}") from error
    click.echo(f"{count} files and {SUMS} in {folder}")


def write(folder: Path, files: dict[str, bytes]) -> int:
    """Write the files, then their sums: a folder without sums is not whole."""
    lines = []
    for path, raw in sorted(files.items()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
        lines.append(f"{hashlib.sha256(raw).hexdigest()}  {path}\n")
    (folder / SUMS).write_bytes("".join(lines).encode())
    return len(files)
