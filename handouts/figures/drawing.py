"""Path commands that several figures share: polygons, circles, smooth curves. In: points. Out: commands of a `Path`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Commands = tuple[tuple[str | float, ...], ...]

KAPPA = 0.5522847498
"""Handle length of the cubic that comes closest to a quarter circle of radius 1."""


def line(*points: Point) -> Commands:
    """An open line through `points`."""
    return (("M", *points[0]), *(("L", *p) for p in points[1:]))


def polygon(*points: Point) -> Commands:
    """A closed straight-sided outline."""
    return (*line(*points), ("Z",))


def ellipse(cx: float, cy: float, rx: float, ry: float) -> Commands:
    """A closed ellipse as a part of a larger path."""
    kx, ky = rx * KAPPA, ry * KAPPA
    return (
        ("M", cx + rx, cy),
        ("C", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry),
        ("C", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy),
        ("C", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry),
        ("C", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy),
        ("Z",),
    )


def smooth(points: Sequence[Point], *, closed: bool = False) -> Commands:
    """A smooth curve through `points` (Catmull-Rom spline as cubic Béziers)."""
    n = len(points)

    def at(i: int) -> Point:
        return points[i % n] if closed else points[min(max(i, 0), n - 1)]

    commands: list[tuple[str | float, ...]] = [("M", *points[0])]
    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = at(i - 1), at(i), at(i + 1), at(i + 2)
        commands.append(("C", bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy))
    return (*commands, ("Z",)) if closed else tuple(commands)


def arc(centre: Point, rx: float, ry: float, start: float, end: float) -> Commands:
    """An open arc of an ellipse from angle `start` to `end` in degrees, 0 to the right, growing clockwise."""
    cx, cy = centre
    steps = max(1, math.ceil(abs(end - start) / 90))
    turn = math.radians((end - start) / steps)
    k = 4 / 3 * math.tan(turn / 4)
    angle = math.radians(start)
    commands: list[tuple[str | float, ...]] = [("M", cx + rx * math.cos(angle), cy + ry * math.sin(angle))]
    for _ in range(steps):
        c0, s0, c1, s1 = math.cos(angle), math.sin(angle), math.cos(angle + turn), math.sin(angle + turn)
        commands.append(
            (
                "C",
                cx + rx * (c0 - k * s0), cy + ry * (s0 + k * c0),
                cx + rx * (c1 + k * s1), cy + ry * (s1 - k * c1),
                cx + rx * c1, cy + ry * s1,
            )
        )  # fmt: skip
        angle += turn
    return tuple(commands)


def moved(commands: Iterable[tuple[str | float, ...]], x: float, y: float, scale: float = 1) -> Commands:
    """The same path scaled, then shifted by (x, y)."""
    out: list[tuple[str | float, ...]] = []
    for name, *numbers in commands:
        values = [float(v) for v in numbers]
        out.append((name, *(v * scale + (y if i % 2 else x) for i, v in enumerate(values))))
    return tuple(out)
