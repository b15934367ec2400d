"""The patient handout: a Handout plan and a theme in, the bytes of a tagged PDF out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from handouts.plan.blocks import Block
from handouts.plan.documents import Footer, Handout
from handouts.plan.text import Run
from handouts.problems import ProblemsError, error
from handouts.render.pdf.draw.canvas import Canvas
from handouts.render.pdf.draw.tags import Element
from handouts.render.pdf.layout.boxes import Text, draw_stack, set_text
from handouts.render.pdf.layout.excess import laid_out
from handouts.render.pdf.layout.fit import PagePlan, fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.openings import Blanks
from handouts.render.pdf.layout.setting import NOWHERE, Knobs, Setting
from handouts.theme.schema import Colours, Theme
from handouts.theme.sheet import PAPERS

_PAPER_EDGE = 24.0
"""Points at the foot of the paper that office printers leave blank."""
_ABOVE_FOOTER = 9.0
_MOST_FOOTER_LINES = 2


def render_handout(
    handout: Handout,
    theme: Theme,
    paper: Literal["letter", "a4"],
    blanks: Blanks | None = None,
    canvas_of: Callable[[Element, Colours], Canvas] | None = None,
) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file of as few pages as the theme allows and the text needs. Its `blanks` stay open.

    Raises ProblemsError with every character that the font lacks, every word wider than its column, and, when the text
    is too long, each block past the end with the excess in millimetres.
    """
    width, height = PAPERS[paper]
    shape, setting = theme.handout, Setting.for_handout(theme)
    column = width - 2 * shape.margin
    most = shape.pages_most
    foot = max(text.height(Knobs()) for pair in _footers(handout.footer, most, column, setting) for text in pair)
    room = height - shape.margin_top - max(shape.margin_bottom, _PAPER_EDGE + foot + _ABOVE_FOOTER)
    foot_problems = tuple(setting.problems)

    def lay_out(blocks: Sequence[Block]) -> tuple[Element, tuple[PagePlan, ...]]:
        setting, document = Setting.for_handout(theme, blanks), Element("Document")
        boxes = Builder(setting, room).boxes(blocks, column, document)
        if foot_problems or setting.problems:
            raise ProblemsError([*foot_problems, *setting.problems])
        pages = fit_pages(boxes, room, range(shape.pages_least, most + 1), shape.fit, f"the end of page {most}")
        return document, pages

    leading = shape.scale.body.leading
    document, pages = laid_out(handout.blocks, lay_out, clinic_file=handout.meta.clinic_file, leading=leading)
    canvas = (canvas_of or Canvas)(document, theme.colours)
    for page, (left, right) in zip(pages, _footers(handout.footer, len(pages), column, setting), strict=True):
        with canvas.page(width, height):
            y = shape.margin_top
            if page.header:
                page.header.draw(canvas, shape.margin, y, page.knobs, 0)
                y += page.header.height(page.knobs)
            draw_stack(page.boxes, canvas, shape.margin, y, page.knobs)
            with canvas.footer():
                for text in (left, right):
                    text.draw(canvas, shape.margin, height - _PAPER_EDGE - foot, Knobs(), 0)
    return canvas.finish(handout.meta)


def _footers(footer: Footer, pages: int, column: float, setting: Setting) -> list[tuple[Text, Text]]:
    return [_footer(footer, page, pages, column, setting) for page in range(1, pages + 1)]


def _footer(footer: Footer, page: int, pages: int, column: float, setting: Setting) -> tuple[Text, Text]:
    """The two texts of a running foot, the page number at the right of the first line."""
    style = setting.scale.footer
    words = footer.page.replace("{pages}", str(pages)).replace("{page}", str(page))
    number = set_text(setting, (Run(words),), style, column, None)
    number.align_right = True
    beside = number.lines[0].width if len(number.lines) == 1 else 0
    left = set_text(setting, (Run(footer.left),), style, column - beside - setting.gutter, None)
    most = _MOST_FOOTER_LINES * (2 if setting.one_column else 1)
    for text, lines in ((left, most), (number, 1)):
        if len(text.lines) > lines:
            message = f"the running foot {text.flow.says} needs {len(text.lines)} lines; it has room for {lines}"
            setting.problems.append(error(NOWHERE, "PDF04", message, "shorten it"))
    return left, number
