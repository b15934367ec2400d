"""The fitter: boxes and the height of a page in, the best way to break them over as few pages as are allowed out.

It may only turn the knobs that the theme allows: a factor on white space, for each page its own, and one on
figure sizes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from handouts.problems import Problem, ProblemsError, error
from handouts.render.pdf.boxes import Box, gap
from handouts.render.pdf.setting import MM, NOWHERE, Knobs
from handouts.theme.schema import Fit

_FIGURE_STEPS = 3
"""Sizes tried between the figures' own size and each limit."""

_HOLE = 40.0
"""Cost of an empty page; it grows with the square of the emptiness."""
_STRETCH = 1.0
"""Cost of white space e times, or 1/e times, what the theme gives."""
_RESIZE = 60.0
"""Cost of figures twice their size; it grows with the square of the change."""
_INSIDE = 0.12
"""Cost of a break inside a paragraph; lists and tables cost less or as much."""
_NOT_AS_ASKED = 1000.0
"""Cost of a page that begins elsewhere than the plan asks: paid only when what precedes does not fit."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """The boxes of one page with the knobs that they are drawn with; `header` stands again above them."""

    boxes: tuple[Box, ...]
    header: Box | None
    knobs: Knobs


def fit_pages(boxes: Sequence[Box], room: float, pages: range, limits: Fit, end: str) -> tuple[PagePlan, ...]:
    """Break `boxes` over as few of `pages` pages of `room` points as they fit, filled evenly.

    Raises ProblemsError when even the least white space and the smallest figures leave something over: it names each
    block past the end, which messages call `end`, and by how much the text is too long.
    """
    breakers = [_Breaker(boxes, room, limits, figure) for figure in _figure_factors(boxes, limits)]
    for count in pages:
        best: tuple[float, tuple[PagePlan, ...]] | None = None
        for breaker in breakers:
            found = breaker.best(count)
            if found and (best is None or found[0] < best[0] - 1e-9):
                best = found
        if best:
            return best[1]
    raise ProblemsError(_too_long(boxes, room, pages[-1], Knobs(limits.space_least, limits.figure_least), end))


def _figure_factors(boxes: Sequence[Box], limits: Fit) -> list[float]:
    own = _within(1.0, limits.figure_least, limits.figure_most)
    steps = range(1, _FIGURE_STEPS + 1)
    ends = [limit for limit in (limits.figure_least, limits.figure_most) if abs(limit - own) > 1e-9]
    factors = [own, *(own + (limit - own) * step / _FIGURE_STEPS for limit in ends for step in steps)]
    heights = [sum(box.height(Knobs(1, factor)) for box in boxes) for factor in (min(factors), max(factors))]
    # Without a figure that changes there is nothing to try.
    return factors if heights[1] - heights[0] > 0.01 else [own]


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))


class _Breaker:
    """Finds the cheapest breaks for one figure factor by dynamic programming over all places where a page may end."""

    def __init__(self, boxes: Sequence[Box], room: float, limits: Fit, figure: float) -> None:
        self.boxes, self.room, self.limits, self.figure = boxes, room, limits, figure
        self.factors = sorted({limits.space_least, min(1.0, limits.space_most), limits.space_most})
        self.sums = [_running_heights(boxes, Knobs(space, figure)) for space in self.factors]
        self.breaks = sum(box.flow.starts_page for box in boxes[1:])
        self.asked = False
        self.starts = [0, *(i for i in range(1, len(boxes)) if not boxes[i - 1].flow.clings), len(boxes)]

    def best(self, pages: int) -> tuple[float, tuple[PagePlan, ...]] | None:
        count = len(self.starts)
        # Breaks are asked for where pages are meant to begin; on more pages than those they would only leave holes.
        self.asked = 0 < pages - 1 <= self.breaks
        table: list[tuple[float, list[tuple[int, int, float]]] | None] = [None] * count
        table[0] = ((self.figure - 1) ** 2 * _RESIZE, [])
        for page in range(pages):
            following: list[tuple[float, list[tuple[int, int, float]]] | None] = [None] * count
            last = page + 1 == pages
            for first in range(count):
                state = table[first]
                if state is None:
                    continue
                # A page without boxes may only come last.
                for stop in [count - 1] if last else range(min(first + 1, count - 1), count):
                    cost = self._page_cost(self.starts[first], self.starts[stop])
                    if cost is None:
                        break
                    total = state[0] + cost[0]
                    known = following[stop]
                    if known is None or total < known[0] - 1e-9:
                        following[stop] = (total, [*state[1], (self.starts[first], self.starts[stop], cost[1])])
            table = following
        end = table[-1]
        if end is None:
            return None
        return end[0], tuple(self._page(*part) for part in end[1])

    def _page(self, start: int, stop: int, space: float) -> PagePlan:
        header = self.boxes[start].flow.header if start < stop else None
        return PagePlan(tuple(self.boxes[start:stop]), header, Knobs(space, self.figure))

    def _page_cost(self, start: int, stop: int) -> tuple[float, float] | None:
        """What a page of these boxes costs and the factor on its white space; None when they do not fit on it."""
        if start == stop:
            return _HOLE, 1.0
        header = self.boxes[start].flow.header
        heights = [
            sums[stop - 1][1] - sums[start][0] + (header.height(Knobs(space, self.figure)) if header else 0)
            for space, sums in zip(self.factors, self.sums, strict=True)
        ]
        if heights[0] > self.room + 1e-6:
            return None
        space = self._space_that_fills(heights)
        filled = min(heights[-1], self.room)
        empty = (self.room - filled) / self.room
        # Blank space at the very end of a document troubles a reader less than in its middle.
        cost = _STRETCH * math.log(space) ** 2 + _HOLE * empty**2
        return cost + self._break_cost(stop), space

    def _space_that_fills(self, heights: list[float]) -> float:
        """The factor at which the page is full. Heights are convex in it, so that a chord never promises too much."""
        if heights[-1] <= self.room:
            return self.factors[-1]
        for (low, high), (a, b) in zip(pairwise(heights), pairwise(self.factors), strict=True):
            if high > self.room:
                return a + (b - a) * max(0.0, self.room - low) / (high - low)
        return self.factors[0]

    def _break_cost(self, stop: int) -> float:
        """What it costs that the next page begins with this box."""
        if stop == len(self.boxes):
            return 0
        flow = self.boxes[stop].flow
        return flow.inside * _INSIDE + (_NOT_AS_ASKED if self.asked and not flow.starts_page else 0)


def _running_heights(boxes: Sequence[Box], knobs: Knobs) -> list[tuple[float, float]]:
    """For each box where its top and its bottom would be if all boxes stood on one endless page."""
    edges: list[tuple[float, float]] = []
    y = 0.0
    for index, box in enumerate(boxes):
        if index:
            y += knobs.space * gap(boxes[index - 1], box)
        top, y = y, y + box.height(knobs)
        edges.append((top, y))
    return edges


def _too_long(boxes: Sequence[Box], room: float, pages: int, knobs: Knobs, end: str) -> list[Problem]:
    """Fill the pages as tightly as allowed and report what stays over."""
    edges = _running_heights(boxes, knobs)
    start = 0
    for _ in range(pages):
        stop = _last_that_fits(boxes, edges, start, room, knobs)
        if stop == start:
            return [_too_high(boxes[start:], room, knobs, end)]
        start = stop
        if start == len(boxes):
            break
    over = edges[-1][1] - edges[start][0]
    words = sum(box.flow.words for box in boxes)
    # Boxes that cannot be parted leave holes; how much to cut is judged as if the text could fill them.
    fluid = edges[-1][1] - pages * room
    cut = max(5, math.ceil(words * (fluid if fluid > 0 else over) / edges[-1][1] / 5) * 5)
    seen: dict[tuple[str, object], Problem] = {}
    for box, (_, bottom) in zip(boxes[start:], edges[start:], strict=True):
        flow = box.flow
        past = (bottom - edges[start][0]) / MM
        message = f"{flow.says or 'a block'} ends {past:.0f} mm past {end}; the text is {over / MM:.0f} mm too long"
        seen[(flow.says, flow.origin)] = error(
            flow.origin or NOWHERE, "FIT01", message, f"cut about {cut} words here or before"
        )
    return list(seen.values())


def _last_that_fits(
    boxes: Sequence[Box], edges: list[tuple[float, float]], start: int, room: float, knobs: Knobs
) -> int:
    """The end of the longest page that begins with box `start`; `start` itself when nothing fits."""
    header = boxes[start].flow.header
    above = header.height(knobs) if header else 0
    fits = start
    for stop in range(start + 1, len(boxes) + 1):
        if edges[stop - 1][1] - edges[start][0] + above > room + 1e-6:
            break
        if stop == len(boxes) or not boxes[stop - 1].flow.clings:
            fits = stop
    return fits


def _too_high(boxes: Sequence[Box], room: float, knobs: Knobs, end: str) -> Problem:
    """What is wrong where the first box and those that it may not be parted from are higher than a page."""
    together = 1 + next((i for i, box in enumerate(boxes) if not box.flow.clings), len(boxes) - 1)
    excess = (_running_heights(boxes[:together], knobs)[-1][1] - room) / MM
    highest = max(boxes[:together], key=lambda box: box.height(knobs)).flow
    message = f"{highest.says or 'a block'} is {excess:.0f} mm too high for the room above {end} and cannot be parted"
    return error(highest.origin or NOWHERE, "FIT02", message, "shorten it or split it into several blocks")
