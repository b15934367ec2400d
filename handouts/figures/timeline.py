"""Timeline: events in order along one line, words beside their marks. In: dates and words. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.figures.drawing import line, polygon
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import even
from handouts.figures.shapes import Ellipse, Figure, Measure, Path, Shape

RADIUS = 5.0
GAP = 11.0
STEM = 7.0
CALM_LINES = 5
"""With more lines than this in a column of one row, the words go above and below in turn."""
MOST_LINES = 9
FEWEST, MOST = 2, 8

State = Literal["known", "now", "planned"]


class TimelineEvent(Struct, frozen=True):
    """One event: its date and its words as they are to be read. `planned` ones have a hollow mark, `now` a diamond."""

    date: str
    words: str
    state: State = "known"


@drawn_once
def timeline(
    events: Sequence[TimelineEvent], *, width: float, measure: Measure, alt: str, size: float = 10.5
) -> Figure:
    """Draw 2 to 8 `events`, evenly spaced from left to right, at `width` points with words at `size` points.

    Dates stand above the line and words below it; where that is too narrow, date and words go above and below in turn.
    Distances do not stand for time. Raises ValueError for too few or too many events, or words that do not fit.
    """
    if not FEWEST <= len(events) <= MOST:
        raise ValueError(f"a timeline shows {FEWEST} to {MOST} events, not {len(events)}")
    figure = _one_row(events, width, measure, alt, size)
    return figure or _in_turn(events, width, measure, alt, size)


def _one_row(events: Sequence[TimelineEvent], width: float, measure: Measure, alt: str, size: float) -> Figure | None:
    step = width / len(events)
    try:
        dates = [even(e.date, size, step - GAP, measure, strong=True) for e in events]
        words = [even(e.words, size, step - GAP, measure) for e in events]
    except ValueError:
        return None
    if max(len(b.lines) for b in words) > CALM_LINES:
        return None
    y = max(b.height for b in dates) + STEM / 2 + RADIUS
    shapes = _line(events, step, y, width)
    for i, (date, text) in enumerate(zip(dates, words, strict=True)):
        shapes += date.labels(i * step, y - RADIUS - STEM / 2 - date.height)
        shapes += text.labels(i * step, y + RADIUS + STEM / 2)
    return _figure(events, width, y + RADIUS + STEM / 2 + max(b.height for b in words), shapes, alt)


def _in_turn(events: Sequence[TimelineEvent], width: float, measure: Measure, alt: str, size: float) -> Figure:
    step = width / (len(events) + 1)
    room = 2 * step - GAP
    try:
        blocks = [
            even(e.date, size, room, measure, strong=True).over(even(e.words, size, room, measure)) for e in events
        ]
    except ValueError as reason:
        raise ValueError(f"a timeline of {len(events)} events in {width:.0f} pt is too narrow: {reason}") from reason
    most = max(len(b.lines) for b in blocks)
    if most > MOST_LINES:
        raise ValueError(
            f"an event of the timeline takes {most} lines of {room:.0f} pt; {MOST_LINES} is the most: use fewer words "
            f"or fewer than {len(events)} events"
        )
    y = max(b.height for b in blocks[::2]) + STEM + RADIUS
    stems: list[Shape] = []
    words: list[Shape] = []
    for i, block in enumerate(blocks):
        x, up = i * step, i % 2 == 0
        end = y - RADIUS - STEM if up else y + RADIUS + STEM
        stems.append(Path(line((x + RADIUS, y), (x + RADIUS, end)), stroke="muted", stroke_width=0.8))
        words += block.labels(x, end - block.height if up else end)
    height = y + RADIUS + STEM + max(b.height for b in blocks[1::2])
    return _figure(events, width, height, [*stems, *_line(events, step, y, width), *words], alt)


def _line(events: Sequence[TimelineEvent], step: float, y: float, width: float) -> list[Shape]:
    shapes: list[Shape] = [Path(line((RADIUS, y), (width - 2, y)), stroke="muted", stroke_width=1.3)]
    shapes.append(Path(line((width - 6, y - 4), (width - 2, y), (width - 6, y + 4)), stroke="muted", stroke_width=1.3))
    return [*shapes, *(_mark(e.state, i * step + RADIUS, y) for i, e in enumerate(events))]


def _mark(state: State, x: float, y: float) -> Shape:
    if state == "now":
        d = RADIUS + 0.6
        return Path(polygon((x, y - d), (x + d, y), (x, y + d), (x - d, y)), fill="ink")
    if state == "planned":
        return Ellipse(x, y, RADIUS - 0.8, RADIUS - 0.8, fill="unfilled", stroke="accent", stroke_width=1.6)
    return Ellipse(x, y, RADIUS, RADIUS, fill="accent")


def _figure(events: Sequence[TimelineEvent], width: float, height: float, shapes: Sequence[Shape], alt: str) -> Figure:
    return Figure(
        kind="timeline",
        width=width,
        height=height,
        shapes=tuple(shapes),
        alt=alt,
        data=tuple((e.date, e.words) for e in events),
    )
