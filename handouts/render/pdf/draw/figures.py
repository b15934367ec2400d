"""Figures: a drawing of plain shapes in, path and text operators on a canvas out."""

from __future__ import annotations

from handouts.by_identity import by_identity
from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.render.pdf.draw import operators
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.theme.fonts import Family


def show_figure(canvas: TaggedCanvas, figure: Figure, family: Family, x: float, y: float, *, scale: float) -> None:
    """Show a figure with its top left corner at (x, y); it is painted once, however often it is shown."""
    name = canvas.name_of(figure)
    if not canvas.has(name):
        with canvas.form(name, figure.width, figure.height):
            canvas.round_strokes()
            for shape, path in zip(figure.shapes, _paths(figure), strict=True):
                if isinstance(shape, Label):
                    _write(canvas, shape, family)
                else:
                    canvas.paint(path, fill=shape.fill, stroke=shape.stroke, stroke_width=shape.stroke_width)
    canvas.show(name, x, y, height=figure.height * scale, scale=(scale, scale))


@by_identity(256)
def _paths(figure: Figure) -> tuple[str, ...]:
    """Each shape as path operators; nothing for a label."""
    return tuple(_path(shape, figure.height) for shape in figure.shapes)


def _path(shape: Shape, height: float) -> str:
    match shape:
        case Label():
            return ""
        case Rect():
            return operators.rectangle(
                shape.x, height - shape.y - shape.height, shape.width, shape.height, shape.radius
            )
        case Ellipse():
            return operators.ellipse(shape.cx, height - shape.cy, shape.rx, shape.ry)
        case Path():
            return " ".join(_command(command, height) for command in shape.commands)


def _write(canvas: TaggedCanvas, label: Label, family: Family) -> None:
    width = family.measure(label.text, label.size, strong=label.strong)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    face = family.face(strong=label.strong)
    canvas.text(left, label.y, label.text, face=face, size=label.size, role=label.fill)


def _command(command: tuple[str | float, ...], height: float) -> str:
    match command:
        case ("M", x, y):
            return f"{x:.2f} {height - float(y):.2f} m"
        case ("L", x, y):
            return f"{x:.2f} {height - float(y):.2f} l"
        case ("C", x1, y1, x2, y2, x, y):
            return (
                f"{x1:.2f} {height - float(y1):.2f} {x2:.2f} {height - float(y2):.2f} {x:.2f} {height - float(y):.2f} c"
            )
        case ("Z",):
            return "h"
        case _:
            raise ValueError(f"{command!r} is no path command")
