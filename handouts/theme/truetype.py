"""Metrics of TrueType files, as ReportLab reads them: what text is measured with is what it is drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from msgspec import Struct


class Metrics(Struct, frozen=True):
    """Metrics of a font file in 1/1000 of the size."""

    ascent: float
    descent: float
    widths: Mapping[int, float]
    """Code point → advance width, for each character that has a glyph."""
    default_width: float


@cache
def metrics(path: str) -> Metrics:
    """What the file at `path` says of itself."""
    from reportlab.pdfbase.ttfonts import TTFontFace

    face = TTFontFace(path)
    return Metrics(face.ascent, face.descent, MappingProxyType(face.charWidths), face.defaultWidth)
