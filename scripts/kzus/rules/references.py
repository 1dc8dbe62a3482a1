"""References from one entry to another."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset import Dataset, Link
from ..model.records import NOUNS, Entry
from ..problems import nearest
from .base import Finding, repeated


def unused(dataset: Dataset, kind: str) -> Iterator[Entry]:
    """The entries of a kind that no record names.

    Nothing is told where a reference is misspelled or an entry cannot be read: one may be meant.
    """
    links = [link for link in dataset.links if kind in link.kinds]
    used, known = {link.to for link in links}, dataset.of(kind)
    if not dataset.broken and used <= known.keys():
        yield from (entry for identifier, entry in known.items() if identifier not in used)


def _unknown(dataset: Dataset, kind: str) -> Iterator[Finding]:
    for link in dataset.dangling:
        if link.kinds == (kind,):
            yield _dangling(link, NOUNS[kind][0], dataset)


def _dangling(link: Link, word: str, dataset: Dataset) -> Finding:
    known = [identifier for kind in link.kinds for identifier in dataset.of(kind)]
    known += [identifier for kind, identifier in dataset.broken if kind in link.kinds]
    message = f"names no known {word}: {link.to}"
    command = "cite" if word == "source" else f"new {word}"
    add = f"`kzus {command}` adds one" if word != "record" else ""
    # Ids of many words look alike by their dates alone.
    hint = nearest(link.to, known, 0.75 if "-" in link.to else 0.6) or add
    return Finding(message, link.entry, link.path, hint)


def unknown_source(dataset: Dataset) -> Iterator[Finding]:
    """A source that a record names stands under data/sources/.

    Every statement leads to what shows it.

    Wrong:

        # data/people/john-kerry.yaml
        sources: [state-2015-statment]

    Right:

        # data/people/john-kerry.yaml
        sources: [state-2015-statement]
    """
    return _unknown(dataset, "sources")


def unknown_person(dataset: Dataset) -> Iterator[Finding]:
    """A person whom a record names by id has a file under data/people/.

    For someone without a file, write `name` in place of `person`.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: jon-kerry, side: US}

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        participants:
          - {person: john-kerry, side: US}
          - {name: Jon Kerr, side: US}
    """
    return _unknown(dataset, "people")


def unknown_organization(dataset: Dataset) -> Iterator[Finding]:
    """An organization that a record names by id has a file under data/organizations/.

    For one without a file, write `name` in place of `organization`.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        organizations:
          - organization: air-astna

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        organizations:
          - organization: air-astana
          - name: Ministry of Examples
    """
    return _unknown(dataset, "organizations")


def unknown_event(dataset: Dataset) -> Iterator[Finding]:
    """An event that a record names has a file under data/events/.

    Wrong:

        # data/commitments/2015-regional-trade.yaml
        made_at: 2015-11-02-kerry-almaty

    Right:

        # data/commitments/2015-regional-trade.yaml
        made_at: 2015-11-02-kerry-astana
    """
    return _unknown(dataset, "events")


def unknown_agreement(dataset: Dataset) -> Iterator[Finding]:
    """An agreement that a record names has a file under data/agreements/.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        agreements: [2015-legal-assistance]

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        agreements: [2015-legal-assistance-treaty]
    """
    return _unknown(dataset, "agreements")


def unknown_dialogue(dataset: Dataset) -> Iterator[Finding]:
    """A dialogue that a record names stands in data/dialogues.yaml.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-dialogue}

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        dialogue: {format: strategic-partnership-dialogue}
    """
    return _unknown(dataset, "dialogues")


def unknown_office(dataset: Dataset) -> Iterator[Finding]:
    """An office that a person held stands in data/offices.yaml.

    For a post that no one else in the record held, leave `office` out: `title` is enough.

    Wrong:

        # data/people/john-kerry.yaml
        offices:
          - {office: secretary-state-us, title: U.S. Secretary of State, from: 2013-02-01}

    Right:

        # data/people/john-kerry.yaml
        offices:
          - {office: secretary-of-state-us, title: U.S. Secretary of State, from: 2013-02-01}
    """
    return _unknown(dataset, "offices")


def unknown_place(dataset: Dataset) -> Iterator[Finding]:
    """A place that a record names stands in data/places.yaml.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        place: astena

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        place: astana
    """
    return _unknown(dataset, "places")


def unknown_theme(dataset: Dataset) -> Iterator[Finding]:
    """A theme that a record names stands in data/themes.yaml.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        themes: [trading]

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        themes: [trade]
    """
    return _unknown(dataset, "themes")


def unknown_record(dataset: Dataset) -> Iterator[Finding]:
    """A record that is named as related has a file.

    It can be an event, agreement, commitment, person, organization or series.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        related: [john-kery]

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        related: [john-kerry]
    """
    for link in dataset.dangling:
        if len(link.kinds) > 1:
            yield _dangling(link, "record", dataset)


def ambiguous_record(dataset: Dataset) -> Iterator[Finding]:
    """A record that is named as related has an id that no record of another kind has.

    Otherwise it is open which of the two is meant. Name an agreement under `agreements`, or give
    the newer record another id.

    Wrong:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        related: [john-kerry]
        # data/organizations/john-kerry.yaml
        name: John Kerry Society
        sources: [state-2015-statement]

    Right:

        # data/events/2014/2014-12-10-dialogue-session.yaml
        related: [john-kerry]
        # data/organizations/john-kerry-society.yaml
        name: John Kerry Society
        sources: [state-2015-statement]
    """
    for link in dataset.links:
        if len(link.kinds) > 1:
            kinds = [kind for kind in link.kinds if link.to in dataset.of(kind)]
            if len(kinds) > 1:
                message = f"{link.to} is the id of several records: in {' and '.join(kinds)}"
                yield Finding(message, link.entry, link.path)


def reference_to_itself(dataset: Dataset) -> Iterator[Finding]:
    """A record does not name itself.

    Wrong:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        related: [2015-11-02-kerry-astana]

    Right:

        # data/events/2015/2015-11-02-kerry-astana.yaml
        related: [2014-12-10-dialogue-session]
    """
    for link in dataset.links:
        if link.entry.id == link.to and link.entry.kind in link.kinds:
            yield Finding("names the record itself", link.entry, link.path, "remove it")


def repeated_reference(dataset: Dataset) -> Iterator[Finding]:
    """A list names an id once.

    Wrong:

        # data/people/john-kerry.yaml
        sources: [state-2015-statement, state-2015-statement]

    Right:

        # data/people/john-kerry.yaml
        sources: [state-2015-statement]
    """
    listed = (link for link in dataset.links if isinstance(link.path[-1], int))
    for link, _ in repeated(listed, _place):
        yield Finding(f"names {link.to} again", link.entry, link.path, "remove it")


def _place(link: Link) -> tuple[object, ...]:
    return (link.entry.kind, link.entry.id, *link.path[:-1], link.to)


def unused_entry(dataset: Dataset) -> Iterator[Finding]:
    """A place, theme, office, dialogue or publisher is used by some record.

    One that is not may have a misspelled twin that is.

    Wrong:

        # data/places.yaml
        zhezkazgan: {name: Zhezkazgan, country: KZ}

    Right:

        # data/places.yaml
        zhezkazgan: {name: Zhezkazgan, country: KZ}
        # data/events/2014/2014-12-10-dialogue-session.yaml
        place: zhezkazgan
    """
    for kind in ("places", "themes", "offices", "dialogues", "publishers"):
        for entry in unused(dataset, kind):
            yield Finding(f"no record uses {entry.id} ({kind})", entry)
