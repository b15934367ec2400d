"""Words that viewers would break: kept whole on the next line where they have room there, else told.

PowerPoint breaks a line after any hyphen, so that a telephone number or a study's name may end up on two lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handouts.plan.blocks import Table
from handouts.plan.text import Run, Runs, first_origin, plain, squeezed
from handouts.problems import Origin, Problem, warning
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.layout.pieces import Drawn, TextPiece, insets
from handouts.render.pptx.layout.tables import column_widths, inset, is_strong, least_widths, text_size
from handouts.render.pptx.layout.whole_words import WORD, is_number
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import SlideMetrics, metrics
from handouts.render.pptx.template.oxml import legal

_PART = re.compile(r"[^-–]*[-–]?")
_LONGEST_SHOWN = 60
_WIDEST = 1.25
"""Widths of characters in type sizes are less, in every font that is known: most words need not be measured."""


def broken_words(pages: Iterable[SlidePage], look: DeckLook) -> Iterator[Problem]:
    """DECK12 for each word that is wider than its line, once a place."""
    told: set[tuple[str, Origin | None]] = set()
    for number, page in enumerate(pages, start=1):
        for runs, word in _broken(page, look):
            place = _origin(runs, word)
            if (word, place) not in told:
                told.add((word, place))
                yield _problem(page, number, word, place)


def _problem(page: SlidePage, number: int, word: str, place: Origin | None) -> Problem:
    title = squeezed(plain(page.slide.title))[:_LONGEST_SHOWN]
    shown = word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"
    if is_number(word):
        what, instead = "is broken over two lines", "shorten it, or give it a wider place"
    else:
        what, instead = "is broken inside the word", "write a shorter one, or a hyphen where it may be broken"
    message = f"slide {number} '{title}': '{shown}' is wider than its line, and {what}"
    return warning(place or Origin("deck"), "DECK12", message, instead)


def _broken(page: SlidePage, look: DeckLook) -> Iterator[tuple[Runs, str]]:
    title, style = page.bound.title, page.bound.title.style
    left, _, right, _ = style.insets
    room = title.area.width - left - right
    yield from _wide(page.slide.title, style.size, room, metrics(style.font), strong=style.strong, caps=style.caps)
    for placed in (one for pieces in page.placed.values() for one in pieces):
        match placed.piece:
            case TextPiece() as text:
                left, _, right, _ = insets(text)
                font, caps = metrics(text.style.font), text.style.caps
                for para in text.paras:
                    room = placed.area.width - left - right - para.indent
                    yield from _wide(para.runs, para.size, room, font, strong=para.strong, caps=caps)
            case Drawn(block=Table() as table):
                if _has_room(table, placed.area.width, look):
                    continue
                widths = column_widths(table, placed.area.width, look)
                for row, cells in enumerate((table.head, *table.rows)):
                    for cell, width in zip(cells, widths, strict=True):
                        strong = is_strong(table, row, cell)
                        size = text_size(table, row, look)
                        yield from _wide(cell.runs, size, width - 2 * inset(table), look.metrics, strong=strong)
            case _:
                pass


def _has_room(table: Table, width: float, look: DeckLook) -> bool:
    """Whether the longest words of all columns fit side by side, which then are as wide as these."""
    rows = (table.head, *table.rows)
    needed = 0.0
    for column in range(len(table.head)):
        sized = ((plain(cells[column].runs), text_size(table, row, look)) for row, cells in enumerate(rows))
        needed += max(_longest(text) * size for text, size in sized) * _WIDEST + 2 * inset(table)
    return needed <= width or sum(least_widths(table, look)) <= width


def _longest(text: str) -> int:
    """Characters of the longest word."""
    return max(map(len, WORD.findall(text)), default=0)


def _wide(
    runs: Runs, size: float, room: float, font: SlideMetrics, *, strong: bool, caps: bool = False
) -> Iterator[tuple[Runs, str]]:
    text = plain(runs)
    if _longest(text) * size * _WIDEST <= room:
        return
    for word in WORD.findall(legal(text)):
        # Bold letters are the wider ones; where a word is bold in part it is measured as all bold.
        bold = strong or any(run.strong and word in legal(run.text) for run in runs)

        def width(text: str, bold: bool = bold) -> float:
            return font.width(text.upper() if caps else text, size, strong=bold)

        if width(word) <= room + 0.5:
            continue
        parts = [word] if is_number(word) else _PART.findall(word)
        if any(width(part) > room + 0.5 for part in parts if part):
            yield runs, word


def _origin(runs: Runs, word: str) -> Origin | None:
    holding: tuple[Run, ...] = tuple(run for run in runs if word in legal(run.text))
    return first_origin(holding) or first_origin(runs)
