"""Text → words: what counts as one word, and which of them are figures or abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

Kind = Literal["word", "figures", "abbreviation"]

_CHUNK = re.compile(r"[^\s/|–—…]+")
_EDGES = "\"'“”„«»‘’()[]{}<>.,;:!?¡¿·•*=+-−→"
_ROMAN = re.compile(r"(?=..)[IVX]{1,5}")
_PARTS = re.compile(r"[-‑]")
_LONGEST_ABBREVIATION = 5


class Word(Struct, frozen=True):
    """One word as printed, without the marks around it. `start` is where it begins in its text.

    A compound with hyphens is one word. Figures are what begins with a digit, and Roman numerals; abbreviations are
    capitals alone (US), or letters with digits (MM1).
    """

    text: str
    start: int
    kind: Kind = "word"

    @property
    def key(self) -> str:
        """The word as vocabularies list it: in lower case, with a plain apostrophe and hyphen."""
        return self.text.lower().replace("’", "'").replace("‑", "-")

    @property
    def parts(self) -> tuple[str, ...]:
        """The pieces of a compound, each of which is counted in syllables by itself."""
        return tuple(part for part in _PARTS.split(self.key.replace("'", "")) if part)


# Rules read the same sentences again and again, and another clinic's documents have nearly all of them.
@lru_cache(maxsize=4096)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text in order. A slash or dash parts words; a chunk without letter or digit is none."""
    return tuple(_words_in(text))


def _words_in(text: str) -> Iterator[Word]:
    for chunk in _CHUNK.finditer(text):
        inner = chunk[0].strip(_EDGES)
        if any(c.isalnum() for c in inner):
            yield Word(inner, chunk.start() + chunk[0].index(inner), _kind(inner))


def _kind(text: str) -> Kind:
    if text[0].isdigit() or _ROMAN.fullmatch(text):
        return "figures"
    if "-" in text or "‑" in text:
        return "word"
    letters = [c for c in text if c.isalpha()]
    if any(c.isdigit() for c in text):
        return "abbreviation"
    capitals = 2 <= len(letters) <= _LONGEST_ABBREVIATION and all(c.isupper() for c in letters)
    return "abbreviation" if capitals else "word"
