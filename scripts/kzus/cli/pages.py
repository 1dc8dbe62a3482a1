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
    """Write every page as Markdown below FOLDER, for another site generator.

    It has to know lists of attributes and Markdown inside HTML, as Python-Markdown's attr_list
    and md_in_html do, and to give pages addresses that end in a slash: links in Markdown lead to
    `.md` files, those in HTML to such addresses. For reading there is plainer Markdown, which the
    site holds beside the pages of the record.
    """
    root, dataset, made = edition()
    try:
        count = write(Site(dataset, root / "docs", made), folder)
    except TemplateFault as fault:
        raise click.ClickException(as_text([fault.problem])) from fault
    except OSError as error:
        raise click.ClickException(f"cannot write {error.filename}: {error.strerror}") from error
    click.echo(f"{count} pages in {folder}")
