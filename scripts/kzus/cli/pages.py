"""The command `kzus pages`."""

from __future__ import annotations

from pathlib import Path

import click

from ..problems import as_text
from ..site.pages import Site, write
from ..site.templates import TemplateFault
from . import edition


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def pages(folder: Path) -> None:
    """Write every page as plain Markdown below FOLDER, for any other site generator.

    Links between pages are relative and lead to `.md` files.
    """
    root, dataset, made = edition()
    try:
        count = write(Site(dataset, root / "docs", made), folder)
    except TemplateFault as fault:
        raise click.ClickException(as_text([fault.problem])) from fault
    except OSError as error:
        raise click.ClickException(f"cannot write {error.filename}: {error.strerror}") from error
    click.echo(f"{count} pages in {folder}")
