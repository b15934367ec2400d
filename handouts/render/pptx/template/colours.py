"""Colour roles as a presentation has them: a palette from our theme, or one worked out from a template's own colours.

A role that has a slot in the presentation's theme is written as that slot, so that recolouring the theme recolours it.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

from msgspec import Struct

from handouts.theme.colour import contrast
from handouts.theme.pairs import GRAPHICS, RAISED, TEXT
from handouts.theme.schema import FIXED_COLOURS, Colours

SLOTS = {
    "ink": "tx1",
    "paper": "bg1",
    "muted": "tx2",
    "accent_tint": "bg2",
    "accent": "accent1",
    "caution": "accent2",
    "accent_mid": "accent3",
    "accent_soft": "accent4",
    "rule": "accent5",
    "faint": "accent6",
}
"""Colour roles that have a slot in our own template's theme."""


class Shade(Struct, frozen=True):
    """A slot of a theme, or a colour `#RRGGBB`, its lightness times `mod` percent plus `off` percent."""

    slot: str
    mod: int = 100
    off: int = 0

    @property
    def brightness(self) -> float:
        """The same change as python-pptx gives it: from -1, black, to 1, white."""
        assert not self.off or self.mod + self.off == 100
        return self.off / 100 if self.off else self.mod / 100 - 1

    def xml(self, *, clear: bool = False) -> str:
        """`a:schemeClr`, or `a:srgbClr` of a colour; a `clear` one lets all behind it be seen."""
        change = f'<a:lumMod val="{self.mod}000"/>' if self.mod != 100 else ""
        change += f'<a:lumOff val="{self.off}000"/>' if self.off else ""
        change += '<a:alpha val="0"/>' if clear else ""
        kind, value = ("srgbClr", self.slot[1:]) if self.slot.startswith("#") else ("schemeClr", self.slot)
        return f'<a:{kind} val="{value}">{change}</a:{kind}>' if change else f'<a:{kind} val="{value}"/>'

    def rgb(self, scheme: Mapping[str, str]) -> str:
        """`#RRGGBB` with the colours of a template, given by slot."""
        value = scheme.get(self.slot, self.slot)
        red, green, blue = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
        hue, light, full = colorsys.rgb_to_hls(red, green, blue)
        light = min(1.0, light * self.mod / 100 + self.off / 100)
        return "#" + "".join(f"{round(c * 255):02X}" for c in colorsys.hls_to_rgb(hue, light, full))


INK = Shade("tx1")
"""The colour of text where a template says none."""


class Palette(Struct, frozen=True, dict=True):
    """Each role's colour as the presentation has it, and its value `#RRGGBB` where a contrast must be known."""

    shades: Mapping[str, Shade]
    rgb: Mapping[str, str]

    @cached_property
    def xml(self) -> Mapping[str, str]:
        """Each role's colour as DrawingML writes it."""
        return {role: shade.xml() for role, shade in self.shades.items()}


def own_palette(colours: Colours) -> Palette:
    """The palette of our own template in the colours of a theme."""
    rgb = {role: colours.of(role) for role in (*type(colours).__struct_fields__, *FIXED_COLOURS)}
    return Palette({role: Shade(SLOTS.get(role, value.upper())) for role, value in rgb.items()}, rgb)


def template_palette(
    scheme: Mapping[str, str],
    background: str,
    brand: str | None = None,
    *,
    high: bool = False,
    ink: Shade = INK,
    on_ground: Callable[[str], float] | None = None,
) -> Palette:
    """The palette of a template, in shades of its own colours that stand out enough from its `background`.

    `scheme` gives `#RRGGBB` for `tx1`, `bg1` and `accent1` to `accent6` as the template's master maps them. `brand` is
    the colour of its titles where they have one that the theme does not know; it is the accent then. `high` asks for
    the contrasts of a theme of high contrast. `ink` is the colour of its text there. `on_ground` tells the contrast of
    a colour on a ground of several, of which `background` takes the most.
    """
    text, graphics = least_contrasts(high=high)
    stands_out = on_ground or partial(contrast, background)
    dark = contrast(background, "#000000") < contrast(background, "#FFFFFF")
    main = brand if brand and is_colour(brand) else "accent1"
    paper = Shade("bg1") if background == scheme["bg1"] else Shade(background)

    def first(shades: Iterable[Shade], against: Callable[[str], float], least: float) -> Shade:
        listed = list(shades)
        return next((shade for shade in listed if against(shade.rgb(scheme)) >= least), listed[-1])

    on_ink = partial(contrast, ink.rgb(scheme))
    accent = first(_strong(main, ink, dark), stands_out, text)
    caution = first(_strong("accent2", ink, dark), stands_out, text)
    towards = -1 if dark else 1
    written = ink.slot if ink.mod == 100 and not ink.off else ink.rgb(scheme)

    greys = [Shade(written, m, o) for m, o in ((65, 35), (75, 25), (85, 15))] if towards > 0 else [Shade(written, 80)]
    lines = [Shade(written, m, o) for m, o in ((50, 50), (65, 35))] if towards > 0 else [Shade(written, 65)]
    fills = [
        Shade(accent.slot, m, o) for m, o in (((60, 40), (40, 60), (20, 80)) if towards > 0 else ((75, 0), (50, 0)))
    ]
    mid = first(fills, on_ink, graphics)
    muted = first([*greys, ink], stands_out, text)
    written_on = [shade.rgb(scheme) for shade in (ink, muted, accent)]

    def tint(slot: str) -> Shade:
        """A ground for words, numbers in the accent and small labels among them."""
        light, faint = ((20, 80), (10, 90), (5, 95)), ((30, 0), (20, 0), (10, 0))
        shades = (Shade(slot, mod, off) for mod, off in (faint if dark else light))
        return first([*shades, paper], lambda ground: min(contrast(one, ground) for one in written_on), text)

    chosen = {
        "ink": ink,
        "paper": paper,
        "unfilled": paper,
        "muted": muted,
        "rule": first([*lines, ink], stands_out, graphics),
        "faint": Shade(written, 15, 85) if towards > 0 else Shade(written, 40),
        "accent": accent,
        "accent_mid": mid,
        "accent_soft": fills[min(fills.index(mid) + 1, len(fills) - 1)],
        "accent_tint": tint(main),
        "caution": caution,
        "caution_tint": tint("accent2"),
        "link": accent,
        **{role: Shade(value) for role, value in FIXED_COLOURS.items()},
    }
    on_accent = (Shade("bg1"), ink, paper, Shade("tx1"))
    chosen["on_accent"] = max(on_accent, key=lambda shade: contrast(shade.rgb(scheme), accent.rgb(scheme)))
    rgb = {role: shade.rgb(scheme) for role, shade in chosen.items()}
    return Palette(chosen, {**rgb, "paper": background})


def least_contrasts(*, high: bool) -> tuple[float, float]:
    """The least contrasts of text and of what is drawn."""
    return (RAISED[TEXT], RAISED[GRAPHICS]) if high else (TEXT, GRAPHICS)


def is_colour(value: str) -> bool:
    """Whether a colour is more than a grey."""
    channels = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    return max(channels) - min(channels) > 40


def _strong(slot: str, ink: Shade, dark: bool) -> list[Shade]:
    """A slot's colour and shades of it, ever further from the background; the text's own colour last."""
    further = ((60, 40), (40, 60), (20, 80)) if dark else ((75, 0), (50, 0), (25, 0))
    return [Shade(slot), *(Shade(slot, mod, off) for mod, off in further), ink]


def readable_on(background: str, palette: Palette) -> str:
    """The role, ink or on_accent, that stands out more on a background role."""
    return max(("ink", "on_accent"), key=lambda role: contrast(palette.rgb[role], palette.rgb[background]))
