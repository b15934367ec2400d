"""The fitter: boxes and the height of a page in, the best way to break them over as few pages as are allowed out.

It may only turn the knobs that the theme allows: a factor on white space, for each page its own, and one on
figure sizes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from handouts.render.pdf.layout.boxes import LayoutBox, heights_of, page_starts, running_edges
from handouts.render.pdf.layout.excess import check_room
from handouts.render.pdf.layout.setting import Knobs
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


class PagePlan(Struct, frozen=True):
    """The boxes of one page with the knobs that they are drawn with; `header` stands again above them."""

    boxes: tuple[LayoutBox, ...]
    header: LayoutBox | None
    knobs: Knobs


def fit_pages(boxes: Sequence[LayoutBox], room: float, pages: range, limits: Fit, end: str) -> tuple[PagePlan, ...]:
    """Break `boxes` over as few of `pages` pages of `room` points as they fit, filled evenly.

    Raises TooLongError as `check_fit` does.
    """
    check_fit(boxes, room, pages, limits, end)
    breakers = [_Breaker(boxes, room, limits, figure) for figure in _figure_factors(boxes, limits)]
    for count in pages:
        best: tuple[float, tuple[PagePlan, ...]] | None = None
        for breaker in breakers:
            found = breaker.best(count)
            if found and (best is None or found[0] < best[0] - 1e-9):
                best = found
        if best:
            return best[1]
    raise AssertionError("boxes that fit can be broken over pages")


def check_fit(boxes: Sequence[LayoutBox], room: float, pages: range, limits: Fit, end: str) -> None:
    """Raises TooLongError when even the least white space and the smallest figures leave something over; messages call
    the end of the last page `end`.
    """
    check_room(boxes, room, pages[-1], Knobs(limits.space_least, limits.figure_least), end)


def _figure_factors(boxes: Sequence[LayoutBox], limits: Fit) -> list[float]:
    own = _own_size(limits)
    steps = range(1, _FIGURE_STEPS + 1)
    ends = [limit for limit in (limits.figure_least, limits.figure_most) if abs(limit - own) > 1e-9]
    factors = [own, *(own + (limit - own) * step / _FIGURE_STEPS for limit in ends for step in steps)]
    heights = [sum(box.height(Knobs(1, factor)) for box in boxes) for factor in (min(factors), max(factors))]
    # Without a figure that changes there is nothing to try.
    return factors if heights[1] - heights[0] > 0.01 else [own]


def _own_size(limits: Fit) -> float:
    """The factor on figures that costs nothing: their own size, or what of it the limits allow."""
    return _within(1.0, limits.figure_least, limits.figure_most)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))


class _Breaker:
    """Finds the cheapest breaks for one figure factor by dynamic programming over all places where a page may end."""

    def __init__(self, boxes: Sequence[LayoutBox], room: float, limits: Fit, figure: float) -> None:
        self.boxes, self.room, self.limits, self.figure = boxes, room, limits, figure
        least, most = limits.space_least, limits.space_most
        self.factors = sorted({least, _within(1.0, least, most), most})
        self.sums = [self._edges(Knobs(space, figure)) for space in self.factors]
        self.breaks = sum(box.flow.starts_page for box in boxes[1:])
        self.asked = False
        self.starts = page_starts(boxes)

    def _edges(self, knobs: Knobs) -> list[tuple[float, float]]:
        return running_edges(self.boxes, heights_of(self.boxes, knobs), knobs)

    def best(self, pages: int) -> tuple[float, tuple[PagePlan, ...]] | None:
        count = len(self.starts)
        # Breaks are asked for where pages are meant to begin; on more pages than those they would only leave holes.
        self.asked = 0 < pages - 1 <= self.breaks
        table: list[tuple[float, list[tuple[int, int, float]]] | None] = [None] * count
        table[0] = ((self.figure - _own_size(self.limits)) ** 2 * _RESIZE, [])
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
