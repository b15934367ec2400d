"""Openings: a text or picture with a blank in, a box that keeps its room and tells where it stands out.

The same typesetter and the same boxes later set and draw each recipient's words there, so that a prefilled document
looks just as the one would that is laid out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.plan.blanks import NotOpenError, filled, has_blank
from handouts.plan.blocks import Block, Paragraph, Table, texts, walk
from handouts.plan.text import Runs, plain
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.layout.boxes import Text
from handouts.render.pdf.layout.pictures import PictureBox, indent
from handouts.render.pdf.layout.setting import Knobs, Typography
from handouts.render.pdf.layout.text import Line, Typesetter

MOST_LINES = 3
"""Lines that a text with a blank may take: from the next on it could be parted, and pages break elsewhere."""


class OpenText(Text):
    """The opening of a text with a blank: it keeps the room of some lines."""

    runs: Runs = ()
    typography: Typography | None = None
    index: int = 0
    announces: bool = False

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Remember where the text stands."""
        canvas.leave_open(self, self.tags.element, x, y)

    def slices(self) -> list[Text]:
        """The text alone, which is never parted."""
        return [self]

    def set(self, values: Mapping[str, str]) -> Text:
        """The text filled and broken into lines. Raises NotOpenError where only the whole layout can tell."""
        assert self.typography is not None
        runs, typography = filled(self.runs, values), self.typography
        # What ends in a colon announces the next block and stays with it.
        if ends_in_colon(runs) != self.announces:
            raise NotOpenError
        # A number to call is set smaller where its line is long, and its room is then another.
        if self.style == typography.scale.number != typography.number_style(runs, self.width - self.indent):
            raise NotOpenError
        typography.problems.clear()
        typography.missing.clear()
        typography.parted.clear()
        lines = typography.lines(runs, self.style, self.width - self.indent, strong=self.strong)
        if typography.found() or typography.parted or not 1 <= len(lines) <= MOST_LINES:
            raise NotOpenError
        return Text(
            lines, self.style, self.width, self.family, self.tags, self.flow, self.strong, self.align_right, self.indent
        )


class OpenPicture(PictureBox):
    """A picture that each recipient brings: it keeps the room of one in the same place."""

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Remember where the picture stands."""
        canvas.leave_open(self, self.element, x, y, picture=True)

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in points of a picture of this many pixels."""
        factor = min(self.column / width, self.picture.max_height / height)
        return width * factor, height * factor

    def at(self, x: float, width: float) -> float:
        """Where the left edge of a picture of this width comes to lie, in a column that begins at `x`."""
        return x + indent(self.picture.align, self.column, width)


class Openings(Struct):
    """What of a document stays open.

    `lines` says how many lines each text with a blank takes, in the order in which they are set; one where nothing is
    said. `picture` is the size in pixels of the picture to keep room for.
    """

    lines: tuple[int, ...] = ()
    picture: tuple[int, int] = (1, 1)
    texts: list[OpenText] = field(default_factory=list[OpenText])
    pictures: list[OpenPicture] = field(default_factory=list[OpenPicture])

    def open_text(self, text: Text, runs: Runs, typography: Typography) -> OpenText:
        """The box that keeps the room of a text."""
        index = len(self.texts)
        count = self.lines[index] if index < len(self.lines) else 1
        opening = OpenText(
            (Line((), 0),) * count, text.style, text.width, text.family, text.tags, text.flow, text.strong,
            text.align_right, text.indent, runs=runs, typography=self._apart(typography), index=index,
            announces=ends_in_colon(runs),
        )  # fmt: skip
        self.texts.append(opening)
        return opening

    def _apart(self, typography: Typography) -> Typography:
        """How recipients' words are set: nearly all of them come once, so that none is remembered."""
        typesetter = Typesetter(typography.typesetter.family, 1000, 0)
        return replace(typography, typesetter=typesetter, problems=[], openings=None)

    def open_picture(self, box: PictureBox) -> OpenPicture:
        """The box that keeps the room of a picture."""
        opening = OpenPicture(box.picture, box.element, box.width, box.own_height, box.column, box.flow)
        opening.width, opening.own_height = opening.size(*self.picture)
        self.pictures.append(opening)
        return opening


def ends_in_colon(runs: Runs) -> bool:
    """Whether a text announces what follows it."""
    return plain(runs).rstrip().endswith(":")


def check_open(blocks: Iterable[Block]) -> None:
    """Raises NotOpenError where a blank stands in what only the whole layout can draw.

    That is a heading, which enters the outline; a list item, whose mark stands beside it; a line to write on, which
    begins where its label ends; a link, or words in another language, which are elements of their own.
    """
    for block in walk(blocks):
        for runs in texts(block):
            if not has_blank(runs):
                continue
            usual = isinstance(block, Table) or (isinstance(block, Paragraph) and block.role != "rule-line")
            if not usual or any(run.href or run.lang for run in runs):
                raise NotOpenError
