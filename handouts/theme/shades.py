"""Tints and shades: an accent and a caution in, the colours of all roles that follow from them out.

A theme file or a clinic need only give the one colour that it is known by.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from handouts.model.clinic import ClinicColours
from handouts.theme.colour import contrast, luminance, nearest_shade, of_luminance
from handouts.theme.contrast import Demand, demands, recoloured
from handouts.theme.pairs import BODY, SURFACES
from handouts.theme.schema import Theme

TINTS = {"accent": ("accent_tint", "accent_soft"), "caution": ("caution_tint",)}
"""Colour → the roles that are tints of it."""
CHOSEN = ("link", "accent_mid")
"""Roles that are shades of the accent, chosen so that they can be read."""
SOURCES: dict[str, str] = {role: key for key, tints in TINTS.items() for role in (key, *tints)} | dict.fromkeys(
    CHOSEN, "accent"
)
"""Role → the colour that it follows from."""


def dressed(theme: Theme, given: ClinicColours, keep: Collection[str] = ()) -> Theme:
    """The theme in the given colours and those that follow from them, the roles in `keep` as they are."""
    tinted = _tinted(theme, given, keep)
    if not given.accent:
        return tinted
    chosen = {"link": _link, "accent_mid": _between}
    return recoloured(tinted, {role: shade(tinted) for role, shade in chosen.items() if role not in keep})


def passes(theme: Theme, given: ClinicColours, keep: Collection[str], wanted: Iterable[Demand]) -> bool:
    """Whether the theme so dressed meets these demands."""
    wanted = list(wanted)
    tinted = _tinted(theme, given, keep).colours
    # Most colours fail here, before the shades that take longer are looked for.
    if not all(one.met(tinted) for one in wanted if not any(one.of_role(role) for role in CHOSEN)):
        return False
    colours = dressed(theme, given, keep).colours
    return all(one.met(colours) for one in wanted)


def _tinted(theme: Theme, given: ClinicColours, keep: Collection[str]) -> Theme:
    """The colours and their tints, which keep the luminance of the theme's, so that text on them reads as well."""
    found: dict[str, str] = {}
    for key, tints in TINTS.items():
        colour = getattr(given, key)
        if colour:
            shades = {role: of_luminance(colour, luminance(theme.colours.of(role))) for role in tints}
            found |= {key: colour} | {role: shade for role, shade in shades.items() if role not in keep}
    return recoloured(theme, found)


def _link(theme: Theme) -> str:
    """The accent, darker where it must be to be read as body text."""
    colours = theme.colours

    def readable(shade: str) -> bool:
        return all(contrast(shade, colours.of(back)) >= BODY for back in SURFACES)

    return nearest_shade(colours.accent, readable) or colours.accent


def _between(theme: Theme) -> str:
    """The shade half way from the accent to its soft shade, or the nearest to that on which labels can be read."""
    colours = theme.colours
    wanted = [one for one in demands(theme) if one.of_role("accent_mid")]
    half = math.sqrt((luminance(colours.accent) + 0.05) * (luminance(colours.accent_soft) + 0.05)) - 0.05
    middle = of_luminance(colours.accent, half)

    def readable(shade: str) -> bool:
        new = replace(colours, accent_mid=shade)
        return all(one.met(new) for one in wanted)

    return nearest_shade(middle, readable) or middle
