"""Plants faults one at a time, and asks of each whether the check that should see it does.

    python tests/mutations.py                  all faults; ends with 1 if one is not caught
    python tests/mutations.py --only note      those whose line in the table has the word
    python tests/mutations.py --list           the table, as it stands in docs/about/quality.md

The faults are data, in tests/mutations.yaml: what is wrong in words (`fault`), a text that stands
once in a file (`file`, `old`), what takes its place (`new`; null removes the file), and what must
see it (`caught`): a rule of `kzus check` on the miniature record, `kzus fmt --check` on the file,
or a test, by its name in pytest. Nothing is changed here: each of two workers has a copy of the
tracked files, in which it plants a fault, runs only what must see it, and takes it out again.
First everything runs once without a fault, where it must find nothing.
"""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
FORMATTED = "kzus fmt --check"
_KZUS = (sys.executable, "-c", "from kzus.cli import main; main()")
_PYTEST = (sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider")
MINI = "tests/mini"


@dataclass(frozen=True)
class Mutation:
    """A fault: where it is planted, and what must see it."""

    fault: str
    file: str
    old: str
    new: str | None
    caught: str

    def line(self) -> str:
        """Its line in the table."""
        fault = self.fault[0].upper() + self.fault[1:]
        return f"| {fault} | `{self.file}` | `{self.caught}` |"


def mutations() -> tuple[Mutation, ...]:
    """All faults, in the order of the table."""
    listed = yaml.safe_load((ROOT / "tests/mutations.yaml").read_text(encoding="utf-8"))
    return tuple(Mutation(**entry) for entry in listed)


def table(listed: Iterable[Mutation]) -> str:
    """The table of faults, in Markdown."""
    return "\n".join(["| Fault | Planted in | Caught by |", "| --- | --- | --- |"]) + "".join(
        f"\n{one.line()}" for one in listed
    )


def copy(folder: Path) -> Path:
    """Copy the tracked files as they are now, under a git of their own."""
    listed = _git(ROOT, "ls-files", "-z").stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    return folder


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True)


@contextmanager
def planted(folder: Path, mutation: Mutation) -> Iterator[None]:
    """Plant a fault in a copy, and take it out again.

    Raises:
        ValueError: the text that it replaces does not stand there exactly once.
    """
    path = folder / mutation.file
    before = path.read_bytes()
    old = mutation.old.encode()
    if before.count(old) != 1:
        raise ValueError(f"{before.count(old)} times in {mutation.file}: {mutation.old!r}")
    try:
        if mutation.new is None:
            path.unlink()
        else:
            _write(path, before.replace(old, mutation.new.encode()))
        yield
    finally:
        _write(path, before)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
        compiled.unlink()  # one of the same second and length would be taken for fresh


def command(mutation: Mutation) -> tuple[str, tuple[str, ...]]:
    """Where in a copy what must see a fault is run, and how."""
    if mutation.caught.startswith("tests/"):
        return ".", (*_PYTEST, mutation.caught)
    if mutation.caught == FORMATTED:
        return MINI, (*_KZUS, "fmt", "--check", mutation.file.removeprefix(f"{MINI}/"))
    return MINI, (*_KZUS, "check", "--strict")


def complaint(root: Path, where: str, words: tuple[str, ...]) -> str:
    """What a command in a copy complains of: "" if all is well there.

    Raises:
        RuntimeError: it could not be run.
    """
    fixed = {"PYTHONPATH": str(root / "scripts"), "SOURCE_DATE_EPOCH": "1485820800"}
    fixed |= {"KZUS_CACHE": str(root / "cache.sqlite"), "NO_MKDOCS_2_WARNING": "1"}
    fixed["KZUS_REQUIRE_BROWSER"] = "1"  # a test that is skipped sees nothing
    done = subprocess.run(
        words, cwd=root / where, env=os.environ | fixed, capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    if done.returncode not in (0, 1) or ("-m" not in words and "Traceback" in told):
        raise RuntimeError(f"cannot be run: {told[-400:]}")
    return told if done.returncode else ""


def verdict(root: Path, mutation: Mutation) -> str:
    """What is wrong with a fault: "" if it is caught."""
    try:
        with planted(root, mutation):
            told = complaint(root, *command(mutation))
    except (ValueError, RuntimeError) as error:
        return str(error)
    if mutation.caught.startswith("tests/") or mutation.caught == FORMATTED:
        return "" if told else "NOT caught"
    return "" if f" {mutation.caught}: " in told else f"NOT caught: {told}"


def clean(root: Path, called: tuple[str, tuple[str, ...]]) -> str:
    """What a command says of a copy without a fault: "" as it must."""
    try:
        return complaint(root, *called)
    except RuntimeError as error:
        return str(error)


def report(chosen: list[Mutation], roots: Iterable[Path]) -> int:
    """Plant the faults, as many at a time as there are copies; 1 if one is not caught."""
    free: queue.Queue[Path] = queue.Queue()
    for root in roots:
        free.put(root)

    def in_copy(judge: Callable[[Path, Any], str], what: Any) -> str:
        root = free.get()
        try:
            return judge(root, what)
        finally:
            free.put(root)

    with ThreadPoolExecutor(free.qsize()) as pool:
        tests = sorted({one.caught for one in chosen if one.caught.startswith("tests/")})
        others = sorted({command(one) for one in chosen if one.caught not in tests})
        commands = [*others, *([(".", (*_PYTEST, *tests))] if tests else [])]
        false = list(filter(None, pool.map(partial(in_copy, clean), commands)))
        click.echo("\n".join(false))
        missed = 0
        for one, wrong in zip(chosen, pool.map(partial(in_copy, verdict), chosen), strict=True):
            missed += bool(wrong)
            click.echo(f"{wrong or 'caught'}: {one.line()}")
    click.echo(f"{len(chosen) - missed} of {len(chosen)} faults caught")
    return 1 if missed or false else 0


@click.command()
@click.option("--list", "listed", is_flag=True, help="Print the table and plant nothing.")
@click.option("--only", default="", help="Plant those whose line in the table has these words.")
def main(listed: bool, only: str) -> None:
    """Plant faults one at a time; end with 1 if one is not caught."""
    chosen = [one for one in mutations() if only in one.line()]
    if listed:
        click.echo(table(chosen))
        return
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(report(chosen, [copy(Path(folder, str(n))) for n in range(WORKERS)]))


if __name__ == "__main__":
    main()
