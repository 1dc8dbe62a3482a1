"""The formats in which the two sides meet, their rounds, and how one grew out of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..dataset import Dataset
from ..dates import Date
from ..model import vocabulary
from ..model.records import Commitment, Dialogue, Event, Evidence
from . import bars
from .notes import Noted, NotedSource, Notes
from .parts import agreement_link, sides
from .refs import Ref, in_order, ref
from .shapes import Linked, Side

# A role that names the head of a delegation.
_HEAD = ("co-chair", "cochair", "head of delegation", "chair")


@dataclass(frozen=True)
class Report:
    """What became known of a promise, and at which later round of the format, if at one."""

    date: Date
    fact: str
    round: Ref | None
    at_next: bool


@dataclass(frozen=True)
class Promise:
    """A promise of a round and what later evidence says of it."""

    ref: Ref
    status: str
    reported: tuple[Report, ...]


@dataclass(frozen=True)
class Round:
    """One meeting in a format. `heads` holds those of each side, heads of delegation first."""

    event: Event
    ref: Ref
    place: str
    level: str
    number: int | None
    counts: tuple[tuple[str, int], ...]
    heads: tuple[Side, ...]
    documents: tuple[Linked, ...]
    promises: tuple[Promise, ...]
    outcomes: tuple[Noted, ...]

    @property
    def counted(self) -> str:
        """Which round it is, by each side's count where the two are known to differ."""
        counts = dict(self.counts)
        if len(set(counts.values())) == 1 and len(counts) == len(vocabulary.SIDES) - 1:
            return f"round {self.counts[0][1]}"
        if not counts:
            return f"round {self.number}" if self.number is not None else ""
        whose = {"US": "the United States'", "KZ": "Kazakhstan's"}
        words = [f"{number} by {whose[side]} count" for side, number in self.counts]
        return f"round {', '.join(words)}"


@dataclass(frozen=True)
class Format:
    """A dialogue with its rounds, oldest first."""

    dialogue: Dialogue
    ref: Ref
    facts: tuple[Noted, ...]
    sources: tuple[NotedSource, ...]
    rounds: tuple[Round, ...]
    follows: tuple[Ref, ...]
    followed_by: tuple[Ref, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels at which it met, the highest first."""
        found = {one.level for one in self.rounds}
        return tuple(level for level in vocabulary.LEVELS.values() if level in found)


def format_of(dataset: Dataset, dialogue: Dialogue) -> Format:
    """A dialogue as its page shows it."""
    notes = Notes(dataset, dialogue.sources)
    facts = notes.statements(dialogue.facts)
    rounds = [_round(dataset, event, notes) for event in reversed(dataset.rounds[dialogue.id])]
    later = [d for d in dataset.dialogues.values() if dialogue.id in d.follows]
    earlier = [dataset.dialogues[d] for d in dialogue.follows if d in dataset.dialogues]
    return Format(
        dialogue=dialogue,
        ref=ref(dialogue),
        facts=facts,
        sources=notes.sources(),
        rounds=tuple(reversed(rounds)),
        follows=in_order([ref(d) for d in earlier]),
        followed_by=in_order([ref(d) for d in later]),
    )


def formats(dataset: Dataset) -> tuple[Format, ...]:
    """All dialogues, in the order in which they first met; those without a round last."""
    found = [format_of(dataset, dialogue) for dialogue in dataset.dialogues.values()]
    return tuple(sorted(found, key=_first_met))


def _first_met(shown: Format) -> tuple[bool, object, str]:
    first = shown.rounds[0].event.date.key if shown.rounds else ()
    return (not shown.rounds, first, shown.dialogue.name)


def _round(dataset: Dataset, event: Event, notes: Notes) -> Round:
    session = event.dialogue
    place = dataset.places.get(event.place or "")
    made = [x.entry for x in dataset.backlinks.get(("events", event.id), ())]
    promises = [c for c in made if isinstance(c, Commitment) and c.made_at == event.id]
    documents = [dataset.agreements[a] for a in event.agreements if a in dataset.agreements]
    counts = {"US": session.number_us, "KZ": session.number_kz} if session else {}
    return Round(
        event=event,
        ref=ref(event),
        place=place.name if place else "",
        level=vocabulary.LEVELS[session.level] if session and session.level else "",
        number=session.number if session else None,
        counts=tuple((side, number) for side, number in counts.items() if number is not None),
        heads=tuple(_heads_first(side) for side in sides(dataset, event.participants)),
        documents=tuple(agreement_link(dataset, a) for a in documents),
        promises=tuple(_promise(dataset, c, event) for c in promises),
        outcomes=tuple(notes.cite(o.text, o.sources or event.sources) for o in event.outcomes),
    )


def _heads_first(side: Side) -> Side:
    faces = sorted(side.faces, key=lambda face: not _is_head(face.role))
    return replace(side, faces=tuple(faces))


def _is_head(role: str | None) -> bool:
    return role is not None and any(word in role.casefold() for word in _HEAD)


def _promise(dataset: Dataset, entry: Commitment, event: Event) -> Promise:
    session = event.dialogue
    rounds = dataset.rounds[session.format] if session else ()
    later = [one for one in rounds if one.date.key > event.date.key]
    trail = sorted(entry.evidence, key=lambda item: item.date.key)
    status = vocabulary.COMMITMENT_STATUSES[entry.status][0]
    return Promise(ref(entry), status, tuple(_report(item, later) for item in trail))


def _report(item: Evidence, later: Sequence[Event]) -> Report:
    for place, one in enumerate(later):
        if one.date.first <= item.date.first and item.date.last <= one.date.last:
            return Report(item.date, item.fact, ref(one), place == 0)
    return Report(item.date, item.fact, None, False)


_LONG = 44  # letters of a name that a phone still shows on one line
_JOINING = frozenset({"and", "of", "on", "for", "in", "the"})
LANE = 40  # height in pixels; places along a lane are percentages of its length


@dataclass(frozen=True)
class Dot:
    """A round on a lane; `sure` where its month is known."""

    ref: Ref
    x: float
    words: str
    sure: bool


@dataclass(frozen=True)
class Lane:
    """A format on the line of years: its name on one line, its height, its dots."""

    ref: Ref
    name: str
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Turn:
    """Where one format grew out of another: along the earlier lane, then across to the later."""

    words: str
    y1: int
    y2: int
    x1: float
    x2: float


@dataclass(frozen=True)
class Lanes:
    """All formats on one line of years."""

    axis: bars.Axis
    lanes: tuple[Lane, ...]
    turns: tuple[Turn, ...]
    height: int


def lanes(dataset: Dataset, shown: Iterable[Format]) -> Lanes:
    """Draw those formats that have met, in the order given."""
    axis = bars.axis(dataset)
    met = [one for one in shown if one.rounds]
    found = {one.dialogue.id: _lane(axis, one, place * LANE + 30) for place, one in enumerate(met)}
    turns = [
        _turn(found[before.id], found[one.dialogue.id])
        for one in met
        for before in one.follows
        if before.id in found
    ]
    return Lanes(axis, tuple(found.values()), tuple(turns), len(found) * LANE + 30)


def _lane(axis: bars.Axis, one: Format, y: int) -> Lane:
    name = one.dialogue.name
    if len(name) > _LONG:
        name = one.dialogue.short_name or _shortened(name)
    return Lane(one.ref, name, y, tuple(_dot(axis, met) for met in one.rounds))


def _shortened(name: str) -> str:
    """As many whole words as have room, and none at the end that joins what is cut."""
    words = name[: _LONG + 1].split()[:-1]
    while words and words[-1].casefold() in _JOINING:
        words.pop()
    return " ".join(words)


def _dot(axis: bars.Axis, one: Round) -> Dot:
    event = one.event
    words = ", ".join(part for part in (one.counted, event.date.words, one.place) if part)
    return Dot(one.ref, axis.at(event.date.first), words, event.date.month is not None)


def _turn(before: Lane, after: Lane) -> Turn:
    begin = after.dots[0].x
    left = [dot.x for dot in before.dots if dot.x <= begin]
    words = f"{after.ref.title} grew out of {before.ref.title}"
    return Turn(words, before.y, after.y, left[-1] if left else begin, begin)
