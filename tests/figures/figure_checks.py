"""What every figure must satisfy, and a painter that turns one into grey pixels, for the tests of figures."""

from __future__ import annotations

from itertools import combinations, pairwise

from PIL import Image, ImageDraw

from handouts.figures.lettering import LEADING
from handouts.figures.paired_bars import PITCH
from handouts.figures.shapes import Ellipse, Figure, Label, Path, Rect, Shape
from handouts.theme.fonts import family
from handouts.theme.schema import Colours

FAMILY = family("Atkinson Hyperlegible")
MEASURE = FAMILY.measure
SLACK = 0.02

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""


def label_box(label: Label) -> Box:
    """The room that a label takes: its measured width, and the height of an accented capital and a descender."""
    wide = MEASURE(label.text, label.size, strong=label.strong)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, label.y - 0.95 * label.size, left + wide, label.y + 0.25 * label.size


def shape_box(shape: Shape) -> Box:
    """The room that a shape takes with its stroke."""
    match shape:
        case Label():
            return label_box(shape)
        case Rect():
            box = shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Ellipse():
            box = shape.cx - shape.rx, shape.cy - shape.ry, shape.cx + shape.rx, shape.cy + shape.ry
        case Path():
            points = [p for subpath in flattened(shape) for p in subpath]
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = min(xs), min(ys), max(xs), max(ys)
    pen = shape.stroke_width / 2 if shape.stroke else 0
    return box[0] - pen, box[1] - pen, box[2] + pen, box[3] + pen


def flattened(path: Path, steps: int = 12) -> list[list[tuple[float, float]]]:
    """The path's subpaths as polylines."""
    subpaths: list[list[tuple[float, float]]] = []
    for name, *numbers in path.commands:
        v = [float(n) for n in numbers]
        if name == "M":
            subpaths.append([(v[0], v[1])])
        elif name == "L":
            subpaths[-1].append((v[0], v[1]))
        elif name == "C":
            a, b = subpaths[-1][-1]
            for i in range(1, steps + 1):
                t = i / steps
                w = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                subpaths[-1].append(
                    (
                        w[0] * a + w[1] * v[0] + w[2] * v[2] + w[3] * v[4],
                        w[0] * b + w[1] * v[1] + w[2] * v[3] + w[3] * v[5],
                    )
                )
        else:
            assert name == "Z"
            subpaths[-1].append(subpaths[-1][0])
    return subpaths


def labels(figure: Figure) -> list[Label]:
    """The figure's labels in drawing order."""
    return [s for s in figure.shapes if isinstance(s, Label)]


def words(figure: Figure) -> str:
    """All that is written in the figure."""
    return " ".join(label.text for label in labels(figure))


def assert_sound(figure: Figure, *, least_size: float = 10) -> None:
    """Alt and data are there, all is inside, no two labels overlap, no label is too small, every role has a colour.

    Numbers at bars stand closer than words: they leave the room of descenders and accented capitals empty.
    """
    assert figure.alt.strip()
    assert figure.data
    assert all(isinstance(cell, str) for row in figure.data for cell in row)
    colours = Colours()
    for shape in figure.shapes:
        left, top, right, bottom = shape_box(shape)
        assert left >= -SLACK, (shape, left)
        assert top >= -SLACK, (shape, top)
        assert right <= figure.width + SLACK, (shape, right, figure.width)
        assert bottom <= figure.height + SLACK, (shape, bottom, figure.height)
        for role in (shape.fill, None if isinstance(shape, Label) else shape.stroke):
            assert role is None or colours.of(role)
    for label in labels(figure):
        assert label.size >= least_size
        assert label.text.strip() == label.text != ""
    closer = LEADING - PITCH if figure.kind == "paired_bars" else 0
    for a, b in combinations(labels(figure), 2):
        assert not overlap(label_box(a), label_box(b), closer * a.size), (a, b)


def overlap(a: Box, b: Box, closer: float = 0) -> bool:
    """Whether two boxes share room beyond rounding, and beyond `closer` points of height."""
    return min(a[2], b[2]) - max(a[0], b[0]) > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK + closer


def assert_lines_miss_labels(figure: Figure) -> None:
    """No open line, such as a leader, runs through a label."""
    boxes = [label_box(label) for label in labels(figure)]
    for shape in figure.shapes:
        if not isinstance(shape, Path) or shape.fill:
            continue
        for subpath in flattened(shape):
            for (ax, ay), (bx, by) in pairwise(subpath):
                for i in range(41):
                    x, y = ax + (bx - ax) * i / 40, ay + (by - ay) * i / 40
                    for left, top, right, bottom in boxes:
                        # A descender's room may be touched: what is drawn there is checked by eye.
                        assert not (left < x < right and top + 0.1 < y < bottom - 0.1), (shape, x, y)


def grey(figure: Figure, scale: int = 4) -> Image.Image:
    """The figure without its labels as a black-and-white photograph, `scale` pixels a point."""
    image = Image.new("L", (int(figure.width * scale) + 1, int(figure.height * scale) + 1), 255)
    draw = ImageDraw.Draw(image)
    for shape in figure.shapes:
        if isinstance(shape, Label):
            continue
        fill, stroke = _luma(shape.fill), _luma(shape.stroke)
        pen = max(1, round(shape.stroke_width * scale)) if shape.stroke else 0
        if isinstance(shape, Rect | Ellipse):
            left, top, right, bottom = shape_box(shape)
            box = [left * scale, top * scale, right * scale, bottom * scale]
            (draw.rectangle if isinstance(shape, Rect) else draw.ellipse)(box, fill=fill, outline=stroke, width=pen)
            continue
        subpaths = [[(x * scale, y * scale) for x, y in subpath] for subpath in flattened(shape)]
        for points in subpaths:
            if fill is not None and len(points) > 2:
                draw.polygon(points, fill=fill)
        for points in subpaths:
            if stroke is not None:
                draw.line(points, fill=stroke, width=pen)
    return image


def shade(image: Image.Image, x: float, y: float) -> int:
    """The grey at a pixel, 0 black to 255 white."""
    return image.tobytes()[int(y) * image.width + int(x)]


def _luma(role: str | None) -> int | None:
    if role is None:
        return None
    value = Colours().of(role)
    r, g, b = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return round(0.299 * r + 0.587 * g + 0.114 * b)
