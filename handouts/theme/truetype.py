"""Metrics of TrueType files, as ReportLab reads them: what text is measured with is what it is drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

LIKE = {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—"}
"""Characters that are drawn as others where a font has no glyph of their own: hyphens and dashes."""


class Metrics(Struct, frozen=True):
    """Metrics of a font file in 1/1000 of the size."""

    ascent: float
    descent: float
    widths: Mapping[int, float]
    """Code point → advance width, for each character that has a glyph."""
    default_width: float
    glyphs: Mapping[int, int]
    """Code point → number of its glyph, for the same characters."""


@cache
def metrics(path: str) -> Metrics:
    """What the file at `path` says of itself."""
    from reportlab.pdfbase.ttfonts import TTFontFace

    face = TTFontFace(path)
    complete(face)
    return Metrics(
        face.ascent,
        face.descent,
        MappingProxyType(face.charWidths),
        face.defaultWidth,
        MappingProxyType(face.charToGlyph),
    )


def complete(face: Any) -> None:
    """Gives a `TTFontFace` the characters that are drawn as others of its own."""
    for char, like in LIKE.items():
        if ord(char) not in face.charToGlyph and ord(like) in face.charToGlyph:
            face.charToGlyph[ord(char)] = face.charToGlyph[ord(like)]
            face.charWidths[ord(char)] = face.charWidths[ord(like)]
