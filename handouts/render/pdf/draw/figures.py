"""Figures: plain shapes in, a form of a canvas out that shows their paths and labels; an image is shown as it is."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct
from reportlab.pdfgen.pathobject import PDFPathObject

from handouts.by_identity import by_identity
from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.render.pdf.draw.canvas import TaggedCanvas, drawn_alone
from handouts.render.pdf.draw.images import show_image
from handouts.render.pdf.draw.paths import ellipse, rectangle, rounded
from handouts.theme.fonts import Family
from handouts.theme.schema import Theme

_FEW = 8
"""So many shapes are as quickly drawn again in each document as a form of their own is added."""


class _Part(Struct, frozen=True, eq=False):
    """Shapes that stand one after another in a figure of this height, labels or none of them, and their paths."""

    height: float
    shapes: tuple[Shape, ...]
    paths: tuple[PDFPathObject | None, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it is drawn once for all documents of a theme: labels are set in fonts, which each has of its own."""
        return (len(self.shapes) > _FEW and self.paths[0] is not None) or self.is_intricate

    @property
    def is_intricate(self) -> bool:
        """Whether one path alone costs as much as many, such as that of a QR code."""
        return any(isinstance(shape, Path) and len(shape.commands) > 20 * _FEW for shape in self.shapes)


def show_figure(canvas: TaggedCanvas, figure: Figure, family: Family, x: float, y: float, *, scale: float) -> None:
    """Show a figure with its top left corner at (x, y); it is painted once, however often it is shown."""
    if figure.image:
        width, height = figure.width * scale, figure.height * scale
        show_image(canvas, figure.image.data, x, y, width=width, height=height)
        return
    name = canvas.name_of(figure)
    if not canvas.has(name):
        _add(canvas, figure, family, name)
    canvas.show(name, x, y, height=figure.height * scale, scale=(scale, scale))


def _add(canvas: TaggedCanvas, figure: Figure, family: Family, name: str) -> None:
    parts, size = _parts(figure), (figure.width, figure.height)
    if len(parts) == 1 and parts[0].is_kept:
        canvas.add_drawn(name, *size, _drawn(parts[0], canvas.theme))
        return
    with canvas.form(name, *size):
        canvas.round_strokes()
        for number, part in enumerate(parts):
            if part.is_kept:
                inner = f"{name}.{number}"
                canvas.add_drawn(inner, *size, _drawn(part, canvas.theme))
                canvas.show(inner, 0, 0, height=figure.height)
            else:
                _paint(canvas, part, family)


@by_identity(256)
def _parts(figure: Figure) -> tuple[_Part, ...]:
    """The figure in the order in which it is painted."""
    parts: list[_Part] = []
    for _, group in groupby(figure.shapes, key=lambda shape: isinstance(shape, Label)):
        shapes = tuple(group)
        parts.append(_Part(figure.height, shapes, tuple(_path(shape, figure.height) for shape in shapes)))
    return tuple(parts)


@by_identity(256)
def _drawn(part: _Part, theme: Theme) -> bytes:
    """What a part without labels draws, as the content of a form."""

    def draw(canvas: TaggedCanvas) -> None:
        canvas.round_strokes()
        _paint(canvas, part, None)

    return drawn_alone(draw, theme, part.height)


def _paint(canvas: TaggedCanvas, part: _Part, family: Family | None) -> None:
    for shape, path in zip(part.shapes, part.paths, strict=True):
        if not isinstance(shape, Label) and path:
            canvas.paint(path, fill=shape.fill, stroke=shape.stroke, stroke_width=shape.stroke_width)
        elif isinstance(shape, Label) and family:
            _write(canvas, shape, family)


def _path(shape: Shape, height: float) -> PDFPathObject | None:
    """A shape as a path; nothing for a label."""
    match shape:
        case Label():
            return None
        case Rect():
            return rectangle(shape.x, height - shape.y - shape.height, shape.width, shape.height, shape.radius)
        case Ellipse():
            return ellipse(shape.cx, height - shape.cy, shape.rx, shape.ry)
        case Path():
            path = PDFPathObject()
            for command in shape.commands:
                _follow(path, command, height)
            return path


def _follow(path: PDFPathObject, command: tuple[str | float, ...], height: float) -> None:
    kind, *numbers = command
    # Points come in pairs, y downwards.
    turned = rounded(*(height - float(v) if index % 2 else float(v) for index, v in enumerate(numbers)))
    match kind:
        case "M":
            path.moveTo(*turned)
        case "L":
            path.lineTo(*turned)
        case "C":
            path.curveTo(*turned)
        case "Z":
            path.close()
        case _:
            raise ValueError(f"{command!r} is no path command")


def _write(canvas: TaggedCanvas, label: Label, family: Family) -> None:
    width = family.measure(label.text, label.size, strong=label.strong)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    face = family.face(strong=label.strong)
    canvas.text(left, label.y, label.text, face=face, size=label.size, role=label.fill)
