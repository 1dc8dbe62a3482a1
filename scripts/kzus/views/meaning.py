"""What a change to the record means, in words: for pull requests and for the page of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..canonical import field_order
from ..dataset import Dataset, Key
from ..dates import Date
from ..model.records import NOUNS, Agreement, Entry
from . import agreements
from .refs import title_of

_NAMES = ("title", "name", "question", "text")


@dataclass(frozen=True)
class Change:
    """One thing that a change does. `verb` groups it: added, removed, moved, withdrawn, changed."""

    verb: str
    kind: str
    id: str
    title: str
    details: tuple[str, ...] = ()


def changes(before: Dataset, after: Dataset, *, whole: bool = True) -> tuple[Change, ...]:
    """Everything that `after` says otherwise than `before`, by kind and id.

    Of datasets that are not `whole`, it is not said which sources are no longer used.
    """
    return tuple(
        change
        for kind in NOUNS
        for change in sorted(_of_kind(before, after, kind, whole), key=_order)
    )


def _order(change: Change) -> tuple[int, str]:
    return ("added", "moved", "withdrawn", "removed", "changed").index(change.verb), change.id


def _of_kind(before: Dataset, after: Dataset, kind: str, whole: bool) -> Iterator[Change]:
    old, new = before.of(kind), after.of(kind)
    targets = {key: _moved(after, (kind, key)) for key in old if key not in new}
    for key, target in targets.items():
        yield _gone(after, old[key], target)
    came_from = {target: key for key, target in targets.items() if target}
    for key, entry in new.items():
        earlier = old.get(key) or old.get(came_from.get(key, ""))
        if earlier is None:
            yield Change("added", kind, key, title_of(entry))
        elif details := tuple(_details(after, earlier, entry)):
            yield Change("changed", kind, key, title_of(entry), details)
    if kind == "sources" and whole:
        yield from _unused(before, after)


def _moved(after: Dataset, key: Key) -> str:
    target = after.redirects.moved.get("/".join(key), "")
    return target.removeprefix(f"{key[0]}/")


def _gone(after: Dataset, entry: Entry, target: str) -> Change:
    reason = after.redirects.withdrawn.get(f"{entry.kind}/{entry.id}")
    if target:
        return Change("moved", entry.kind, entry.id, title_of(entry), (f"is now {target}",))
    if reason:
        return Change("withdrawn", entry.kind, entry.id, title_of(entry), (f"reason: {reason}",))
    return Change("removed", entry.kind, entry.id, title_of(entry))


def _unused(before: Dataset, after: Dataset) -> Iterator[Change]:
    for key, source in after.sources.items():
        if ("sources", key) in before.backlinks and ("sources", key) not in after.backlinks:
            yield Change("changed", "sources", key, source.title, ("is no longer used",))


def _details(after: Dataset, old: Entry, new: Entry) -> Iterator[str]:
    for name in field_order(type(new)):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield from _field(type(new).model_fields[name].alias or name, was, now)
    if isinstance(old, Agreement) and isinstance(new, Agreement):
        yield from _state(*(agreements.state(entry, after.as_of) for entry in (old, new)))


def _state(was: agreements.State, now: agreements.State) -> Iterator[str]:
    if was.code == "in-force" != now.code:
        yield f"is no longer in force: {now.words}"
    elif was.words != now.words:
        yield f"goes from “{was.words}” to “{now.words}”"


def _field(name: str, was: Any, now: Any) -> Iterator[str]:
    if name in _NAMES:
        yield f"is {'worded anew' if name == 'text' else 'renamed'}: was “{was}”"
    elif isinstance(was, tuple) and isinstance(now, tuple):
        yield from _list(name, was, now)
    elif isinstance(was, Date) or isinstance(now, Date):
        yield f"moves {_label(name)} from {_words(was)} to {_words(now)}"
    elif was in (None, ""):
        yield f"gains {_label(name)}: {_words(now)}"
    elif now in (None, ""):
        yield f"loses {_label(name)}: {_words(was)}"
    else:
        yield f"changes {_label(name)} from {_words(was)} to {_words(now)}"


def _list(name: str, was: tuple[Any, ...], now: tuple[Any, ...]) -> Iterator[str]:
    gained = [item for item in now if item not in was]
    lost = [item for item in was if item not in now]
    if not gained and not lost:
        yield f"orders {_label(name)} anew"
    for verb, items in (("loses", lost), ("gains", gained)):
        for item in items:
            yield f"{verb} {_ITEMS.get(name, f'an entry of {_label(name)}')}: {_words(item)}"


def _label(name: str) -> str:
    return "its date" if name == "date" else name.replace("_", " ")


_ITEMS = {
    "agreements": "the agreement",
    "disputes": "a disagreement",
    "evidence": "evidence",
    "facts": "a fact",
    "lifecycle": "a step",
    "offices": "a post",
    "organizations": "an organization",
    "outcomes": "an outcome",
    "participants": "a participant",
    "pillars": "the pillar",
    "related": "a link to",
    "sources": "the source",
    "themes": "the theme",
    "values": "a figure",
}


def _words(value: Any) -> str:
    """A value as a reader understands it, in a few words."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Date):
        return value.words
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "none"
    return _part(value) if isinstance(value, BaseModel) else _short(str(value))


def _part(value: BaseModel) -> str:
    """A part of a record by what it says, else by all its fields."""
    for key in ("text", "question", "says", "fact", "title", "name", "person", "organization"):
        if text := getattr(value, key, None):
            return f"“{_short(str(text))}”"
    parts = ((name, getattr(value, name)) for name in type(value).model_fields)
    return ", ".join(f"{n} {_words(v)}" for n, v in parts if v not in (None, (), False))


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def as_markdown(found: tuple[Change, ...], most: int = 200) -> str:
    """Write changes as Markdown: a sentence that counts, then a line for each.

    Text of the record is escaped: it can hold no link, mention or HTML.
    """
    if not found:
        return "This change does not alter what the record says.\n"
    lines = [f"This change {summary(found)}.", ""]
    for change in found[:most]:
        kind = NOUNS[change.kind][0]
        title = escaped(_short(change.title))
        lines.append(f"- **{change.verb}** {kind} “{title}” (`{change.id}`)")
        lines += [f"    - {escaped(detail)}" for detail in change.details]
    if len(found) > most:
        lines.append(f"- and {len(found) - most} more")
    return "\n".join(lines) + "\n"


def summary(found: tuple[Change, ...]) -> str:
    """Count changes in words: ``adds 2 events, changes 1 agreement``."""
    verbs = {"added": "adds", "moved": "renames", "withdrawn": "withdraws", "removed": "removes"}
    parts = []
    for verb, word in (verbs | {"changed": "changes"}).items():
        for kind, nouns in NOUNS.items():
            count = sum(c.verb == verb and c.kind == kind for c in found)
            if count:
                parts.append(f"{word} {count} {nouns[count != 1]}")
    return ", ".join(parts)


_MARKS = {ord(mark): f"\\{mark}" for mark in "\\`*_[]#|~!"}
_MARKS |= {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;", ord("@"): "@\u2060"}


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, and in which GitHub finds nobody to notify."""
    return text.translate(_MARKS)
