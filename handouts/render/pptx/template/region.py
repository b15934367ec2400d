"""Where content and its source stand on a layout: its placeholders and drawings in, two areas out.

The template's own places for content count, as far as they are on the slide and clear of the title; where they leave
little or none there are, the content takes the largest area that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from handouts.render.pptx.template.bind import ADDED, Bound
from handouts.render.pptx.template.drawings import Room
from handouts.render.pptx.template.geometry import common, in_column, overlapping, roomy
from handouts.render.pptx.template.holders import FURNITURE, TITLES, USUAL_INSETS, FoundLayout
from handouts.render.pptx.template.layouts import COVERS, Area
from handouts.render.pptx.template.look import DeckSizes
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.title_room import height_of_title, is_usable

GAP = 6.0
"""Points between content and source, and to what stands beside them."""
_APART = 12.0
"""Points between a title and content where the template does not say."""
_MARGIN = 0.04
"""What stays free at the slide's edges where the template does not say, as a part of its sides."""
_LINE = 1.25
"""The least height of a line of a source, as a multiple of its size."""
_GROUND = 0.5
"""The part of the slide above which a drawing is its ground, not something that stands on it."""
_ENOUGH = 0.6
"""The part of the largest room that is enough where the template says that it is the content's."""
_ALMOST = 0.7
"""The part of the largest room that is enough where it stands in line with the title."""
_MOST_OBSTACLES = 10


class Ground(Struct, frozen=True):
    """A layout that others are made from, where their title stands, and the region that content and source share."""

    layout: FoundLayout
    title: Area
    content: Area
    source: Area


def ground_of(layout: FoundLayout, content: Sequence[Area], room: Room, size: DeckSizes) -> Ground:
    """The region of a layout for content; the source takes its foot, a line of its font, from which it grows where it
    needs more.

    `content` are the areas that the layout gives to content, `room` is what is drawn on it. A title that cannot be
    read where it stands, or leaves no room for content, is put at the top of what is free without it.
    """
    title = layout.of(*TITLES)[0]
    region, placed = content_region(layout, content, room), title.area
    if not is_usable(title, room.slide) or not roomy(region, room.slide):
        whole = largest_free(layout, room, with_title=False)
        high = height_of_title(replace(title, style=replace(title.style, insets=USUAL_INSETS)), whole.width)
        placed = replace(whole, height=high)
        region = replace(whole, y=whole.y + high + _APART, height=whole.height - high - _APART)
    feet = [h.area.y for h in layout.of(*FURNITURE) if h.area.y > region.y + region.height / 2]
    below = [placed.y] if placed.y >= region.bottom - 1 and in_column(placed, region) else []
    low = min([*feet, *below, room.slide.height - 12]) - 4
    high = size.source * max(_LINE, metrics(_font(layout)).pitch())
    bottom = min(region.bottom, low)
    top = bottom + GAP if low - bottom >= high + GAP else bottom - high
    source = Area(region.x, top, region.width, high)
    return Ground(layout, placed, replace(region, height=min(bottom, top - GAP) - region.y), source)


def gives_room(binding: Bound, layout: FoundLayout, room: Room) -> bool:
    """Whether what a layout gives to content has room for a table or chart, beside its title and not far less than is
    free; a cover need have none.
    """
    areas = [spot.area for name, spot in binding.spots.items() if name not in ADDED]
    if binding.spec.name in COVERS:
        # A title slide finds its own room.
        return binding.spec.name == "Title Slide" or not any(overlapping(one, binding.title.area) for one in areas)
    whole = areas[0]
    for area in areas[1:]:
        whole = whole.joined(area)
    if any(overlapping(area, binding.title.area) for area in areas) or not roomy(whole, room.slide):
        return False
    return _size(common(whole, room.slide)) >= _ENOUGH * _size(largest_free(layout, room))


def content_region(layout: FoundLayout, content: Sequence[Area], room: Room) -> Area:
    """The room for content: what the layout gives to it, unless far more is free."""
    free = largest_free(layout, room)
    if content:
        region = content[0]
        for area in content[1:]:
            region = region.joined(area)
        region = _clear(region, layout, room)
        if roomy(region, room.slide) and _size(region) >= _ENOUGH * _size(free):
            return region
    return free


def largest_free(layout: FoundLayout, room: Room, *, with_title: bool = True) -> Area:
    """The largest area of a slide where neither title nor foot nor drawing stands, within the slide's margins; it may
    be that of the title if it is to be without it.
    """
    titles = [holder.area for holder in layout.of(*TITLES)] if with_title else []
    feet = [holder.area for holder in layout.of("ftr", "sldNum")]
    most = room.slide.width * room.slide.height * _GROUND
    drawn = [one for one in room.drawn if 0 < one.width * one.height < most]
    placed = [*(_widened(one, _APART) for one in titles), *(_widened(one, GAP) for one in feet)]
    best = _largest(room.slide, [*placed, *(_widened(one, GAP) for one in drawn)])
    if best is None or not roomy(best, room.slide):
        best = _largest(room.slide, placed) or best
    best = best or room.slide
    below = _below_title(layout, room, [*feet, *drawn]) if with_title else None
    return below if below is not None and _size(below) >= _ALMOST * _size(best) else best


def _below_title(layout: FoundLayout, room: Room, others: Iterable[Area]) -> Area | None:
    """The room below a title, in line with it on both sides."""
    title = layout.of(*TITLES)[0].area
    top = title.bottom + _APART
    under = [one.y for one in others if one.bottom > top and one.x < title.right and title.x < one.right]
    bottom = min([*(y - GAP for y in under), room.slide.height * (1 - _MARGIN)])
    area = Area(title.x, top, title.width, bottom - top)
    return area if bottom > top and roomy(area, room.slide) else None


def _size(area: Area) -> float:
    return area.width * area.height


def _largest(slide: Area, obstacles: Iterable[Area]) -> Area | None:
    """The largest rectangle within the slide's margins that none of these reaches into."""
    across, down = _MARGIN * slide.width, _MARGIN * slide.height
    inner = Area(slide.x + across, slide.y + down, slide.width - 2 * across, slide.height - 2 * down)
    inside = [one for one in (common(area, inner) for area in obstacles) if one.width > 0 and one.height > 0]
    inside = sorted(inside, key=lambda one: -one.width * one.height)[:_MOST_OBSTACLES]
    xs = sorted({inner.x, inner.right, *(edge for one in inside for edge in (one.x, one.right))})
    ys = sorted({inner.y, inner.bottom, *(edge for one in inside for edge in (one.y, one.bottom))})
    free = (area for area in _rectangles(xs, ys) if not any(overlapping(area, one) for one in inside))
    return max(free, key=lambda area: area.width * area.height, default=None)


def _rectangles(xs: Sequence[float], ys: Sequence[float]) -> Iterator[Area]:
    for left, right in combinations(xs, 2):
        for top, bottom in combinations(ys, 2):
            yield Area(left, top, right - left, bottom - top)


def _clear(region: Area, layout: FoundLayout, room: Room) -> Area:
    """A region without what of it lies off the slide or under a title."""
    region = common(region, room.slide)
    for title in (holder.area for holder in layout.of(*TITLES)):
        if overlapping(region, title):
            above = replace(region, height=max(0.0, title.y - GAP - region.y))
            below = replace(region, y=title.bottom + GAP, height=max(0.0, region.bottom - title.bottom - GAP))
            left = replace(region, width=max(0.0, title.x - _APART - region.x))
            right = replace(region, x=title.right + _APART, width=max(0.0, region.right - title.right - _APART))
            region = max((above, below, left, right), key=lambda one: one.width * one.height)
    return region


def _widened(area: Area, by: float) -> Area:
    return Area(area.x - by, area.y - by, area.width + 2 * by, area.height + 2 * by)


def _font(layout: FoundLayout) -> str:
    """The font of a layout's text; of its title where it has no other place for text."""
    styles = [h.style for h in layout.holders if h.kind not in (*FURNITURE, *TITLES)]
    return (styles or [layout.of(*TITLES)[0].style])[0].font
