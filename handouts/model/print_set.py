"""Schema of `content/sets/NAME.yaml`: which documents a clinic prints together, in which order, and how they look."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import Contradiction, LanguageTag, Model, Name, OneLine

MOST_ITEMS = 60
"""Documents in one set: more than anyone takes home, and few enough to be made while somebody waits."""


class SetItem(Model, frozen=True, kw_only=True):
    """One document of a set. Without a `language` it is in every language that is chosen when the set is printed."""

    topic: Name
    language: LanguageTag | None = None
    document: Literal["handout", "card"] = "handout"


class PrintSet(Model, frozen=True, kw_only=True):
    """Documents that are printed in one go, in the order of `items`. What of `theme`, `paper` and `clinic` (the name of
    a profile) a set leaves out is chosen when it is printed.
    """

    schema_version: Literal[1]
    title: Annotated[OneLine, Meta(max_length=120)]
    items: Annotated[tuple[SetItem, ...], Meta(min_length=1, max_length=MOST_ITEMS)]
    theme: Name | None = None
    paper: Literal["letter", "a4"] | None = None
    clinic: Name | None = None

    def __post_init__(self) -> None:
        seen: dict[SetItem, int] = {}
        again = [
            (index, first) for index, item in enumerate(self.items) if (first := seen.setdefault(item, index)) != index
        ]
        if again:
            raise Contradiction(
                [(("items", index), f"is the same document as item {first + 1}; leave one of the two out")
                 for index, first in again]
            )  # fmt: skip

    @property
    def asks_for_languages(self) -> bool:
        """Whether whoever prints it has to choose a language."""
        return any(item.language is None for item in self.items)
