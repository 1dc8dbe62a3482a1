"""`kzus diff`: what a change means, in words."""

from __future__ import annotations

import io
import subprocess
import tarfile
from datetime import date
from pathlib import Path

import click

from ..edition import Checkout
from ..loader import load, load_files
from ..views import meaning
from . import repository


@click.command()
@click.argument("base")
@click.argument("head", required=False)
def diff(base: str, head: str | None) -> None:
    """Say in words what changes.

    Writes Markdown: what changes in the record from BASE to HEAD.

    BASE and HEAD are revisions of git, such as a branch; without HEAD, the files as they stand
    are compared. The files themselves are not touched. Records with faults are left out, and
    counted: `kzus check` shows them.
    """
    root = repository()
    today = Checkout(root).today() or date.max
    old, _ = load_files(_revision(root, base), as_of=today)
    new, faults = (
        load_files(_revision(root, head), as_of=today) if head else load(root, as_of=today)
    )
    click.echo(meaning.as_markdown(meaning.changes(old, new)), nl=False)
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        click.echo(f"\n{count} in files: run `kzus check`; what they hold is left out.")


def _revision(root: Path, revision: str) -> list[tuple[str, bytes]]:
    """The files of the record at a revision."""
    if revision.startswith("-"):
        raise click.UsageError(f"git knows no revision {revision!r}")
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, "--", "data"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise click.ClickException("git is needed to compare revisions, and is not here") from error
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").strip()
        raise click.UsageError(f"git knows no revision {revision!r} with data: {words}") from error
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        files = [(m.name, archive.extractfile(m)) for m in archive if m.isfile()]
        return [(name, file.read()) for name, file in files if file]
