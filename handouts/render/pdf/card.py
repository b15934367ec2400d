"""Wallet cards: a Card plan, a theme and card stock in, a two-sided sheet of equal cards as a tagged PDF out.

Page 1 holds the fronts, page 2 the backs in mirrored columns, for printing on both sides along the long edge. Only the
first card is content; the others are artifacts, since nobody wants the same card read ten times.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.plan.blocks import Block
from handouts.plan.documents import Card
from handouts.problems import ProblemsError
from handouts.render.pdf.boxes import draw_stack, stack_height
from handouts.render.pdf.build import Builder
from handouts.render.pdf.canvas import Canvas
from handouts.render.pdf.fit import PagePlan, fit_pages
from handouts.render.pdf.setting import MM, Setting
from handouts.render.pdf.tags import Element
from handouts.theme.schema import Theme
from handouts.theme.sheet import PAPERS, Sheet

SAFE_MARGIN = 3 * MM
"""Points inside the trim that stay free, since printers and cutters are not exact."""

_PRINT_AS_DRAWN = "/PrintScaling/None/Duplex/DuplexFlipLongEdge"


def render_card(card: Card, theme: Theme, sheet: Sheet) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file of two pages: the fronts and the backs of all cards of a sheet.

    Raises ProblemsError when a face does not fit its card or the font lacks a character.
    """
    width, height = PAPERS[sheet.paper]
    card_width, card_height = sheet.card_size
    document = Element("Document")
    front = _face("front", card.front, theme, sheet, document.add("Sect"))
    back = _face("back", card.back, theme, sheet, document.add("Sect"))
    fronts = sheet.slots()
    backs = [(width - x - card_width, y) for x, y in fronts]
    canvas = Canvas(document, theme.colours)
    margin = _margin(theme)
    for name, face, slots in (("Front", front, fronts), ("Back", back, backs)):
        with canvas.page(width, height):
            (x, y), *others = slots
            top = margin + (card_height - 2 * margin - stack_height(face.boxes, face.knobs)) / 2
            draw_stack(face.boxes, canvas, x + margin, y + top, face.knobs)
            if others:
                with canvas.form(name, card_width, card_height):
                    draw_stack(face.boxes, canvas, margin, top, face.knobs)
            for other_x, other_y in others:
                canvas.show(name, other_x, other_y, height=card_height)
    return canvas.finish(card.meta, preferences=_PRINT_AS_DRAWN)


def _face(side: str, blocks: Sequence[Block], theme: Theme, sheet: Sheet, parent: Element) -> PagePlan:
    setting, margin = Setting.for_card(theme), _margin(theme)
    width, height = (side - 2 * margin for side in sheet.card_size)
    boxes = Builder(setting, height).boxes(blocks, width, parent)
    if setting.problems:
        raise ProblemsError(setting.problems)
    (page,) = fit_pages(boxes, height, range(1, 2), theme.card.fit, f"the foot of the card's {side}")
    return page


def _margin(theme: Theme) -> float:
    return max(theme.card.margin, SAFE_MARGIN)
