"""`kzus fmt`: canonical form, comments kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

import click

from .. import yamlfile
from ..canonical import canonical
from ..files import write_whole
from ..loader import data_files
from ..problems import Problem, as_github, as_text
from . import repository


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; show what would change, end with 1.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="How problems are written: to be read, or as annotations on GitHub.",
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def fmt(check: bool, form: str, paths: tuple[Path, ...]) -> None:
    """Bring files into canonical form.

    All of the record, or only PATHS.

    Keys come in the order of the field reference, lists are indented by two spaces, text is
    folded at 100 columns, blank lines go, comments stay with what they stand above or beside.
    A file that cannot be read without doubt is left alone, and its problem shown.
    """
    root = repository()
    problems: list[Problem] = []
    changed = 0
    for path in _chosen(root, paths):
        name = path.relative_to(root).as_posix()
        try:
            raw = path.read_bytes()
            text = canonical(raw, name)
            if text.encode() == raw:
                continue
            if check:
                problems.append(_differs(name, raw.decode(), text))
            else:
                write_whole(path, text.encode())
                changed += 1
                click.echo(name)
        except yamlfile.Fault as fault:
            problems.append(fault.problem(name))
        except OSError as error:
            message = f"cannot be formatted: {error.strerror or error}"
            problems.append(Problem(name, 0, 0, "unreadable-file", message))
    if not check:
        click.echo(f"{changed} changed")
    if check or problems:
        click.echo((as_github if form == "github" else as_text)(problems), err=not check)
    if problems:
        raise click.exceptions.Exit(1)


def _differs(name: str, raw: str, text: str) -> Problem:
    """Where a file first differs from its canonical text."""
    lines = zip_longest(raw.split("\n"), text.split("\n"))
    at, wanted = next(
        ((at, new) for at, (old, new) in enumerate(lines, 1) if old != new), (1, None)
    )
    here = "this line would go" if wanted is None else f"this line would be {wanted!r}"
    message = f"the file is not in canonical form: {here}"
    return Problem(name, at, 1, "not-canonical", message, f"`kzus fmt {name}` sees to it")


def _chosen(root: Path, paths: Iterable[Path]) -> Iterator[Path]:
    wanted = [path.resolve() for path in paths]
    for path in wanted:
        if not path.is_relative_to(root / "data"):
            raise click.UsageError(f"{path} is no file of the record")
    for path in (root / name for name in data_files(root)):
        chosen = not wanted or any(path.is_relative_to(part) for part in wanted)
        if chosen and path.suffix == ".yaml" and not path.is_symlink():
            yield path
