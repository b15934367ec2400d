"""Wallet cards: a Card plan, a theme, card stock and a print run in, sheets of equal cards as a tagged PDF out.

Only the first card is content; the others are artifacts, since nobody wants the same card read ten times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import Block, Paragraph
from handouts.plan.documents import Card, Meta
from handouts.plan.leaving_out import LeftOut, optional_in, place_of, without_paragraphs
from handouts.plan.text import plain, squeezed
from handouts.problems import Origin, Problem, ProblemsError, warning
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.imposition import Page, impose
from handouts.render.pdf.layout.boxes import draw_stack, stack_height
from handouts.render.pdf.layout.excess import TooLongError
from handouts.render.pdf.layout.fit import PagePlan, fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.letters import unprintable
from handouts.render.pdf.layout.openings import Openings
from handouts.render.pdf.layout.remedies import Trials, laid_out, to_keep
from handouts.render.pdf.layout.setting import MM, NOWHERE, Typography, quoted
from handouts.theme.fonts import family
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme
from handouts.theme.sheet import DUPLEX, Sheet

Side = Literal["front", "back"]

SAFE_MARGIN = 3 * MM
"""Points inside the trim that stay free, since printers and cutters are not exact."""
BAND = 2 * MM
"""How far the band of colour at a card's foot reaches inside the trim, on stock that bleeds."""
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
    missing: dict[str, Origin] = {}
    plans: list[PagePlan] = []
    faces: tuple[tuple[Side, tuple[Block, ...]], ...] = (("front", card.front), ("back", card.back))
    for side, blocks in faces:

        def lay_out(rest: Sequence[Block], side: Side = side) -> tuple[PagePlan, StructElement]:
            return _lay_out(rest, side, theme, sheet, openings, missing)

        try:
            # Blanks that do not fit are laid out as a whole, where cuts are tried; here these would open more blanks.
            plan, sect = lay_out(blocks) if openings else _laid_out(blocks, lay_out, card.meta)
        except ProblemsError as bad:
            problems.extend(bad.problems)
            continue
        plans.append(plan)
        document.take(sect)
    if problems:
        # What cannot be printed is one problem of both faces.
        letters = unprintable(missing, family(theme.family))
        raise ProblemsError([*(one for one in problems if one.code != "PDF01"), *letters])
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


def fit_card(card: Card, theme: Theme, sheet: Sheet) -> tuple[Card, tuple[LeftOut, ...]]:
    """The card as its stock has room for it, and what it goes without: of a face's optional paragraphs the last ones,
    as few as can be. A face that does not fit without them either keeps them all.
    """
    front, of_front = _fitted(card.front, "front", theme, sheet, card.meta.always_said)
    back, of_back = _fitted(card.back, "back", theme, sheet, card.meta.always_said)
    return replace(card, front=front, back=back), (*of_front, *of_back)


def _laid_out(
    blocks: tuple[Block, ...], lay_out: Callable[[Sequence[Block]], tuple[PagePlan, StructElement]], meta: Meta
) -> tuple[PagePlan, StructElement]:
    """What `lay_out` makes of a face's blocks. Raises its ProblemsError, with what to cut: where the face has no room
    for the others either, without its optional paragraphs, so that nobody cuts words to make room for these.
    """
    try:
        return lay_out(blocks)
    except TooLongError:
        rest = without_paragraphs(blocks, optional_in(blocks, meta.always_said))
        try:
            lay_out(rest)
        except TooLongError:
            blocks = rest
        except ProblemsError:
            pass
        return laid_out(blocks, lay_out, lay_out, meta.clinic_file)


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
        width, height = sheet.card_size
        canvas.rect(-bleed, height - BAND, width + 2 * bleed, bleed + BAND, fill="accent")


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
    blocks: tuple[Block, ...], side: Side, theme: Theme, sheet: Sheet, always_said: Sequence[str]
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """A face without those of its optional paragraphs that it has no room for, and these."""
    optional = optional_in(blocks, always_said)
    for count in range(len(optional) + 1 if optional else 0):
        less = optional[len(optional) - count :]
        rest = without_paragraphs(blocks, less)
        try:
            _lay_out(rest, side, theme, sheet)
        except TooLongError:
            continue
        except ProblemsError:
            # A shorter face does not mend it, and who draws the card tells.
            break
        told: list[LeftOut] = []
        for one in less:
            kept = without_paragraphs(blocks, [other for other in less if other is not one])
            trials = Trials(kept, lambda blocks: _lay_out(blocks, side, theme, sheet))
            told.append(_left_out(one, blocks, side, to_keep(trials, [one])))
        return rest, tuple(told)
    return blocks, ()


def _left_out(paragraph: Paragraph, blocks: Sequence[Block], side: Side, advice: str) -> LeftOut:
    what = f"the card's {side} has no room for {quoted(paragraph.runs)}, and goes without"
    problem = warning(place_of(paragraph, blocks) or NOWHERE, "FIT03", what, advice)
    return LeftOut(squeezed(plain(paragraph.runs)), problem)


def _lay_out(
    blocks: Sequence[Block], side: Side, theme: Theme, sheet: Sheet, openings: Openings | None = None,
    missing: dict[str, Origin] | None = None,
) -> tuple[PagePlan, StructElement]:  # fmt: skip
    """A face's boxes and its structure. Raises ProblemsError, TooLongError where it does not fit.

    Characters that cannot be printed are added to `missing`.
    """
    width, height = (length - 2 * _margin(theme) for length in sheet.card_size)
    typography, sect = Typography.for_card(theme, openings), StructElement("Sect")
    boxes = Builder(typography, height).boxes(blocks, width, sect)
    if missing is not None:
        for char, place in typography.missing.items():
            missing.setdefault(char, place)
    if problems := typography.found():
        raise ProblemsError(problems)
    (page,) = fit_pages(boxes, height, range(1, 2), theme.card.fit, f"the foot of the card's {side}")
    return page, sect


def _margin(theme: Theme) -> float:
    return max(theme.card.margin, SAFE_MARGIN)
