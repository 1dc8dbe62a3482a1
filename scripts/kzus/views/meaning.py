"""What a change to the record means, in words: for pull requests and for the page of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Any

from pydantic import BaseModel

from ..canonical import field_order
from ..dataset import Dataset, Key
from ..dates import Date
from ..model.records import NOUNS, Agreement, Entry
from . import agreements
from .refs import title_of

_NAMES = ("title", "name", "question", "text")
# The fields by which a part of a record is known, and how like two of them must be, of 1, to be
# taken for one that was worded anew: found by trying the record's own history. Of a long text
# its beginning is compared, so that nobody's pull request makes the comparison slow.
_HEADS = ("text", "question", "says", "fact", "title", "name", "person", "organization")
_ALIKE = 0.6
_MOST_WORDS = 300


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
    yield from _fields(_with_new_ids(old, after.redirects.moved), new)
    if isinstance(old, Agreement) and isinstance(new, Agreement):
        yield from _state(*(agreements.state(entry, after.as_of) for entry in (old, new)))


def _fields(old: BaseModel, new: BaseModel, but: tuple[str, ...] = ()) -> Iterator[str]:
    """What differs between two of one model, field by field, `but` some."""
    for name in field_order(type(new)):
        was, now = getattr(old, name), getattr(new, name)
        if was != now and name not in but:
            yield from _field(type(new).model_fields[name].alias or name, was, now)


def _with_new_ids(value: Any, moved: Mapping[str, str]) -> Any:
    """A value as it would be if it named what has moved by the new id: that is told once."""
    if isinstance(value, str):
        return moved.get(value) or _bare(moved).get(value, value)
    if isinstance(value, tuple):
        return tuple(_with_new_ids(item, moved) for item in value)
    if isinstance(value, BaseModel) and moved:
        fields = {name: getattr(value, name) for name in type(value).model_fields if name != "id"}
        return value.model_copy(
            update={name: _with_new_ids(part, moved) for name, part in fields.items()}
        )
    return value


def _bare(moved: Mapping[str, str]) -> dict[str, str]:
    return {old.partition("/")[2]: new.partition("/")[2] for old, new in moved.items()}


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
    elif was in (None, ""):
        yield f"gains {_label(name)}: {_words(now)}"
    elif now in (None, ""):
        yield f"loses {_label(name)}: {_words(was)}"
    elif isinstance(was, Date):
        yield f"moves {_label(name)} from {_words(was)} to {_words(now)}"
    elif isinstance(was, BaseModel) and type(was) is type(now):
        yield f"changes {_label(name)}: {'; '.join(_fields(was, now))}"
    elif isinstance(was, str) and isinstance(now, str) and " " in was + now:
        yield f"changes {_label(name)}: {_apart(was, now)}"
    else:
        yield f"changes {_label(name)} from {_words(was)} to {_words(now)}"


def _list(name: str, was: tuple[Any, ...], now: tuple[Any, ...]) -> Iterator[str]:
    gained = [item for item in now if item not in was]
    lost = [item for item in was if item not in now]
    if not gained and not lost:
        yield f"orders {_label(name)} anew"
    item = _ITEMS.get(name, f"an entry of {_label(name)}")
    for one, other in _pairs(lost, gained):
        lost.remove(one)
        gained.remove(other)
        details = list(_fields(one, other, but=(_known_by(one), _known_by(other))))
        if _head(one) == _head(other):
            yield f"changes {item}, {_words(other)}: {'; '.join(details)}"
        else:
            worded = f"words {item} anew: {_apart(_head(one), _head(other))}"
            yield "; ".join([worded, *details])
    for verb, items in (("loses", lost), ("gains", gained)):
        if items and all(isinstance(one, str) for one in items):
            yield f"{verb} {_plural(item, len(items))}: {', '.join(map(_words, items))}"
        else:
            yield from (f"{verb} {item}: {_words(one)}" for one in items)


def _plural(item: str, count: int) -> str:
    return item if count == 1 or item not in _ITEMS.values() or " " in item[4:] else f"{item}s"


def _pairs(lost: list[Any], gained: list[Any]) -> list[tuple[Any, Any]]:
    """Parts that were changed, not replaced: of the same words, or of words nearly the same."""
    pairs = list[tuple[Any, Any]]()
    for near in (1.0, _ALIKE):
        for one in lost:
            for other in gained:
                free = all(one is not a and other is not b for a, b in pairs)
                if free and type(one) is type(other) and _near(_head(one), _head(other)) >= near:
                    pairs.append((one, other))
    return pairs


def _near(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1; what has no words is like nothing."""
    if one == other or not one or not other:
        return float(one == other != "")
    was, now = (text.split()[:_MOST_WORDS] for text in (one, other))
    return SequenceMatcher(None, was, now, autojunk=False).ratio()


def _known_by(value: Any) -> str:
    """The field that holds the words by which a part is known; none where it has none."""
    model = isinstance(value, BaseModel)
    return next((name for name in _HEADS if model and getattr(value, name, None)), "")


def _head(value: Any) -> str:
    key = _known_by(value)
    return str(getattr(value, key)) if key else ""


def _apart(was: str, now: str) -> str:
    """Two wordings, from shortly before the first word that differs."""
    start = len(commonprefix([was, now]))
    start = was.rfind(" ", 0, max(start - 40, 0)) + 1
    was, now = (f"“{'…' * bool(start)}{_short(text[start:])}”" for text in (was, now))
    return f"was {was}, now {now}"


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


_LABELS = {"date": "its date", "from": "its beginning", "to": "its end"}


_ITEMS = {
    "agreements": "the agreement",
    "claims": "a claim",
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
    if text := _head(value):
        return f"“{_short(text)}”"
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
