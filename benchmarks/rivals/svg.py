"""A `Figure` and the theme's colours → SVG text, as rivals take figures."""

from __future__ import annotations

import re
from html import escape

from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.theme.schema import Colours

_NOT_XML = re.compile("[^\\t\\n\\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(figure: Figure, colours: Colours, *, family: str = "Atkinson Hyperlegible") -> str:
    """The figure as one `<svg>` element, 1 unit = 1 point, its alt text as title.

    All text is escaped; characters that XML does not allow become U+FFFD. Raises KeyError for a colour role that the
    theme does not have.
    """
    width, height = _number(figure.width), _number(figure.height)
    body = "\n".join(_shape(shape, colours) for shape in figure.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{_text(figure.alt)}" '
        f'font-family="{_text(family)}, sans-serif" stroke-linecap="round" stroke-linejoin="round">\n'
        f"<title>{_text(figure.alt)}</title>\n{body}\n</svg>\n"
    )


def _shape(shape: Shape, colours: Colours) -> str:
    match shape:
        case Rect():
            radius = f' rx="{_number(shape.radius)}"' if shape.radius else ""
            return (
                f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" '
                f'height="{_number(shape.height)}"{radius}{_paint(shape, colours)}/>'
            )
        case Ellipse():
            return (
                f'<ellipse cx="{_number(shape.cx)}" cy="{_number(shape.cy)}" rx="{_number(shape.rx)}" '
                f'ry="{_number(shape.ry)}"{_paint(shape, colours)}/>'
            )
        case Path():
            steps = (" ".join([str(name), *(_number(float(v)) for v in rest)]) for name, *rest in shape.commands)
            return f'<path d="{" ".join(steps)}"{_paint(shape, colours)}/>'
        case Label():
            weight = ' font-weight="bold"' if shape.strong else ""
            anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
            return (
                f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" font-size="{_number(shape.size)}" '
                f'fill="{colours.of(shape.fill)}"{weight}{anchor}>{_text(shape.text)}</text>'
            )


def _paint(shape: Rect | Ellipse | Path, colours: Colours) -> str:
    fill = colours.of(shape.fill) if shape.fill else "none"
    stroke = (
        f' stroke="{colours.of(shape.stroke)}" stroke-width="{_number(shape.stroke_width)}"' if shape.stroke else ""
    )
    return f' fill="{fill}"{stroke}'


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
