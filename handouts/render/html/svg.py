"""Figures as inline SVG: shapes in, one element out in the page's own colours, so that dark mode changes them."""

from __future__ import annotations

from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.render.html.text import escaped
from handouts.theme.schema import Theme


def svg(figure: Figure, theme: Theme, ident: str) -> str:
    """The figure, 1 unit = 1 point, with its alt text as its name; without one it is decoration.

    A code to scan brings the white plate that scanners want. Raises KeyError for a colour role that no theme has.
    """
    width, height = number(figure.width), number(figure.height)
    name = f'role="img" aria-label="{escaped(figure.alt)}"' if figure.alt.strip() else 'aria-hidden="true"'
    plate = f'<rect width="{width}" height="{height}" rx="3" class="f-white"/>' if figure.kind == "qr" else ""
    body = "".join(_shape(shape, theme) for shape in figure.shapes)
    return f'<svg id="{ident}" class="{figure.kind}" viewBox="0 0 {width} {height}" {name}>{plate}{body}</svg>'


def _shape(shape: Shape, theme: Theme) -> str:
    match shape:
        case Rect():
            radius = f' rx="{number(shape.radius)}"' if shape.radius else ""
            place = f'x="{number(shape.x)}" y="{number(shape.y)}"'
            size = f'width="{number(shape.width)}" height="{number(shape.height)}"'
            return f"<rect {place} {size}{radius}{_paint(shape, theme)}/>"
        case Ellipse():
            place = f'cx="{number(shape.cx)}" cy="{number(shape.cy)}"'
            return f'<ellipse {place} rx="{number(shape.rx)}" ry="{number(shape.ry)}"{_paint(shape, theme)}/>'
        case Path():
            steps = (f"{name}{' '.join(number(float(one)) for one in rest)}" for name, *rest in shape.commands)
            return f'<path d="{"".join(steps)}"{_paint(shape, theme)}/>'
        case Label():
            anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
            strong = " b" if shape.strong else ""
            place = f'x="{number(shape.x)}" y="{number(shape.y)}" font-size="{number(shape.size)}"'
            text = escaped(shape.text)
            return f'<text {place}{anchor} class="{_role("f", shape.fill, theme)}{strong}">{text}</text>'


def _paint(shape: Rect | Ellipse | Path, theme: Theme) -> str:
    classes = [_role("f", shape.fill, theme) if shape.fill else "f-none"]
    width = ""
    if shape.stroke:
        classes.append(_role("s", shape.stroke, theme))
        width = f' stroke-width="{number(shape.stroke_width)}"' if shape.stroke_width != 1 else ""
    return f' class="{" ".join(classes)}"{width}'


def _role(kind: str, role: str, theme: Theme) -> str:
    theme.colours.of(role)
    return f"{kind}-{role}"


def number(value: float) -> str:
    """A length with two decimals at the most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
