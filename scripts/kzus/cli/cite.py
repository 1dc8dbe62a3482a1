"""`kzus cite`: add a source."""

from __future__ import annotations

import sys
from itertools import chain, count
from typing import Any

import click

from .. import drafts
from ..dataset import Dataset
from ..hints import slug
from ..model.records import Publisher, Source
from ..model.vocabulary import SIDES, SOURCE_KINDS
from ..problems import nearest
from . import new, record, repository


def _new(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """The address, if it is no source yet: told before anything is asked."""
    for source in _record(ctx).sources.values():
        if source.url == url:
            raise click.ClickException(f"this address is a source already: {source.id}")
    return _right(ctx, param, url)


def _right(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """What a field of a source can hold: told at once, so that it is asked for again."""
    field = "archived_url" if param.name == "archived" else str(param.name)
    problems = drafts.refused(Source, field, value) if value else []
    if problems:
        raise click.BadParameter("; ".join(f"{p.message} {p.hint}".strip() for p in problems))
    return value


def _free(ctx: click.Context, param: click.Parameter, identifier: str | None) -> str | None:
    return identifier and new.free_id(_record(ctx), Source.kind, identifier)


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
        if not found and not slug(value):
            self.fail("write the name in Latin letters", param, ctx)
        return (exact or found or [value])[0]


class _Asked(click.Option):
    """An option that is asked for. Where nobody answers, the flags that are needed are told."""

    def prompt_for_value(self, ctx: click.Context) -> Any:
        """Ask; options that were given on the command line are known by then."""
        try:
            return super().prompt_for_value(ctx)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            asked = (option for option in ctx.command.params if isinstance(option, _Asked))
            flags = ", ".join(o.opts[0] for o in asked if o.name not in ctx.params)
            message = f"give {flags}: there is no terminal to ask in (--date '' if it has none)"
            raise click.UsageError(message, ctx) from None


@click.command()
@click.argument("url", callback=_new, is_eager=True)
@click.option(
    "--title",
    cls=_Asked,
    prompt="title, as the page gives it",
    callback=_right,
    help="The title, as the page gives it, in its own language.",
)
@click.option(
    "--publisher",
    cls=_Asked,
    type=_Publisher(),
    prompt="publisher (a part of its name is enough)",
    help="A part of the publisher's name or id, or the name of a new one in English.",
)
@click.option(
    "--date",
    cls=_Asked,
    prompt="date of the page (1993, 1993-10, 1993-10-23; may be empty)",
    default="",
    callback=_right,
    help="When the page was published: 1993, 1993-10, 1993-10-23; '' if it does not say.",
)
@click.option(
    "--kind",
    cls=_Asked,
    prompt=True,
    type=click.Choice(list(SOURCE_KINDS)),
    help="How close it stands to what it tells: primary is the document itself.",
)
@click.option(
    "--language",
    cls=_Asked,
    prompt=True,
    default="en",
    callback=_right,
    help="Two letters (ISO 639-1).",
)
@click.option("--archived", default="", callback=_right, help="Address of an archived copy.")
@click.option(
    "--side",
    type=click.Choice(list(SIDES)),
    default="other",
    show_default=True,
    help="Whose voice a new publisher is.",
)
@click.option(
    "--id",
    "identifier",
    callback=_free,
    help="The source's id; made from the rest if left out.",
)
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

    Prints the id by which records name it; the path of the file goes to the error stream.

    Nothing is fetched. A publisher that the record does not know is added. The check warns of the
    source until a record names it.
    """
    root, dataset = repository(), _record(ctx)
    key = publisher if publisher in dataset.publishers else slug(publisher)
    values = {"publisher": key, "title": title, "date": date, "url": url}
    values |= {"archived_url": archived, "kind": kind, "language": language}
    values = {name: value for name, value in values.items() if value}
    identifier = identifier or _numbered(drafts.suggested(Source, values), dataset)
    if key not in dataset.publishers:
        hint = nearest(key, dataset.publishers)
        told = f"a new publisher, side {side}: {publisher}" + (f" ({hint})" if hint else "")
        click.echo(told, err=True)
        new.save(
            root, dataset, drafts.Draft(Publisher, key, {"publisher": publisher, "side": side})
        )
    path = new.save(root, dataset, drafts.Draft(Source, identifier, values))
    click.echo(path, err=True)
    click.echo(identifier)


def _numbered(name: str, dataset: Dataset) -> str:
    """The id that is suggested, with a number where a source has it."""
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in dataset.sources)
