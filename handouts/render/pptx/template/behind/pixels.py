"""A picture of a template in → its colours as a small grid out, so that what lies behind a text can be told.

The picture is a stranger's: only kinds and sizes that cost little are read, and none that cannot be read is an error.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.paints import Paint
from handouts.render.pptx.template.parts import PackagePart

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST = 24_000_000
"""The most pixels of all pictures of a template that are read: three as large as the largest screens (3840 × 2160)."""
_SIDE = 160
"""The most cells of a grid along a side: on a slide each is a tenth of an inch."""


class Pixels(Struct, frozen=True):
    """A picture's colours: `width` × `height` cells of four bytes, from the top left; `points` are its own size."""

    width: int
    height: int
    data: bytes
    points: tuple[float, float]

    def at(self, across: float, down: float) -> Paint:
        """The colour at a place, given in parts of the width and height."""
        column = min(self.width - 1, max(0, int(across * self.width)))
        row = min(self.height - 1, max(0, int(down * self.height)))
        red, green, blue, cover = self.data[4 * (row * self.width + column) :][:4]
        return Paint(red / 255, green / 255, blue / 255, cover / 255)


class Album:
    """Reads the pictures of one template, each once."""

    def __init__(self, parts: Mapping[str, PackagePart]) -> None:
        self._parts = parts
        self._left = _MOST
        self._read: dict[str, Pixels | None] = {}

    def pixels(self, name: str) -> Pixels | None:
        """The picture of a part; None where it is of strokes, too large or damaged."""
        if name not in self._read:
            part = self._parts.get(name)
            self._read[name] = None if part is None else self._pixels(part.data)
        return self._read[name]

    def _pixels(self, data: bytes) -> Pixels | None:
        # Late, because most templates have no picture behind their text and Pillow is slow to load.
        from PIL import Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as source:
                    size = source.width * source.height
                    if size > self._left:
                        return None
                    self._left -= size
                    return _grid(source)
        except Exception:
            # Pillow's parsers raise what they like for damage; what PowerPoint makes of such a picture is not known.
            return None


def _grid(source: Any) -> Pixels:
    per_inch = source.info.get("dpi") or (96, 96)
    points = tuple(
        side * 72 / (float(one) if float(one) > 1 else 96) for side, one in zip(source.size, per_inch, strict=False)
    )
    source.draft("RGB", (4 * _SIDE, 4 * _SIDE))
    times = max(1, min(source.size) // (2 * _SIDE))
    small = source.convert("RGBA") if "transparency" in source.info or source.mode in ("LA", "PA", "RGBA") else None
    small = (small or source.convert("RGB")).reduce(times)
    if max(small.size) > 2 * _SIDE:
        small = small.reduce(-(-max(small.size) // (2 * _SIDE)))
    return Pixels(small.width, small.height, small.convert("RGBA").tobytes(), (points[0], points[1]))
