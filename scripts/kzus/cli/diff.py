"""`kzus diff`: what a change means, in words."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from datetime import date
from pathlib import Path

import click

from ..dataset import Dataset
from ..edition import Checkout
from ..loader import load
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
    old, _ = _revision(root, base, today)
    new, faults = _revision(root, head, today) if head else _loaded(root, today)
    click.echo(meaning.as_markdown(meaning.changes(old, new)), nl=False)
    if faults:
        click.echo(f"\n{faults} faults in files: run `kzus check`; what they hold is left out.")


def _revision(root: Path, revision: str, today: date) -> tuple[Dataset, int]:
    """Load the record of a revision from a folder that is gone afterwards."""
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
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return _loaded(Path(folder), today)


def _loaded(root: Path, today: date) -> tuple[Dataset, int]:
    dataset, problems = load(root, as_of=today)
    return dataset, len(problems)
