"""The patient handout: a Handout plan and a theme in, the bytes of a tagged PDF out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from handouts.plan.blocks import Block, Box, Paragraph, runs_of
from handouts.plan.documents import Footer, Handout, note_of
from handouts.plan.text import Run, first_origin
from handouts.problems import Origin, Problem, ProblemsError, error
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.boxes import LayoutBox, Text, draw_stack, set_text
from handouts.render.pdf.layout.excess import TooLongError, millimetres
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
_NOTE_PAGES = 2
"""The sides of a sheet, behind the others, that a note may have where they are full."""


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

    A clinician's note stands on these pages where they have room for it, else on a sheet of its own behind them.

    Raises ProblemsError with every character that the font lacks, every word wider than its column, and, when the text
    is too long, by how many millimetres and what to cut.
    """
    width, height = PAPERS[paper]
    shape, typography = theme.handout, Typography.for_handout(theme)
    column = width - 2 * shape.margin
    note = note_of(handout)
    most = shape.pages_most + (_NOTE_PAGES if note else 0)
    foot = max(text.height(Knobs()) for pair in _footers(handout.footer, most, column, typography) for text in pair)
    room = height - shape.margin_top - max(shape.margin_bottom, _PAPER_EDGE + foot + _ABOVE_FOOTER)
    setting = _Setting(theme, openings, column, room, tuple(typography.problems), dict(typography.missing))
    if note:
        document, pages = _with_note(handout, note, setting)
    elif openings:
        # Blanks that do not fit are laid out as a whole, where cuts are tried; here these would open more blanks.
        document, pages = setting.lay_out(handout.blocks)
    else:
        document, pages = laid_out(handout.blocks, setting.lay_out, setting.tried, handout.meta.clinic_file)
    if told is not None:
        # A message would repeat a word of a note, and whoever typed it sees the page.
        words_of_note = {run.origin for run in runs_of((note,))} if note else set[Origin | None]()
        told.extend(one for one in setting.parted if one.origin not in words_of_note)
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


class _Setting(Struct):
    """How the blocks of one handout become pages: a column of `column` points, `room` points high on each.

    `problems` and `missing` are those of the running foot. `parted` is what to tell of what was laid out last.
    """

    theme: Theme
    openings: Openings | None
    column: float
    room: float
    problems: tuple[Problem, ...]
    missing: dict[str, Origin]
    parted: tuple[Problem, ...] = ()

    @property
    def end(self) -> str:
        """What messages call the end of the last page."""
        return f"the end of page {self.theme.handout.pages_most}"

    def boxes(self, *parts: Sequence[Block]) -> tuple[StructElement, list[list[LayoutBox]]]:
        """The boxes of each part, under one element. Raises ProblemsError for what cannot be set."""
        typography, document = Typography.for_handout(self.theme, self.openings), StructElement("Document")
        builder = Builder(typography, self.room)
        made = [builder.boxes(blocks, self.column, document) for blocks in parts]
        for char, place in self.missing.items():
            typography.missing.setdefault(char, place)
        if problems := [*self.problems, *typography.found()]:
            raise ProblemsError(problems)
        self.parted = tuple(typography.told())
        return document, made

    def pages(self, boxes: Sequence[LayoutBox]) -> tuple[PagePlan, ...]:
        """The boxes over as few pages as they need. Raises TooLongError."""
        shape = self.theme.handout
        # A part that is to begin a page cannot do so on the only one.
        least = min(shape.pages_most, max(shape.pages_least, 1 + any(box.flow.starts_page for box in boxes[1:])))
        return fit_pages(boxes, self.room, range(least, shape.pages_most + 1), shape.fit, self.end)

    def lay_out(self, blocks: Sequence[Block]) -> tuple[StructElement, tuple[PagePlan, ...]]:
        """The pages of blocks. Raises ProblemsError, TooLongError among them."""
        document, (boxes,) = self.boxes(blocks)
        return document, self.pages(boxes)

    def tried(self, blocks: Sequence[Block]) -> None:
        """Raises what `lay_out` would."""
        parted = self.parted
        (boxes,) = self.boxes(blocks)[1]
        self.parted = parted
        shape = self.theme.handout
        check_fit(boxes, self.room, range(1, shape.pages_most + 1), shape.fit, self.end)


def _with_note(handout: Handout, note: Box, setting: _Setting) -> tuple[StructElement, tuple[PagePlan, ...]]:
    """The pages of a handout with its note. Raises ProblemsError where a sheet of its own is too small for the note."""
    try:
        return setting.lay_out(handout.blocks)
    except TooLongError:
        said = handout.blocks[:-1]
        # What is too long without the note is told as ever.
        laid_out(said, setting.lay_out, setting.tried, handout.meta.clinic_file)
    head = Paragraph((Run(handout.meta.title),), "eyebrow")
    document, (boxes, of_note) = setting.boxes(said, (head, note))
    try:
        behind = fit_pages(of_note, setting.room, range(1, _NOTE_PAGES + 1), setting.theme.handout.fit, setting.end)
    except TooLongError as bad:
        message = f"is {millimetres(bad.excess)} mm too long for a sheet of its own"
        raise ProblemsError(
            [error(first_origin(runs_of((note,))) or NOWHERE, "FIT01", message, "shorten it by as much")]
        ) from None
    return document, (*setting.pages(boxes), *behind)


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
