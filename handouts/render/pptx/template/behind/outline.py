"""Where a shape covers what lies behind it: its geometry in, for a place yes, no, or None where that is not known.

Places are given in parts of the shape's width and height, from its top left corner.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import number

Covers = Callable[[float, float], bool | None]

_Point = tuple[float, float]
_RECTANGLE = Area(0, 0, 1, 1)
_STEPS = 12
"""Straight pieces in place of a curve."""
_MOST_POINTS = 4000
"""Points of an outline above which it is not followed: a map's coast."""
_FULL_TURN = 21_600_000
_WHOLE = (
    "rect", "roundRect", "round1Rect", "round2SameRect", "round2DiagRect", "snipRoundRect", "snip1Rect",
    "snip2SameRect", "snip2DiagRect", "flowChartProcess", "flowChartAlternateProcess", "plaque", "bevel",
    "foldedCorner",
)  # fmt: skip
"""Shapes that cover their rectangle but for corners."""
_POLYGONS: dict[str, tuple[_Point, ...]] = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
}


def covering(properties: Any) -> Covers:
    """Where the shape of these properties covers its rectangle."""
    custom = properties.find(tag("a:custGeom"))
    if custom is not None:
        return _of_paths(custom)
    preset = properties.find(tag("a:prstGeom"))
    name = "rect" if preset is None else preset.get("prst", "rect")
    if name in _WHOLE:
        return everywhere
    if name == "ellipse":
        return lambda across, down: (across - 0.5) ** 2 + (down - 0.5) ** 2 <= 0.25
    if name in _POLYGONS:
        polygon = _POLYGONS[name]
        return lambda across, down: _inside(polygon, across, down)
    return _perhaps


def reach(covers: Covers) -> Area:
    """The rectangle outside of which a shape covers nothing: its own, but for a freeform, whose points may leave it."""
    return covers.reach if isinstance(covers, _Freeform) else _RECTANGLE


def everywhere(across: float, down: float) -> bool | None:
    """Where a rectangle covers."""
    return 0 <= across <= 1 and 0 <= down <= 1


def _perhaps(across: float, down: float) -> bool | None:
    return None if 0 <= across <= 1 and 0 <= down <= 1 else False


class _Freeform(Struct, frozen=True):
    """Inside an odd number of outlines, which is nowhere but in the rectangle around them."""

    rings: tuple[tuple[_Point, ...], ...]
    reach: Area

    def __call__(self, across: float, down: float) -> bool | None:
        reach = self.reach
        if not (reach.x <= across <= reach.right and reach.y <= down <= reach.bottom):
            return False
        return sum(_inside(ring, across, down) for ring in self.rings) % 2 == 1


def _of_paths(custom: Any) -> Covers:
    """Of a freeform: inside an odd number of its outlines. One that says its points by formulas is not known."""
    rings: list[tuple[_Point, ...]] = []
    for path in custom.iter(tag("a:path")):
        if path.get("fill") == "none":
            continue
        wide, high = number(path.get("w")), number(path.get("h"))
        if wide <= 0 or high <= 0:
            return _perhaps
        for ring in _rings(path):
            rings.append(tuple((x / wide, y / high) for x, y in ring))
    points = [one for ring in rings for one in ring]
    if not points or len(points) > _MOST_POINTS or any(math.isnan(x) or math.isnan(y) for x, y in points):
        return _perhaps
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    return _Freeform(tuple(rings), Area(left, top, right - left, bottom - top))


def _rings(path: Any) -> Iterator[list[_Point]]:
    """The closed outlines of a path, curves in straight pieces."""
    ring: list[_Point] = []
    for step in path:
        if not isinstance(step.tag, str):
            continue
        points = [_point(one) for one in step.iter(tag("a:pt"))]
        match step.tag.rpartition("}")[2]:
            case "moveTo":
                if len(ring) > 2:
                    yield ring
                ring = points
            case "lnTo":
                ring += points
            case "cubicBezTo" | "quadBezTo" if ring:
                ring += _curve([ring[-1], *points])
            case "arcTo" if ring:
                ring += _arc(ring[-1], *(number(step.get(name), math.nan) for name in ("wR", "hR", "stAng", "swAng")))
            case _:
                pass
    if len(ring) > 2:
        yield ring


def _point(node: Any) -> _Point:
    return number(node.get("x"), math.nan), number(node.get("y"), math.nan)


def _curve(points: list[_Point]) -> Iterator[_Point]:
    """A Bézier curve after its first point, by de Casteljau's construction."""
    for step in range(1, _STEPS + 1):
        share, held = step / _STEPS, points
        while len(held) > 1:
            held = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(held)]
        yield held[0]


def _arc(start: _Point, wide: float, high: float, begin: float, sweep: float) -> Iterator[_Point]:
    """Part of an ellipse from a point on it; radii are the path's own units, angles 60,000ths of a degree."""
    at, turn = 2 * math.pi * begin / _FULL_TURN, 2 * math.pi * sweep / _FULL_TURN
    x, y = start[0] - wide * math.cos(at), start[1] - high * math.sin(at)
    for step in range(1, _STEPS + 1):
        angle = at + turn * step / _STEPS
        yield x + wide * math.cos(angle), y + high * math.sin(angle)


def _inside(ring: tuple[_Point, ...], across: float, down: float) -> bool:
    """Whether a place lies within an outline, by the number of its edges to the right of it."""
    odd = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > down) != (y2 > down) and across < (x2 - x1) * (down - y1) / (y2 - y1) + x1:
            odd = not odd
        x1, y1 = x2, y2
    return odd
