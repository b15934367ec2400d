"""What a made deck is judged by as LibreOffice shows it: words in their boxes, and their contrast, pixel by pixel.

The colour of a letter is what the PDF says; what lies behind it is what is seen where all text is taken away.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

OFFICE = shutil.which("soffice")
SCALE = 1.0
"""Pixels of a point. What is behind text changes slowly: its edges need no more."""
LEAST, LEAST_LARGE = 4.5, 3.0
LARGE, LARGE_BOLD = 24.0, 18.66
SLACK = 0.1
"""What a contrast may lack by rounding colours to 8 bits, twice."""
CROSSED = 2.0
"""Points by which two lines may stand over one another: accents and tails of tight lines."""
_SHARE = 0.06
"""The part of a line's pixels with the least contrast that is not counted: edges of what is drawn beside it."""


class Letter(Struct, frozen=True):
    """One character: where it stands (points from the top left corner), its size in points, boldness, colour."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    colour: tuple[int, int, int]


def converted(files: Iterable[Path], profile: Path, out: Path, at_once: int = 24) -> None:
    """The PDFs of many decks, in few calls."""
    listed = list(files)
    for start in range(0, len(listed), at_once):
        command = [str(OFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", str(out), *map(str, listed[start : start + at_once])]
        subprocess.run(command, capture_output=True, timeout=600, check=True)


def faint(path: Path) -> Iterator[str]:
    """Lines of text of a PDF that have too little contrast with what is behind them."""
    shown = pypdfium2.PdfDocument(path)
    for number, page in enumerate(shown, start=1):
        letters = list(letters_of(page))
        ground = _without_text(page)
        for line in _lines(letters):
            found, behind = _contrast(line, ground)
            # A bullet is a mark, not a word.
            large = line[0].size >= LARGE or (line[0].bold and line[0].size >= LARGE_BOLD) or _bullet(line)
            if found < (LEAST_LARGE if large else LEAST) - SLACK:
                said = "".join(letter.text for letter in line)[:40]
                ink = "#{:02X}{:02X}{:02X}".format(*line[0].colour)
                on = "#{:02X}{:02X}{:02X}".format(*behind)
                yield f"slide {number}: {found:.1f}:1, {ink} on {on}: '{said}'"


def crossed(path: Path) -> Iterator[str]:
    """Lines of text of a PDF that are drawn over one another."""
    for number, page in enumerate(pypdfium2.PdfDocument(path), start=1):
        lines = [(_box(line), "".join(one.text for one in line)[:30]) for line in _lines(letters_of(page))]
        for n, (box, said) in enumerate(lines):
            for other, more in lines[n + 1 :]:
                across = min(box[2], other[2]) - max(box[0], other[0])
                if across > CROSSED and min(box[3], other[3]) - max(box[1], other[1]) > CROSSED:
                    yield f"slide {number}: '{said}' and '{more}'"


def _box(line: list[Letter]) -> tuple[float, float, float, float]:
    return (
        min(one.left for one in line), min(one.top for one in line),
        max(one.right for one in line), max(one.bottom for one in line),
    )  # fmt: skip


def letters_of(page: Any) -> Iterator[Letter]:
    """All characters of a page that are seen."""
    text = page.get_textpage()
    high = page.get_height()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix = pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if code <= 32 or code in (0xA0, 0xFFFE):
            continue
        left, bottom, right, top = text.get_charbox(index)
        pdfium.FPDFText_GetFillColor(text.raw, index, red, green, blue, alpha)
        pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
        size = pdfium.FPDFText_GetFontSize(text.raw, index) * max(abs(matrix.d), abs(matrix.b))
        bold = pdfium.FPDFText_GetFontWeight(text.raw, index) >= 600
        yield Letter(
            chr(code), left, high - top, right, high - bottom, size, bold, (red.value, green.value, blue.value)
        )


def _lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters that follow one another in one line, in one colour and size."""
    line: list[Letter] = []
    for one in letters:
        last = line[-1] if line else one
        near = abs(one.bottom - last.bottom) < 0.6 * one.size and -one.size < one.left - last.right < one.size
        if line and not (near and one.colour == last.colour and abs(one.size - last.size) < 0.5):
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _bullet(line: list[Letter]) -> bool:
    return len(line) == 1 and not line[0].text.isalnum()


def _without_text(page: Any) -> Any:
    """The page's picture without its words."""
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8):
        pdfium.FPDFTextObj_SetTextRenderMode(one.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    return page.render(scale=SCALE).to_pil().convert("RGB")


def _contrast(line: list[Letter], ground: Any) -> tuple[float, tuple[int, int, int]]:
    """The least contrast of a line with the pixels behind it, but for few; and such a pixel."""
    box = (
        max(0, int(min(one.left for one in line) * SCALE)), max(0, int(min(one.top for one in line) * SCALE)),
        min(ground.width, int(max(one.right for one in line) * SCALE) + 1),
        min(ground.height, int(max(one.bottom for one in line) * SCALE) + 1),
    )  # fmt: skip
    if box[0] >= box[2] or box[1] >= box[3]:
        return 21.0, (255, 255, 255)
    seen: dict[tuple[int, int, int], int] = defaultdict(int)
    crop = ground.crop(box)
    for count, colour in crop.getcolors(crop.width * crop.height):
        seen[colour] += count
    ratios = sorted((ratio(line[0].colour, colour), colour) for colour in seen)
    left = _SHARE * sum(seen.values())
    for found, colour in ratios:
        left -= seen[colour]
        if left < 0:
            return found, colour
    return ratios[-1]


@lru_cache(maxsize=100_000)
def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours after WCAG 2.2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
