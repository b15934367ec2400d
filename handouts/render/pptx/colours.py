"""Colour roles of a theme as the presentation needs them: a lookup by role, and contrast between two of them."""

from __future__ import annotations

from handouts.theme.schema import FIXED_COLOURS, Colours

LEAST_CONTRAST = 4.5
"""WCAG 2.2 success criterion 1.4.3, level AA."""


def by_role(colours: Colours) -> dict[str, str]:
    """Role → `#RRGGBB`."""
    return {role: colours.of(role) for role in (*type(colours).model_fields, *FIXED_COLOURS)}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours written `#RRGGBB`, from 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(background: str, colours: dict[str, str]) -> str:
    """The role, ink or on_accent, that stands out more on a background role."""
    return max(("ink", "on_accent"), key=lambda role: contrast(colours[role], colours[background]))


def _luminance(value: str) -> float:
    channels = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
