"""What is known of the fonts that a presentation may name: a family's name in, its proportions out.

A presentation carries the names of its fonts, seldom the fonts. Arial and Times New Roman have exact, public widths
(Adobe's AFM files of Helvetica and Times, which Liberation Sans and Serif share). Of other families the average width
beside Arial's and the height of a line are known; every character is then taken as Arial's, that much wider.

A name may say a weight, a cut for a size and its foundry's marks ("Avenir Next LT Pro Demi"); these are told from the
family, which alone has proportions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from handouts.render.pptx.template.known_families import GUESSED, MEASURED, SAME

T = TypeVar("T")

AFM = ("Helvetica", "Helvetica-Bold")
SAFETY = 1.03
"""Average widths are raised by this factor, since single characters stray from a family's average."""
GUESS = 1.06
"""That factor for families whose average is a guess."""
MEDIUM, HEAVY = 1.035, 1.06
"""How much wider than the regular face a medium one is, and than the bold face a heavier one: the most of 24 families
that Capsize has these of, whose semibold faces are narrower than the bold ones.
"""
EXPANDED = 1.25
"""How much wider than its family one is that is called wide."""
WIDEST, WIDEST_STRONG, TALLEST = 1.15, 1.19, 1.4
"""What a family that is not known is taken for: as wide as Verdana, the widest of those for text, and as tall as most.

Of 1,067 families with and without serifs that Capsize has, nine in ten are no wider.
"""


class NamedFont(Struct, frozen=True):
    """Proportions of a family: widths as factors on its AFM faces', `line` as a multiple of the type size."""

    name: str
    faces: tuple[str, str] = AFM
    regular: float = 1
    strong: float = 1
    line: float = 1.149
    known: bool = True

    @property
    def exact(self) -> bool:
        """Whether every character's width is known."""
        return self.known and self.regular == self.strong == 1


_TIMES = ("Times-Roman", "Times-Bold")
_COURIER = ("Courier", "Courier-Bold")
_EXACT: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("arial", "helvetica", "liberation sans", "arimo", "nimbus sans"), AFM),
    **dict.fromkeys(("times new roman", "times", "liberation serif", "tinos", "nimbus roman"), _TIMES),
    **dict.fromkeys(("courier new", "courier", "liberation mono", "cousine"), _COURIER),
}

_ONE_WIDTH = ("mono", "monospace", "monospaced", "code", "console", "consolas", "typewriter", "terminal", "courier")
"""Words of the names of fonts whose letters are of one width, which is at most Courier's."""
_MARKS = frozenset((
    "mt", "ps", "psmt", "std", "pro", "pron", "lt", "com", "w1g", "w02", "w04", "otf", "ot", "ttf", "vf", "var",
    "variable", "ui", "new", "nova", "next", "now", "neue", "regular", "rg", "book", "bk", "roman", "normal", "text",
    "display", "headline", "caption", "small", "micro", "subhead", "heading", "deck", "thin", "hairline", "extralight",
    "ultralight", "light", "semilight", "demilight", "w3", "sc", "tc", "jp", "kr", "hk", "cyr", "ce", "greek",
    "condensed", "narrow", "compressed", "cond", "cn", "semicondensed", "extracondensed", "italic", "oblique", "it",
    "bt",
))  # fmt: skip
"""Words of a name that do not make its letters wider than the family's regular ones."""
_EXACT_MARKS = frozenset(("mt", "ps", "psmt", "std", "lt", "regular", "roman", "normal"))
"""Those of them that change no width."""
_WIDE = frozenset(("wide", "extended", "expanded", "ext", "extd", "semiexpanded", "extraexpanded"))
_WEIGHTS = {
    **dict.fromkeys(("medium", "med", "md"), "medium"),
    **dict.fromkeys(("semibold", "demibold", "demi", "semi", "bold", "bd", "w6"), "bold"),
    **dict.fromkeys(("extrabold", "ultrabold", "extra", "ultra", "heavy", "black", "blk", "fat", "poster"), "heavy"),
}
_JOINED = re.compile(r"\b(semi|demi|extra|ultra) (bold|light|condensed|expanded)\b")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=\d{2})")
_NUMBER = re.compile(r"\d{2,3}")
_CUT = re.compile(r"\d+pt")
"""The size that a cut of a family is drawn for."""


@lru_cache(maxsize=512)
def family(name: str) -> NamedFont:
    """The family of this name; one that is not known is taken to be as wide and tall as the widest text families."""
    words = _words(name)
    for count in range(len(words), 0, -1):
        marks = words[count:]
        if not all(map(_is_mark, marks)):
            break
        if found := _of("".join(words[:count]), name, exact=_EXACT_MARKS.issuperset(marks)):
            return _weighted(found, marks)
    if any(word in _ONE_WIDTH for word in words):
        return NamedFont(name, _COURIER, SAFETY, SAFETY, TALLEST, known=False)
    return _weighted(NamedFont(name, AFM, WIDEST * SAFETY, WIDEST_STRONG * SAFETY, TALLEST, known=False), words)


def _words(name: str) -> list[str]:
    """The words of a name, also of one that is written as PostScript has it ("SourceSansPro-SemiBold")."""
    spaced = _CAMEL.sub(" ", re.sub(r"[-_,]", " ", unicodedata.normalize("NFKC", name)))
    return _JOINED.sub(r"\1\2", spaced.casefold()).split()


def _is_mark(word: str) -> bool:
    known = word in _MARKS or word in _WEIGHTS or word in _WIDE
    return known or bool(_NUMBER.fullmatch(word) or _CUT.fullmatch(word))


def _of(key: str, name: str, *, exact: bool) -> NamedFont | None:
    """The family that goes by these letters, spaces left out."""
    if key in _EXACT_KEYS:
        safety = 1 if exact else SAFETY
        return NamedFont(name, _EXACT_KEYS[key], safety, safety)
    key = _SAME_KEYS.get(key, key)
    for table, safety in ((_MEASURED_KEYS, SAFETY), (_GUESSED_KEYS, GUESS)):
        if key in table:
            regular, strong, line = table[key]
            return NamedFont(name, AFM, regular * safety, strong * safety, line)
    return None


def _weighted(found: NamedFont, marks: list[str]) -> NamedFont:
    """The family in the weight and width that its name says; one whose regular face is bold has no wider one."""
    weights = {weight for mark in marks if (weight := _weight(mark))}
    wide = EXPANDED if _WIDE.intersection(marks) else 1
    faces, regular, strong = found.faces, found.regular * wide, found.strong * wide
    if "heavy" in weights or "bold" in weights:
        heavy = HEAVY if "heavy" in weights else 1
        faces, regular, strong = (faces[1], faces[1]), strong * heavy, strong * heavy
    elif "medium" in weights:
        regular *= MEDIUM
    return NamedFont(found.name, faces, regular, strong, found.line, found.known)


def _weight(mark: str) -> str:
    """The weight of a word; of a number too, of hundreds as in style sheets and of tens as Frutiger gave them."""
    if _NUMBER.fullmatch(mark):
        tens = int(mark) // (100 if len(mark) == 3 else 10)
        return "heavy" if tens >= 8 else "bold" if tens >= 6 else "medium" if tens == 5 and len(mark) == 3 else ""
    return _WEIGHTS.get(mark, "")


def _keys(table: dict[str, T]) -> dict[str, T]:
    return {key.replace(" ", ""): value for key, value in table.items()}


_EXACT_KEYS, _MEASURED_KEYS, _GUESSED_KEYS = _keys(_EXACT), _keys(MEASURED), _keys(GUESSED)
_SAME_KEYS = {key: value.replace(" ", "") for key, value in _keys(SAME).items()}
