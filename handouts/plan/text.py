"""Runs: the smallest pieces of a plan's text, each with where its words stand and which statements they tell."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from handouts.problems import Origin
from handouts.theme.fonts import SOFT_HYPHEN


class Run(Struct, frozen=True):
    """Text of one style. `lang` is set where it differs from the document's; `statements` are the ids it tells."""

    text: str
    strong: bool = False
    href: str | None = None
    lang: str | None = None
    statements: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def dials(self) -> bool:
        """Whether its link calls a telephone or sends it a message, so that its text is the number to dial."""
        return self.href is not None and self.href.startswith(("tel:", "sms:"))

    def saying(self, text: str) -> Run:
        """Other text in the same style, from the same place."""
        return Run(text, self.strong, self.href, self.lang, self.statements, self.origin)

    def telling(self, statements: tuple[str, ...]) -> Run:
        """The same words, as telling these statements too."""
        return replace(self, statements=(*self.statements, *statements))


Runs = tuple[Run, ...]


def plain(runs: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(r.text for r in runs)


def first_origin(runs: Iterable[Run]) -> Origin | None:
    """Where the first run that came from a user's file stands."""
    return next((r.origin for r in runs if r.origin), None)


def origins(runs: Iterable[Run]) -> frozenset[Origin]:
    """Where all of these runs stand that came from a user's file."""
    return frozenset(r.origin for r in runs if r.origin)


def squeezed(text: str) -> str:
    """The text with white space squeezed to single spaces, and without soft hyphens, which are seen on paper alone."""
    return " ".join((text if text.isascii() else text.replace(SOFT_HYPHEN, "")).split())


def quoted(runs: Runs, words: int = 6, characters: int = 60) -> str:
    """The first words of a text, in quotation marks."""
    all_words = plain(runs).split()
    first = " ".join(all_words[:words])
    return f"'{first[:characters]}{'…' if len(all_words) > words or len(first) > characters else ''}'"
