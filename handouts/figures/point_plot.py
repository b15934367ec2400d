"""Points in rows on one axis, with words at both sides: what forest, dumbbell and mean change are drawn by.

In: a `PointChart`. Out: a `Figure` whose native chart it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from handouts.figures.drawing import line, polygon
from handouts.figures.lettering import LEADING, Block, even, least_width
from handouts.figures.scales import NumberMarks, tick_texts
from handouts.figures.shapes import (
    Axis,
    Ellipse,
    Figure,
    Kind,
    Label,
    Measure,
    Path,
    PointChart,
    PointRow,
    Rect,
    Shape,
    Spot,
)

GAP = 10.0
LEAST_PLOT = 80.0
"""Points of width that an axis needs for its ticks to be told apart."""
WISHED_PLOT = 0.27
"""Share of the width that the axis gets as long as labels can be broken into more lines for it."""
LABEL_SHARES = (0.4, 0.34, 0.28, 0.22)
CELL_SHARE = 0.26
ROW_SPACE = 7.0
LEAST_ROW = 18.0
GROUP_SPACE = 4.0
MARK = 4.0
"""Half the side of a square, and the radius of a filled point."""
RING = 5.4
WITHIN = 2.7
"""Radius of the point of a second series, and of a filled point of the same value within it."""
CAP = 8.0
TICK = 4.0
ARROW = 16.0
"""Length of the arrows under the two sides of the axis."""


class _Frame(Struct, frozen=True):
    """Where things stand across: the axis from `left`, `wide` points long, the columns of words from `columns` on."""

    left: float
    wide: float
    columns: tuple[float, ...]
    labels: tuple[Block, ...]
    cells: tuple[tuple[Block, ...], ...]
    heads: tuple[Block, ...]
    beside: bool

    def x(self, axis: Axis, value: float) -> float:
        return self.left + self.wide * axis.share(value)


class _Tick(Struct, frozen=True):
    """A tick's place, and the start, text and width of its number."""

    x: float
    start: float
    text: str
    wide: float


class _Brush(Struct, frozen=True):
    """What all parts are drawn with."""

    chart: PointChart
    width: float
    measure: Measure
    size: float


def draw_points(
    chart: PointChart,
    *,
    kind: Kind,
    width: float,
    measure: Measure,
    alt: str,
    data: tuple[tuple[str, ...], ...],
    marks: NumberMarks,
    size: float,
) -> Figure:
    """Draw the rows from the top, labels at the left or, where that is too narrow, above, words at the right.

    Raises ValueError when words leave the axis less than 80 points, or a word has no room.
    """
    brush = _Brush(chart, width, measure, size)
    frame = _framed(brush)
    shapes: list[Shape] = []
    # The uprights of the first row have round ends.
    y = 1.0
    if chart.joined:
        key, y = _key(brush)
        shapes += key
    if frame.heads:
        tall = max(head.height for head in frame.heads)
        for head, x in zip(frame.heads, frame.columns, strict=True):
            shapes += head.labels(x, y + tall - head.height)
        y += tall + 2
    for row, opens, label, cells in zip(chart.rows, chart.opens_group, frame.labels, frame.cells, strict=True):
        if opens:
            head = even(row.group, size, width, measure, strong=True)
            y += GROUP_SPACE if row is not chart.rows[0] else 0
            shapes += head.labels(0, y)
            y += head.height
        drawn, y = _row(brush, frame, row, label, cells, y)
        shapes += drawn
    foot, y = _foot(brush, frame, y, tick_texts(chart.axis, marks))
    return Figure(kind, width, y, (*shapes, *foot), alt, data, chart)


def _framed(brush: _Brush) -> _Frame:
    """The widest axis that breaking the labels allows; labels above the rows when that is still too narrow."""
    chart, width, measure, size = brush.chart, brush.width, brush.measure, brush.size
    columns: list[tuple[Block, ...]] = []
    for texts in zip(*(row.cells for row in chart.rows), strict=True):
        # A column is as wide as its longest word, an interval held together by no-break spaces, asks for.
        room = max(width * CELL_SHARE, *(least_width(text, size, measure) for text in texts))
        columns.append(tuple(even(text, size, room, measure) for text in texts))
    cells = tuple(tuple(column[i] for column in columns) for i in range(len(chart.rows)))
    wide = [max(block.width for block in column) for column in columns]
    if chart.heads:
        least = [least_width(head, size, measure, strong=True) for head in chart.heads]
        wide = [max(pair) for pair in zip(wide, least, strict=True)]
    heads = tuple(even(head, size, w, measure, strong=True) for head, w in zip(chart.heads, wide, strict=False))
    right = sum(wide) + GAP * len(wide)
    starts = tuple(width - right + GAP + sum(wide[:i]) + GAP * i for i in range(len(wide)))
    numbers = [measure(spot.text, size, strong=True) for row in chart.rows for spot in row.spots if spot.text]
    # Beside the outermost points stand their numbers, else half a mark or a tick's label.
    pad = max(numbers) + RING + 4 if numbers else RING + 1
    best: _Frame | None = None
    for share in LABEL_SHARES:
        try:
            labels = tuple(even(row.label, size, width * share, measure) for row in chart.rows)
        except ValueError:
            break
        left = max(label.width for label in labels) + GAP + pad
        frame = _Frame(left, width - left - pad - right, starts, labels, cells, heads, beside=True)
        best = frame if best is None or frame.wide > best.wide else best
        if best.wide >= WISHED_PLOT * width:
            break
    if best is None or best.wide < LEAST_PLOT:
        labels = tuple(even(row.label, size, width, measure) for row in chart.rows)
        best = _Frame(pad, width - 2 * pad - right, starts, labels, cells, heads, beside=False)
    if best.wide < LEAST_PLOT:
        raise ValueError(
            f"words of {right + 2 * pad:.0f} pt beside the points leave {best.wide:.0f} of {width:.0f} pt for the "
            f"axis, which needs {LEAST_PLOT:.0f} pt"
        )
    return best


def _key(brush: _Brush) -> tuple[list[Shape], float]:
    """The names of both series, each with its point, on one line where they have room; and how high they are."""
    size, indent = brush.size, 2 * RING + 6
    names = [even(name, size, brush.width - indent, brush.measure, strong=True) for name in brush.chart.series]
    one_line = sum(name.width + indent for name in names) + 2 * GAP <= brush.width
    shapes: list[Shape] = []
    x = y = 0.0
    for number, name in enumerate(names):
        shapes.append(_point(number, x + RING + 1, y + size * LEADING / 2))
        shapes += name.labels(x + indent, y)
        x, y = (x + indent + name.width + 2 * GAP, y) if one_line else (x, y + name.height)
    return shapes, (max(name.height for name in names) if one_line else y) + 6


def _row(
    brush: _Brush, frame: _Frame, row: PointRow, label: Block, cells: Sequence[Block], y: float
) -> tuple[list[Shape], float]:
    """A row whose top is at `y`, and where it ends."""
    if not frame.beside:
        y += ROW_SPACE / 2
    head = 0.0 if frame.beside else label.height
    words = max([*(cell.height for cell in cells), label.height if frame.beside else 0.0, brush.size * LEADING])
    band = max(words + ROW_SPACE, LEAST_ROW)
    middle = y + head + band / 2
    shapes: list[Shape] = [*label.labels(0, middle - label.height / 2 if frame.beside else y)]
    for cell, x in zip(cells, frame.columns, strict=True):
        shapes += cell.labels(x, middle - cell.height / 2)
    numbers = _numbers(brush, frame, row, middle) if brush.chart.joined else []
    shapes += _grid(brush, frame, numbers, y + head, y + head + band)
    if brush.chart.joined:
        shapes += _joined(brush, frame, row, middle)
    else:
        shapes += _single(brush, frame, row.spots[0], middle)
    return [*shapes, *numbers], y + head + band


def _grid(brush: _Brush, frame: _Frame, numbers: Sequence[Label], top: float, bottom: float) -> list[Shape]:
    """Uprights at the ticks, faint but at the value that all is compared with; none runs through a number."""
    shapes: list[Shape] = []
    for tick in brush.chart.axis.ticks:
        x, compared = frame.x(brush.chart.axis, tick), tick == brush.chart.line
        if not any(_covers(number, x, brush.measure) for number in numbers):
            upright = line((x, top), (x, bottom))
            shapes.append(Path(upright, stroke="ink" if compared else "faint", stroke_width=1.2 if compared else 0.7))
    return shapes


def _covers(number: Label, x: float, measure: Measure) -> bool:
    wide = measure(number.text, number.size, strong=number.strong)
    left = number.x - (wide if number.anchor == "end" else 0)
    return left - 2 < x < left + wide + 2


def _single(brush: _Brush, frame: _Frame, spot: Spot, y: float) -> list[Shape]:
    """A point with its interval; ends that lie beyond the axis have an arrow head there."""
    axis, x = brush.chart.axis, frame.x(brush.chart.axis, spot.value)
    if spot.low is None or spot.high is None:
        return [_square(x, y, hollow=True)]
    low, high = max(spot.low, axis.low), min(spot.high, axis.high)
    ends = (frame.x(axis, low), spot.low < low, -1), (frame.x(axis, high), spot.high > high, 1)
    shapes: list[Shape] = [Path(line((ends[0][0], y), (ends[1][0], y)), stroke="ink", stroke_width=1.3)]
    for end, beyond, way in ends:
        if beyond:
            tip = polygon((end + way * 5, y), (end - way * 2, y - 4), (end - way * 2, y + 4))
            shapes.append(Path(tip, fill="ink"))
        else:
            shapes.append(Path(line((end, y - CAP / 2), (end, y + CAP / 2)), stroke="ink", stroke_width=1.3))
    return [*shapes, _square(x, y, hollow=False)]


def _joined(brush: _Brush, frame: _Frame, row: PointRow, y: float) -> list[Shape]:
    """Two points and the line between them; of the same value, the filled one stands within the other."""
    xs = [frame.x(brush.chart.axis, spot.value) for spot in row.spots]
    points = [_point(1, xs[1], y), _point(0, xs[0], y)]
    if xs[0] == xs[1]:
        return [points[0], Ellipse(xs[0], y, WITHIN, WITHIN, fill="accent")]
    return [Path(line((xs[0], y), (xs[1], y)), stroke="muted", stroke_width=2.2), *points]


def _numbers(brush: _Brush, frame: _Frame, row: PointRow, y: float) -> list[Label]:
    """The numbers of two points, outside of them on either side."""
    xs = [frame.x(brush.chart.axis, spot.value) for spot in row.spots]
    left = 0 if xs[0] < xs[1] else 1
    labels: list[Label] = []
    for number, (x, spot) in enumerate(zip(xs, row.spots, strict=True)):
        side = -1 if number == left else 1
        labels.append(
            Label(
                x + side * (RING + 4),
                y + brush.size * 0.35,
                spot.text,
                brush.size,
                strong=number == 0,
                anchor="end" if side < 0 else "start",
            )
        )
    return labels


def _square(x: float, y: float, *, hollow: bool) -> Shape:
    if hollow:
        side = 2 * MARK - 1.5
        return Rect(x - side / 2, y - side / 2, side, side, fill="unfilled", stroke="accent", stroke_width=1.5)
    return Rect(x - MARK, y - MARK, 2 * MARK, 2 * MARK, fill="accent")


def _point(series: int, x: float, y: float) -> Shape:
    if series:
        return Ellipse(x, y, RING - 0.8, RING - 0.8, fill="unfilled", stroke="muted", stroke_width=1.6)
    return Ellipse(x, y, MARK, MARK, fill="accent")


def _foot(brush: _Brush, frame: _Frame, y: float, texts: Sequence[str]) -> tuple[list[Shape], float]:
    """The axis with its ticks, what lies on either side, and its name; and where all that ends."""
    chart, size, measure = brush.chart, brush.size, brush.measure
    shapes: list[Shape] = [Path(line((frame.left, y), (frame.left + frame.wide, y)), stroke="muted", stroke_width=0.8)]
    y += TICK
    for tick in _ticks(brush, frame, texts):
        shapes.append(Path(line((tick.x, y - TICK), (tick.x, y - 1)), stroke="muted", stroke_width=0.8))
        shapes += Block(((tick.text, False),), size, tick.wide).labels(tick.start, y, fill="muted")
    y += size * LEADING
    if chart.sides and chart.line is not None:
        sides, y = _sides(brush, frame.x(chart.axis, chart.line), chart.sides, y + 3)
        shapes += sides
    if chart.axis_name:
        name = even(chart.axis_name, size, brush.width, measure)
        middle = min(max(frame.left + frame.wide / 2, name.width / 2), brush.width - name.width / 2)
        shapes += name.labels(middle, y + 2, anchor="middle", fill="muted")
        y += 2 + name.height
    if chart.key:
        key, y = _squares_key(brush, chart.key, y + 2)
        shapes += key
    return shapes, y


def _squares_key(brush: _Brush, key: tuple[str, str], y: float) -> tuple[list[Shape], float]:
    """What filled and hollow squares are, one below the other; and where that ends."""
    size, indent = brush.size, 2 * MARK + 6
    shapes: list[Shape] = []
    for text, hollow in zip(key, (False, True), strict=True):
        block = even(text, size, brush.width - indent, brush.measure)
        shapes.append(_square(MARK + 1, y + size * LEADING / 2, hollow=hollow))
        shapes += block.labels(indent, y, fill="muted")
        y += block.height
    return shapes, y


def _ticks(brush: _Brush, frame: _Frame, texts: Sequence[str]) -> list[_Tick]:
    """The ticks that have room: all of them, or every second, third … one, among them the line of comparison."""
    chart = brush.chart
    placed: list[_Tick] = []
    for value, text in zip(chart.axis.ticks, texts, strict=True):
        x, wide = frame.x(chart.axis, value), brush.measure(text, brush.size)
        placed.append(_Tick(x, min(max(x - wide / 2, 0.0), brush.width - wide), text, wide))
    compared = chart.axis.ticks.index(chart.line) if chart.line in chart.axis.ticks else 0
    for every in range(1, len(placed)):
        kept = placed[compared % every :: every]
        if len(kept) > 1 and all(b.start - a.start >= a.wide + 4 for a, b in pairwise(kept)):
            return kept
    raise ValueError(f"the axis from {texts[0]} to {texts[-1]} has no room for two of its numbers")


def _sides(brush: _Brush, x: float, sides: tuple[str, str], y: float) -> tuple[list[Shape], float]:
    """What lies on either side of the line at `x`, each with an arrow away from it; and where that ends."""
    near = ARROW + 8
    size, measure = brush.size, brush.measure
    blocks = [even(sides[0], size, x - near, measure), even(sides[1], size, brush.width - x - near, measure)]
    shapes: list[Shape] = []
    middle = y + size * LEADING / 2
    for block, way in zip(blocks, (-1, 1), strict=True):
        start, tip = x + way * 4, x + way * (4 + ARROW)
        head = line((tip - way * 4, middle - 3), (tip, middle), (tip - way * 4, middle + 3))
        shapes.append(Path((*line((start, middle), (tip, middle)), *head), stroke="ink", stroke_width=1.1))
        shapes += block.labels(x + way * near, y, anchor="end" if way < 0 else "start")
    return shapes, y + max(block.height for block in blocks)
