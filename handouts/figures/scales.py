"""Scales of axes: the numbers to be shown in, an `Axis` out whose ends are ticks, and what is written at the ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from handouts.figures.shapes import Axis

MOST_TICKS = 6
MOST_DOUBLINGS = 6
"""A ratio axis has a tick at each doubling up to so many of them, and beyond that at each power of ten."""
FURTHEST = 10_000.0
"""Ratios above this, or below one part in so many, are refused: no reader can take them in."""
LEAST_SPAN, MOST_SPAN = 1e-6, 1e9
"""Even axes that are shorter or longer have numbers that nobody reads."""
REACH = 4.0
"""An interval may widen a ratio axis to so many times the furthest ratio; it is cut off there."""
_ROUNDING = 1e-9


class NumberMarks(Struct, frozen=True):
    """What a language writes between whole and decimal digits, and between thousands."""

    decimal: str = "."
    thousands: str = ","


ENGLISH = NumberMarks()


class Reach(Struct, frozen=True):
    """A value that the axis must show, and the bounds of its interval, which are its own value where there is none."""

    value: float
    low: float
    high: float


def ratio_axis(shown: Sequence[Reach], limits: tuple[float, float] | None = None) -> Axis:
    """A logarithmic axis around 1 that holds every ratio, with a tick at each doubling or each power of ten.

    It reaches from a half to 2 at the least. Intervals widen it up to four times the furthest ratio; `limits` sets
    other ends, which are rounded outward to ticks. Raises ValueError for a number that is not above 0, or a ratio
    beyond 10,000 or the limits.
    """
    for one in shown:
        if not 0 < one.low <= one.high < math.inf:
            raise ValueError(f"a ratio and its interval are numbers above 0, not {one.low:g} to {one.high:g}")
        if not 1 / FURTHEST <= one.value <= FURTHEST:
            raise ValueError(f"the ratio {one.value:g} is too far from 1 to be drawn; give it in a table")
    values = [one.value for one in shown]
    if limits is None:
        least, most = min(0.5, *values), max(2.0, *values)
        low = max(min(0.5, *(one.low for one in shown)), least / REACH, 1 / FURTHEST)
        high = min(max(2.0, *(one.high for one in shown)), most * REACH, FURTHEST)
    else:
        low, high = _within(limits, values)
        if not 0 < low < 1 < high:
            raise ValueError(f"a ratio axis goes from below 1, but above 0, to above 1, not {low:g} to {high:g}")
    first, last = _powers(low, high, 2)
    base = 2 if last - first <= MOST_DOUBLINGS else 10
    if base == 10:
        first, last = _powers(low, high, base)
    ticks = tuple(float(base) ** power for power in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks, base)


def linear_axis(shown: Sequence[Reach], limits: tuple[float, float] | None = None, *, both_sides: bool = False) -> Axis:
    """An axis in even steps that holds 0, every value and every interval; a step is 1, 2 or 5 × 10ⁿ.

    `both_sides` leaves a step at least on either side of 0; `limits` sets other ends, which are rounded outward to
    ticks. Raises ValueError for a number that is not finite, numbers too far apart or too small, or a value beyond
    the limits.
    """
    if not all(math.isfinite(v) for one in shown for v in (one.low, one.value, one.high)):
        raise ValueError("a number to be drawn on an axis must be finite")
    if limits is None:
        low, high = min(0.0, *(one.low for one in shown)), max(0.0, *(one.high for one in shown))
    else:
        low, high = _within(limits, [one.value for one in shown])
        if not low <= 0 <= high or low == high:
            raise ValueError(f"an axis of differences holds 0, which {low:g} to {high:g} does not")
    if high - low > MOST_SPAN:
        raise ValueError(f"numbers from {low:g} to {high:g} are too far apart to be drawn; give them in a table")
    if 0 < high - low < LEAST_SPAN:
        raise ValueError(f"numbers from {low:g} to {high:g} are too small to be drawn; give them in a smaller unit")
    ticks = _even_ticks(low, high, both_sides=both_sides)
    return Axis(ticks[0], ticks[-1], ticks)


def reach(value: float, low: float | None, high: float | None, label: str) -> Reach:
    """A value with its interval, or alone. Raises ValueError, naming `label`, for half an interval or one beside it."""
    if (low is None) != (high is None):
        raise ValueError(f"'{label}' has half an interval; give both bounds or neither")
    if low is None or high is None:
        return Reach(value, value, value)
    if not low <= value <= high:
        raise ValueError(f"'{label}' has the value {value:g}, which is not within its interval, {low:g} to {high:g}")
    return Reach(value, low, high)


def tick_texts(axis: Axis, marks: NumberMarks) -> list[str]:
    """What is written at each tick: as few decimals as tell all ticks exactly, on a ratio axis as few as each needs."""
    texts = [f"{tick:.9f}".rstrip("0") for tick in axis.ticks]
    decimals = [len(text.partition(".")[2]) for text in texts]
    most = max(decimals)
    written = zip(axis.ticks, decimals, strict=True)
    return [_written(tick, places if axis.base or not tick else most, marks) for tick, places in written]


def _written(value: float, decimals: int, marks: NumberMarks) -> str:
    text = f"{abs(value):,.{decimals}f}".translate({ord(","): marks.thousands, ord("."): marks.decimal})
    return f"−{text}" if value < 0 else text


def _within(limits: tuple[float, float], values: Sequence[float]) -> tuple[float, float]:
    low, high = limits
    for value in values:
        if not low <= value <= high:
            raise ValueError(f"{value:g} lies beyond the axis, which goes from {low:g} to {high:g}")
    return low, high


def _powers(low: float, high: float, base: int) -> tuple[int, int]:
    """The powers of `base` between which a range lies."""
    return math.floor(math.log(low, base) + _ROUNDING), math.ceil(math.log(high, base) - _ROUNDING)


def _even_ticks(low: float, high: float, *, both_sides: bool) -> tuple[float, ...]:
    """The ticks around a range by the least step that needs no more than `MOST_TICKS`; steps of 1 for no range."""
    power = math.floor(math.log10(high - low)) - 1 if high > low else 0
    while True:
        for leading in (1, 2, 5):
            step = float(f"{leading}e{power}")
            first, last = math.floor(low / step + _ROUNDING), math.ceil(high / step - _ROUNDING)
            if both_sides:
                first, last = min(first, -1), max(last, 1)
            last = max(last, first + 1)
            if last - first < MOST_TICKS:
                # From their digits, since 3 × 0.1 is not 0.3.
                return tuple(float(f"{i * leading}e{power}") for i in range(first, last + 1))
        power += 1
