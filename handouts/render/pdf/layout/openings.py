"""Boxes that are left open: a text or picture with a blank in, a box that keeps its room and remembers where it stood.

The same typesetter and the same boxes later set and draw each recipient's words there, so that a filled template looks
just as the document would that is laid out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from handouts.plan.blanks import NotOpenError, filled, has_blank
from handouts.plan.blocks import Block, Paragraph, Table, texts, walk
from handouts.plan.text import Runs, plain
from handouts.render.pdf.draw.canvas import Canvas
from handouts.render.pdf.layout.boxes import Text
from handouts.render.pdf.layout.pictures import PictureBox, indent
from handouts.render.pdf.layout.setting import Knobs, Setting
from handouts.render.pdf.layout.text import Line, Typesetter

MOST_LINES = 3
"""Lines that a text with a blank may take: from the next on it could be parted, and pages break elsewhere."""


@dataclass(slots=True)
class BlankText(Text):
    """A text with a blank: it keeps the room of some lines."""

    runs: Runs = ()
    setting: Setting | None = None
    index: int = 0
    announces: bool = False

    def draw(self, canvas: Canvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Remember where the text stands."""
        canvas.leave_open(self, self.tags.element, x, y)

    def slices(self) -> list[Text]:
        """The text alone, which is never parted."""
        return [self]

    def set(self, values: Mapping[str, str]) -> Text:
        """The text filled and broken into lines. Raises NotOpenError where only the whole layout can tell."""
        assert self.setting is not None
        runs, setting = filled(self.runs, values), self.setting
        # What ends in a colon announces the next block and stays with it.
        if ends_in_colon(runs) != self.announces:
            raise NotOpenError
        setting.problems.clear()
        lines = setting.lines(runs, self.style, self.width - self.indent, strong=self.strong)
        if setting.problems or not 1 <= len(lines) <= MOST_LINES:
            raise NotOpenError
        return Text(
            lines, self.style, self.width, self.family, self.tags, self.flow, self.strong, self.align_right, self.indent
        )


@dataclass(slots=True)
class BlankPicture(PictureBox):
    """A picture that each recipient brings: it keeps the room of one in the same place."""

    def draw(self, canvas: Canvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Remember where the picture stands."""
        canvas.leave_open(self, self.element, x, y)

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in points of a picture of this many pixels."""
        factor = min(self.column / width, self.picture.max_height / height)
        return width * factor, height * factor

    def at(self, x: float, width: float) -> float:
        """Where the left edge of a picture of this width comes to lie, in a column that begins at `x`."""
        return x + indent(self.picture.align, self.column, width)


@dataclass(slots=True)
class Blanks:
    """What of a document stays open.

    `lines` says how many lines each text with a blank takes, in the order in which they are set; one where nothing is
    said. `picture` is the size in pixels of the picture to keep room for.
    """

    lines: tuple[int, ...] = ()
    picture: tuple[int, int] = (1, 1)
    texts: list[BlankText] = field(default_factory=list[BlankText])
    pictures: list[BlankPicture] = field(default_factory=list[BlankPicture])

    def open_text(self, text: Text, runs: Runs, setting: Setting) -> BlankText:
        """The box that keeps the room of a text."""
        index = len(self.texts)
        count = self.lines[index] if index < len(self.lines) else 1
        blank = BlankText(
            (Line((), 0),) * count, text.style, text.width, text.family, text.tags, text.flow, text.strong,
            text.align_right, text.indent, runs=runs, setting=self._apart(setting), index=index,
            announces=ends_in_colon(runs),
        )  # fmt: skip
        self.texts.append(blank)
        return blank

    def _apart(self, setting: Setting) -> Setting:
        """The setting in which recipients' words are set: nearly all of them come once, so that none is remembered."""
        return replace(setting, typesetter=Typesetter(setting.typesetter.family, 1000, 0), problems=[], blanks=None)

    def open_picture(self, box: PictureBox) -> BlankPicture:
        """The box that keeps the room of a picture."""
        blank = BlankPicture(box.picture, box.element, box.width, box.own_height, box.column, box.flow)
        blank.width, blank.own_height = blank.size(*self.picture)
        self.pictures.append(blank)
        return blank


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
