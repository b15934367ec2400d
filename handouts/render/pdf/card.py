"""Wallet cards: a Card plan, a theme, card stock and a print run in, sheets of equal cards as a tagged PDF out.

Only the first card is content; the others are artifacts, since nobody wants the same card read ten times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from handouts.plan.blocks import Block
from handouts.plan.documents import Card, Meta
from handouts.problems import Problem, ProblemsError
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.imposition import Page, impose
from handouts.render.pdf.layout.boxes import draw_stack, stack_height
from handouts.render.pdf.layout.excess import laid_out
from handouts.render.pdf.layout.fit import PagePlan, fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.openings import Openings
from handouts.render.pdf.layout.setting import MM, Typography
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme
from handouts.theme.sheet import DUPLEX, Sheet

SAFE_MARGIN = 3 * MM
"""Points inside the trim that stay free, since printers and cutters are not exact."""
BAND = 2 * MM
"""How far the band of colour at a card's upper edge reaches inside the trim, on stock that bleeds."""
FRONT, BACK, BARE = "Front", "Back", "Bare"
"""Names of the forms that show a card's faces, but for the first card, and of those with all else on a page."""
_HAIRLINE = 0.35
_DASH = 3.0


def render_card(
    card: Card,
    theme: Theme,
    sheet: Sheet,
    printing: Printing | None = None,
    openings: Openings | None = None,
    canvas_of: Callable[[StructElement, Theme], TaggedCanvas] | None = None,
) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file: for each sheet of the print run its fronts and its backs, or one page of both.
    The `openings` stay open.

    Raises ProblemsError when a face does not fit its card or the font lacks a character, ValueError when the print run
    begins with a card that the sheet does not have.
    """
    printing = printing or Printing()
    document = StructElement("Document")
    problems: list[Problem] = []
    plans: list[PagePlan] = []
    for side in ("front", "back"):
        try:
            plans.append(_fitted(card, side, theme, sheet, document, openings))
        except ProblemsError as bad:
            problems.extend(bad.problems)
    if problems:
        raise ProblemsError(problems)
    named = zip((FRONT, BACK), plans, strict=True)
    front, back = (_Face(name, plan, _margin(theme), sheet) for name, plan in named)
    canvas = (canvas_of or TaggedCanvas)(document, theme)
    for page in impose(sheet, printing):
        with canvas.page(*sheet.paper_size), canvas.placed(page.correction):
            for face, places in ((front, page.fronts), (back, page.backs)):
                for place in places:
                    with canvas.placed(place):
                        face.draw(canvas)
            _draw_lines(canvas, page)
    return canvas.finish(card.meta, preferences=print_as_drawn(sheet, printing))


def render_bare_sheets(meta: Meta, theme: Theme, sheet: Sheet, printing: Printing) -> bytes:
    """The pages of a print run without the faces: bands of colour, crop marks and folds, each page's as a form `BARE`.

    Raises ValueError as `render_card` does.
    """
    canvas = TaggedCanvas(StructElement("Document"), theme)
    (width, height) = sheet.paper_size
    for number, page in enumerate(impose(sheet, printing)):
        with canvas.page(width, height):
            name = f"{BARE}{number}"
            with canvas.form(name, width, height):
                for place in (*page.fronts, *page.backs):
                    with canvas.placed(place):
                        _draw_band(canvas, sheet)
                _draw_lines(canvas, page)
            canvas.show(name, 0, 0, height=height)
    return canvas.finish(meta)


class _Face(Struct):
    """One side of the card: drawn as content the first time, shown as an artifact from then on."""

    name: str
    plan: PagePlan
    margin: float
    sheet: Sheet
    is_content: bool = True

    def draw(self, canvas: TaggedCanvas) -> None:
        """Draw it with the card's top left corner at the origin."""
        width, height = self.sheet.card_size
        _draw_band(canvas, self.sheet)
        if self.is_content:
            self._stack(canvas, height)
            self.is_content = False
            return
        if not canvas.has(self.name):
            with canvas.form(self.name, width, height):
                self._stack(canvas, height)
        canvas.show(self.name, 0, 0, height=height)

    def _stack(self, canvas: TaggedCanvas, height: float) -> None:
        boxes, knobs = self.plan.boxes, self.plan.knobs
        top = (height - stack_height(boxes, knobs)) / 2
        draw_stack(boxes, canvas, self.margin, top, knobs)


def _draw_band(canvas: TaggedCanvas, sheet: Sheet) -> None:
    bleed = sheet.bleed_size
    if bleed:
        canvas.rect(-bleed, -bleed, sheet.card_size[0] + 2 * bleed, bleed + BAND, fill="accent")


def _draw_lines(canvas: TaggedCanvas, page: Page) -> None:
    for line in page.cuts:
        canvas.line(*line, role="ink", width=_HAIRLINE)
    for x, top, _, foot in page.folds:
        y = top
        while y < foot:
            canvas.line(x, y, x, min(y + _DASH, foot), role="rule", width=_HAIRLINE)
            y += 2 * _DASH


def print_preferences(duplex: str) -> dict[str, str]:
    """What a print dialogue should begin with: the size as it is, and how the paper is turned, as PDF names it."""
    return {"PrintScaling": "None", "Duplex": duplex}


def print_as_drawn(sheet: Sheet, printing: Printing) -> dict[str, str]:
    """What a print dialogue should begin with: the size as it is, and both sides turned as the pages were laid out."""
    duplex = "Simplex" if sheet.fold_over else DUPLEX[printing.flip or sheet.usual_flip]
    return print_preferences(duplex)


def _fitted(
    card: Card,
    side: Literal["front", "back"],
    theme: Theme,
    sheet: Sheet,
    document: StructElement,
    openings: Openings | None,
) -> PagePlan:
    blocks = card.front if side == "front" else card.back
    margin = _margin(theme)
    width, height = (length - 2 * margin for length in sheet.card_size)

    def lay_out(blocks: Sequence[Block]) -> tuple[PagePlan, StructElement]:
        typography, sect = Typography.for_card(theme, openings), StructElement("Sect")
        boxes = Builder(typography, height).boxes(blocks, width, sect)
        if typography.problems:
            raise ProblemsError(typography.problems)
        (page,) = fit_pages(boxes, height, range(1, 2), theme.card.fit, f"the foot of the card's {side}")
        return page, sect

    leading = theme.card.scale.body.leading
    page, sect = laid_out(blocks, lay_out, clinic_file=card.meta.clinic_file, leading=leading)
    document.take(sect)
    return page


def _margin(theme: Theme) -> float:
    return max(theme.card.margin, SAFE_MARGIN)
