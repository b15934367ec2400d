"""The parts of the proteasome inhibitor picture: cells, the recycling barrel, waste, the capsule. Out: shapes.

Each part is drawn around its own origin in units of the scene, a cell box of `WIDE` × `TALL` units, and is placed and
scaled to points by `Stage`.
"""

from __future__ import annotations

import math

from msgspec import Struct

from handouts.figures.drawing import Commands, Point, arc, ellipse, line, moved, smooth
from handouts.figures.shapes import Path, Role, Shape

WIDE, TALL = 112.0, 97.0

MOUTH: Point = (59.0, 39.5)
"""Centre of the barrel's opening."""
_RX, _RY = 17.0, 5.2
_RING = 7.8
_RINGS = 4
EXIT: Point = (MOUTH[0], MOUTH[1] + _RING * _RINGS)

STRAND_TIP: Point = (52.0, 6.5)
STRAND_SIDE_TIP: Point = (38.0, 10.0)
CAPSULE_TIP: Point = (MOUTH[0], MOUTH[1] - 26.5)
HEAP_TIP: Point = (84.0, 79.5)
HEAP_SIDE_TIP: Point = (101.5, 42.0)
CRUMBS_TIP: Point = (EXIT[0] - 2, EXIT[1] + 19.0)
CRUMBS_SIDE_TIP: Point = (EXIT[0] - 18, EXIT[1] + 14)
"""Where leaders end, from above or below, or from the side."""


class Stage(Struct, frozen=True):
    """Where a scene stands on the figure: the left and top of its cell box in points, and points per unit."""

    x: float
    y: float
    scale: float

    def at(self, point: Point) -> Point:
        """A point of the scene on the figure."""
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def path(self, commands: Commands, *, fill: Role | None = None, stroke: Role | None = None, pen: float = 1) -> Path:
        """A path of the scene; `pen` is the width of its stroke in units."""
        return Path(moved(commands, self.x, self.y, self.scale), fill, stroke, pen * self.scale)


_OUTLINE: tuple[Point, ...] = (
    (57, 1.5), (82, 4), (103, 18), (110, 42), (106, 69), (90, 88), (62, 95.5), (32, 92), (10, 78), (2, 52), (8, 25),
    (28, 7),
)  # fmt: skip
_BODY = (58.0, 49.0, 49.0, 43.5)
_BUDS = (
    (19, 17, 7),
    (38, 7.5, 4.5),
    (99, 21, 7),
    (16, 79, 7.5),
    (35, 90.5, 4.6),
    (94, 84, 6.5),
    (9, 47, 4.2),
    (79, 8, 3.6),
)
"""Blebs that bulge from the dying cell, and pieces that have come off it."""
_PIECES = ((107, 8, 3.2), (5, 7, 2.6), (4.5, 92, 3), (107.5, 92, 2.4), (2.8, 33, 1.8), (3, 63, 1.6))
_DASHES = 15

_STRAND: tuple[Point, ...] = ((66.5, 15.5), (63, 20.5), (57.5, 24), (57, 29.5), (61, 34), (59, 38.5), (59, 44))
_CRUMBS = (
    (-10, 9.6, 2.2), (-2, 9, 1.8), (6, 9.4, 2.2), (13.5, 9.8, 1.8), (-14.5, 15, 1.8), (-6, 15.6, 2.2),
    (2, 15.2, 1.9), (10, 15.8, 2.2),
)  # fmt: skip
_HEAP = (
    (20, 45, 2, -14), (17, 32, 2, -24), (31, 24, 1, 62), (32, 17, 1, -12), (30, 38, 1, 48), (75, 15, 2, 22),
    (73, 27, 3, 4), (82, 37, 2, 24), (82, 51, 2, -22), (92, 52, 1, 40), (81, 62, 2, 14), (78, 75, 2, -24),
)  # fmt: skip


def healthy_cell(stage: Stage) -> list[Shape]:
    """A whole cell with its nucleus."""
    return [
        stage.path(smooth(_OUTLINE, closed=True), fill="accent_tint", stroke="accent", pen=1.5),
        stage.path(ellipse(24, 57, 13.5, 16), fill="accent_soft", stroke="accent", pen=0.8),
        stage.path(ellipse(26, 53, 4, 4.6), fill="accent"),
    ]


def dying_cell(stage: Stage) -> list[Shape]:
    """A cell that breaks up: outline in pieces, blebs bulging and coming off, the nucleus broken."""
    x, y, rx, ry = _BODY
    shapes: list[Shape] = [
        stage.path(ellipse(a, b, r, r), fill="caution_tint", stroke="muted", pen=1) for a, b, r in _BUDS + _PIECES
    ]
    shapes.append(stage.path(ellipse(x, y, rx, ry), fill="caution_tint"))
    # Arcs rather than a dash pattern: slides draw no dashes along a freeform as we want them.
    step = 360 / _DASHES
    for i in range(_DASHES):
        shapes.append(stage.path(arc((x, y), rx, ry, i * step, (i + 0.62) * step), stroke="muted", pen=1.5))
    for a, b, c, d in ((22, 59, 5.6, 7), (32.5, 69, 4.8, 4), (23.5, 72.5, 3, 2.8)):
        shapes.append(stage.path(ellipse(a, b, c, d), fill="faint", stroke="muted", pen=0.9))
    return shapes


def barrel(stage: Stage, inside: list[Shape]) -> list[Shape]:
    """The recycling unit: four stacked rings around an opening; what is `inside` sinks behind the front rim."""
    x, y = MOUTH
    shapes: list[Shape] = []
    for i in reversed(range(_RINGS)):
        top, wide = y + i * _RING, _RX + (1.6 if i in {1, 2} else 0)
        bottom = arc((x, top + _RING - 1), wide, _RY, 0, 180)
        side = (("M", x - wide, top), ("L", x + wide, top), ("L", x + wide, top + _RING - 1), *bottom[1:], ("Z",))
        shapes.append(stage.path(side, fill="faint", stroke="muted", pen=1))
        shapes.append(stage.path(ellipse(x, top, wide, _RY), fill="faint", stroke="muted", pen=1))
    shapes.append(stage.path(ellipse(x, y, _RX - 4.2, _RY - 1.5), fill="muted"))
    lip = arc((x, y), _RX, _RY, 0, 180)
    hole = arc((x, y), _RX - 4.2, _RY - 1.5, 180, 0)
    front = (*lip, ("L", *hole[0][1:]), *hole[1:], ("Z",))
    return [*shapes, *inside, stage.path(front, fill="faint"), stage.path(lip, stroke="muted", pen=1)]


def strand_going_in(stage: Stage) -> list[Shape]:
    """One waste protein that uncoils into the opening."""
    return [_waste(stage, (*_coil(39, 11.5, 3, 6)[:-1], *_STRAND))]


def waiting_waste(stage: Stage) -> list[Shape]:
    """A little waste on its way."""
    return [_waste(stage, _coil(78, 20, 2, 35))]


def crumbs(stage: Stage) -> list[Shape]:
    """Small parts that come out below, to be used again."""
    x, y = EXIT
    return [stage.path(ellipse(x + a, y + b, r, r), fill="muted") for a, b, r in _CRUMBS]


def capsule(stage: Stage) -> list[Shape]:
    """The medicine, upright in the opening like a stopper."""
    x, y = MOUTH
    r, top, seam, foot = 9.6, y - 25.0, y - 11.0, y + 4
    dome = arc((x, top + r), r, r, 180, 360)
    upper = (*dome, ("L", x + r, seam), ("L", x - r, seam), ("Z",))
    lower = (
        ("M", x - r, seam),
        ("L", x + r, seam),
        ("L", x + r, foot - 3),
        *arc((x, foot - 3), r, 3, 0, 180)[1:],
        ("Z",),
    )
    shine = line((x - r + 3.4, top + r - 1), (x - r + 3.4, seam - 3))
    return [
        stage.path(lower, fill="paper", stroke="accent", pen=1.5),
        stage.path(upper, fill="accent", stroke="accent", pen=1.5),
        stage.path(shine, stroke="on_accent", pen=1.6),
    ]


def heap(stage: Stage) -> list[Shape]:
    """Waste that nobody clears, piled up around the blocked barrel."""
    return [_waste(stage, _coil(*place)) for place in _HEAP]


def _waste(stage: Stage, points: tuple[Point, ...]) -> Shape:
    return stage.path(smooth(points), stroke="caution", pen=1.7)


def _coil(x: float, y: float, loops: int, degrees: float) -> tuple[Point, ...]:
    """A curly strand from (x, y) in the direction `degrees` (a prolate trochoid)."""
    pitch, radius, steps = 7.2, 3.9, 8
    tilt = math.radians(degrees)
    points: list[Point] = []
    for k in range(loops * steps + 1):
        turn = 2 * math.pi * k / steps
        along, across = pitch * k / steps + radius * math.sin(turn), -radius * math.cos(turn)
        points.append(
            (x + along * math.cos(tilt) - across * math.sin(tilt), y + along * math.sin(tilt) + across * math.cos(tilt))
        )
    return tuple(points)
