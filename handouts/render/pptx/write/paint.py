"""Colour roles → python-pptx's colours and fills: a slot of the theme with its brightness, else a value."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Emu

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import emu

_SLOTS = {
    "tx1": MSO_THEME_COLOR.TEXT_1,
    "bg1": MSO_THEME_COLOR.BACKGROUND_1,
    "tx2": MSO_THEME_COLOR.TEXT_2,
    "bg2": MSO_THEME_COLOR.BACKGROUND_2,
    **{f"accent{n}": getattr(MSO_THEME_COLOR, f"ACCENT_{n}") for n in range(1, 7)},
}


def coloured(colour: Any, role: str, palette: Palette) -> None:
    """Sets a `ColorFormat` to a role. Raises KeyError for an unknown one."""
    shade = palette.shades[role]
    if shade.slot.startswith("#"):
        colour.rgb = RGBColor.from_string(shade.slot[1:])
    else:
        colour.theme_color = _SLOTS[shade.slot]
    if brightness := shade.brightness:
        colour.brightness = brightness


def filled(fill: Any, role: str | None, palette: Palette) -> None:
    """Sets a `FillFormat` to a role; None is no fill. Raises KeyError for an unknown role."""
    if role is None:
        fill.background()
        return
    fill.solid()
    coloured(fill.fore_color, role, palette)


def placed(shape: Any, area: Area) -> None:
    """Puts a shape where an area is."""
    shape.left, shape.top, shape.width, shape.height = sides(area)


def sides(area: Area) -> tuple[Emu, Emu, Emu, Emu]:
    """Left, top, width and height as python-pptx takes them."""
    return Emu(emu(area.x)), Emu(emu(area.y)), Emu(emu(area.width)), Emu(emu(area.height))
