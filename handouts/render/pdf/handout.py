"""The patient handout: a Handout plan and a theme in, the bytes of a tagged PDF out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from handouts.plan.blocks import Block
from handouts.plan.documents import Footer, Handout
from handouts.plan.text import Run
from handouts.problems import Problem, ProblemsError, error
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.boxes import LayoutBox, Text, draw_stack, set_text
from handouts.render.pdf.layout.fit import PagePlan, check_fit, fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.openings import Openings
from handouts.render.pdf.layout.remedies import laid_out
from handouts.render.pdf.layout.setting import NOWHERE, Knobs, Typography
from handouts.theme.schema import Theme
from handouts.theme.sheet import PAPERS

_PAPER_EDGE = 24.0
"""Points at the foot of the paper that office printers leave blank."""
_ABOVE_FOOTER = 9.0
_MOST_FOOTER_LINES = 2


def render_handout(
    handout: Handout,
    theme: Theme,
    paper: Literal["letter", "a4"],
    openings: Openings | None = None,
    canvas_of: Callable[[StructElement, Theme], TaggedCanvas] | None = None,
    told: list[Problem] | None = None,
) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file of as few pages as the theme allows and the text needs. Its `openings` stay open.
    What is printed and yet to be told, such as a broken word, is added to `told`.

    Raises ProblemsError with every character that the font lacks, every word wider than its column, and, when the text
    is too long, by how many millimetres and what to cut.
    """
    width, height = PAPERS[paper]
    shape, typography = theme.handout, Typography.for_handout(theme)
    column = width - 2 * shape.margin
    most = shape.pages_most
    foot = max(text.height(Knobs()) for pair in _footers(handout.footer, most, column, typography) for text in pair)
    room = height - shape.margin_top - max(shape.margin_bottom, _PAPER_EDGE + foot + _ABOVE_FOOTER)
    foot_problems, foot_missing = tuple(typography.problems), dict(typography.missing)

    def set_boxes(blocks: Sequence[Block]) -> tuple[StructElement, list[LayoutBox], tuple[Problem, ...]]:
        typography, document = Typography.for_handout(theme, openings), StructElement("Document")
        boxes = Builder(typography, room).boxes(blocks, column, document)
        for char, place in foot_missing.items():
            typography.missing.setdefault(char, place)
        if problems := [*foot_problems, *typography.found()]:
            raise ProblemsError(problems)
        return document, boxes, tuple(typography.told())

    def lay_out(blocks: Sequence[Block]) -> tuple[StructElement, tuple[PagePlan, ...]]:
        document, boxes, parted[:] = set_boxes(blocks)
        # A part that is to begin a page cannot do so on the only one.
        least = min(most, max(shape.pages_least, 1 + any(box.flow.starts_page for box in boxes[1:])))
        return document, fit_pages(boxes, room, range(least, most + 1), shape.fit, end)

    def tried(blocks: Sequence[Block]) -> None:
        check_fit(set_boxes(blocks)[1], room, range(1, most + 1), shape.fit, end)

    parted: list[Problem] = []
    end = f"the end of page {most}"
    # Blanks that do not fit are laid out as a whole, where cuts are tried; here these would open more blanks.
    document, pages = (
        lay_out(handout.blocks) if openings else laid_out(handout.blocks, lay_out, tried, handout.meta.clinic_file)
    )
    if told is not None:
        told.extend(parted)
    canvas = (canvas_of or TaggedCanvas)(document, theme)
    for page, (left, right) in zip(pages, _footers(handout.footer, len(pages), column, typography), strict=True):
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


def _footers(footer: Footer, pages: int, column: float, typography: Typography) -> list[tuple[Text, Text]]:
    return [_footer(footer, page, pages, column, typography) for page in range(1, pages + 1)]


def _footer(footer: Footer, page: int, pages: int, column: float, typography: Typography) -> tuple[Text, Text]:
    """The two texts of a running foot, the page number at the right of the first line."""
    style = typography.scale.footer
    words = footer.page.replace("{pages}", str(pages)).replace("{page}", str(page))
    number = set_text(typography, (Run(words),), style, column, None)
    number.align_right = True
    beside = number.lines[0].width if len(number.lines) == 1 else 0
    left = set_text(typography, (Run(footer.left),), style, column - beside - typography.gutter, None)
    most = _MOST_FOOTER_LINES * (2 if typography.one_column else 1)
    for text, lines in ((left, most), (number, 1)):
        if len(text.lines) > lines:
            message = f"the running foot {text.flow.says} needs {len(text.lines)} lines; it has room for {lines}"
            named = footer.named if text is left else None
            instead = "give the source that it names a short:" if named else "shorten it"
            typography.problems.append(error(named or NOWHERE, "PDF04", message, instead))
    return left, number
