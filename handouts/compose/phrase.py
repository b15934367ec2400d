"""Phrases: words of a content file on their way into a template, with where they stand and what they tell.

A phrase is put into HTML as escaped text in a `<span>` that carries its origin and statement id; the parser of the
composed HTML reads both back, so that every word in a plan can be traced to its YAML line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from handouts.problems import Origin, encodable

_OPENING = re.compile(r"\*\*(?=\S)")
_CLOSING = re.compile(r"(?<=\S)\*\*")
_SPACES = re.compile(r"[ \t\r\n]+")


def strengthened(text: str, before: str, after: str) -> str:
    """`text` with `before` and `after` in place of each pair of stars around strong words.

    Strong words neither begin nor end with a space; where they can, they have two characters or more. The time grows
    with the text's length alone: an opening without a closing is not looked for again.
    """
    pieces: list[str] = []
    done = start = 0
    closings = True
    while opening := _OPENING.search(text, start):
        first = opening.end()
        closing = _CLOSING.search(text, first + 2) if closings else None
        if closing:
            end = closing.start()
        else:
            closings = False
            end = first + 1
            if not text.startswith("**", end):
                start = opening.start() + 1
                continue
        pieces += (text[done : opening.start()], before, text[first:end], after)
        done = start = end + 2
    return "".join((*pieces, text[done:]))


@lru_cache(maxsize=4096)
def _said(text: str, marked: bool) -> str:
    """The words of a phrase; templates ask for those of one again and again."""
    text = _SPACES.sub(" ", text).strip()
    return strengthened(text, "", "") if marked else text


class Phrase(Struct, frozen=True):
    """Text from a user's file, its numbers filled in. `marked` says whether `**…**` in it means strong."""

    text: str
    origin: Origin
    statement: str | None = None
    marked: bool = True

    def telling(self, statement: str) -> Phrase:
        """The same phrase as the words of a statement."""
        return Phrase(self.text, self.origin, statement, self.marked)

    @property
    def place(self) -> Origin:
        """Where the text stands, as plans write it: the file's name in characters that a document can hold."""
        return Origin(encodable(self.origin.file), self.origin.line, self.origin.column)

    def __str__(self) -> str:
        return _said(self.text, self.marked)

    def __bool__(self) -> bool:
        return bool(str(self))

    def __html__(self) -> Markup:
        body = escape(_SPACES.sub(" ", self.text).strip())
        if self.marked:
            body = Markup(strengthened(str(body), "<strong>", "</strong>"))  # noqa: S704 - escaped one line above
        told = f' data-statement="{escape(self.statement)}"' if self.statement else ""
        place = self.place
        at = escape(f"{place.line}:{place.column}:{place.file}")
        return Markup(f'<span data-at="{at}"{told}>{body}</span>')  # noqa: S704 - each part is escaped above
