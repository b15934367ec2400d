"""How a colour looks in grey and with each of the three kinds of colour blindness, and how far two colours differ."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from handouts.theme.colour import luminance

Rgb = tuple[int, int, int]
Sight = Callable[[Rgb], Rgb]

_MACHADO = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Matrices for linear RGB at severity 1.0. Machado GM, Oliveira MM, Fernandes LAF, A Physiologically-based Model for
Simulation of Color Vision Deficiency, IEEE TVCG 2009;15(6):1291-1298, doi:10.1109/TVCG.2009.113, its published table.
"""


def normal(colour: Rgb) -> Rgb:
    """As it is."""
    return colour


def grey(colour: Rgb) -> Rgb:
    """The grey of the same luminance (WCAG 2.2), as a good copier makes it."""
    value = _encoded(luminance("#{:02X}{:02X}{:02X}".format(*colour)))
    return value, value, value


def _colour_blind(kind: str) -> Sight:
    def see(colour: Rgb) -> Rgb:
        linear = [_linear(channel) for channel in colour]
        red, green, blue = (sum(w * v for w, v in zip(row, linear, strict=True)) for row in _MACHADO[kind])
        return _encoded(red), _encoded(green), _encoded(blue)

    return see


SIGHTS: dict[str, Sight] = {"grey": grey, **{kind: _colour_blind(kind) for kind in _MACHADO}}


@cache
def difference(one: Rgb, other: Rgb) -> float:
    """CIE76 colour difference: the distance of two sRGB colours in CIELAB (D65)."""
    a, b = _lab(one), _lab(other)
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def _linear(channel: float) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    return round(255 * (value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def _lab(colour: Rgb) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel) for channel in colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
