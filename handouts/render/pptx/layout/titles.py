"""How much room a slide's title takes: its words and its place in, lines and heights in points out."""

from __future__ import annotations

from handouts.plan.text import Runs
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.metrics import metrics


def title_excess(title: Runs, bound: Bound) -> float:
    """By how many points a title is too high for its place."""
    return height_in(title, bound.title, bound.title.area.width) - bound.title.area.height


def title_lines(title: Runs, bound: Bound) -> int:
    """How many lines a title takes in its place."""
    return lines_in(title, bound.title, bound.title.area.width)


def height_in(title: Runs, spot: Spot, width: float) -> float:
    """Height in points of a place so wide that holds a title as the spot sets it."""
    style = spot.style
    line = style.size * metrics(style.font).pitch(style.spacing)
    return lines_in(title, spot, width) * line + style.insets[1] + style.insets[3]


def lines_in(title: Runs, spot: Spot, width: float) -> int:
    """How many lines a title takes in a place so many points wide."""
    style = spot.style
    room = width - style.insets[0] - style.insets[2]
    return metrics(style.font).lines(title, style.size, room, strong=style.strong, caps=style.caps)
