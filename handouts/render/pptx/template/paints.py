"""A colour as DrawingML writes it in → red, green, blue and how far it covers out, all from 0 to 1."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from handouts.render.pptx.template.oxml import A

_A = f"{{{A}}}"
_PRESET = re.compile("^(dk|lt|med)(?=[A-Z])")
_LONGER = {"dk": "dark", "lt": "light", "med": "medium"}
"""How the names of colours begin in DrawingML, and in CSS."""
_USUAL = {"window": "FFFFFF", "menu": "F0F0F0", "btnFace": "F0F0F0", "highlightText": "FFFFFF"}
"""Colours of a system that names none; the others are dark."""
_FULL = 100_000
_TURN = 21_600_000
"""A full turn in 60,000ths of a degree."""


class Paint(NamedTuple):
    """A colour; `cover` is 0 where all behind it is seen, 1 where nothing is."""

    red: float
    green: float
    blue: float
    cover: float = 1.0

    @property
    def rgb(self) -> str:
        """The colour as `#RRGGBB`."""
        return "#" + "".join(f"{round(255 * min(1.0, max(0.0, one))):02X}" for one in self[:3])

    def over(self, other: Paint) -> Paint:
        """What is seen of this colour on another one that covers all."""
        share = self.cover
        red, green, blue = (a * share + b * (1 - share) for a, b in zip(self[:3], other[:3], strict=True))
        return Paint(red, green, blue)


BLACK, WHITE = Paint(0, 0, 0), Paint(1, 1, 1)


def of_hex(value: str, cover: float = 1.0) -> Paint:
    """The colour written `#RRGGBB` or `RRGGBB`."""
    digits = value.lstrip("#")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return Paint(red, green, blue, cover)


def paint_in(node: Any, scheme: Mapping[str, str], given: Paint | None = None) -> Paint | None:
    """The first colour that an element holds, with all that lightens, darkens or thins it; None where it has none.

    `scheme` gives `#RRGGBB` by slot; `given` is the colour that a theme's own fills leave open (`phClr`).
    """
    for child in node:
        base = _base(child, scheme, given) if isinstance(child.tag, str) else None
        if base is not None:
            for change in child:
                if isinstance(change.tag, str):
                    base = _changed(base, change.tag.removeprefix(_A), percentage(change.get("val")))
            return base
    return None


def number(text: str | None, default: float = 0.0) -> float:
    """A number as an attribute says it, `default` for what is none."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


def _base(node: Any, scheme: Mapping[str, str], given: Paint | None) -> Paint | None:
    value = node.get("val", "")
    match node.tag.removeprefix(_A):
        case "srgbClr":
            return of_hex(value)
        case "schemeClr":
            return given if value == "phClr" else of_hex(scheme.get(value, "#000000"))
        case "sysClr":
            return of_hex(node.get("lastClr") or _USUAL.get(value, "000000"))
        case "scrgbClr":
            red, green, blue = (_coded(percentage(node.get(name))) for name in "rgb")
            return Paint(red, green, blue)
        case "hslClr":
            hue = number(node.get("hue")) / _TURN
            return Paint(*colorsys.hls_to_rgb(hue % 1, percentage(node.get("lum")), percentage(node.get("sat"))))
        case "prstClr":
            return _preset(value)
        case _:
            return None


def _preset(name: str) -> Paint:
    # Late, because Pillow is slow to load, and its list of names is the only use.
    from PIL import ImageColor

    called = _PRESET.sub(lambda found: _LONGER[found[0]], name).casefold()
    return of_hex(str(ImageColor.colormap.get(called, "#000000"))[:7])


def percentage(text: str | None) -> float:
    """A percentage as DrawingML writes it, in thousandths of a percent or with its sign, as a part of one."""
    if text and text.endswith("%"):
        return number(text[:-1]) / 100
    return number(text) / _FULL


def _changed(paint: Paint, how: str, by: float) -> Paint:
    """A colour after one transform (ECMA-376, 20.1.2.3)."""
    light, cover = _LIGHT.get(how), _COVER.get(how)
    if cover is not None:
        return paint._replace(cover=min(1.0, max(0.0, cover(paint.cover, by))))
    if light is not None:
        at, change = light
        channels = list(colorsys.rgb_to_hls(*paint[:3]))
        channels[at] = change(channels[at], by)
        channels[at] = channels[at] % 1 if at == 0 else min(1.0, max(0.0, channels[at]))
        return Paint(*colorsys.hls_to_rgb(*channels), paint.cover)
    match how:
        case "tint":
            return paint._replace(**_each(paint, lambda one: _coded(1 - (1 - _linear(one)) * by)))
        case "shade":
            return paint._replace(**_each(paint, lambda one: _coded(_linear(one) * by)))
        case "inv":
            return paint._replace(**_each(paint, lambda one: 1 - one))
        case "gray":
            grey = 0.2126 * paint.red + 0.7152 * paint.green + 0.0722 * paint.blue
            return paint._replace(red=grey, green=grey, blue=grey)
        case _:
            return paint


def _each(paint: Paint, change: Callable[[float], float]) -> dict[str, float]:
    return {name: change(getattr(paint, name)) for name in ("red", "green", "blue")}


_Change = Callable[[float, float], float]


def _times(value: float, by: float) -> float:
    return value * by


def _plus(value: float, by: float) -> float:
    return value + by


def _turned(value: float, by: float) -> float:
    return value + by * _FULL / _TURN


def _set(_value: float, by: float) -> float:
    return by


_LIGHT: dict[str, tuple[int, _Change]] = {
    "hueMod": (0, _times), "hueOff": (0, _turned), "lumMod": (1, _times), "lumOff": (1, _plus), "lum": (1, _set),
    "satMod": (2, _times), "satOff": (2, _plus), "sat": (2, _set),
}  # fmt: skip
"""Which of hue, lightness and saturation a transform changes, and how."""
_COVER: dict[str, _Change] = {"alpha": _set, "alphaMod": _times, "alphaOff": _plus}


def _linear(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _coded(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
