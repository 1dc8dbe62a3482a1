"""The command line: `kzus COMMAND`.

Each module beside this one holds one command, and is imported only when that command is run or
listed: checking one file does not wait for what draws charts.
"""

from __future__ import annotations

import gc
import io
import pkgutil
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import click

from .. import __version__
from ..dataset import Dataset
from ..edition import Checkout, Edition
from ..history import revisions
from ..loader import load
from ..problems import as_text


class _Commands(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return sorted(found.name for found in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command that a module defines."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f".{cmd_name}", __name__)
        return next(value for value in vars(module).values() if isinstance(value, click.Command))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kzus")
@click.pass_context
def main(context: click.Context) -> None:
    """Work with the record of Kazakhstan-United States relations."""
    gc.disable()  # a command ends soon; to look for garbage among its records takes a third of it
    context.call_on_close(gc.enable)
    for stream in (sys.stdout, sys.stderr):  # names are Kazakh, whatever the system's encoding
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def repository() -> Path:
    """The folder with the record: this one, or the nearest above it that holds `data`.

    Raises:
        click.UsageError: there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data").is_dir():
            return folder
    raise click.UsageError(f"no folder `data` here or above: {here}")


def today(checkout: Checkout) -> date | None:
    """The day of the edition.

    Raises:
        click.UsageError: the environment's SOURCE_DATE_EPOCH is no time.
    """
    try:
        return checkout.today()
    except ValueError as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH must be seconds since 1970: {error}") from error


def present(checkout: Checkout) -> date | None:
    """The day of an edit: it may tell of what came after the newest commit."""
    day = today(checkout)
    if day is None or checkout.environment.get("SOURCE_DATE_EPOCH"):
        return day
    return max(day, datetime.now(UTC).date())


def record(root: Path) -> Dataset:
    """The record as far as it can be read."""
    return load(root, as_of=today(Checkout(root)))[0]


def edition(site_url: str = "") -> tuple[Path, Dataset, Edition]:
    """The folder, its record and the edition that it makes.

    Raises:
        click.ClickException: the record has problems; what is not whole is not published.
    """
    checkout = Checkout(repository())
    dataset, problems = load(checkout.root, as_of=today(checkout))
    if problems:
        raise click.ClickException(f"the record has problems\n{as_text(sorted(problems))}")
    past = revisions(checkout.root)
    return checkout.root, dataset, replace(checkout.edition(site_url), revisions=past)
