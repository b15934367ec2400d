"""Phrases: words of a content file on their way into a template, with where they stand and what they tell.

A phrase is put into HTML as escaped text in a `<span>` that carries its origin and statement id; the parser of the
composed HTML reads both back, so that every word in a plan can be traced to its YAML line.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape
from msgspec import Struct

from handouts.problems import Origin, encodable

_STRONG = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n]+")


class Phrase(Struct, frozen=True):
    """Text from a user's file, its numbers filled in. `marked` says whether `**…**` in it means strong."""

    text: str
    origin: Origin
    statement: str | None = None
    marked: bool = True

    def telling(self, statement: str) -> Phrase:
        """The same phrase as the words of a statement."""
        return Phrase(self.text, self.origin, statement, self.marked)

    def __str__(self) -> str:
        text = _SPACES.sub(" ", self.text).strip()
        return _STRONG.sub(r"\1", text) if self.marked else text

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __html__(self) -> Markup:
        body = escape(_SPACES.sub(" ", self.text).strip())
        if self.marked:
            body = Markup(_STRONG.sub(r"<strong>\1</strong>", str(body)))  # noqa: S704 - escaped one line above
        told = f' data-statement="{escape(self.statement)}"' if self.statement else ""
        at = escape(f"{self.origin.line}:{self.origin.column}:{encodable(self.origin.file)}")
        return Markup(f'<span data-at="{at}"{told}>{body}</span>')  # noqa: S704 - each part is escaped above
