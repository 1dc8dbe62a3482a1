"""`kzus check`: all problems of the record at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from .. import rules
from ..edition import Checkout
from ..loader import load
from ..nearby import load_near
from ..problems import Problem, as_github, as_json, as_text, nearest
from . import present, repository

_FORMATS = {"text": as_text, "github": as_github, "json": as_json}


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="For people, for the log of a workflow on GitHub, or for programs.",
)
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
    wanted = [path.resolve() for path in paths]
    found = _near(root, wanted, skip) if wanted and not base else None
    problems = _problems(root, base, skip) if found is None else found
    if wanted:
        problems = [p for p in problems if any((root / p.path).is_relative_to(w) for w in wanted)]
    click.echo(_FORMATS[form](problems))
    if any(strict or problem.level == "error" for problem in problems):
        raise click.exceptions.Exit(1)


def _refuse_unknown(skip: Iterable[str]) -> None:
    known = [rule.name for rule in rules.RULES]
    for name in skip:
        if name not in known:
            hint = nearest(name, known)
            raise click.UsageError(f"no rule is called {name!r}" + (f": {hint}" if hint else ""))


def _near(root: Path, files: Iterable[Path], skip: Iterable[str]) -> list[Problem] | None:
    """The problems of a few files, if the files around them are enough to find these."""
    names = [os.path.relpath(file, root).replace(os.sep, "/") for file in files]
    day = present(Checkout(root))
    near = load_near(root, names, day) if day else None
    if near is None:
        return None
    problems = sorted([*near[1], *rules.check(near[0], root, skip)])
    # The keys of sources were found by line: a doubt is settled by the whole record.
    return None if any(p.rule == "unknown-source" for p in problems) else problems


def _problems(root: Path, base: str | None, skip: Iterable[str]) -> list[Problem]:
    checkout = Checkout(root)
    previous = checkout.previous(base or "HEAD")
    if base and previous is None:
        raise click.UsageError(f"git knows no revision {base!r}")
    dataset, problems = load(root, as_of=present(checkout), previous=previous)
    return sorted([*problems, *rules.check(dataset, root, skip)])
