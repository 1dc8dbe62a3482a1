"""`kzus check`: all problems of the record at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from .. import rules
from ..edition import Checkout
from ..loader import load
from ..problems import Problem, as_github, as_json, as_text, nearest
from . import repository

_FORMATS = {"text": as_text, "github": as_github, "json": as_json}


@click.command()
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text")
@click.option("--strict", is_flag=True, help="Warnings count as problems.")
@click.option("--base", metavar="REV", help="Ids that this revision has may not vanish.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave out a rule; can be repeated.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(
    form: str, strict: bool, base: str | None, skip: tuple[str, ...], paths: tuple[Path, ...]
) -> None:
    """Check the record; show the problems of all files, or only of PATHS.

    Ends with 0 if there are none, 1 if there are problems, 2 if the command is wrong.
    """
    _refuse_unknown(skip)
    root = repository()
    problems = _shown(_problems(root, base, skip), root, paths)
    click.echo(_FORMATS[form](problems))
    if any(strict or problem.level == "error" for problem in problems):
        raise click.exceptions.Exit(1)


def _refuse_unknown(skip: Iterable[str]) -> None:
    known = [rule.name for rule in rules.RULES]
    for name in skip:
        if name not in known:
            hint = nearest(name, known)
            raise click.UsageError(f"no rule is called {name!r}" + (f": {hint}" if hint else ""))


def _problems(root: Path, base: str | None, skip: Iterable[str]) -> list[Problem]:
    checkout = Checkout(root)
    previous = checkout.previous(base or "HEAD")
    if base and previous is None:
        raise click.UsageError(f"git knows no revision {base!r}")
    try:
        today = checkout.today()
    except ValueError as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH must be seconds since 1970: {error}") from error
    dataset, problems = load(root, as_of=today, previous=previous)
    return sorted([*problems, *rules.check(dataset, root, skip)])


def _shown(problems: list[Problem], root: Path, paths: Iterable[Path]) -> list[Problem]:
    wanted = [path.resolve() for path in paths]
    if not wanted:
        return problems
    return [p for p in problems if any((root / p.path).is_relative_to(path) for path in wanted)]
