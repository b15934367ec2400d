"""What a topic is about: its kind and, of what has a name in every language alike, its names. Part of `topic.yaml`."""

from __future__ import annotations

from typing import Literal

from handouts.model.base import Contradiction, Line, Model

SubjectKind = Literal["medicine", "vaccine", "procedure", "test", "condition", "device", "care_plan"]

PROPER_NAMED: tuple[SubjectKind, ...] = ("medicine", "vaccine", "device")
"""Kinds whose names are proper names, which no language changes; those of the others are words of a language."""


class Subject(Model, frozen=True, kw_only=True):
    """What the topic is about. `name` is the generic one; a language file may give its own, which wins there."""

    kind: SubjectKind
    name: Line | None = None
    code_name: Line | None = None
    brand: Line | None = None
    maker: Line | None = None

    def __post_init__(self) -> None:
        if self.kind in PROPER_NAMED:
            return
        found = [
            (key, f"names a {self.kind}, whose name each language has its own word for; {instead}")
            for key, instead in _INSTEAD.items()
            if getattr(self, key) is not None
        ]
        if found:
            raise Contradiction(found)


_IN_WORDS = "write it in the language file: 'subject: {name: …}'"
_INSTEAD = {
    "name": _IN_WORDS,
    "code_name": f"delete the key, and for the name {_IN_WORDS}",
    "brand": f"delete the key, and for the name {_IN_WORDS}",
    "maker": f"delete the key, and for the name {_IN_WORDS}",
}
