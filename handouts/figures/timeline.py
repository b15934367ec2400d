"""Timeline: events along one line to scale, words tied to their marks. In: times, dates and words. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal

from msgspec import Struct

from handouts.figures.drawing import line, polygon
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import Block, even, spread
from handouts.figures.shapes import Ellipse, Figure, Measure, Path, Shape

RADIUS = 5.0
GAP = 11.0
STEM = 10.0
"""Height of the leaders between a mark and its words."""
CALM_LINES = 5
"""With more lines of words than this in one row, the words go below and above in turn."""
MOST_LINES = 9
FEWEST, MOST = 2, 8
LONG_GAP = 10.0
"""A gap that is more than so many times the median one is broken."""
BREAK = 3.0
"""Half the distance between the two strokes of a break."""
SLANT = 2.0
ARROW = 6.0

State = Literal["known", "now", "planned"]


class TimelineEvent(Struct, frozen=True):
    """One event: its time in any unit, its date and its words as they are to be read. `planned` ones have a hollow
    mark, `now` a diamond.
    """

    at: float
    date: str
    words: str
    state: State = "known"


class _Placed(Struct, frozen=True):
    """Words with their left edge, and the x of their mark."""

    block: Block
    x: float
    mark: float

    @property
    def end(self) -> float:
        """Where the leader meets the words: upright below the mark, where they reach so far."""
        return min(max(self.mark, self.x + 1), self.x + max(self.block.width - 1, 1))


def broken_gaps(times: Sequence[float]) -> tuple[bool, ...]:
    """For each gap between neighbouring times whether it is so long that it is broken: more than ten times the median
    of the gaps that are not zero.
    """
    gaps = [later - earlier for earlier, later in pairwise(times)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    return tuple(gap > LONG_GAP * usual for gap in gaps)


@drawn_once
def timeline(
    events: Sequence[TimelineEvent], *, width: float, measure: Measure, alt: str, size: float = 10.5
) -> Figure:
    """Draw 2 to 8 `events` in the order of their times, to scale, at `width` points with words at `size` points.

    A broken gap (see `broken_gaps`) is as long as the longest of the others and is marked by two strokes. Marks that
    would cover each other stand side by side. Words stand below the line, or where that is too narrow below and
    above in turn, tied to their marks. Raises ValueError for too few or too many events, times out of order, or words
    that do not fit.
    """
    if not FEWEST <= len(events) <= MOST:
        raise ValueError(f"a timeline shows {FEWEST} to {MOST} events, not {len(events)}")
    times = [event.at for event in events]
    if times != sorted(times):
        raise ValueError("the events of a timeline are not in the order of their times")
    marks = _marks(times, width)
    placed = _one_row(events, marks, width, measure, size)
    below, above = (placed, ()) if placed else _in_turn(events, marks, width, measure, size)
    y = max((one.block.height + STEM for one in above), default=0.0) + RADIUS + 0.7
    shapes: list[Shape] = [*_leaders(below, y, 1), *_leaders(above, y, -1), *_line(times, marks, y, width)]
    shapes += [_mark(event.state, x, y) for event, x in zip(events, marks, strict=True)]
    for one in above:
        shapes += one.block.labels(one.x, y - RADIUS - STEM - one.block.height)
    for one in below:
        shapes += one.block.labels(one.x, y + RADIUS + STEM)
    return Figure(
        kind="timeline",
        width=width,
        height=y + RADIUS + STEM + max(one.block.height for one in below),
        shapes=tuple(shapes),
        alt=alt,
        data=tuple((e.date, e.words) for e in events),
    )


def _marks(times: Sequence[float], width: float) -> list[float]:
    """The x of each mark: to scale, but for broken gaps, and for marks that would cover each other."""
    gaps = [later - earlier for earlier, later in pairwise(times)]
    broken = broken_gaps(times)
    longest = max((gap for gap, long in zip(gaps, broken, strict=True) if not long), default=1.0)
    drawn = [longest if long else gap for gap, long in zip(gaps, broken, strict=True)]
    low, high = 0.7, width - 2 * RADIUS - ARROW - 2
    scale = (high - low) / (sum(drawn) or 1.0)
    wanted = [low + sum(drawn[:at]) * scale for at in range(len(times))]
    lefts = spread(wanted, [2 * RADIUS] * len(times), low, high + 2 * RADIUS, 1.5)
    if lefts is None:
        raise ValueError(f"a timeline of {len(times)} events in {width:.0f} pt is too narrow for its marks")
    return [left + RADIUS for left in lefts]


def _one_row(
    events: Sequence[TimelineEvent], marks: Sequence[float], width: float, measure: Measure, size: float
) -> tuple[_Placed, ...]:
    """All words below the line; nothing where that takes too many lines."""
    try:
        placed = _side(events, marks, width, measure, size)
    except ValueError:
        return ()
    return placed if max(len(one.block.lines) for one in placed) <= CALM_LINES + 1 else ()


def _in_turn(
    events: Sequence[TimelineEvent], marks: Sequence[float], width: float, measure: Measure, size: float
) -> tuple[tuple[_Placed, ...], tuple[_Placed, ...]]:
    """The words below and those above the line, the first ones above."""
    try:
        below, above = (_side(events[at::2], marks[at::2], width, measure, size) for at in (1, 0))
    except ValueError as reason:
        raise ValueError(f"a timeline of {len(events)} events in {width:.0f} pt is too narrow: {reason}") from reason
    most = max(len(one.block.lines) for one in (*below, *above))
    if most > MOST_LINES:
        raise ValueError(
            f"an event of the timeline takes {most} lines; {MOST_LINES} is the most: use fewer words or fewer than "
            f"{len(events)} events"
        )
    return below, above


def _side(
    events: Sequence[TimelineEvent], marks: Sequence[float], width: float, measure: Measure, size: float
) -> tuple[_Placed, ...]:
    """The words of one side, each as near to its mark as the others leave room. Raises ValueError for a wide word."""
    room = (width - GAP * (len(events) - 1)) / len(events)
    blocks = [even(e.date, size, room, measure, strong=True).over(even(e.words, size, room, measure)) for e in events]
    wanted = [mark - RADIUS for mark in marks]
    xs = spread(wanted, [block.width for block in blocks], 0, width, GAP) or []
    return tuple(_Placed(block, x, mark) for block, x, mark in zip(blocks, xs, marks, strict=True))


def _leaders(side: Sequence[_Placed], y: float, down: int) -> list[Shape]:
    return [
        Path(
            line((one.mark, y + down * RADIUS), (one.end, y + down * (RADIUS + STEM - 1))),
            stroke="muted",
            stroke_width=0.8,
        )
        for one in side
    ]


def _line(times: Sequence[float], marks: Sequence[float], y: float, width: float) -> list[Shape]:
    """The line with its arrow head, parted in the middle of each broken gap."""
    breaks = [(a + b) / 2 for (a, b), long in zip(pairwise(marks), broken_gaps(times), strict=True) if long]
    ends = [marks[0], *(x for middle in breaks for x in (middle - BREAK, middle + BREAK)), width - 2]
    parts = [line((ends[at], y), (ends[at + 1], y)) for at in range(0, len(ends), 2)]
    strokes = [
        line((x - SLANT, y + RADIUS), (x + SLANT, y - RADIUS))
        for middle in breaks
        for x in (middle - BREAK, middle + BREAK)
    ]
    arrow = line((width - ARROW, y - 4), (width - 2, y), (width - ARROW, y + 4))
    return [Path(commands, stroke="muted", stroke_width=1.3) for commands in (*parts, *strokes, arrow)]


def _mark(state: State, x: float, y: float) -> Shape:
    if state == "now":
        d = RADIUS + 0.6
        return Path(polygon((x, y - d), (x + d, y), (x, y + d), (x - d, y)), fill="ink")
    if state == "planned":
        return Ellipse(x, y, RADIUS - 0.8, RADIUS - 0.8, fill="unfilled", stroke="accent", stroke_width=1.6)
    return Ellipse(x, y, RADIUS, RADIUS, fill="accent")
