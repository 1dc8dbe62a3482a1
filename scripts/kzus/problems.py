"""A problem found in the record, as a value, and its written forms.

A check yields problems; only the outermost layer prints them.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from .hints import latin

Level = Literal["error", "warning"]
DataPath = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place.

    `path` is relative to the repository, with forward slashes. `line` and `column` count
    from 1, as editors do; 0 stands for "the file as a whole".
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    level: Level = "error"


def shown(path: DataPath) -> str:
    """Write a path into a record as contributors read it: `participants[0].person`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the hint `did you mean ...?` with the most similar known word, or ``""``."""
    plain = latin(word)
    matches = difflib.get_close_matches(plain, list(known), n=1, cutoff=likeness)
    mixed = ", in Latin letters only" if plain != word else ""
    return f"did you mean {matches[0]}{mixed}?" if matches else ""


def as_text(problems: Sequence[Problem]) -> str:
    """Write problems for a terminal: one line each, a hint below, the count last."""
    lines = []
    for problem in problems:
        place = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)
        lines.append(_visible(f"{place}: {problem.level} {problem.rule}: {problem.message}"))
        if problem.hint:
            lines.append(_visible(f"  hint: {problem.hint}"))
    return "\n".join([*lines, summary(problems)])


def _visible(text: str) -> str:
    """Escape what a terminal would act on or not show: a problem may quote data."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def as_github(problems: Sequence[Problem]) -> str:
    """Write problems as workflow commands, which GitHub shows at the line of the change.

    Escapes follow the toolkit of GitHub Actions (``actions/toolkit``, ``command.ts``).
    """
    return "\n".join([*map(_workflow_command, problems), summary(problems)])


def _workflow_command(problem: Problem) -> str:
    position = f",line={problem.line},col={problem.column}" if problem.line else ""
    hint = f"\nhint: {_visible(problem.hint)}" if problem.hint else ""
    body = _visible(problem.message) + hint
    path, title = (_escaped(_visible(text), ":,") for text in (problem.path, problem.rule))
    return f"::{problem.level} file={path}{position},title={title}::{_escaped(body)}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def as_json(problems: Sequence[Problem]) -> str:
    """Write problems as a JSON list of objects, fields as in `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], indent=2)


def summary(problems: Sequence[Problem]) -> str:
    """Count problems in words, such as ``2 errors, 1 warning``."""
    counts = [(sum(p.level == level for p in problems), level) for level in ("error", "warning")]
    words = [f"{count} {level}{'s' if count != 1 else ''}" for count, level in counts if count]
    return ", ".join(words) or "no problems"
