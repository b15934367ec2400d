"""Boxes: the measured pieces that a page is stacked from, and the simplest of them, text.

A box knows its height for the fitter's factors and draws itself; where it may be broken over pages it is made as
several boxes that share one structure element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from handouts.plan.blanks import has_blank
from handouts.plan.text import Runs
from handouts.problems import Origin
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.inline import InlineTags
from handouts.render.pdf.layout.setting import Knobs, Typography, quoted
from handouts.render.pdf.layout.text import Line, Piece
from handouts.theme.fonts import Face, Family
from handouts.theme.schema import Style


class Flow(Struct):
    """How a box stands among its neighbours; `before` and `after` are points of white space before any factor."""

    before: float = 0
    after: float = 0
    clings: bool = False
    """No page ends after this box, and its own `after` is the space below it."""
    starts_page: bool = False
    """A page should begin here."""
    inside: float = 0
    """What it costs to begin a page here: above 0 inside a paragraph, list or table."""
    header: LayoutBox | None = None
    """Drawn again where this box begins a page."""
    says: str = ""
    """The first words of the block that the box belongs to, for messages."""
    origin: Origin | None = None


class LayoutBox(Protocol):
    """A piece of a page that is never broken."""

    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        ...

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw with the top left corner at (x, y); `room` is the height to fill where a box can."""
        ...


def gap(above: LayoutBox, below: LayoutBox) -> float:
    """White space between two boxes in points, before the factor."""
    return above.flow.after if above.flow.clings else max(above.flow.after, below.flow.before)


def stack_height(boxes: Sequence[LayoutBox], knobs: Knobs) -> float:
    """Height of boxes under each other."""
    heights = sum(box.height(knobs) for box in boxes)
    return heights + knobs.space * sum(gap(a, b) for a, b in pairwise(boxes))


def heights_of(boxes: Sequence[LayoutBox], knobs: Knobs) -> list[float]:
    """The height of each box in points."""
    return [box.height(knobs) for box in boxes]


def running_edges(boxes: Sequence[LayoutBox], heights: Sequence[float], knobs: Knobs) -> list[tuple[float, float]]:
    """For each box where its top and its bottom would be if all boxes stood on one endless page."""
    edges: list[tuple[float, float]] = []
    y = 0.0
    for index, height in enumerate(heights):
        if index:
            y += knobs.space * gap(boxes[index - 1], boxes[index])
        top, y = y, y + height
        edges.append((top, y))
    return edges


def page_starts(boxes: Sequence[LayoutBox]) -> list[int]:
    """The boxes that a page may begin with, by their number, and the number of boxes."""
    return [*(i for i in range(len(boxes)) if not i or not boxes[i - 1].flow.clings), len(boxes)]


def draw_stack(
    boxes: Sequence[LayoutBox], canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, *, room: float = 0
) -> None:
    """Draw boxes under each other. A single box may fill `room`."""
    for index, box in enumerate(boxes):
        height = box.height(knobs)
        box.draw(canvas, x, y, knobs, room if len(boxes) == 1 else height)
        if index + 1 < len(boxes):
            y += height + knobs.space * gap(box, boxes[index + 1])


class Letters(NamedTuple):
    """A piece of a line where it is drawn: its left end, its baseline, and how."""

    piece: Piece
    x: float
    baseline: float
    face: Face
    size: float
    role: str


class Text(Struct):
    """Lines of one style. `marker` is drawn beside the first of them, `heading` puts the text into the outline."""

    lines: tuple[Line, ...]
    style: Style
    width: float
    family: Family
    tags: InlineTags
    flow: Flow = field(default_factory=Flow)
    strong: bool = False
    align_right: bool = False
    indent: float = 0
    marker: Marker | None = None
    write_lines: int = 0
    write_pitch: float = 22
    heading: tuple[str, int] | None = None
    underlined: bool = True
    """Whether links are; a number to call stands out by its size, and a line below it only hides its feet."""

    def height(self, knobs: Knobs) -> float:
        """Height in points; white space at its edges is not counted."""
        return len(self.lines) * self.style.leading + self.write_lines * self.write_pitch

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw marker, lines and the rules to write on."""
        if self.heading:
            canvas.bookmark(*self.heading, y)
        if self.marker:
            self.marker.draw(canvas, x, self._baseline(y), self.style, self.family)
        left = x + self.indent
        for line, start, top in self.placed_lines(x, y):
            self._draw_line(canvas, line, start, top)
            y = top + self.style.leading
        for _ in range(self.write_lines):
            y += self.write_pitch
            canvas.line(left, y - 4, x + self.width, y - 4, role="muted", width=0.75)

    def _baseline(self, y: float) -> float:
        face, size = self.family.regular, self.style.size
        return y + (self.style.leading - (face.ascent - face.descent) * size / 1000) / 2 + face.ascent * size / 1000

    def placed_lines(self, x: float, y: float) -> Iterator[tuple[Line, float, float]]:
        """Each line with its left end and its top where the box stands at (x, y)."""
        left = x + self.indent
        for line in self.lines:
            yield line, left + (self.width - self.indent - line.width if self.align_right else 0), y
            y += self.style.leading

    def letters(self, line: Line, x: float, y: float) -> Iterator[Letters]:
        """What of a line is drawn in one go, where its left end stands at x and its top at y."""
        baseline = self._baseline(y)
        for piece in line.pieces:
            face = self.family.face(strong=self.strong or self.style.strong or piece.run.strong)
            role = self._link_role if piece.run.href else self.style.colour
            yield Letters(piece, x + piece.x, baseline, face, self.style.size, role)

    @property
    def _link_role(self) -> str:
        """The colour of links; on a ground of the accent they keep to that of the other text."""
        return "on_accent" if self.style.colour == "on_accent" else "link"

    def _draw_line(self, canvas: TaggedCanvas, line: Line, x: float, y: float) -> None:
        baseline, size = self._baseline(y), self.style.size
        for part in self.letters(line, x, y):
            with canvas.tagged(self.tags.of(part.piece)):
                canvas.text(part.x, part.baseline, part.piece.text, face=part.face, size=part.size, role=part.role)
        for link, start, stop in self.tags.links(line):
            foot = baseline + size * 0.14
            if self.underlined:
                canvas.line(x + start, foot, x + stop, foot, role=self._link_role, width=size * 0.06)
            if link.element and link.href:
                area = (x + start, y, stop - start, self.style.leading)
                canvas.link(link.element, area, link.href, link.contents)

    def slices(self) -> list[Text]:
        """The text as boxes between which a page may end: never one line alone at a foot or a head."""
        count = len(self.lines)
        if count < 4:
            return [self]
        cuts = [0, *range(2, count - 1), count]
        parts: list[Text] = []
        for start, stop in pairwise(cuts):
            first, last = start == 0, stop == count
            flow = replace(
                self.flow,
                before=self.flow.before if first else 0,
                after=self.flow.after if last else 0,
                clings=self.flow.clings if last else False,
                starts_page=self.flow.starts_page and first,
                inside=self.flow.inside if first else 1,
            )
            parts.append(
                replace(
                    self,
                    lines=self.lines[start:stop],
                    flow=flow,
                    marker=self.marker if first else None,
                    write_lines=self.write_lines if last else 0,
                    heading=self.heading if first else None,
                )
            )
        return parts


class Marker(Struct):
    """What stands before a list item: a text, or an empty square to tick when `text` is empty."""

    text: str
    element: StructElement | None

    def draw(self, canvas: TaggedCanvas, x: float, baseline: float, style: Style, family: Family) -> None:
        """Draw it at the left of the item's first line."""
        with canvas.tagged(self.element):
            if self.text:
                role = "accent" if self.text == BULLET else style.colour
                canvas.text(x, baseline, self.text, face=family.strong, size=style.size, role=role)
            else:
                side = style.size * 0.8
                top = baseline - style.size * 0.33 - side / 2
                canvas.rect(x + 0.5, top, side, side, stroke="ink", radius=1.5)


BULLET = "•"


class RuleLine(Struct):
    """A label, and a rule to write on from its end to the right edge."""

    text: Text
    space: float
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points: room for handwriting, more of it where the page has more white space."""
        return max(self.text.height(knobs), self.space * (0.8 + 0.2 * knobs.space))

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the label at the foot of the box and the rule beside it."""
        height = self.height(knobs)
        self.text.draw(canvas, x, y + height - self.text.height(knobs), knobs, 0)
        lines = self.text.lines
        start = x + (lines[-1].width + 3 if lines else 0)
        foot = y + height - self.text.style.leading * 0.22
        canvas.line(start, foot, x + self.text.width, foot, role="muted", width=0.75)


def set_text(
    typography: Typography,
    runs: Runs,
    style: Style,
    width: float,
    element: StructElement | None,
    *,
    strong: bool = False,
    indent: float = 0,
) -> Text:
    """Break runs into a text box of `width`, of which `indent` points at the left stay free."""
    origin = typography.origin(runs)
    lines = typography.lines(runs, style, width - indent, strong=strong)
    flow = Flow(style.before, style.after, says=quoted(runs), origin=origin)
    family = typography.typesetter.family
    text = Text(lines, style, width, family, InlineTags(element, lines), flow, strong=strong, indent=indent)
    return typography.openings.open_text(text, runs, typography) if typography.openings and has_blank(runs) else text
