"""Where the texts of a cover stand: the places of its placeholders in, the room that each column of them may take out.

A column may go as far as nothing else stands: the feet, what the layout draws, other places that are filled. What lies
on a panel stays on it, and what a line parts stays parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.render.pptx.template.drawings import Room
from handouts.render.pptx.template.geometry import NEAR, overlapping, within
from handouts.render.pptx.template.layouts import Area

GAP = 6.0
"""Points between two texts, and to what is drawn beside them."""
MARGIN = 0.03
"""What stays free at the slide's edges, as a part of its shorter side."""
_LEFT_OVER = 0.5
"""The part of a place that has to be left by what is drawn on it, or it is taken for its ground."""
_SHARED = 0.5
"""The part of the narrower place's width that two places of one column have in common at the least."""


class Place(Struct, frozen=True):
    """One text's place: the slot, "" for the title; its area, and how its words are aligned and anchored in it."""

    slot: str
    area: Area
    align: str = "l"
    anchor: str = "t"


class Column(Struct, frozen=True):
    """Places one below the other, and the points between which they may stand."""

    places: tuple[Place, ...]
    top: float
    bottom: float


def columns(places: Iterable[Place], room: Room, kept: Sequence[Area], *, wide: bool) -> tuple[Column, ...]:
    """The columns of a cover's texts; `wide` ones take the free room beside them. `kept` are the areas of feet and of
    other things on the slide that no text may touch.
    """
    middle = room.slide.y + room.slide.height / 2
    cleared = [replace(one, area=_cleared(one.area, kept, room.drawn, middle)) for one in places]
    groups: list[list[Place]] = []
    for place in sorted(cleared, key=lambda one: one.area.y + one.area.height / 2):
        fitting = (g for g in groups if all(_together(one.area, place.area, room.drawn) for one in g))
        group = next(fitting, None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    found: list[Column] = []
    for group in groups:
        others = [one.area for other in groups if other is not group for one in other]
        found.append(_column(group, room, [*kept, *room.drawn, *others], wide=wide))
    return tuple(found)


def _column(group: Sequence[Place], room: Room, obstacles: Sequence[Area], *, wide: bool) -> Column:
    whole = group[0].area
    for one in group[1:]:
        whole = whole.joined(one.area)
    margin = MARGIN * min(room.slide.width, room.slide.height)
    left, top, right, bottom = margin, margin, room.slide.width - margin, room.slide.height - margin
    grounds = [o for o in obstacles if all(within(one.area, o) for one in group)]
    for ground in grounds:
        left, right = max(left, ground.x + GAP), min(right, ground.right - GAP)
        top, bottom = max(top, ground.y), min(bottom, ground.bottom)
    others = [o for o in obstacles if o not in grounds]
    for other in others:
        if _beside(other, whole) > NEAR and other.bottom <= whole.y + NEAR:
            top = max(top, other.bottom + GAP)
        elif _beside(other, whole) > NEAR and other.y >= whole.bottom - NEAR:
            bottom = min(bottom, other.y - GAP)
    if wide:
        level = Area(left, top, right - left, bottom - top)
        edges = _edges(whole, level, others)
        group = [replace(one, area=_wider(one, *edges)) for one in group]
    return Column(tuple(group), top, bottom)


def _edges(whole: Area, level: Area, others: Iterable[Area]) -> tuple[float, float]:
    """How far to the left and right nothing stands beside a column."""
    left, right = level.x, level.right
    for other in others:
        if _level(other, level) > 0:
            if other.right <= whole.x + NEAR:
                left = max(left, other.right + GAP)
            elif other.x >= whole.right - NEAR:
                right = min(right, other.x - GAP)
    return min(left, whole.x), max(right, whole.right)


def _wider(place: Place, left: float, right: float) -> Area:
    """A place as wide as leaves its words in line with those above and below it."""
    area = place.area
    match place.align:
        case "ctr":
            more = max(0.0, min(area.x - left, right - area.right))
            return replace(area, x=area.x - more, width=area.width + 2 * more)
        case "r":
            return replace(area, x=left, width=area.right - left)
        case _:
            return replace(area, width=right - area.x)


def _cleared(area: Area, kept: Iterable[Area], drawn: Iterable[Area], middle: float) -> Area:
    """A place without the part of it that something is drawn on, where that is its lesser part, and off what is kept,
    toward the middle of the slide.
    """
    for other in drawn:
        if overlapping(area, other) and not within(area, other):
            best = _rest(area, other)
            area = best if _size(best) >= _LEFT_OVER * _size(area) else area
    for other in kept:
        if overlapping(area, other):
            best = _rest(area, other)
            above = other.y + other.height / 2 > middle
            beyond = replace(area, y=min(area.y, other.y - GAP - 1) if above else other.bottom + GAP, height=1)
            area = best if _size(best) >= _LEFT_OVER * _size(area) else beyond
    return area


def _rest(area: Area, other: Area) -> Area:
    """The largest part of an area above, below or beside another."""
    rests = (
        replace(area, height=max(0.0, other.y - GAP - area.y)),
        replace(area, y=other.bottom + GAP, height=max(0.0, area.bottom - other.bottom - GAP)),
        replace(area, width=max(0.0, other.x - GAP - area.x)),
        replace(area, x=other.right + GAP, width=max(0.0, area.right - other.right - GAP)),
    )
    return max(rests, key=_size)


def _together(one: Area, other: Area, drawn: Iterable[Area]) -> bool:
    """Whether two places are of one column: in line, on the same ground, with nothing between them."""
    if _beside(one, other) < _SHARED * min(one.width, other.width):
        return False
    for shape in drawn:
        if within(one, shape) != within(other, shape):
            return False
        between = min(one.bottom, other.bottom) <= shape.y + NEAR and shape.bottom - NEAR <= max(one.y, other.y)
        if between and _beside(shape, one) > NEAR:
            return False
    return True


def _beside(one: Area, other: Area) -> float:
    """Points of width that two areas have in common."""
    return min(one.right, other.right) - max(one.x, other.x)


def _level(one: Area, other: Area) -> float:
    """Points of height that two areas have in common."""
    return min(one.bottom, other.bottom) - max(one.y, other.y)


def _size(area: Area) -> float:
    return area.width * area.height
