"""A place for titles that holds a sentence: layouts whose title is lower are given the room above and below it.

Titles of a deck say a result in a sentence; a place for a word or two would take none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from handouts.render.pptx.template.bind import is_kicker
from handouts.render.pptx.template.drawings import Room
from handouts.render.pptx.template.feet import move
from handouts.render.pptx.template.geometry import NEAR, in_column, within
from handouts.render.pptx.template.holders import FURNITURE, TITLES, FoundLayout, Holder, shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed, serialised

_SIZE = 24.0
"""Points of type at which two lines are to have room, so that no title must be smaller than that."""
_LINES = 2
_SENTENCE = 560.0
"""Points of width of a place in which most titles of a deck stand in two lines; in a narrower one they take three."""
_WIDE = 0.5
"""Of the slide's width: a place so wide holds a sentence in three lines."""
_MARGIN = 0.04
_GAP = 4.0
_LEAST_SHARE = 0.25
"""Of the slide's width: a narrower title breaks every sentence."""
_LEAST_CONTENT = 0.4
"""The part of the slide's height that content keeps where a title takes of its room."""


def has_title(layout: FoundLayout, slide: Area) -> bool:
    """Whether a layout has a title that can be read: on the slide, across, and as wide as a sentence needs."""
    return any(is_usable(one, slide) for one in layout.of(*TITLES)[:1])


def is_usable(title: Holder, slide: Area) -> bool:
    """Whether a place holds a title that can be read."""
    area = title.area
    return (
        not title.upright
        and area.x >= -NEAR
        and area.y >= -NEAR
        and area.right <= slide.width + NEAR
        and area.bottom <= slide.height + NEAR
        and area.width >= _LEAST_SHARE * slide.width
    )


def height_of_title(title: Holder, width: float) -> float:
    """Points of height of a place so many points wide that holds a title, as large as all titles may have to be."""
    style = title.style
    lines = _LINES if width - style.insets[0] - style.insets[2] >= _SENTENCE else _LINES + 1
    high = lines * min(_SIZE, style.size) * metrics(style.font).pitch(style.spacing)
    return high + style.insets[1] + style.insets[3]


def give_title_room(parts: dict[str, PackagePart], layout: FoundLayout, room_of: Callable[[FoundLayout], Room]) -> bool:
    """Makes a layout's title that can be read as high as titles are, as far as it may be; says whether it changed."""
    title = next(iter(layout.of(*TITLES)), None)
    if title is None or not is_usable(title, room_of(layout).slide):
        return False
    short = height_of_title(title, title.area.width) - title.area.height
    if short <= 0:
        return False
    room = room_of(layout)
    others = [one for one in layout.holders if one is not title and one.kind != "dt" and not is_kicker(one, layout)]
    areas = [one.area for one in others]
    wide = _wider(title.area, areas, room)
    grown = _grown(replace(title, area=wide), areas, room, short)
    short -= grown.height - title.area.height
    root = parsed(parts[layout.part])
    below = [one for one in others if one.kind not in FURNITURE and in_column(one.area, grown)]
    lower = min((one for one in below if one.area.y >= grown.bottom - NEAR), key=lambda one: one.area.y, default=None)
    if short > 0 and lower is not None and lower.area.height - short >= _LEAST_CONTENT * room.slide.height:
        grown = replace(grown, height=grown.height + short)
        for one in below:
            if grown.bottom > one.area.y >= lower.area.y - NEAR:
                cut = grown.bottom - one.area.y
                _move(root, one, replace(one.area, y=grown.bottom, height=max(1.0, one.area.height - cut)))
    if grown == title.area:
        return False
    _move(root, title, grown)
    parts[layout.part] = replace(parts[layout.part], data=serialised(root))
    return True


def _wider(area: Area, others: Iterable[Area], room: Room) -> Area:
    """A title's place that is narrow, with the free room beside it."""
    if area.width >= _WIDE * room.slide.width:
        return area
    beside = (one for one in (*others, *room.drawn) if one.y < area.bottom and area.y < one.bottom)
    level = [one for one in beside if not within(area, one)]
    margin = min(area.x, _MARGIN * room.slide.width)
    left = max([one.right + _GAP for one in level if one.right <= area.x + NEAR], default=margin)
    right = min([one.x - _GAP for one in level if one.x >= area.right - NEAR], default=room.slide.width - margin)
    return replace(area, x=min(area.x, left), width=max(area.right, right) - min(area.x, left))


def _grown(title: Holder, others: Iterable[Area], room: Room, short: float) -> Area:
    """The title's place with the free room above and below it: first at the side to which its words grow."""
    area = title.area
    drawn = [one for one in room.drawn if not within(area, one)]
    around = [one for one in (*others, *drawn) if in_column(one, area)]
    top = max([one.bottom for one in around if one.bottom <= area.y + NEAR], default=0.0) + _GAP
    bottom = min([one.y for one in around if one.y >= area.bottom - NEAR], default=room.slide.height) - _GAP
    for band in (one for one in room.drawn if within(area, one)):
        # On a band that has the room, a title stays on it.
        if band.height >= area.height + short:
            top, bottom = max(top, band.y), min(bottom, band.bottom)
    up, down = max(0.0, area.y - top), max(0.0, bottom - area.bottom)
    if title.style.anchor == "b":
        upward = min(short, up)
        downward = min(short - upward, down)
    else:
        downward = min(short, down)
        upward = min(short - downward, up)
    return replace(area, y=area.y - upward, height=area.height + upward + downward)


def _move(root: Any, holder: Holder, area: Area) -> None:
    for shape in root.iter(tag("p:sp")):
        node = next(shape.iter(tag("p:ph")), None)
        if node is not None and shape_kind(shape) == holder.kind and int(node.get("idx", "0")) == holder.idx:
            move(shape, area)
