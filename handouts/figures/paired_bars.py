"""Paired bars: outcomes of two to four arms side by side, on one N or in one unit. In: `ArmBars`. Out: a `Figure`."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.figures.drawing import Commands, line
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import LEADING, Block, even
from handouts.figures.shapes import ArmBars, ArmsChart, Figure, Measure, Path, Rect, Role, Shape

FEWEST, MOST = 2, 4
GAP = 8.0
NEAR = 4.0
"""Room between a bar's end and its number."""
ROW_GAP = 8.0
LABEL_SHARE = 0.42
LEAST_PLOT = 70.0
BAR_SHARE = 0.82
"""Height of a bar in parts of the line of its number."""
HATCH = 4.5
PEN = 0.9

FILLS: tuple[tuple[Role, Role, bool], ...] = (
    ("accent", "accent", False),
    ("unfilled", "muted", False),
    ("unfilled", "accent", True),
    ("accent_soft", "accent", False),
)
"""Fill, edge and hatching of the arms in their order: neighbours differ in grey, or in pattern."""


class _Frame(Struct, frozen=True):
    left: float
    wide: float
    """Points of the whole scale."""
    labels: tuple[Block, ...]
    beside: bool


@drawn_once
def paired_bars(
    rows: Sequence[ArmBars],
    *,
    arms: Sequence[str],
    width: float,
    measure: Measure,
    alt: str,
    most: float | None = None,
    title: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `rows` from the top, a bar for each arm in the order of `arms`, named above, its number at its end.

    All bars begin at 0 and share one scale; `most` is its end, the highest value without it. A value of None, such as
    a median not reached, has words and no bar. Labels stand at the left where they take no more lines than there are
    bars, else above.

    Raises ValueError for no rows, fewer than two or more than four arms, values that are not one an arm, a value
    below 0 or above `most`, or words that leave too little room for the bars.
    """
    if not rows:
        raise ValueError("paired bars need an outcome")
    if not FEWEST <= len(arms) <= MOST:
        raise ValueError(f"paired bars compare {FEWEST} to {MOST} arms, not {len(arms)}; a table can hold more")
    for row in rows:
        _check(row, len(arms), most)
    end = most or max((v for row in rows for v in row.values if v), default=1.0)
    frame = _framed(rows, width, measure, size, end)
    key, y = _key(arms, width, measure, size)
    shapes: list[Shape] = [*key]
    step = size * LEADING
    group = ""
    for number, (row, label) in enumerate(zip(rows, frame.labels, strict=True)):
        y += ROW_GAP if number else 0
        if row.group not in {"", group}:
            head = even(row.group, size, width, measure, strong=True)
            shapes += head.labels(0, y)
            y += head.height + 1
        group = row.group
        if not frame.beside:
            shapes += label.labels(0, y)
            y += label.height + 1
        tall = step * len(arms)
        if frame.beside:
            shapes += label.labels(0, y + (tall - label.height) / 2)
        for arm, (value, text) in enumerate(zip(row.values, row.texts, strict=True)):
            top, long = y + arm * step, frame.wide * ((value or 0.0) / end)
            if value:
                shapes += _bar(arm, frame.left, top + step * (1 - BAR_SHARE) / 2, long, step * BAR_SHARE)
            words = Block(((text, arm == 0),), size, measure(text, size, strong=arm == 0))
            shapes += words.labels(frame.left + long + NEAR, top)
        shapes.append(Path(line((frame.left, y), (frame.left, y + tall)), stroke="ink", stroke_width=1))
        y += tall
    return Figure(
        kind="paired_bars",
        width=width,
        height=y + 0.5,
        shapes=tuple(shapes),
        alt=alt,
        data=(("", *arms), *((*((row.group,) if row.group else ()), row.label, *row.texts) for row in rows)),
        chart=ArmsChart(title, tuple(arms), tuple(_named_whole(row) for row in rows), end),
    )


def _named_whole(row: ArmBars) -> ArmBars:
    """The row with its group in its label, for charts that have no heads above their rows."""
    return replace(row, label=f"{row.group}: {row.label}", group="") if row.group else row


def _check(row: ArmBars, arms: int, most: float | None) -> None:
    if len(row.values) != arms or len(row.texts) != arms:
        raise ValueError(f"'{row.label}' needs a value and its text for each of the {arms} arms")
    for value, text in zip(row.values, row.texts, strict=True):
        if not text.strip():
            raise ValueError(f"'{row.label}' has a bar without its number in words")
        if value is not None and not 0 <= value < math.inf:
            raise ValueError(f"'{row.label}' has the value {value:g}; a bar begins at 0 and cannot show it")
        if value is not None and most is not None and value > most:
            raise ValueError(f"'{row.label}' has the value {value:g}, above the end of the scale, {most:g}")


def _framed(rows: Sequence[ArmBars], width: float, measure: Measure, size: float, end: float) -> _Frame:
    """The longest scale that all numbers leave, with the labels beside the bars if they have room there."""
    try:
        labels = tuple(even(row.label, size, width * LABEL_SHARE, measure) for row in rows)
    except ValueError:
        labels = ()
    left = max((label.width for label in labels), default=0.0) + GAP
    calm = labels and all(len(label.lines) <= len(row.values) for label, row in zip(labels, rows, strict=True))
    if not calm or _scale(rows, width - left, measure, size, end) < LEAST_PLOT:
        labels, left = tuple(even(row.label, size, width, measure) for row in rows), 0.5
    wide = _scale(rows, width - left, measure, size, end)
    if wide < LEAST_PLOT:
        raise ValueError(
            f"numbers in words leave {max(wide, 0):.0f} pt of {width:.0f} for the bars; {LEAST_PLOT:.0f} pt are needed"
        )
    return _Frame(left, wide, labels, beside=left > GAP)


def _scale(rows: Sequence[ArmBars], room: float, measure: Measure, size: float, end: float) -> float:
    """The most points that the whole scale can have, so that each bar and the number after it stay within `room`."""
    longest = room - 1
    for row in rows:
        for arm, (value, text) in enumerate(zip(row.values, row.texts, strict=True)):
            free = room - NEAR - measure(text, size, strong=arm == 0)
            if free < 0:
                return free
            if value:
                longest = min(longest, free * (end / value))
    return longest


def _key(arms: Sequence[str], width: float, measure: Measure, size: float) -> tuple[list[Shape], float]:
    """The arms' names, each after a piece of its bar, on one line where they have room; and how high they are."""
    box = size * LEADING * BAR_SHARE
    indent = box * 1.4 + 6
    names = [even(name, size, width - indent, measure, strong=n == 0) for n, name in enumerate(arms)]
    one_line = sum(indent + name.width for name in names) + 2 * GAP * (len(names) - 1) <= width
    shapes: list[Shape] = []
    x = y = 0.0
    for arm, name in enumerate(names):
        shapes += _bar(arm, x, y + size * LEADING * (1 - BAR_SHARE) / 2, box * 1.4, box)
        shapes += name.labels(x + indent, y)
        x, y = (x + indent + name.width + 2 * GAP, y) if one_line else (x, y + name.height + 1)
    return shapes, (max(name.height for name in names) if one_line else y) + ROW_GAP


def _bar(arm: int, left: float, top: float, wide: float, high: float) -> list[Shape]:
    fill, edge, hatched = FILLS[arm]
    pen = min(PEN, wide / 2)
    x, y, w, h = left + pen / 2, top + pen / 2, wide - pen, high - pen
    bar = Rect(x, y, w, h, fill=fill, stroke=edge, stroke_width=pen)
    if not hatched or wide < HATCH:
        return [bar]
    x, y, w, h = x + PEN, y + PEN, w - 2 * PEN, h - 2 * PEN
    stripes: Commands = ()
    for i in range(1, int((w + h) / HATCH) + 1):
        start, stop = max(0.0, i * HATCH - w), min(i * HATCH, h)
        if stop > start:
            stripes += line((x + i * HATCH - start, y + start), (x + i * HATCH - stop, y + stop))
    return [bar, Path(stripes, stroke=edge, stroke_width=1.3)] if stripes else [bar]
