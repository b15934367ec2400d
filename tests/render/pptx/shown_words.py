"""Where the words of a deck stand as LibreOffice shows it, against the places of the slide that they belong in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
from msgspec import Struct
from pptx.oxml.ns import qn

EDGE = 1.5
"""Points by which a glyph's box may stand over its placeholder on a slide of 960 pt or less: rounding, and bearings."""
SPACES = re.compile(r"[\s\u00a0•]+")
HYPHENS = re.compile("[\ufffe\x02]")
"""How pdfium gives a hyphen at the end of a line."""


def outside_boxes(file: Any, shown: pypdfium2.PdfDocument) -> list[str]:
    """What a deck's slides draw outside the places where it belongs."""
    width, height = file.slide_width / 12700, file.slide_height / 12700
    outside: list[str] = []
    for number, (page, slide) in enumerate(zip(shown, file.slides, strict=True), start=1):
        glyphs = _Glyphs(page, width, height)
        for box in _boxes(slide):
            outside += [f"slide {number}: '{text}' of {box.name}" for text in glyphs.outside(box)]
        frames = list(_frames(slide))
        outside += [f"slide {number}: '{g.text}' outside every chart and picture" for g in glyphs.left(frames)]
    return outside


def squeezed(text: str) -> str:
    """Text without spaces and bullets."""
    return SPACES.sub("", HYPHENS.sub("-", text))


class _Box(Struct, frozen=True):
    """A place of a slide and the words that belong in it; points from the slide's top left corner."""

    name: str
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, glyph: _Glyph, edge: float) -> bool:
        return (
            glyph.left >= self.left - edge and glyph.right <= self.right + edge
            and glyph.top >= self.top - edge and glyph.bottom <= self.bottom + edge
        )  # fmt: skip


class _Glyph(Struct, frozen=True):
    text: str
    left: float
    top: float
    right: float
    bottom: float


class _Glyphs:
    """What a page draws, in the order of its shapes; each is taken once by the box that its words belong in."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        text = page.get_textpage()
        across, down = width / page.get_width(), height / page.get_height()
        self.edge = EDGE * max(1.0, width / 960)
        self.all: list[_Glyph] = []
        for index in range(text.count_chars()):
            char = squeezed(text.get_text_range(index, 1))
            if char:
                left, bottom, right, top = text.get_charbox(index)
                high = page.get_height()
                self.all.append(
                    _Glyph(char, left * across, (high - top) * down, right * across, (high - bottom) * down)
                )
        self.free = [True] * len(self.all)

    def outside(self, box: _Box) -> Iterator[str]:
        """The words of a box that are not drawn, or that stand over its edge."""
        # A theme may have its words shown in capitals.
        wanted = squeezed(box.text).lower()
        said = "".join(g.text.lower() if free else "\0" for g, free in zip(self.all, self.free, strict=True))
        places = [m.start() for m in re.finditer(re.escape(wanted), said)]
        if not places:
            yield f"{box.text[:60]} (not drawn in one piece)"
            return
        start = next((p for p in places if box.holds(self.all[p], self.edge)), places[0])
        for at in range(start, start + len(wanted)):
            self.free[at] = False
        if any(not box.holds(glyph, self.edge) for glyph in self.all[start : start + len(wanted)]):
            yield box.text[:60]

    def left(self, frames: list[_Box]) -> Iterator[_Glyph]:
        """Glyphs that no box took and no chart, drawing or slide number frames."""
        for glyph, free in zip(self.all, self.free, strict=True):
            if free and not any(frame.holds(glyph, self.edge) for frame in frames):
                yield glyph


def _place(shape: Any) -> tuple[float, float, float, float]:
    left, top, width, height = (value / 12700 for value in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + width, top + height


def _boxes(slide: Any) -> Iterator[_Box]:
    """Each paragraph of each placeholder with the placeholder's place, and each cell of each table."""
    for shape in slide.shapes:
        if shape.has_table:
            yield from _cells(shape)
        elif shape.has_text_frame and shape.shape_type != 6 and shape._element.find(f".//{qn('a:fld')}") is None:
            for line in shape.text_frame.text.split("\n"):
                yield _Box(shape.name, line.replace("\v", ""), *_place(shape))


def _cells(frame: Any) -> Iterator[_Box]:
    left, top, _, _ = _place(frame)
    x = left
    rights: list[float] = []
    for column in frame.table.columns:
        x += column.width / 12700
        rights.append(x)
    y = top
    for row in frame.table.rows:
        low = y + row.height / 12700
        for number, cell in enumerate(row.cells):
            start = rights[number - 1] if number else left
            if cell.text_frame.text.strip():
                yield _Box("a table's cell", cell.text_frame.text, start, y, rights[number], low)
        y = low


def _frames(slide: Any) -> Iterator[_Box]:
    """Places whose words are not told one by one: charts, drawings, the slide number, bullets."""
    for shape in slide.shapes:
        number = shape.has_text_frame and shape._element.find(f".//{qn('a:fld')}") is not None
        if shape.has_chart or shape.shape_type == 6 or number or (shape.is_placeholder and shape.has_text_frame):
            yield _Box(shape.name, "", *_place(shape))
