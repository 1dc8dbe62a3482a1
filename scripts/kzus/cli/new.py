"""`kzus new`: a new file of the record, from answers or flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem
from pydantic import BaseModel

from .. import drafts
from ..dataset import Dataset
from ..files import write_whole
from ..problems import as_text
from . import record, repository


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the shell: fields with `=`, then the ids and words that fit."""
    field, _, part = incomplete.partition("=")
    model = drafts.MODELS.get(ctx.params.get("kind", ""))
    if model is None:
        return []
    fields = drafts.questions(model)
    if "=" not in incomplete:
        return [CompletionItem(f"{name}=") for name in fields if name.startswith(field)]
    if field not in fields:
        return []
    known = drafts.choices(fields[field], record(repository()))
    found = drafts.matching(part, known)
    return [CompletionItem(f"{field}={key}", help=known[key]) for key in found]


@click.command()
@click.argument("kind", type=click.Choice(list(drafts.MODELS)))
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...", shell_complete=complete)
@click.option("--id", "identifier", help="The id, which is also the file's name.")
@click.option("--ask/--no-ask", default=None, help="Ask for what FIELDs leave open.")
def new(kind: str, fields: tuple[str, ...], identifier: str | None, ask: bool | None) -> None:
    r"""Write a new record.

    Asks for the fields of its KIND, or takes them as FIELD=VALUE.

    A part of a name is enough where an id of the record is asked for: `kerr` finds john-kerry.
    FIELD=VALUE can be repeated for lists. Without FIELDs it asks. A file that is there already
    is never overwritten, and what would not pass the check is not written.

    \b
    kzus new event
    kzus new event title="Visit to Astana" date=2015-11-02 type=visit pillars=dialogue \\
        facts="The Secretary of State came to Astana." sources=state-2015-statement
    """
    root = repository()
    dataset = record(root)
    model = drafts.MODELS[kind]
    given = _given(model, fields, dataset)
    if ask or (ask is None and not fields):
        _ask(model, given, dataset)
        identifier = identifier or click.prompt("id", default=drafts.suggested(model, given))
    draft = drafts.Draft(model, identifier or drafts.suggested(model, given), given)
    save(root, draft)


def save(root: Path, draft: drafts.Draft) -> None:
    """Write a draft, if it is right; say where, or what is wrong with it."""
    try:
        path, text = draft.written(root)
    except drafts.Wrong as wrong:
        raise click.ClickException(as_text(wrong.problems)) from wrong
    try:
        write_whole(root / path, text.encode(), overwrite=draft.in_table)
    except FileExistsError as error:
        message = f"{path} is there already: choose another --id, or edit that file"
        raise click.ClickException(message) from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    click.echo(path)


def _given(model: type[BaseModel], fields: Iterable[str], dataset: Dataset) -> dict[str, Any]:
    known, given = drafts.questions(model), dict[str, Any]()
    for field in fields:
        name, mark, value = field.partition("=")
        if not mark or name not in known:
            raise click.UsageError(f"{field!r} must be FIELD=VALUE, with one of {', '.join(known)}")
        try:
            meant = drafts.chosen(value, known[name], drafts.choices(known[name], dataset))
            drafts.put(given, known[name], meant)
        except ValueError as error:
            raise click.UsageError(f"{name}: {error}") from error
    return given


def _ask(model: type[BaseModel], given: dict[str, Any], dataset: Dataset) -> None:
    """Ask for each field that is open. An empty answer leaves out what may be left out."""
    for question in drafts.questions(model).values():
        if question.name in given:
            continue
        known = drafts.choices(question, dataset)
        click.secho(f"\n{question.name}: {question.help}", bold=True)
        if known and len(known) <= 25:
            click.echo("  " + ", ".join(known))
        for answer in _answers(question, given, known):
            drafts.put(given, question, answer)


def _answers(
    question: drafts.Question,
    given: Mapping[str, Any],
    known: Mapping[str, str],
) -> Iterator[str]:
    while True:
        answer = click.prompt("  ", prompt_suffix="> ", default="", show_default=False).strip()
        if not answer:
            if question.name in given or not question.required:
                return
            click.echo("  this field must be filled")
            continue
        try:
            yield drafts.chosen(answer, question, known)
        except ValueError as error:
            click.echo(f"  {error}")
            continue
        if not question.many:
            return
