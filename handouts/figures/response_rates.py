"""Response rates: percentages with their intervals on an axis from 0 to 100. In: `Bar`s. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handouts.figures.drawing import line, polygon
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import DESCENT, LEADING, Block, even
from handouts.figures.shapes import Bar, Chart, Ellipse, Figure, Measure, Path, Rect, Shape

BAR = 12.0
CAP = 8.0
MARK = 5.8
"""Half the width of the widest mark with its stroke: it stays inside the figure at 0 percent."""
GAP = 10.0
BESIDE = 400.0
"""From this width in points the labels stand beside the bars, below it above them."""
LABEL_SHARE = 0.38
LEAST_PLOT = 80.0

Tick = tuple[float, str]
"""A place on the axis in percent, and what is written there."""


class _Frame(Struct, frozen=True):
    left: float
    wide: float

    def x(self, percent: float) -> float:
        return self.left + self.wide * percent / 100


@drawn_once
def response_rates(
    rows: Sequence[Bar],
    *,
    width: float,
    measure: Measure,
    alt: str,
    ticks: Sequence[Tick],
    title: str = "",
    interval_name: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `rows` from the top: a bar to the percentage, a mark on it, and its interval as an error bar.

    A row without an interval is drawn hollow: its source states no denominator. `main` rows take the accent, the others
    grey. Each row's `text` stands at the right; `ticks` are written under the axis where they have room.

    Raises ValueError for no rows, a percentage or bound outside 0…100 or out of order, half an interval, or labels that
    leave too little room for the bars.
    """
    if not rows:
        raise ValueError("a chart of response rates needs a row")
    for row in rows:
        _check(row)
    values = [even(row.text, size, width / 2, measure, strong=True) for row in rows]
    right = max(b.width for b in values)
    beside = width >= BESIDE
    label_room = width * LABEL_SHARE if beside else width
    labels = [even(_name(row), size, label_room, measure) for row in rows]
    left = max(b.width for b in labels) + GAP if beside else MARK
    frame = _Frame(left, width - left - right - GAP - 2)
    if frame.wide < LEAST_PLOT:
        raise ValueError(
            f"values of {right:.0f} pt leave {frame.wide:.0f} pt for the bars; {LEAST_PLOT:.0f} pt are needed"
        )
    shapes: list[Shape] = []
    y = 0.0
    for row, label, value in zip(rows, labels, values, strict=True):
        head = 0.0 if beside else label.height + 1
        band = max(value.height, label.height if beside else 0.0, BAR + 6)
        middle = y + head + band / 2
        shapes += label.labels(0, middle - label.height / 2 if beside else y)
        shapes += _bar(row, frame, middle)
        shapes.append(
            Path(line((left, middle - band / 2 + 0.5), (left, middle + band / 2)), stroke="muted", stroke_width=0.8)
        )
        shapes += value.labels(width, middle - value.height / 2, anchor="end")
        y += head + band + (5 if beside else 4)
    shapes += _axis(frame, ticks, y, size, measure)
    return Figure(
        kind="rates",
        width=width,
        height=y + 6 + size * LEADING,
        shapes=tuple(shapes),
        alt=alt,
        data=tuple((_name(r), r.text) for r in rows),
        chart=Chart(title, tuple(rows), interval_name=interval_name),
    )


def _name(row: Bar) -> str:
    return f"{row.label}, {row.people}" if row.people else row.label


def _check(row: Bar) -> None:
    if (row.low is None) != (row.high is None):
        raise ValueError(f"'{row.label}' has half an interval; give both bounds or neither")
    low = row.value if row.low is None else row.low
    high = row.value if row.high is None else row.high
    if not 0 <= low <= row.value <= high <= 100:
        raise ValueError(f"'{row.label}' is not 0 ≤ low ≤ value ≤ high ≤ 100: {low:g}, {row.value:g}, {high:g}")


def _bar(row: Bar, frame: _Frame, y: float) -> list[Shape]:
    end, dark = frame.x(row.value), "accent" if row.main else "muted"
    wide = max(end - frame.left, 0.1)
    if row.low is None or row.high is None:
        mark = polygon((end, y - 5), (end + 5, y), (end, y + 5), (end - 5, y))
        bar = Rect(frame.left, y - BAR / 2, wide, BAR, fill="unfilled", stroke=dark)
        return [bar, Path(mark, fill="unfilled", stroke=dark, stroke_width=1.3)]
    low, high = frame.x(row.low), frame.x(row.high)
    whisker = (
        *line((low, y), (high, y)),
        *line((low, y - CAP / 2), (low, y + CAP / 2)),
        *line((high, y - CAP / 2), (high, y + CAP / 2)),
    )
    return [
        Rect(
            frame.left,
            y - BAR / 2,
            wide,
            BAR,
            fill="accent_soft" if row.main else "faint",
            stroke=dark,
            stroke_width=0.7,
        ),
        Path(whisker, stroke="ink", stroke_width=1.2),
        Ellipse(end, y, 3.6, 3.6, fill=dark),
    ]


def _axis(frame: _Frame, ticks: Sequence[Tick], y: float, size: float, measure: Measure) -> list[Shape]:
    shapes: list[Shape] = [Path(line((frame.left, y), (frame.x(100), y)), stroke="muted", stroke_width=0.8)]
    free = -1.0
    for percent, text in ticks:
        x, wide = frame.x(percent), measure(text, size)
        start = max(x - wide / 2, 0.0)
        if start < free:
            continue
        shapes.append(Path(line((x, y), (x, y + 3)), stroke="muted", stroke_width=0.8))
        shapes += Block(((text, False),), size, wide).labels(start, y + 4 + DESCENT, fill="muted")
        free = start + wide + 4
    return shapes
