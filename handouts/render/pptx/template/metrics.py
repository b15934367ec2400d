"""How much room text takes in a font: runs, a size and a width in, lines and heights in points out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from handouts.plan.text import Runs
from handouts.render.pptx.template.families import NamedFont, family
from handouts.render.pptx.template.oxml import legal

LEAST_LINE = 1.2
"""The least height of a line that is reckoned with, as a multiple of the type size; Arial's own is 1.149."""

_TALL = 1.25
"""The natural height above which lines are set closer, 1.2 times the type apart, as they are in PowerPoint whatever the
font (measured in its PDFs by office2pdf, pull request 525, and betteroffice, 730): what other programs make of a tall
font, and what nobody knows of an unknown one, then takes no room.
"""

_WIDE_RANGES = ((0x2190, 0x21FF), (0x2500, 0x27BF), (0x1F000, 0x1FAFF))
_SPACES = {
    "\u2002": 0.5, "\u2003": 1.0, "\u2004": 0.34, "\u2005": 0.25, "\u2006": 0.17, "\u2007": 0.556, "\u2008": 0.278,
    "\u2009": 0.2, "\u200a": 0.1, "\u202f": 0.2,
}  # fmt: skip
"""Widths of spaces in type sizes (Unicode, chapter 6.2)."""
_LIKE = {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "⅓": "½", "⅔": "½", "⅛": "½"}
"""Characters as wide as others; what Unicode says of the rest is enough."""
_SAFETY = 1.005
_PLAIN = re.compile(r"[ -~\xa1-\xff\u2010-\u2026]*")
"""Text that breaks at spaces alone."""


class _Widths(dict[str, float]):
    """Widths at size 1 by character and by word, filled as they are asked for."""

    def __init__(self, face: str, factor: float) -> None:
        self.face = face
        self.factor = factor * _SAFETY

    def __missing__(self, text: str) -> float:
        width = self._char(text) if len(text) == 1 else sum(map(self.__getitem__, text))
        if len(self) < 20_000:
            self[text] = width
        return width

    def _char(self, char: str) -> float:
        if char == "\n" or unicodedata.combining(char) or unicodedata.category(char) == "Cf":
            return 0.0
        if char in _SPACES:
            return _SPACES[char] * self.factor
        if not _is_known(char):
            code = ord(char)
            if unicodedata.east_asian_width(char) in "WF" or any(a <= code <= b for a, b in _WIDE_RANGES):
                return max(_SAFETY, self.factor)
            same = _LIKE.get(char) or unicodedata.normalize("NFKC", char)
            if same == char or not all(map(_is_known, same)):
                return (0.8 if char.isupper() else 0.6) * self.factor
            char = same
        return float(stringWidth(char, self.face, 1)) * self.factor


class SlideMetrics:
    """Measures text in one family.

    `line` is the natural height of a line as a multiple of the type size; `closed` says that paragraphs are not set at
    it, so that their pitch must be written out.
    """

    def __init__(self, of: NamedFont) -> None:
        self.family = of
        self.line = max(LEAST_LINE, of.line * 1.01)
        self.closed = not of.known or of.line > _TALL
        self._regular = _Widths(of.faces[0], of.regular)
        self._strong = _Widths(of.faces[1], of.strong)

    def pitch(self, spacing: float = 1) -> float:
        """From line to line of a paragraph with this line spacing, a factor, as a multiple of the type size.

        What a template takes off a tall font's lines is taken off their natural height.
        """
        natural = self.line * spacing
        return min(natural, LEAST_LINE * max(1.0, spacing)) if self.closed else natural

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """Width in points of one line of text set at `size` points."""
        return sum(map(self._table(strong).__getitem__, legal(text))) * size

    def wrap(self, text: str, size: float, width: float, *, strong: bool = False) -> list[str]:
        """The lines that `text` breaks into within `width` points."""
        table = self._table(strong)
        chars = [(c, table[c] * size) for c in legal(text)]
        return ["".join(c for c, _ in chars[a:b]).strip(" \n") for a, b in _breaks(chars, width)]

    def lines(self, runs: Runs, size: float, width: float, *, strong: bool = False, caps: bool = False) -> int:
        """How many lines these runs take within `width` points; no words are one empty line."""
        said = [(r.text.upper() if caps else r.text, self._table(strong or r.strong)) for r in runs]
        count = _quick_count(said, width / size)
        if count is not None:
            return count
        chars = [(c, table[c] * size) for text, table in said for c in legal(text)]
        return len(_breaks(chars, width))

    def advances(self, runs: Runs, size: float, *, strong: bool = False, caps: bool = False) -> list[float]:
        """Width in points of each character of these runs."""
        found: list[float] = []
        for run in runs:
            table = self._table(strong or run.strong)
            found += [sum(map(table.__getitem__, legal(c.upper() if caps else c))) * size for c in run.text]
        return found

    def _table(self, strong: bool) -> _Widths:
        return self._strong if strong else self._regular


def _is_known(char: str) -> bool:
    """Whether the metrics of a font's AFM file have a character."""
    try:
        char.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def metrics(name: str) -> SlideMetrics:
    """The metrics of a family by name, made once."""
    return SlideMetrics(family(name))


def _quick_count(said: Iterable[tuple[str, _Widths]], room: float) -> int | None:
    """Lines of text that breaks at spaces alone, `room` in type sizes; None where it breaks otherwise."""
    words: list[tuple[float, float]] = []
    word = space = 0.0
    for text, table in said:
        if not _PLAIN.fullmatch(text):
            return None
        for number, part in enumerate(text.split(" ")):
            if number:
                if word:
                    words.append((space, word))
                    word = space = 0.0
                space += table[" "]
            if part:
                word += table[part]
    if word:
        # A space at the end hangs over the edge.
        words.append((space, word))
    lines, used = 1, 0.0
    for before, wide in words:
        if wide > room:
            return None
        if used and used + before + wide > room:
            lines, used = lines + 1, wide
        else:
            used += before + wide
    return lines


def _breaks(chars: list[tuple[str, float]], width: float) -> list[tuple[int, int]]:
    """Greedy line breaking at spaces, between wide characters, and within a word that is wider than the line: there
    after a hyphen, as viewers do, which leaves more of the line free.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    chance = hyphen = 0
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
                end = chance if chance > start else hyphen if hyphen > start else i
                lines.append((start, end))
                start = chance = end
                used = sum(w for _, w in chars[start:i])
            used += advance
            if char in "-–":
                hyphen = i + 1
        i += 1
    lines.append((start, len(chars)))
    return lines
