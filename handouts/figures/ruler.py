"""Scales to lay a ruler on: tick marks at exact places in, a `Figure` out, and where in it the scale has its zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.figures.shapes import Figure, Label, Measure, Rect, Shape

Axis = Literal["across", "down"]
TICK = 0.4
"""Width of a tick in points."""
_LABEL = 8.0
_GAP = 2.0


class Tick(Struct, frozen=True):
    """A mark `at` so many points from the scale's zero, `length` points long and `width` wide."""

    at: float
    length: float
    label: str = ""
    width: float = TICK


def ruler(
    ticks: Sequence[Tick], axis: Axis, *, name: str, measure: Measure, alt: str
) -> tuple[Figure, tuple[float, float]]:
    """The scale, and the point in it where its zero stands: x on the middle of a tick, y where the ticks begin.

    Ticks of a scale `across` hang down from its line, those of a scale `down` go to the right of it.
    """
    reach = max(tick.length for tick in ticks)
    first, last = min(tick.at for tick in ticks), max(tick.at for tick in ticks)
    widest = max(measure(tick.label, _LABEL) for tick in ticks)
    # Room on either side of the outer ticks, for their labels, and past the last one for the scale's name.
    before = max(widest / 2, _LABEL / 2) + 1
    after = before + measure(name, 1.5 * _LABEL, strong=True) + 3 * _GAP
    along, thick = last - first + before + after, reach + _GAP + (_LABEL * 1.2 if axis == "across" else widest) + 1
    zero = before - first
    shapes: list[Shape] = [_bar(axis, zero + first, 0, last - first, TICK)]
    for tick in ticks:
        at = zero + tick.at
        shapes.append(_bar(axis, at - tick.width / 2, 0, tick.width, tick.length))
        if tick.label and axis == "across":
            shapes.append(Label(at, reach + _GAP + _LABEL * 0.8, tick.label, _LABEL, anchor="middle"))
        elif tick.label:
            shapes.append(Label(reach + _GAP, at + _LABEL * 0.35, tick.label, _LABEL))
    size = 1.5 * _LABEL
    if axis == "across":
        shapes.append(Label(zero + last + before + _GAP, size * 0.8, name, size, strong=True))
        return Figure("ruler", along, thick, tuple(shapes), alt), (zero, 0)
    shapes.append(Label(0, zero + last + before + size * 0.8, name, size, strong=True))
    return Figure("ruler", thick, along, tuple(shapes), alt), (0, zero)


def _bar(axis: Axis, along: float, off: float, length: float, thick: float) -> Rect:
    """A filled bar `along` the scale and `off` its line."""
    if axis == "across":
        return Rect(along, off, length, thick, fill="black")
    return Rect(off, along, thick, length, fill="black")
