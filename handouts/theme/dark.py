"""The colours of a theme on a dark screen: a theme as it is printed in, the same theme for light on dark out.

Each role keeps its hue, and gets the luminance that its place among the others asks for: `theme.pairs` holds here too.
"""

from __future__ import annotations

import colorsys
from functools import cache
from typing import Any

from msgspec.structs import replace

from handouts.theme.colour import luminance, mixed
from handouts.theme.contrast import REVERSED, Demand, demands, recoloured, unmet
from handouts.theme.schema import Scale, Style, Theme

STANDARD: dict[str, float] = {
    "paper": 0.0085, "unfilled": 0.0085, "on_accent": 0.0085, "accent_tint": 0.016, "caution_tint": 0.016,
    "faint": 0.045, "accent_soft": 0.06, "accent_mid": 0.128, "rule": 0.25, "accent": 0.46, "caution": 0.46,
    "muted": 0.5, "link": 0.48, "ink": 0.84,
}  # fmt: skip
"""Role → its luminance. The ladder leaves each pair of `theme.pairs` some room above its least ratio, since a step of
an 8-bit channel is coarse among dark colours: 7:1 for links on a tint is a luminance of 0.41."""
HIGH: dict[str, float] = {
    "paper": 0.0, "unfilled": 0.0, "on_accent": 0.0, "accent_tint": 0.007, "caution_tint": 0.007, "faint": 0.03,
    "accent_soft": 0.03, "accent_mid": 0.09, "rule": 0.34, "accent": 0.5, "caution": 0.5, "muted": 0.62, "link": 0.52,
    "ink": 1.0,
}  # fmt: skip
"""The same for a theme of high contrast: white on black."""
_GROUND = 0.15
"""How much of the accent the dark ground has: it is no grey of another family than the tints on it."""
_GROUND_SATURATION = 0.32
_MOST_SATURATION = 0.8
"""Of a colour that shines on a dark ground; more of it glares."""


@cache
def glowing(colour: str, wanted: float, most: float = _MOST_SATURATION) -> str:
    """The colour of the same hue, and as saturated up to `most`, whose luminance comes closest to `wanted`.

    Mixed with white, as `theme.colour.of_luminance` has it, a dark blue would turn grey before it is light enough.
    """
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(*channels)
    saturation = min(saturation, most)
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (low, middle) if luminance(_hls(hue, middle, saturation)) > wanted else (middle, high)
    return _hls(hue, (low + high) / 2, saturation)


def _hls(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation))


def dark(theme: Theme) -> Theme:
    """The theme for a dark screen; a style whose colour could not be read there is set in the ink.

    Every demand of `theme.contrast.demands` is met but that ink be darker than paper.
    """
    ladder = HIGH if theme.contrast == "high" else STANDARD
    colours = {role: glowing(theme.colours.of(role), wanted) for role, wanted in ladder.items()}
    for role in ("paper", "unfilled", "on_accent"):
        tinted = mixed(theme.colours.of("paper"), theme.colours.accent, _GROUND)
        colours[role] = glowing(tinted, ladder[role], _GROUND_SATURATION)
    new = recoloured(theme, colours)
    lost = {one.pair.style for one in unmet_in_the_dark(new) if one.pair.style}
    if not lost:
        return new
    handout, card = ({key[2] for key in lost if key[0] == part} for part in ("handout", "card"))
    return replace(
        new,
        handout=replace(new.handout, scale=_in_ink(new.handout.scale, handout)),
        card=replace(new.card, scale=_in_ink(new.card.scale, card)),
    )


def unmet_in_the_dark(theme: Theme) -> tuple[Demand, ...]:
    """Every demand that the colours of a dark theme do not meet."""
    return tuple(one for one in unmet(theme) if one.code != REVERSED)


def dark_demands(theme: Theme) -> tuple[Demand, ...]:
    """All that the colours of a dark theme must meet."""
    return tuple(one for one in demands(theme) if one.code != REVERSED)


def _in_ink(scale: Any, names: set[str | int]) -> Any:
    """The scale with these of its styles in the ink."""
    found: dict[str, Style] = {name: scale.of(name) for name in Scale.__struct_fields__ if name in names}
    return replace(scale, **{name: replace(style, colour="ink") for name, style in found.items()})
