"""`kzus cite`: add a source."""

from __future__ import annotations

import click

from .. import drafts
from ..dataset import Dataset
from ..hints import slug
from ..model.records import Publisher, Source
from ..model.vocabulary import SIDES, SOURCE_KINDS
from ..problems import as_text, nearest
from . import new, record, repository


def _new(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """The address, if it is no source yet: told before anything is asked."""
    for source in _record(ctx).sources.values():
        if source.url == url:
            raise click.ClickException(f"this address is a source already: {source.id}")
    return url


def _record(ctx: click.Context) -> Dataset:
    if "record" not in ctx.meta:
        ctx.meta["record"] = record(repository())
    found: Dataset = ctx.meta["record"]
    return found


class _Publisher(click.ParamType[str]):
    """The publisher that is meant: an id of the record, or the name of a new one."""

    name = "publisher"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        names = {k: p.name for k, p in _record(ctx).publishers.items()} if ctx else {}
        found = drafts.matching(value, names)
        exact = [key for key in found if value in (key, names[key])]
        if len(found) > 1 and not exact:
            self.fail(f"which publisher? {', '.join(found[:12])}", param, ctx)
        return (exact or found or [value])[0]


@click.command()
@click.argument("url", callback=_new, is_eager=True)
@click.option("--title", prompt="title, as the page gives it")
@click.option("--publisher", type=_Publisher(), prompt="publisher (a part of its name is enough)")
@click.option(
    "--date", prompt="date of the page (1993, 1993-10, 1993-10-23; may be empty)", default=""
)
@click.option("--kind", prompt=True, type=click.Choice(list(SOURCE_KINDS)))
@click.option("--language", prompt=True, default="en", help="Two letters (ISO 639-1).")
@click.option("--archived", default="", help="Address of an archived copy.")
@click.option("--side", type=click.Choice(list(SIDES)), default="other", help="Of a new publisher.")
@click.option("--id", "identifier", help="The source's id; made from the rest if left out.")
@click.pass_context
def cite(  # noqa: PLR0913, PLR0917 - each is an option
    ctx: click.Context,
    url: str,
    title: str,
    publisher: str,
    date: str,
    kind: str,
    language: str,
    archived: str,
    side: str,
    identifier: str | None,
) -> None:
    """Add a page to the sources.

    Prints the id by which records name it.

    Nothing is fetched. A publisher that the record does not know is added.
    """
    root, publishers = repository(), _record(ctx).publishers
    known = publisher in publishers
    key = publisher if known else slug(publisher)
    values = {"publisher": key, "title": title, "date": date, "url": url}
    values |= {"archived_url": archived, "kind": kind, "language": language}
    values = {name: value for name, value in values.items() if value}
    identifier = identifier or drafts.suggested(Source, values)
    draft = drafts.Draft(Source, identifier, values)
    if problems := draft.problems():
        raise click.ClickException(as_text(problems))
    if not known:
        hint = nearest(key, publishers)
        click.echo(f"a new publisher: {publisher}" + (f" ({hint})" if hint else ""), err=True)
        new.save(root, drafts.Draft(Publisher, key, {"publisher": publisher, "side": side}))
    new.save(root, draft)
    click.echo(identifier)
