"""Areas of a slide compared: two areas in, what they share or whether they meet out. Lengths are points."""

from __future__ import annotations

from handouts.render.pptx.template.layouts import Area

LEAST_WIDTH, LEAST_HEIGHT = 0.4, 0.42
"""Parts of a slide's sides below which a place has no room for a table or chart."""
NEAR = 2.0
"""Points by which edges that are meant to be the same may differ, since editors round."""


def common(area: Area, other: Area) -> Area:
    """What two areas share; without width or height where that is nothing."""
    x, y = max(area.x, other.x), max(area.y, other.y)
    return Area(x, y, max(0.0, min(area.right, other.right) - x), max(0.0, min(area.bottom, other.bottom) - y))


def overlapping(area: Area, other: Area) -> bool:
    """Whether two areas share more than an edge."""
    shared = common(area, other)
    return shared.width > NEAR and shared.height > NEAR


def within(area: Area, other: Area) -> bool:
    """Whether an area lies in another."""
    return (
        other.x <= area.x + NEAR
        and area.right <= other.right + NEAR
        and other.y <= area.y + NEAR
        and area.bottom <= other.bottom + NEAR
    )


def in_column(area: Area, other: Area) -> bool:
    """Whether two areas, wherever they are from top to bottom, share any width."""
    return area.x < other.right and other.x < area.right


def roomy(area: Area, slide: Area) -> bool:
    """Whether what of a place lies on the slide has room for a table or chart."""
    seen = common(area, slide)
    return seen.width >= LEAST_WIDTH * slide.width and seen.height >= LEAST_HEIGHT * slide.height
