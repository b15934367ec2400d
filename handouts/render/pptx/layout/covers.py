"""A cover on a stranger's template stays one slide: what it says and its layout in, the ways to set it out, best first.

In the template's own places as large as the words have room there; else in the free room around these, titles and text
going down by turns; text goes below the deck's floor only where nothing else helps, and a title slide's alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import Block, Paragraph
from handouts.plan.documents import Slide
from handouts.plan.text import Runs, plain
from handouts.render.pptx.layout.areas import areas
from handouts.render.pptx.layout.cover_places import GAP, Column, Place, columns
from handouts.render.pptx.layout.pieces import stack_height
from handouts.render.pptx.layout.titles import height_in, lines_in
from handouts.render.pptx.template.bind import Bound, Spot, resized
from handouts.render.pptx.template.geometry import overlapping
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics
from handouts.theme.schema import DECK_BODY_FLOOR, DECK_FLOOR

TITLE_STEPS = (54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 30.0, 28.0, 26.0, 24.0, 22.0, 20.0)
COMFORTABLE_TITLE = 28.0
"""Points down to which a cover's title goes before its place takes more room; our own template's have as much."""
LARGE_TITLE, LARGE_TEXT = 32.0, 24.0
"""Points down to which titles and text go before their places become wider than the template's."""
LEAST_OF_SECTION = 20.0
"""Points below which the words of a section's slide go to one of content."""
LARGEST_DETAILS = 24.0
"""Points that the date, the review state and the clinic have at the most: they are not what a talk is about."""
LEAST_SHORT = 24.0
"""Points down to which titles shrink to stand in two lines; below it a third line is the lesser evil."""
TEXT_STEPS = (40.0, 36.0, 32.0, 28.0, 24.0, 22.0, 20.0, DECK_BODY_FLOOR)
SMALL_STEPS = (16.0, 14.0, DECK_FLOOR)
LEAST_TOLD = 14.0
"""Points below which text is set only where leaving out what is optional does not help either."""
TOLERANCE = 0.5


class Way(Struct, frozen=True):
    """One way to set a cover out."""

    slide: Slide
    bound: Bound


class _Sizes(Struct, frozen=True):
    title: float
    text: float


def ways(slide: Slide, bound: Bound, look: DeckLook) -> Iterator[Way]:
    """The ways to set out a slide on a stranger's layout that has a `room`, the best first, each worth measuring."""
    cover = _Cover(slide, bound, look)
    own = cover.in_own_places()
    if own is not None:
        yield Way(slide, own)
    is_first = bound.spec.name == "Title Slide"
    scale = look.scale
    large = cover.rungs(LARGE_TITLE * scale, LARGE_TEXT * scale)
    # A section's words that need smaller type are better on a slide of their own.
    least = (
        cover.rungs(TITLE_STEPS[-1] * scale, TEXT_STEPS[-1] * scale)
        if is_first
        else cover.rungs(COMFORTABLE_TITLE * scale, LEAST_OF_SECTION * scale)
    )
    for wide, rungs in ((False, large), (True, large), (True, least)):
        if (found := cover.spread(rungs, wide=wide)) is not None:
            yield Way(slide, found)
    if not is_first:
        return
    joined = _joined(slide)
    together = _Cover(joined, bound, look) if joined is not slide else cover
    if together is not cover and (found := together.spread(least, wide=True)) is not None:
        yield Way(joined, found)
    least_title = min(bound.title.style.size, TITLE_STEPS[-1] * scale)
    small = [_Sizes(least_title, size * scale) for size in SMALL_STEPS]
    small.append(_Sizes(DECK_BODY_FLOOR * scale, DECK_FLOOR * scale))
    for one in dict.fromkeys((cover, together)):
        if (found := one.spread(small, wide=True)) is not None:
            yield Way(one.slide, found)
    # What it is refused for is measured where it has the most room.
    yield Way(joined, together.at(small[-1], together.columns(wide=True), anyhow=True) or bound)


def is_cramped(slide: Slide, bound: Bound, scale: float) -> bool:
    """Whether a cover's text is smaller than it should be while something could be left out."""
    return bound.room is not None and any(
        bound.spots[name].style.size < LEAST_TOLD * scale
        for name in slide.slots
        if name in bound.spots and name != "source"
    )


def as_details(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What stands in the details of a title slide, as it is said below a subtitle: no larger than there."""
    return tuple(
        replace(one, role="note") if isinstance(one, Paragraph) and one.role == "body" else one for one in blocks
    )


def _joined(slide: Slide) -> Slide:
    """The slide with its details below the subtitle."""
    slots = dict(slide.slots)
    details = slots.pop("details", ())
    if not details:
        return slide
    return replace(slide, slots={**slots, "subtitle": (*slots.get("subtitle", ()), *as_details(details))})


class _Cover:
    """The texts of one cover, and its places."""

    def __init__(self, slide: Slide, bound: Bound, look: DeckLook) -> None:
        assert bound.room is not None
        self.slide, self.bound, self.look, self.room = slide, bound, look, bound.room
        self.title_steps, self.text_steps = (
            tuple(step * look.scale for step in steps) for steps in (TITLE_STEPS, TEXT_STEPS)
        )
        held = {name: spot for name, spot in bound.spots.items() if name in slide.slots and name != "source"}
        self.pictured = {name: spot for name, spot in held.items() if spot.kind == "pic"}
        self.texts = {name: spot for name, spot in held.items() if name not in self.pictured}
        feet = [spot.area for spot in (bound.footer, bound.number) if spot is not None]
        if "source" in slide.slots and "source" in bound.spots:
            # A source that we added is as high as its words, from its foot up.
            feet.append(areas(slide, bound, look)["source"].area)
        if bound.wide_footer is not None:
            feet.append(bound.wide_footer)
        self.kept = [*feet, *(spot.area for spot in self.pictured.values())]

    def rungs(self, least_title: float, least_text: float) -> list[_Sizes]:
        """The sizes to try from the template's own down to these, titles and text by turns."""
        own = self.bound.title.style.size
        largest = max((spot.style.size for spot in self.texts.values()), default=least_text)
        titles = [own, *(step for step in self.title_steps if least_title <= step < own)]
        texts = [largest, *(step for step in self.text_steps if least_text <= step < largest)]
        floor = self.text_steps[-1]
        found = [_Sizes(own, max(largest, floor))]
        for number in range(max(len(titles), len(texts)) - 1):
            above = texts[min(number, len(texts) - 1)]
            title, text = (all_of[min(number + 1, len(all_of) - 1)] for all_of in (titles, texts))
            found += [_Sizes(title, max(above, floor)), _Sizes(title, max(text, floor))]
        return list(dict.fromkeys(found))

    def in_own_places(self) -> Bound | None:
        """The layout at the largest sizes at which all words stand in the template's own places; None below those that
        are comfortable, and where places lie on each other.
        """
        places = [self.bound.title.area, *(spot.area for spot in self.texts.values())]
        if any(overlapping(one, other) for n, one in enumerate(places) for other in places[n + 1 :]):
            return None
        if any(overlapping(one, other) for one in places for other in self.kept):
            return None
        own = self.bound.title.style.size
        comfortable = min(COMFORTABLE_TITLE * self.look.scale, own)
        steps = [own, *(step for step in self.title_steps if comfortable <= step < own)]
        title = self.title_size(steps)
        sizes = {name: self._text_size(name) for name in self.texts}
        if title is None or None in sizes.values():
            return None
        return resized(self.bound, title, {name: size for name, size in sizes.items() if size is not None})

    def title_size(self, steps: Sequence[float]) -> float | None:
        """The largest size at which the title stands in its place, in two lines where it can; None for none."""
        area = self.bound.title.area
        fitting = [step for step in steps if self._title_height(step, area.width) <= area.height + TOLERANCE]
        whole = [step for step in fitting if not self._breaks(step, area.width)]
        short = [
            step for step in whole if step >= LEAST_SHORT * self.look.scale and self._title_lines(step, area.width) <= 2
        ]
        return next(iter((*short, *whole)), None)

    def _text_size(self, slot: str) -> float | None:
        spot, own = self.texts[slot], self._capped(slot, self.texts[slot].style.size)
        own = max(own, self.text_steps[-1])
        steps = (own, *(step for step in self.text_steps if step < own))
        return next((s for s in steps if self._text_height(slot, s, spot.area.width) <= spot.area.height), None)

    def columns(self, *, wide: bool) -> tuple[Column, ...]:
        """The places of the texts, and the room that they may take."""
        spots = {"": self.bound.title, **self.texts}
        places = [Place(name, one.area, one.style.align, one.style.anchor) for name, one in spots.items()]
        return columns(places, self.room, self.kept, wide=wide)

    def spread(self, rungs: Sequence[_Sizes], *, wide: bool) -> Bound | None:
        """The layout with its texts in the free room, at the first of these sizes at which they fit; None for none."""
        found = self.columns(wide=wide)
        low, high = 0, len(rungs)
        best: Bound | None = None
        # What fits at a size fits at smaller ones.
        while low < high:
            middle = (low + high) // 2
            made = self.at(rungs[middle], found)
            if made is None:
                low = middle + 1
            else:
                best, high = made, middle
        return best

    def at(self, sizes: _Sizes, found: Sequence[Column], *, anyhow: bool = False) -> Bound | None:
        """The layout at these sizes, its texts where they stand, moved as little as can be; None where one has no room,
        unless it is to be had `anyhow`.
        """
        bound = resized(self.bound, sizes.title, {name: self._capped(name, sizes.text) for name in self.texts})
        title, spots = bound.title, dict(bound.spots)
        for column in found:
            if not anyhow and any(p.slot == "" and self._breaks(sizes.title, p.area.width) for p in column.places):
                return None
            heights = [self._height(place, sizes) for place in column.places]
            tops = _tops(column, heights)
            if tops is None and not anyhow:
                return None
            for place, top, high in zip(column.places, tops or _crowded(column, heights), heights, strict=True):
                area = replace(place.area, y=top, height=min(high, column.bottom - top) if anyhow else high)
                if place.slot:
                    spots[place.slot] = _moved(spots[place.slot], area)
                else:
                    title = _moved(title, area)
        return replace(bound, title=title, spots=spots)

    def _height(self, place: Place, sizes: _Sizes) -> float:
        if place.slot:
            return self._text_height(place.slot, self._capped(place.slot, sizes.text), place.area.width)
        return self._title_height(sizes.title, place.area.width)

    def _capped(self, slot: str, size: float) -> float:
        own = max(self.texts[slot].style.size, self.text_steps[-1])
        return min(size, own, LARGEST_DETAILS * self.look.scale) if slot == "details" else min(size, own)

    def _text_height(self, slot: str, size: float, width: float) -> float:
        spot = resized(self.bound, self.bound.title.style.size, {slot: size}).spots[slot]
        spot = replace(spot, area=replace(spot.area, width=width))
        return stack_height(self.slide.slots[slot], spot, self.look)

    def _title(self, size: float) -> Spot:
        return replace(self.bound.title, style=replace(self.bound.title.style, size=size))

    def _title_height(self, size: float, width: float) -> float:
        return height_in(self.slide.title, self._title(size), width)

    def _title_lines(self, size: float, width: float) -> int:
        return lines_in(self.slide.title, self._title(size), width)

    def _breaks(self, size: float, width: float) -> bool:
        """Whether a word of the title is wider than its line."""
        style = self.bound.title.style
        room = width - style.insets[0] - style.insets[2]
        font = metrics(style.font)
        return any(font.width(word, size, strong=style.strong) > room for word in _words(self.slide.title, style.caps))


def _words(title: Runs, caps: bool) -> list[str]:
    text = plain(title)
    return (text.upper() if caps else text).split()


def _moved(spot: Spot, area: object) -> Spot:
    return replace(spot, area=area, grown=True)


def _tops(column: Column, heights: Sequence[float]) -> list[float] | None:
    """Where each text of a column begins: where its words stand now, moved off the others and into its room."""
    if sum(heights) + GAP * (len(heights) - 1) > column.bottom - column.top:
        return None
    tops = [_wanted(place, high) for place, high in zip(column.places, heights, strict=True)]
    tops[0] = max(tops[0], column.top)
    for before, after in pairwise(range(len(tops))):
        tops[after] = max(tops[after], tops[before] + heights[before] + GAP)
    low = column.bottom
    for number in reversed(range(len(tops))):
        tops[number] = min(tops[number], low - heights[number])
        low = tops[number] - GAP
    return tops


def _crowded(column: Column, heights: Sequence[float]) -> list[float]:
    """Where the texts of a column begin that has no room for them: from its top down."""
    tops = [column.top]
    for high in heights[:-1]:
        tops.append(min(tops[-1] + high + GAP, column.bottom - GAP))
    return tops


def _wanted(place: Place, high: float) -> float:
    free = place.area.height - high
    return place.area.y + {"ctr": free / 2, "b": free}.get(place.anchor, 0.0)
