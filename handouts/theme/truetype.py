"""TrueType files as ReportLab reads and subsets them, by names that are not public: no other module knows them.

In: a font file and the characters that a document uses. Out: its metrics, and the subset's file.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Metrics:
    """Metrics of a font file in 1/1000 of the size; `flags` as in a PDF font descriptor."""

    postscript_name: str
    ascent: float
    descent: float
    cap_height: float
    italic_angle: float
    stem_v: float
    flags: int
    bbox: tuple[float, float, float, float]
    widths: Mapping[int, float]
    """Code point → advance width, for each character that has a glyph."""
    default_width: float


@cache
def metrics(path: str) -> Metrics:
    """What the file at `path` says of itself."""
    face = _face(path)
    return Metrics(
        postscript_name=face.name.decode("ascii"),
        ascent=face.ascent,
        descent=face.descent,
        cap_height=face.capHeight,
        italic_angle=face.italicAngle,
        stem_v=face.stemV,
        flags=int(face.flags),
        bbox=tuple(face.bbox),
        widths=MappingProxyType(face.charWidths),
        default_width=face.defaultWidth,
    )


@lru_cache(maxsize=64)
def subset(path: str, codes: tuple[int, ...]) -> bytes:
    """A TrueType file whose byte codes 0, 1, 2, … draw these Unicode values (0 for a code that draws nothing)."""
    with _LOCK:  # the face reads its file through one shared position
        return bytes(_face(path).makeSubset(list(codes)))


@cache
def _face(path: str) -> Any:
    from reportlab.pdfbase.ttfonts import TTFontFace

    return TTFontFace(path)
