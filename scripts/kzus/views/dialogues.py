"""The formats in which the two sides meet, their rounds, and how one grew out of another."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset import Dataset
from ..model import vocabulary
from ..model.records import Commitment, Dialogue, Event
from .notes import Noted, NotedSource, Notes
from .records import Linked, Side, agreement_link, commitment_link, sides
from .refs import Ref, in_order, ref


@dataclass(frozen=True)
class Round:
    """One meeting in a format."""

    event: Event
    ref: Ref
    place: str
    level: str
    number: int | None
    counts: tuple[tuple[str, int], ...]
    heads: tuple[Side, ...]
    documents: tuple[Linked, ...]
    promises: tuple[Linked, ...]
    outcomes: tuple[str, ...]


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


def format_of(dataset: Dataset, dialogue: Dialogue) -> Format:
    """A dialogue as its page shows it."""
    notes = Notes(dataset, dialogue.sources)
    later = [d for d in dataset.dialogues.values() if dialogue.id in d.follows]
    earlier = [dataset.dialogues[d] for d in dialogue.follows if d in dataset.dialogues]
    return Format(
        dialogue=dialogue,
        ref=ref(dialogue),
        facts=notes.statements(dialogue.facts),
        sources=notes.sources(),
        rounds=tuple(_round(dataset, event) for event in dataset.rounds[dialogue.id]),
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


def _round(dataset: Dataset, event: Event) -> Round:
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
        heads=sides(dataset, event.participants),
        documents=tuple(agreement_link(dataset, a) for a in documents),
        promises=tuple(commitment_link(c) for c in promises),
        outcomes=tuple(outcome.text for outcome in event.outcomes),
    )
