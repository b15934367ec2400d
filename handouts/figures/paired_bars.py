"""Paired bars: outcomes of two to four arms side by side, on one N or in one unit. In: `ArmBars`. Out: a `Figure`."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.figures.drawing import Commands, line
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import LEADING, Block, even
from handouts.figures.shapes import ArmBars, ArmsChart, Figure, Label, Measure, Path, Rect, Role, Shape

FEWEST, MOST = 2, 4
GAP = 8.0
NEAR = 4.0
"""Room between a bar's end and its number."""
PITCH = 1.02
"""Height of a number's line in parts of its type: figures have no descenders, and stand closer than words."""
ROW_GAP, WIDE_ROW_GAP = 2.5, 7.0
"""Room between two outcomes, so that bars which touch are seen to belong together; and where the next one begins with
its name or a head.
"""
LABEL_SHARE = 0.42
LEAST_PLOT = 70.0
BAR_SHARE = 0.9
"""Height of a bar in parts of the line of its number."""
SIZE, SMALL = 10.5, 10.0
"""Points of type, and of what explains a name in it: the least that a page has."""
HATCH = 4.5
PEN = 0.9

FILLS: tuple[tuple[Role, Role, bool], ...] = (
    ("accent", "accent", False),
    ("unfilled", "muted", False),
    ("unfilled", "accent", True),
    ("accent_soft", "accent", False),
)
"""Fill, edge and hatching of the arms in their order: neighbours differ in grey, or in pattern."""


class _Name(Struct, frozen=True):
    """An outcome's name, and beneath it in small type what it means."""

    name: Block
    means: Block

    @property
    def width(self) -> float:
        return max(self.name.width, self.means.width)

    @property
    def height(self) -> float:
        return self.name.height + self.means.height

    @property
    def lines(self) -> int:
        return len(self.name.lines) + len(self.means.lines)

    def labels(self, top: float) -> tuple[Label, ...]:
        return *self.name.labels(0, top), *self.means.labels(0, top + self.name.height, fill="muted")


class _Frame(Struct, frozen=True):
    left: float
    wide: float
    """Points of the whole scale."""
    names: tuple[_Name, ...]
    beside: bool


@drawn_once
def paired_bars(
    rows: Sequence[ArmBars],
    *,
    arms: Sequence[str],
    width: float,
    measure: Measure,
    alt: str,
    heads: Sequence[str] = (),
    key: bool = True,
    alike: Sequence[ArmBars] = (),
    title: str = "",
    size: float = SIZE,
) -> Figure:
    """Draw `rows` from the top, a bar for each arm in the order of `arms`, named above, its number at its end.

    All bars begin at 0 and share one scale, which ends at the highest value. A value of None, such as a median not
    reached, has words and no bar. Names stand at the left where they take at most a line more than there
    are bars, else above. `heads` say above all what the numbers are. Without a `key` the arms are not named: a figure
    above does. `alike` are rows of other figures of this width that are to be read on the same scale.

    Raises ValueError for no rows, fewer than two or more than four arms, values that are not one an arm, a value
    below 0, or words that leave too little room for the bars.
    """
    if not rows:
        raise ValueError("paired bars need an outcome")
    if not FEWEST <= len(arms) <= MOST:
        raise ValueError(f"paired bars compare {FEWEST} to {MOST} arms, not {len(arms)}; a table can hold more")
    for row in rows:
        _check(row, len(arms))
    scaled = (*rows, *alike)
    end = max((v for row in scaled for v in row.values if v), default=1.0)
    frame = _framed(scaled, width, measure, size, end)
    shapes, y = _top(heads, arms if key else (), width, measure, size)
    # Where nothing stands above or below, the type of a number needs more room than its line.
    over = size * (LEADING - PITCH) / 2
    y = max(y, over)
    axis: list[tuple[float, float]] = []
    group = ""
    for number, (row, name) in enumerate(zip(rows, frame.names, strict=False)):
        starts = row.group not in {"", group}
        if number:
            y += ROW_GAP if frame.beside and not starts else WIDE_ROW_GAP
        if starts:
            head = even(row.group, size, width, measure, strong=True)
            shapes += head.labels(0, y)
            y += head.height + 1
        group = row.group
        bars = size * PITCH * len(arms)
        tall = max(bars, name.height) if frame.beside else bars
        if frame.beside:
            shapes += name.labels(y + (tall - name.height) / 2)
        else:
            shapes += name.labels(y)
            y += name.height + 1
        shapes += _bars(row, frame, y + (tall - bars) / 2, end, measure, size)
        # One axis for all that nothing parts: bars are compared along it.
        joins = axis and frame.beside and not starts
        axis = [*axis[:-1], (axis[-1][0], y + tall)] if joins else [*axis, (y, y + tall)]
        y += tall
    shapes += [Path(line((frame.left, top), (frame.left, foot)), stroke="ink", stroke_width=1) for top, foot in axis]
    return Figure(
        kind="paired_bars",
        width=width,
        height=y + over,
        shapes=tuple(shapes),
        alt=alt,
        data=(("", *arms), *((*((row.group,) if row.group else ()), row.label, *row.texts) for row in rows)),
        chart=ArmsChart(title, tuple(arms), tuple(_named_whole(row) for row in rows), end),
    )


def _named_whole(row: ArmBars) -> ArmBars:
    """The row with its group in its label, for charts that have no heads above their rows."""
    return replace(row, label=f"{row.group}: {row.label}", group="") if row.group else row


def _check(row: ArmBars, arms: int) -> None:
    if len(row.values) != arms or len(row.texts) != arms or len(row.at_bars) != arms:
        raise ValueError(f"'{row.label}' needs a value and its text for each of the {arms} arms")
    for value, text in zip(row.values, row.at_bars, strict=True):
        if not text.strip():
            raise ValueError(f"'{row.label}' has a bar without its number in words")
        if value is not None and not 0 <= value < math.inf:
            raise ValueError(f"'{row.label}' has the value {value:g}; a bar begins at 0 and cannot show it")


def _framed(rows: Sequence[ArmBars], width: float, measure: Measure, size: float, end: float) -> _Frame:
    """The longest scale that all numbers leave, with the names beside the bars if they have room there."""
    try:
        names = tuple(_name(row, width * LABEL_SHARE, measure, size) for row in rows)
    except ValueError:
        names = ()
    left = max((name.width for name in names), default=0.0) + GAP
    calm = names and all(name.lines <= len(row.values) + 1 for name, row in zip(names, rows, strict=True))
    beside = bool(calm) and _scale(rows, width - left, measure, size, end) >= LEAST_PLOT
    if not beside:
        names, left = tuple(_name(row, width, measure, size) for row in rows), 0.5
    wide = _scale(rows, width - left, measure, size, end)
    if wide < LEAST_PLOT:
        raise ValueError(
            f"numbers in words leave {max(wide, 0):.0f} pt of {width:.0f} for the bars; {LEAST_PLOT:.0f} pt are needed"
        )
    return _Frame(left, wide, names, beside)


def _name(row: ArmBars, room: float, measure: Measure, size: float) -> _Name:
    small = SMALL * size / SIZE
    means = even(row.means, small, room, measure) if row.means else Block((), small, 0)
    return _Name(even(row.label, size, room, measure, strong=True), means)


def _scale(rows: Sequence[ArmBars], room: float, measure: Measure, size: float, end: float) -> float:
    """The most points that the whole scale can have, so that each bar and the number after it stay within `room`."""
    longest = room - 1
    for row in rows:
        for arm, (value, text) in enumerate(zip(row.values, row.at_bars, strict=True)):
            free = room - NEAR - measure(text, size, strong=arm == 0)
            if free < 0:
                return free
            if value:
                longest = min(longest, free * (end / value))
    return longest


def _top(
    heads: Sequence[str], arms: Sequence[str], width: float, measure: Measure, size: float
) -> tuple[list[Shape], float]:
    """What stands above the bars, and how high it is: heads, and the arms' names, each after a piece of its bar."""
    shapes: list[Shape] = []
    y = 0.0
    for text in heads:
        head = even(text, size, width, measure)
        shapes += head.labels(0, y)
        y += head.height
    if arms:
        # Groups are named in full, in the least type: two of them should take two lines.
        size *= SMALL / SIZE
        box = size * LEADING * BAR_SHARE
        indent = box * 1.3 + 5
        names = [even(name, size, width - indent, measure, strong=n == 0) for n, name in enumerate(arms)]
        wide = sum(indent + name.width for name in names) + 2 * GAP * (len(names) - 1)
        one_line = wide <= width and all(len(name.lines) == 1 for name in names)
        x = 0.0
        for arm, name in enumerate(names):
            shapes += _bar(arm, x, y + size * LEADING * (1 - BAR_SHARE) / 2, box * 1.3, box)
            shapes += name.labels(x + indent, y)
            last = arm + 1 == len(names)
            x, y = (x + indent + name.width + 2 * GAP, y) if one_line and not last else (0.0, y + name.height)
    return shapes, y + (GAP / 2 + 1 if y else 0)


def _bars(row: ArmBars, frame: _Frame, top: float, end: float, measure: Measure, size: float) -> list[Shape]:
    """The bars of a row, which touch, and their numbers."""
    step = size * PITCH
    high = step * BAR_SHARE
    first = top + (step - high) * len(row.values) / 2
    shapes: list[Shape] = []
    for arm, (value, text) in enumerate(zip(row.values, row.at_bars, strict=True)):
        long = frame.wide * ((value or 0.0) / end)
        if value:
            shapes += _bar(arm, frame.left, first + arm * high, long, high)
        words = Block(((text, arm == 0),), size, measure(text, size, strong=arm == 0))
        shapes += words.labels(frame.left + long + NEAR, top + arm * step - (size * LEADING - step) / 2)
    return shapes


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
