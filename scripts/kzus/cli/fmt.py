"""`kzus fmt`: canonical form, comments kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from .. import yamlfile
from ..canonical import canonical
from ..files import write_whole
from ..loader import data_files
from ..problems import Problem, as_text
from . import repository


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; list what would change, end with 1.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def fmt(check: bool, paths: tuple[Path, ...]) -> None:
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
            changed += _formatted(path, name, check)
        except yamlfile.Fault as fault:
            problems.append(fault.problem(name))
        except OSError as error:
            message = f"cannot be formatted: {error.strerror or error}"
            problems.append(Problem(name, 0, 0, "unreadable-file", message))
    click.echo(f"{changed} {'would change' if check else 'changed'}")
    if problems:
        click.echo(as_text(problems), err=True)
    if problems or (check and changed):
        raise click.exceptions.Exit(1)


def _chosen(root: Path, paths: Iterable[Path]) -> Iterator[Path]:
    wanted = [path.resolve() for path in paths]
    for path in wanted:
        if not path.is_relative_to(root / "data"):
            raise click.UsageError(f"{path} is no file of the record")
    for path in (root / name for name in data_files(root)):
        chosen = not wanted or any(path.is_relative_to(part) for part in wanted)
        if chosen and path.suffix == ".yaml" and not path.is_symlink():
            yield path


def _formatted(path: Path, name: str, check: bool) -> bool:
    """Format a file; say whether it changes."""
    raw = path.read_bytes()
    text = canonical(raw, name)
    if text.encode() == raw:
        return False
    click.echo(name)
    if not check:
        write_whole(path, text.encode())
    return True
