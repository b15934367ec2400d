"""Colour roles of a theme as the presentation needs them: a lookup by role, and the role that reads best on another."""

from __future__ import annotations

from handouts.theme.colour import contrast
from handouts.theme.schema import FIXED_COLOURS, Colours


def by_role(colours: Colours) -> dict[str, str]:
    """Role → `#RRGGBB`."""
    return {role: colours.of(role) for role in (*type(colours).model_fields, *FIXED_COLOURS)}


def readable_on(background: str, colours: dict[str, str]) -> str:
    """The role, ink or on_accent, that stands out more on a background role."""
    return max(("ink", "on_accent"), key=lambda role: contrast(colours[role], colours[background]))
