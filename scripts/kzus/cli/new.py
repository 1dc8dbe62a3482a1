"""`kzus new`: a new file of the record, from answers or flags."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem
from pydantic import BaseModel

from .. import drafts, rules
from ..dataset import Dataset
from ..edition import Checkout
from ..files import write_whole
from ..model.base import Model, is_id
from ..problems import Problem, as_text, shown
from . import present, record, repository

Answers = dict[str, list[str]]
# What is new is in no use yet, and the check says so until it is.
_LATER = ("unused-entry", "unused-source")
_EXAMPLE = """\b
kzus new event
kzus new event title="An example of a visit" date=2015-11-03 type=visit \\
    pillars=dialogue participants="kerry; US; U.S. Secretary of State" \\
    facts="The Secretary of State came." sources=state-2015-11-02-kerry-embassy
"""


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


@click.command(epilog=_EXAMPLE)
@click.argument("kind", type=click.Choice(list(drafts.MODELS)))
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...", shell_complete=complete)
@click.option("--id", "identifier", help="The id, which is also the file's name.")
@click.option("--ask/--no-ask", default=None, help="Ask for what FIELDs leave open.")
def new(kind: str, fields: tuple[str, ...], identifier: str | None, ask: bool | None) -> None:
    """Write a new record, and print the path of its file.

    Asks for the fields of its KIND, or takes them as FIELD=VALUE; without FIELDs it asks.

    A part of a name is enough where an id of the record is asked for: `kerry` finds john-kerry.
    FIELD=VALUE can be repeated for lists.

    Some fields have several parts, divided by `;` in the order that the question shows:
    participants="kerry; US; Secretary of State" is a person, a side and a role. Any part can be
    named, and those that the question shows with `=` must be: participants="name=Jane Roe; US"
    is someone without a record, facts="She spoke.; sources=ID" has a source of its own.

    A file that is there is never overwritten, and what `kzus check --strict` would refuse is not
    written; only of a new source, place or the like it warns until a record names it. Disputes
    within a record, who signed a step, and the steps of a post are written in the file by hand.
    """
    root, model = repository(), drafts.MODELS[kind]
    dataset = record(root)
    answers = _given(model, fields, dataset)
    if identifier:
        free_id(dataset, model.kind, identifier)
    if not (ask or (ask is None and not fields)):
        click.echo(save(root, dataset, _by_flags(model, answers, dataset, identifier)))
        return
    try:
        click.echo(save(root, dataset, _by_questions(root, dataset, kind, answers, identifier)))
    except (click.Abort, click.ClickException):
        given = [f"{name}={text}" for name, texts in answers.items() for text in texts]
        again = shlex.join(["kzus", "new", kind, *given, "--ask"])
        click.echo(f"\nnothing is written; to go on: {again}", err=True)
        raise


def free_id(dataset: Dataset, kind: str, text: str) -> str:
    """An id that a new entry can have.

    Raises:
        click.BadParameter: it has not the form of one, or is taken.
    """
    if not is_id(text):
        form = "lower-case letters, digits and single hyphens"
        raise click.BadParameter(f"the id must be {form}, found {text!r}")
    if taken := dataset.files.get((kind, text)):
        raise click.BadParameter(f"the id {text} is taken by {taken[0]}: choose another")
    return text


def composed(root: Path, dataset: Dataset, draft: drafts.Draft) -> tuple[str, str]:
    """The path and the text of a draft's file.

    Raises:
        drafts.Wrong: with it in the record, the strict check would find what it does not now.
    """
    path, text = draft.written(root)
    after = drafts.with_file(dataset, path, text, present(Checkout(root)))
    if problems := {*_problems(after)} - {*_problems(dataset)}:
        raise drafts.Wrong(sorted(problems))
    return path, text


def _problems(dataset: Dataset) -> Iterator[Problem]:
    """What the rules say, without lines: a draft has none yet."""
    for rule in rules.RULES:
        for found in rule.check(dataset) if rule.name not in _LATER else ():
            entry, where = found.entry, shown(found.path)
            path = dataset.files[entry.kind, entry.id][0] if entry else found.file
            message = f"{where}: {found.message}" if where else found.message
            yield Problem(path, 0, 0, rule.name, message, found.hint, rule.level)


def save(root: Path, dataset: Dataset, draft: drafts.Draft) -> str:
    """Write a draft, if it is right, and tell its path; else say what is wrong with it."""
    try:
        path, text = composed(root, dataset, draft)
    except drafts.Wrong as wrong:
        raise click.ClickException(f"nothing is written\n{as_text(wrong.problems)}") from wrong
    try:
        write_whole(root / path, text.encode(), overwrite=draft.in_table)
    except FileExistsError as error:
        message = f"{path} is there already: choose another --id, or edit that file"
        raise click.ClickException(message) from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    return path


def _given(model: type[BaseModel], fields: Iterable[str], dataset: Dataset) -> Answers:
    known, given = drafts.questions(model), Answers()
    for field in fields:
        name, mark, value = field.partition("=")
        if not mark or name not in known:
            raise click.UsageError(f"{field!r} must be FIELD=VALUE, with one of {', '.join(known)}")
        if name in given and not known[name].many:
            raise click.UsageError(f"{name} is given twice")
        answers = drafts.items(known[name], value)
        try:
            for answer in answers:
                drafts.meant(known[name], answer, dataset)
        except ValueError as error:
            raise click.UsageError(f"{name}: {error}") from error
        given.setdefault(name, []).extend(answers)
    return given


def _by_flags(
    model: type[Model], answers: Answers, dataset: Dataset, identifier: str | None
) -> drafts.Draft:
    values = drafts.values(model, answers, dataset)
    needed = [q.name for q in drafts.questions(model).values() if q.required]
    if missing := [name for name in needed if name not in values]:
        message = f"missing: {', '.join(missing)}; give them as FIELD=VALUE, or --ask for questions"
        raise click.UsageError(message)
    identifier = identifier or drafts.suggested(model, values)
    if not identifier:
        raise click.UsageError("missing: --id, for the name has no Latin letters to make one from")
    return drafts.Draft(model, free_id(dataset, model.kind, identifier), values)


def _by_questions(
    root: Path, dataset: Dataset, kind: str, answers: Answers, identifier: str | None
) -> drafts.Draft:
    """Ask until nothing is wrong with the draft: again only for what is. Answers stay."""
    model = drafts.MODELS[kind]
    questions = drafts.questions(model)
    again = [name for name in questions if name not in answers]
    while True:
        for name in again:
            _ask(model, questions[name], answers, dataset)
        values = drafts.values(model, answers, dataset)
        if not identifier:
            identifier = click.prompt(
                "\nid, which is also the file's name",
                default=drafts.suggested(model, values) or None,
                value_proc=lambda text: free_id(dataset, model.kind, text.strip()),
            )
        draft = drafts.Draft(model, identifier, values)
        try:
            composed(root, dataset, draft)
        except drafts.Wrong as wrong:
            click.echo(f"\n{as_text(wrong.problems)}")
            found = {drafts.field_of(problem) for problem in wrong.problems}
        else:
            return draft
        again = [name for name in questions if name in found]
        if not again:
            again = [click.prompt("field to change", type=click.Choice(["id", *questions]))]
        if again == ["id"]:
            again, identifier = [], None


def _ask(
    model: type[BaseModel], question: drafts.Question, answers: Answers, dataset: Dataset
) -> None:
    """Ask for a field; each answer is looked at before the next. Empty, it ends a list."""
    given, place = answers.setdefault(question.name, []), 0
    _explain(question, dataset)
    if given:
        click.echo("  (Enter keeps what stands in brackets, - removes it)")
    while place == 0 or question.many:
        old = given[place] if place < len(given) else ""
        show = bool(old)
        answer = click.prompt("  ", prompt_suffix="> ", default=old, show_default=show).strip()
        if answer == "-":
            del given[place : place + 1]
        elif answer:
            parts = drafts.items(question, answer)
            if problem := "\n  ".join(_wrong(model, question, parts, dataset)):
                click.echo(f"  {problem}")
                continue
            given[place : place + 1] = parts
            place += len(parts)
        elif question.required and question.name not in drafts.values(model, answers, dataset):
            click.echo("  this field must be filled")
        else:
            return


def _explain(question: drafts.Question, dataset: Dataset) -> None:
    many = " (one a line; an empty line ends the list)" if question.many else ""
    click.secho(f"\n{question.name}: {question.help}{many}", bold=True)
    for part in question.parts.values() or [question]:
        known = drafts.choices(part, dataset)
        words = ", ".join(known) if len(known) <= drafts.SHORT else ""
        told = f"{part.name}: {part.help} {words}" if part is not question else words
        if told:
            click.echo(f"  {told.strip()}")


def _wrong(
    model: type[BaseModel], question: drafts.Question, answers: Iterable[str], dataset: Dataset
) -> Iterator[str]:
    """What is wrong with answers by themselves."""
    for answer in answers:
        try:
            value = drafts.meant(question, answer, dataset)
        except ValueError as error:
            yield str(error)
            continue
        value = [value] if question.many else value
        for problem in drafts.refused(model, question.name, value):
            yield f"{problem.message}; {problem.hint}".removesuffix("; ")
