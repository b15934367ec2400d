"""Colour arithmetic: colours written `#RRGGBB` in, contrast ratios and other shades of the same hue out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

WHITE, BLACK = "#FFFFFF", "#000000"
_STEPS = 250
"""Shades that are tried between a colour and white, and between it and black."""


@cache
def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21: (lighter + 0.05) / (darker + 0.05), WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with a `share` of `other`, 0 to 1, in sRGB: towards white or black the hue stays."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def of_luminance(colour: str, wanted: float) -> str:
    """The shade of `colour`, mixed with white or black, whose luminance comes closest to `wanted`."""
    end = WHITE if wanted > luminance(colour) else BLACK
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        past = (luminance(mixed(colour, end, middle)) > wanted) == (end == WHITE)
        low, high = (low, middle) if past else (middle, high)
    return mixed(colour, end, (low + high) / 2)


def nearest_shade(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The shade of `colour` that passes and is least darker or lighter than it; None where no shade does."""
    return next((shade for shade in _shades(colour) if passes(shade)), None)


def _shades(colour: str) -> Iterator[str]:
    """The colour, then darker and lighter shades of it in turn, ever further from it."""
    yield colour
    for step in range(1, _STEPS + 1):
        for end in (BLACK, WHITE):
            yield mixed(colour, end, step / _STEPS)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
