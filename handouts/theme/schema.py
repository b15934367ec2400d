"""Schema of a theme (`templates/themes/*.yaml`): colours by role, type scales, spacing and fitting limits.

A theme file gives what it changes; everything else keeps the defaults that stand here. All lengths are points.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta

from handouts.model.base import Before, Hex, Model, Name

HANDOUT_BODY_FLOOR = 12.0
HANDOUT_FLOOR = 10.0
LARGE_PRINT_FLOOR = 18.0
"""Points of all type in large print, captions and footers included (American Council of the Blind, 2025)."""
CARD_FLOOR = 7.0
CARD_NUMBER_FLOOR = 11.0
DECK_BODY_FLOOR = 18.0
DECK_FLOOR = 12.0


def as_float(value: Any) -> Any:
    """A number as YAML gives it, whole or decimal, as a float; anything else as it is."""
    return float(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value


Points = Annotated[float, Before(as_float), Meta(ge=0, le=2000)]
Factor = Annotated[float, Before(as_float), Meta(ge=0.1, le=10)]
FontFamily = Literal["Atkinson Hyperlegible"]
"""A key of `theme.fonts.FAMILIES`."""
Pages = Annotated[int, Meta(ge=1, le=20)]
ColourRole = Literal[
    "ink", "muted", "paper", "accent", "on_accent", "link", "accent_tint", "accent_mid", "accent_soft",
    "caution", "caution_tint", "rule", "faint", "unfilled",
]  # fmt: skip


FIXED_COLOURS = {"black": "#000000", "white": "#FFFFFF"}
"""What no theme changes: scanners want a code black on white, and printers screen any grey."""


class Colours(Model, frozen=True, kw_only=True):
    """One colour a role. `accent` means the medicine and "responded", `caution` what needs care; greys the rest."""

    ink: Hex = "#1A1A1A"
    muted: Hex = "#4A4F57"
    paper: Hex = "#FFFFFF"
    accent: Hex = "#0A527C"
    on_accent: Hex = "#FFFFFF"
    link: Hex = "#0A527C"
    accent_tint: Hex = "#E3EFF6"
    accent_mid: Hex = "#4E93BB"
    accent_soft: Hex = "#A9CBE0"
    caution: Hex = "#9A3B00"
    caution_tint: Hex = "#FBEDE3"
    rule: Hex = "#7E848C"
    faint: Hex = "#D5D9DE"
    unfilled: Hex = "#FFFFFF"

    def of(self, role: str) -> str:
        """The colour of a role as `#RRGGBB`. Raises KeyError for a role that no theme has."""
        if role in FIXED_COLOURS:
            return FIXED_COLOURS[role]
        if role not in self.__struct_fields__:
            raise KeyError(role)
        return str(getattr(self, role))


class Style(Model, frozen=True, kw_only=True):
    """One step of a type scale: size, leading, weight, colour, and the space it keeps above and below."""

    size: Points
    leading: Points
    strong: bool = False
    colour: ColourRole = "ink"
    before: Points = 0.0
    after: Points = 0.0


def _style(size: float, leading: float, after: float = 0, *, before: float = 0, strong: bool = False,
           colour: ColourRole = "ink") -> Style:  # fmt: skip
    return Style(size=size, leading=leading, after=after, before=before, strong=strong, colour=colour)


class Scale(Model, frozen=True, kw_only=True):
    """The styles of a printed document by what the text is for."""

    h1: Style = _style(25, 28, 4, strong=True)
    h2: Style = _style(15.5, 19, 3, before=3, strong=True, colour="accent")
    h3: Style = _style(12.5, 16, 2, before=2, strong=True)
    body: Style = _style(12, 16, 5)
    lead: Style = _style(13.5, 18, 0, strong=True)
    eyebrow: Style = _style(11, 14, 1, colour="muted")
    item: Style = _style(12, 16, 3)
    table: Style = _style(12, 15)
    caption: Style = _style(10.5, 13.5, 2, colour="muted")
    note: Style = _style(10.5, 13, 3, colour="muted")
    source: Style = _style(10, 12, 1, colour="muted")
    number: Style = _style(18, 21, 1, strong=True)
    small: Style = _style(10, 12, 1)
    footer: Style = _style(10, 12.5, colour="muted")

    def of(self, role: str) -> Style:
        """The style of a text role, `body` for a role without one of its own."""
        style = getattr(self, role, None)
        return style if isinstance(style, Style) else self.body


class Fit(Model, frozen=True, kw_only=True):
    """How far the fitter may go: factors on spacing and on figure size, each from least to most."""

    space_least: Factor = 0.25
    space_most: Factor = 1.9
    figure_least: Factor = 0.88
    figure_most: Factor = 1.15


class HandoutTheme(Model, frozen=True, kw_only=True):
    """Page geometry and type of the patient handout.

    It fills as few pages as it can from `pages_least` to `pages_most`. In `large_print` no type is below 18 pt, and the
    parts of a grid stand under each other.
    """

    pages_least: Pages = 1
    pages_most: Pages = 2
    large_print: bool = False

    margin: Points = 54.0
    margin_top: Points = 34.0
    margin_bottom: Points = 40.0
    gutter: Points = 18.0
    block_space: Points = 9.0
    box_padding: Points = 7.0
    scale: Scale = Scale()
    fit: Fit = Fit()

    def __post_init__(self) -> None:
        if self.pages_least > self.pages_most:
            raise ValueError(f"asks for {self.pages_least} pages or more, and for {self.pages_most} at the most")
        body = LARGE_PRINT_FLOOR if self.large_print else HANDOUT_BODY_FLOOR
        _floor(self.scale, body, ("body", "item", "table", "lead"), self.floor)

    @property
    def floor(self) -> float:
        """The least type size in points, which captions, footers and the labels of figures keep too."""
        return LARGE_PRINT_FLOOR if self.large_print else HANDOUT_FLOOR


class CardScale(Scale, frozen=True, kw_only=True):
    """The card's own defaults: a theme that gives one style keeps the others."""

    h1: Style = _style(15, 17, 1, strong=True)
    h2: Style = _style(9, 11, 1, strong=True, colour="accent")
    h3: Style = _style(9, 11, 1, strong=True)
    body: Style = _style(9, 11, 2)
    lead: Style = _style(12, 14, 2, strong=True)
    eyebrow: Style = _style(7.5, 9, 0, colour="muted")
    item: Style = _style(8.5, 10.5, 1)
    table: Style = _style(8, 10)
    caption: Style = _style(7, 8.5, 0, colour="muted")
    note: Style = _style(7, 8.5, 0, before=3, colour="muted")
    source: Style = _style(7, 8.5, 0, colour="muted")
    number: Style = _style(20, 23, 1, strong=True)
    small: Style = _style(7.5, 9, 1)
    footer: Style = _style(7, 8.5, 0, colour="muted")


class CardFit(Fit, frozen=True, kw_only=True):
    """How far the card may be stretched; its figures keep their size."""

    space_least: Factor = 0.3
    space_most: Factor = 2.5
    figure_least: Factor = 1.0
    figure_most: Factor = 1.0


class CardTheme(Model, frozen=True, kw_only=True):
    """Geometry and type of the wallet card; `margin` is kept free inside the trim (3 mm at the least)."""

    margin: Points = 9.0
    gutter: Points = 8.0
    block_space: Points = 3.0
    box_padding: Points = 3.0
    scale: CardScale = CardScale()
    fit: CardFit = CardFit()

    def __post_init__(self) -> None:
        _floor(self.scale, CARD_FLOOR, ("body",), CARD_FLOOR)
        for role in ("number", "lead"):
            if self.scale.of(role).size < CARD_NUMBER_FLOOR:
                raise ValueError(
                    f"sets {role} text below {CARD_NUMBER_FLOOR:g} pt, which telephone numbers on cards need"
                )


class DeckTheme(Model, frozen=True, kw_only=True):
    """Type and geometry of the deck. The font is one whose metrics every viewer has (Arial = Liberation Sans)."""

    font: Name = "Arial"
    title: Points = 28.0
    body: Points = 20.0
    table: Points = 18.0
    label: Points = 16.0
    source: Points = 12.0

    def __post_init__(self) -> None:
        if min(self.title, self.body, self.table) < DECK_BODY_FLOOR:
            raise ValueError(f"sets deck text below {DECK_BODY_FLOOR:g} pt")
        if min(self.label, self.source) < DECK_FLOOR:
            raise ValueError(f"sets deck labels or sources below {DECK_FLOOR:g} pt")


def _floor(scale: Scale, body_floor: float, body_roles: tuple[str, ...], floor: float) -> None:
    for role in Scale.__struct_fields__:
        least = body_floor if role in body_roles else floor
        if scale.of(role).size < least:
            raise ValueError(f"sets {role} text at {scale.of(role).size:g} pt; the least is {least:g} pt")


class Theme(Model, frozen=True, kw_only=True):
    """The whole of a theme file. `contrast` says how far colours that meet must be apart, see `theme.pairs`."""

    schema_version: Literal[1] = 1
    name: Name = "default"
    family: FontFamily = "Atkinson Hyperlegible"
    contrast: Literal["standard", "high"] = "standard"
    colours: Colours = Colours()
    handout: HandoutTheme = HandoutTheme()
    card: CardTheme = CardTheme()
    deck: DeckTheme = DeckTheme()
