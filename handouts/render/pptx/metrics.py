"""How much room text takes: paragraphs and a width in, lines and heights in points out.

Widths are those of Helvetica's AFM files, which Arial and Liberation Sans share, so that PowerPoint, Keynote and
LibreOffice break lines where this module does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from handouts.plan.text import Runs
from handouts.render.pptx.oxml import legal
from handouts.render.pptx.paragraphs import Para

LINE = 1.2
"""Height of a line as a multiple of the type size; Arial's own is 1.149."""

_WIDE_RANGES = ((0x2190, 0x21FF), (0x2500, 0x27BF), (0x1F000, 0x1FAFF))
_SAFETY = 1.005


@lru_cache(maxsize=4096)
def _em(char: str, strong: bool) -> float:
    """Width of a character at size 1: from the AFM where WinAnsi has it, else an estimate on the safe side."""
    if char == "\n" or unicodedata.combining(char):
        return 0.0
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        code = ord(char)
        wide = unicodedata.east_asian_width(char) in "WF" or any(a <= code <= b for a, b in _WIDE_RANGES)
        return 1.0 if wide else 0.6
    return float(stringWidth(char, "Helvetica-Bold" if strong else "Helvetica", 1))


def text_width(text: str, size: float, *, strong: bool = False) -> float:
    """Width in points of one line of text set at `size` points."""
    return sum(_em(c, strong) for c in legal(text)) * size * _SAFETY


def wrap(text: str, size: float, width: float, *, strong: bool = False) -> list[str]:
    """The lines that `text` breaks into within `width` points."""
    chars = [(c, _em(c, strong) * size * _SAFETY) for c in legal(text)]
    return ["".join(c for c, _ in chars[a:b]).strip(" \n") for a, b in _breaks(chars, width)]


def line_count(runs: Runs, size: float, width: float, *, strong: bool = False) -> int:
    """How many lines these runs take within `width` points; no words are one empty line."""
    chars = [(c, _em(c, strong or run.strong) * size * _SAFETY) for run in runs for c in legal(run.text)]
    return len(_breaks(chars, width))


def height(paras: Iterable[Para], width: float, spacing: float = 1) -> float:
    """Height in points of these paragraphs in a column `width` points wide, space above each included."""
    return sum(paragraph_height(p, width, spacing) for p in paras)


def paragraph_height(para: Para, width: float, spacing: float = 1) -> float:
    """Height in points of one paragraph with the space above it."""
    lines = line_count(para.runs, para.size, width - para.indent, strong=para.strong)
    return para.before + lines * para.size * LINE * spacing


def _breaks(chars: list[tuple[str, float]], width: float) -> list[tuple[int, int]]:
    """Greedy line breaking at spaces, between wide characters, and within a word that is wider than the line."""
    lines: list[tuple[int, int]] = []
    start = 0
    chance = 0
    used = 0.0
    i = 0
    while i < len(chars):
        char, advance = chars[i]
        if char == "\n":
            lines.append((start, i))
            start = chance = i + 1
            used = 0.0
        elif char == " ":
            used += advance
            chance = i + 1
        else:
            if unicodedata.east_asian_width(char) in "WF":
                chance = i
            if used + advance > width and i > start:
                end = chance if chance > start else i
                lines.append((start, end))
                start = chance = end
                used = sum(w for _, w in chars[start:i])
            used += advance
        i += 1
    lines.append((start, len(chars)))
    return lines
