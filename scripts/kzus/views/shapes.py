"""Plain values that several pages show."""

from __future__ import annotations

from dataclasses import dataclass

from .refs import Ref


@dataclass(frozen=True)
class Face:
    """Someone or something that took part: name, page if there is one, role of that day."""

    name: str
    ref: Ref | None = None
    role: str | None = None


@dataclass(frozen=True)
class Side:
    """Those who took part for one side."""

    code: str
    name: str
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class Linked:
    """A link with a word on the state of what it leads to."""

    ref: Ref
    state: str


@dataclass(frozen=True)
class Appearance:
    """A record in which a person or organization appears, with the role there."""

    ref: Ref
    role: str | None
