"""Boxes for figures and raster images: measured within their column, tagged with alt text and place."""

from __future__ import annotations

from msgspec import Struct

from handouts.figures.shapes import Figure, Label
from handouts.plan.blanks import BLANK_IMAGE
from handouts.plan.blocks import Align, FigureBlock, Picture
from handouts.plan.text import Run
from handouts.problems import error
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.figures import show_figure
from handouts.render.pdf.draw.images import show_image
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.boxes import Flow
from handouts.render.pdf.layout.setting import MM, Knobs, Typography
from handouts.theme.fonts import Family


class FigureBox(Struct):
    """A drawing or image, scaled by the fitter between `least` and `most`; without an element it is decoration.
    `column` is the width that it stands in.
    """

    figure: Figure
    family: Family
    element: StructElement | None
    least: float
    most: float
    column: float
    align: Align
    flow: Flow

    def scale(self, knobs: Knobs) -> float:
        """The factor at which it is drawn."""
        return max(self.least, min(self.most, knobs.figure))

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        return self.figure.height * self.scale(knobs)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Show the figure at its side of the column."""
        scale = self.scale(knobs)
        x += indent(self.align, self.column, self.figure.width * scale)
        if self.element and canvas.on_page:
            self.element.set_box(*canvas.page_box(x, y, self.figure.width * scale, self.figure.height * scale))
        if self.figure.kind == "qr":
            # Scanners want dark on white, whatever tint a panel has.
            canvas.rect(x, y, self.figure.width * scale, self.figure.height * scale, fill="white", radius=3)
        with canvas.tagged(self.element):
            show_figure(canvas, self.figure, self.family, x, y, scale=scale)


class PictureBox(Struct):
    """A raster image, its aspect kept; without an element it is decoration."""

    picture: Picture
    element: StructElement | None
    width: float
    own_height: float
    column: float
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        return self.own_height

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Show the image at its side of the column."""
        x += indent(self.picture.align, self.column, self.width)
        if self.element and canvas.on_page:
            self.element.set_box(*canvas.page_box(x, y, self.width, self.own_height))
        with canvas.tagged(self.element):
            show_image(canvas, self.picture.image.data, x, y, width=self.width, height=self.own_height)


def figure_box(block: FigureBlock, width: float, parent: StructElement, typography: Typography) -> FigureBox:
    """Measure a figure for a column of `width` points; labels too small to read there become a problem."""
    figure = block.figure
    labels = [shape for shape in figure.shapes if isinstance(shape, Label)]
    origin = block.asked or typography.origin(block.caption)
    for label in labels:
        typography.need((Run(label.text, label.strong),), origin)
    most, least = width / figure.width, _least(figure, typography)
    if is_too_wide(figure, width, typography):
        excess = (figure.width * least - width) / MM
        typography.problems.append(
            error(
                origin,
                "PDF03",
                f"the {figure.kind} figure is {excess:.1f} mm too wide for its column at the least size it can be read",
                _more_room(block),
            )
        )
    element = parent.add("Figure", alt=figure.alt) if figure.alt else None
    flow = Flow(typography.block_space, typography.block_space, says=f"{figure.kind} figure", origin=origin)
    # Decoration is not what a heading above it announces.
    flow.clings = element is None
    return FigureBox(figure, typography.typesetter.family, element, least, max(least, most), width, block.align, flow)


def _more_room(block: FigureBlock) -> str:
    """What gives a figure more room, where an author or a template asks for it."""
    if block.asked is None or not block.asked.line:
        return "give its column more room or draw it narrower"
    return "give its section more width" + (", or show it as a table" if block.draws else "")


def is_too_wide(figure: Figure, width: float, typography: Typography) -> bool:
    """Whether a figure has no room in a column of `width` points with labels that can be read."""
    return width / figure.width < _least(figure, typography) - 1e-6


def _least(figure: Figure, typography: Typography) -> float:
    """The least factor at which a figure is drawn."""
    # A QR code keeps the module size that it was drawn with; labels keep the least type size.
    if figure.kind == "qr":
        return 1.0
    return typography.floor / min((shape.size for shape in figure.shapes if isinstance(shape, Label)), default=1e6)


def picture_box(block: Picture, width: float, parent: StructElement, typography: Typography) -> PictureBox:
    """Measure an image for a column of `width` points; an empty alt text makes it decoration. A column without room for
    it becomes a problem.
    """
    factor = min(width / block.image.width, block.max_height / block.image.height)
    name = f"picture {block.alt!r}"
    if factor <= 0:
        message = f"the {name} has no room in its column"
        typography.problems.append(error(typography.last_origin, "PDF03", message, "give its column more room"))
    element = parent.add("Figure", alt=block.alt) if block.alt else None
    flow = Flow(0, typography.block_space * 0.6, says=name, origin=typography.last_origin)
    # Decoration is not what a heading above it announces.
    flow.clings = not block.alt
    box = PictureBox(block, element, block.image.width * factor, block.image.height * factor, width, flow)
    return typography.openings.open_picture(box) if typography.openings and block.image is BLANK_IMAGE else box


def indent(align: Align, column: float, width: float) -> float:
    """How far from the left of its column a picture of this width stands, in points."""
    return column - width if align == "right" else 0
