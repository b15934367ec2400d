"""What does not fit its pages: boxes in, how much too high they are, and which of them leave a page half empty."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from handouts.problems import Origin, ProblemsError, error
from handouts.render.pdf.layout.boxes import Flow, LayoutBox, heights_of, page_starts, running_edges
from handouts.render.pdf.layout.containers import GridRow, Panel, Stack
from handouts.render.pdf.layout.pictures import FigureBox
from handouts.render.pdf.layout.setting import MM, NOWHERE, Knobs

_HOLE = 36.0
"""Points that stay empty at the foot of a page from which on that is told: what a line or two leave is no hole."""
_ALMOST = 1e-6


class TooHigh(Struct, frozen=True):
    """A part that may not be parted and is `excess` points higher than a page: the boxes that it is made of."""

    boxes: tuple[LayoutBox, ...]
    excess: float
    says: str
    origin: Origin | None


class Jump(Struct, frozen=True):
    """A part that may not be parted and had no room on a page: it needs `high` points, and `left` stay empty there,
    below what `above` says.
    """

    page: int
    says: str
    origin: Origin | None
    high: float
    left: float
    above: str


class TooLongError(ProblemsError):
    """Raised when boxes do not fit: they go `excess` points past `end`, the last of them being `last`.

    `parts` are those that no page has room for; `jumps` say where a page stays half empty. What it says of itself holds
    no advice: who has the blocks tries what makes them fit.
    """

    def __init__(
        self, excess: float, end: str, last: Flow, parts: Sequence[TooHigh] = (), jumps: Sequence[Jump] = ()
    ) -> None:
        said = f"the text is {millimetres(excess)} mm too long"
        super().__init__([error(last.origin or NOWHERE, "FIT01", said)])
        self.excess = excess
        self.end = end
        self.last = last
        self.parts = tuple(parts)
        self.jumps = tuple(jumps)


def check_room(boxes: Sequence[LayoutBox], room: float, pages: int, knobs: Knobs, end: str) -> None:
    """Raises TooLongError for boxes that do not fit on `pages` pages of `room` points, filled as `knobs` say."""
    edges = running_edges(boxes, heights_of(boxes, knobs), knobs)
    filled = list(_filled(boxes, edges, room, pages, knobs))
    if not boxes or (filled and filled[-1].stop == len(boxes)):
        return
    parts = tuple(_too_high(boxes, edges, room, knobs))
    if parts:
        most = max(edges[-1][1] - pages * room, *(part.excess for part in parts))
        raise TooLongError(most, end, boxes[-1].flow, parts)
    jumps = [_jump(boxes, edges, page, number) for number, page in enumerate(filled[:-1], start=1) if _is_hole(page)]
    excess = edges[-1][1] - filled[-1].foot
    raise TooLongError(excess, end, boxes[-1].flow, (), jumps)


class _Page(Struct, frozen=True):
    """The boxes of a page by their numbers, where its foot is, and where the last of them ends."""

    start: int
    stop: int
    foot: float
    bottom: float


def _filled(
    boxes: Sequence[LayoutBox], edges: Sequence[tuple[float, float]], room: float, pages: int, knobs: Knobs
) -> Iterator[_Page]:
    """Each page filled as far as it goes; a page that has no room for what comes next is the last."""
    starts = page_starts(boxes)
    start = 0
    for _ in range(pages):
        if start == len(boxes):
            return
        foot = edges[start][0] + _room_from(boxes[start], room, knobs)
        fitting = (stop for stop in starts if stop > start and edges[stop - 1][1] <= foot + _ALMOST)
        stop = max(fitting, default=start)
        yield _Page(start, stop, foot, edges[stop - 1][1] if stop > start else edges[start][0])
        if stop == start:
            return
        start = stop


def _room_from(first: LayoutBox, room: float, knobs: Knobs) -> float:
    """The room of a page that begins with this box, below a header that stands again."""
    return room - (first.flow.header.height(knobs) if first.flow.header else 0)


def _too_high(
    boxes: Sequence[LayoutBox], edges: Sequence[tuple[float, float]], room: float, knobs: Knobs
) -> Iterator[TooHigh]:
    for start, stop in pairwise(page_starts(boxes)):
        excess = edges[stop - 1][1] - edges[start][0] - _room_from(boxes[start], room, knobs)
        if excess > _ALMOST:
            part = tuple(boxes[start:stop])
            highest = max(part, key=lambda box: box.height(knobs)).flow
            yield TooHigh(part, excess, highest.says or "a block", highest.origin)


def _is_hole(page: _Page) -> bool:
    return page.stop > page.start and page.foot - page.bottom >= _HOLE


def _jump(boxes: Sequence[LayoutBox], edges: Sequence[tuple[float, float]], page: _Page, number: int) -> Jump:
    """What had no room at the foot of a page."""
    stop = next(stop for stop in page_starts(boxes) if stop > page.stop)
    part = boxes[page.stop : stop]
    figure = next(_figures(part), None)
    heights = [bottom - top for top, bottom in edges[page.stop : stop]]
    flow = part[heights.index(max(heights))].flow
    says = flow.says or "a block"
    if figure is not None and figure.flow.says != says:
        says = f"{says} with its {figure.flow.says}"
    origin = figure.flow.origin if figure is not None else flow.origin
    high = edges[stop - 1][1] - edges[page.stop][0]
    return Jump(number, says, origin, high, page.foot - page.bottom, boxes[page.stop - 1].flow.says)


def _figures(boxes: Sequence[LayoutBox]) -> Iterator[FigureBox]:
    for box in boxes:
        match box:
            case FigureBox():
                yield box
            case Stack() | Panel():
                yield from _figures(box.boxes)
            case GridRow():
                for column, _ in box.columns:
                    yield from _figures(column)
            case _:
                pass


def millimetres(points: float) -> int:
    """Points in whole millimetres, rounded up."""
    return math.ceil(points / MM - _ALMOST)
