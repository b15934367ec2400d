"""The marks that a wrong encoding leaves: a text in, the pieces that were other letters, with what they were, out.

UTF-8 that a program took for Windows-1252 shows two or three odd signs for each letter: `Ã©` for é, `â€™` for an
apostrophe. What could not be decoded at all is U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from msgspec import Struct

_LOST = "\N{REPLACEMENT CHARACTER}"


def _shown(byte: int) -> str:
    """What Windows-1252 shows for a byte; of the five that it leaves free, what browsers do."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_shown(byte): byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    return "[" + "".join(re.escape(_shown(byte)) for byte in range(first, last + 1)) + "]"


_FURTHER = _class(0x80, 0xBF)
# Of two bytes Latin, Greek, Cyrillic, Hebrew and Arabic letters are made, and accents; with the others as the first of
# them stand letters that hardly anybody writes, but CAFÉ and Spaß end in such a sign.
_FIRST_OF_TWO = f"(?:{_class(0xC2, 0xC5)}|{_class(0xCC, 0xD1)}|{_class(0xD7, 0xDB)})"
_MARKS = re.compile(
    f"{_LOST}|{_FIRST_OF_TWO}{_FURTHER}|{_class(0xE0, 0xEF)}{_FURTHER}{{2}}|{_class(0xF0, 0xF4)}{_FURTHER}{{3}}"
    "|(?<=[a-zß-ÿ])Ã(?=[a-zß-ÿ])"
)
_CLOSING = frozenset("”’“‘»›…–—\N{NO-BREAK SPACE}.®™¹²³")
"""What may stand behind a word in capitals."""
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


class Mark(Struct, frozen=True):
    """A piece of a text, where it begins, and the letter that it was; "" where that is lost."""

    text: str
    start: int
    meant: str


def marks_in(text: str) -> Iterator[Mark]:
    """The marks of a wrong encoding in a text.

    A capital with a closing quote, a dash or a space behind it counts only within a word or behind a small letter:
    `“MANHÔ` may be Portuguese, `tomÃ³` is not. The second of the signs for í is one that many programs drop: `dÃa`.
    """
    if text.isascii():
        return
    for found in _MARKS.finditer(text):
        piece = found[0]
        if piece == _LOST:
            yield Mark(piece, found.start(), "")
            continue
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        if len(piece) == 2 and piece[1] in _CLOSING and not after.isalpha() and not before.islower():
            continue
        whole = f"{piece}{_SOFT_HYPHEN}" if len(piece) == 1 else piece
        try:
            meant = bytes(_BYTES[sign] for sign in whole).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if category(meant) == "Cn":  # no character at all, as of 3×½
            continue
        yield Mark(piece, found.start(), meant)
