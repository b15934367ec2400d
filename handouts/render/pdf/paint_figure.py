"""Figures: a drawing of plain shapes in, path and text operators on a canvas out."""

from __future__ import annotations

from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect
from handouts.render.pdf import operators
from handouts.render.pdf.canvas import Canvas
from handouts.theme.fonts import Family


def show_figure(canvas: Canvas, figure: Figure, family: Family, x: float, y: float, *, scale: float) -> None:
    """Show a figure with its top left corner at (x, y); it is painted once, however often it is shown."""
    name = canvas.name_of(figure)
    if not canvas.has(name):
        with canvas.form(name, figure.width, figure.height):
            canvas.round_strokes()
            for shape in figure.shapes:
                _paint(canvas, shape, family, figure.height)
    canvas.show(name, x, y, height=figure.height * scale, scale=(scale, scale))


def _paint(canvas: Canvas, shape: Rect | Ellipse | Path | Label, family: Family, height: float) -> None:
    match shape:
        case Label():
            width = family.measure(shape.text, shape.size, strong=shape.strong)
            left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.anchor]
            face = family.face(strong=shape.strong)
            canvas.text(left, shape.y, shape.text, face=face, size=shape.size, role=shape.fill)
            return
        case Rect():
            path = operators.rectangle(
                shape.x, height - shape.y - shape.height, shape.width, shape.height, shape.radius
            )
        case Ellipse():
            path = operators.ellipse(shape.cx, height - shape.cy, shape.rx, shape.ry)
        case Path():
            path = " ".join(_command(command, height) for command in shape.commands)
    canvas.paint(path, fill=shape.fill, stroke=shape.stroke, stroke_width=shape.stroke_width)


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
