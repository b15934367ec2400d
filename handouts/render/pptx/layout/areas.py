"""How much room each slot of a slide has: a slide and its layout in, the layout's spots with the areas they get out.

Titles hang from one line and sources stand on one; what is between them shares what these leave.
"""

from __future__ import annotations

from msgspec.structs import replace

from handouts.plan.documents import Slide
from handouts.plan.text import Runs
from handouts.render.pptx.layout.pieces import GAP, stack_height
from handouts.render.pptx.layout.titles import title_excess
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.region import GAP as ABOVE_SOURCE
from handouts.theme.schema import DECK_FLOOR

MOST_SOURCE = 1 / 3
"""The part of a slide's height above which a source goes down to the deck's smallest type."""
LEAST_CONTENT = 1 / 2
"""The part of the room between title and foot that a source leaves to what it is the source of."""


def areas(slide: Slide, bound: Bound, look: DeckLook) -> dict[str, Spot]:
    """The layout's spots: those that hug their words as high as these, others with the room that is left."""
    spots = _above_source(slide, bound, look)
    for name in bound.spec.hugs:
        if name in spots and name in slide.slots:
            spots[name] = _hugging(spots[name], slide, bound, spots, look)
    for name, others in bound.spec.takes.items():
        for other in others:
            if other in spots:
                area = _grown(spots[name].area, spots[other].area, filled=other in slide.slots)
                spots[name] = replace(spots[name], area=area)
    return spots


def _above_source(slide: Slide, bound: Bound, look: DeckLook) -> dict[str, Spot]:
    """The layout's spots, those that a source of ours would reach into ending above it."""
    spots = dict(bound.spots)
    source = spots.get("source")
    if source is None or not source.ours or "source" not in slide.slots:
        return spots
    spots["source"] = source = _on_its_foot(source, slide, bound, look)
    end = source.area.y - ABOVE_SOURCE
    for name, spot in spots.items():
        area = spot.area
        if name != "source" and area.bottom > end and not _beside(area, source.area):
            # A note stands on the foot of its place, and is as high as its words wherever that is.
            top = area.y - (area.bottom - end) if name in bound.spec.hugs else area.y
            spots[name] = replace(spot, area=replace(area, y=top, height=max(0.0, end - top)))
    return spots


def _on_its_foot(source: Spot, slide: Slide, bound: Bound, look: DeckLook) -> Spot:
    """A source as high as its words, from below; no smaller than its place, so that a short one inherits this."""
    words, area = slide.slots["source"], source.area
    high = stack_height(words, source, look)
    if high > look.height * MOST_SOURCE:
        source = replace(
            source, style=replace(source.style, size=min(source.style.size, DECK_FLOOR * look.scale), inherits=False)
        )
        high = stack_height(words, source, look)
    high = max(area.height, min(high, _most_height(area, bound)))
    return replace(source, area=replace(area, y=area.bottom - high, height=high))


def _most_height(source: Area, bound: Bound) -> float:
    """How high a source may be: it leaves its part to the content above it, and does not reach into a low title."""
    top = min(spot.area.y for name, spot in bound.spots.items() if name != "source")
    most = (source.bottom - top) * (1 - LEAST_CONTENT)
    title = bound.title.area
    if top < title.y < source.bottom and not _beside(title, source):
        most = min(most, source.bottom - title.bottom - ABOVE_SOURCE)
    return most


def _hugging(spot: Spot, slide: Slide, bound: Bound, spots: dict[str, Spot], look: DeckLook) -> Spot:
    """The spot as high as its words: from below where it stands lowest, else from the title down."""
    places = [one.area for name, one in spots.items() if name != "source"]
    top, bottom = min(area.y for area in places), max(area.bottom for area in places)
    needed = stack_height(slide.slots[spot.slot], spot, look)
    if spot.area.bottom >= bottom - 1:
        high = min(needed, bottom - top)
        return replace(spot, area=replace(spot.area, y=spot.area.bottom - high, height=high))
    top = spot.area.y - _free_below_title(slide.title, bound, spot)
    return replace(spot, area=replace(spot.area, y=top, height=min(needed, bottom - top)))


def _beside(area: Area, other: Area) -> bool:
    return other.right <= area.x + 1 or other.x >= area.right - 1


def _grown(area: Area, other: Area, *, filled: bool) -> Area:
    """An area with the room that another, beside, above or below it, leaves."""
    if _beside(area, other):
        return area if filled else area.joined(replace(other, y=area.y, height=area.height))
    top, bottom = area.y, area.bottom
    if other.y < area.y:
        top = other.bottom + GAP if filled else other.y
    else:
        bottom = other.y - GAP if filled else other.bottom
    return replace(area, y=top, height=max(0.0, bottom - top))


def _free_below_title(title: Runs, bound: Bound, spot: Spot) -> float:
    """Points that a title which hangs from the top of its place leaves free above what stands below it."""
    place, below = bound.title.area, spot.area
    if bound.title.style.anchor != "t" or place.bottom > below.y + 1 or _beside(place, below):
        return 0.0
    palettes = [one.palette for one in (bound.title, spot) if one.palette is not None]
    if len({palette.rgb["paper"] for palette in palettes}) > 1:
        # On the title's ground the colours of what stands below it may not be read.
        return 0.0
    return max(0.0, -title_excess(title, bound))
