"""Matches our layouts to a template's: by layout name, then placeholder type and name, never by index.

In: the layouts that a template has. Out: for each of ours the one that does its work, with a spot for each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.drawings import Room
from handouts.render.pptx.template.holders import FURNITURE, FoundLayout, Holder, TextStyle
from handouts.render.pptx.template.layouts import LAYOUTS, Area, Layout, Placeholder

_ACCEPTS: dict[str, tuple[str, ...]] = {
    "title": ("title", "ctrTitle"),
    "subTitle": ("subTitle", "body", "obj"),
    "body": ("body", "obj", "subTitle"),
    "obj": ("obj", "body"),
    "chart": ("chart", "obj"),
    "tbl": ("tbl", "obj"),
    "pic": ("pic", "obj"),
}
"""Wanted placeholder type → the types that can do its work, best first."""

_LOW = 3.0
"""How many times lower than the place for content one for a line beside the title is."""

_OUR_NAMES = {
    slot.name.casefold() for layout in LAYOUTS for slot in (*layout.slots, layout.eyebrow) if slot is not None
}

ADDED = ("source",)
"""Slots that are added to a stranger's layout where it has no place for them."""
EYEBROW = "eyebrow"
"""The slot that a stranger's layout does without."""

LEAST_SPACE, MOST_SPACE = 4.0, 8.0
"""Points between paragraphs in a stranger's template before free room widens them; ours has the most."""


class Spot(Struct, frozen=True):
    """One placeholder of a layout: the slot it serves, its name, type, idx, area and text style.

    `grown` says that the area is another than the layout's own, `ours` that the place is one that we added for a
    source, which is as high as its words: nothing but its foot is settled. `palette` has the colours that can be read
    there, None where they are the whole deck's.
    """

    slot: str
    name: str
    kind: str
    idx: int
    area: Area
    style: TextStyle
    coloured: bool = False
    grown: bool = False
    palette: Palette | None = None
    ours: bool = False


class Bound(Struct, frozen=True):
    """A layout of the template with a spot for each slot, in reading order; `eyebrow`, `footer` and `number` where it
    has them.

    `wide_footer` is the footer's area with that of the date beside it, which no slide of ours shows. `room` is told of
    a stranger's covers, whose texts may take what is free of it; `panelled` says that a panel of ours stands behind
    some of its text.
    """

    spec: Layout
    part: str
    title: Spot
    spots: dict[str, Spot]
    eyebrow: Spot | None = None
    footer: Spot | None = None
    number: Spot | None = None
    wide_footer: Area | None = None
    room: Room | None = None
    panelled: bool = False


class LackingError(LookupError):
    """A layout has no placeholder that can do the work of one of ours."""


def named(spec: Layout, layouts: Iterable[FoundLayout]) -> tuple[FoundLayout, ...]:
    """The layouts that go by our layout's name or an alias of it, then those of its type; best first."""
    names = [name.casefold() for name in (spec.name, *spec.aliases)]
    listed = list(layouts)
    by_name = [layout for name in names for layout in listed if layout.name.strip().casefold() == name]
    by_type = [layout for layout in listed if spec.type and layout.type == spec.type and layout not in by_name]
    return (*by_name, *by_type)


def bound(spec: Layout, layout: FoundLayout) -> Bound:
    """Our layout bound to one of the template's. Raises LackingError naming the placeholder that it lacks.

    A slot that the layout has no placeholder for is left out where another gives it room, or one is added.
    """
    said = (holder for holder in layout.holders if holder.kind not in FURNITURE)
    free = [holder for holder in said if spec.name == "Title Slide" or not is_kicker(holder, layout)]
    title = _take(spec.title, free)
    eyebrow = _take(spec.eyebrow, free) if spec.eyebrow and _has(spec.eyebrow, free) else None
    taken: dict[str, Spot] = {}
    # What is found by its name alone comes first, lest another take it by its type.
    for slot in sorted(spec.slots, key=lambda one: one.slot not in ADDED):
        try:
            taken[slot.slot] = _take(slot, free)
        except LackingError:
            if slot.slot not in spec.gives_way and slot.slot not in ADDED:
                raise
    spots = {slot.slot: taken[slot.slot] for slot in spec.slots if slot.slot in taken}
    footer, number = ((spot(kind, found[0]) if (found := layout.of(kind)) else None) for kind in ("ftr", "sldNum"))
    return Bound(spec, layout.part, title, spots, eyebrow, footer, number, _wide_footer(layout))


def is_kicker(holder: Holder, layout: FoundLayout) -> bool:
    """Whether a placeholder is for a line above or below the title, which no slide of a stranger's template has: far
    lower than the place for content, and not called what one of ours is.
    """
    others = [one.area.height for one in layout.of(*_ACCEPTS["obj"], "tbl", "chart") if one is not holder]
    low = holder.kind == "body" and holder.area.height * _LOW < max(others, default=0.0)
    return low and _plain_name(holder.name) not in _OUR_NAMES


def lacking(spec: Layout, binding: Bound) -> tuple[str, ...]:
    """The slots for which a placeholder must still be added."""
    return tuple(slot for slot in ADDED if slot not in binding.spots and any(s.slot == slot for s in spec.slots))


def with_added(binding: Bound, slots: Iterable[str]) -> Bound:
    """The layout with the spots of these slots marked as places that we added."""
    added = {name: replace(binding.spots[name], ours=True) for name in slots if name in binding.spots}
    return replace(binding, spots=binding.spots | added)


def _wide_footer(layout: FoundLayout) -> Area | None:
    footers, dates, numbers = (layout.of(kind) for kind in ("ftr", "dt", "sldNum"))
    if not footers or not dates or abs(footers[0].area.y - dates[0].area.y) > footers[0].area.height / 2:
        return None
    wide = footers[0].area.joined(dates[0].area)
    crossed = any(n.area.x < wide.right and n.area.right > wide.x and n.area.y < wide.bottom for n in numbers)
    return None if crossed else wide


def _take(wanted: Placeholder, free: list[Holder]) -> Spot:
    for kind in _ACCEPTS[wanted.kind]:
        fitting = [holder for holder in free if holder.kind == kind]
        own = [holder for holder in fitting if _plain_name(holder.name) == wanted.name.casefold()]
        if wanted.slot in (*ADDED, EYEBROW):
            fitting = own
        if fitting:
            chosen = min(own or fitting, key=lambda holder: (holder.area.y, holder.area.x))
            free.remove(chosen)
            return spot(wanted.slot, chosen)
    raise LackingError(f"{wanted.kind} placeholder ('{wanted.name}')")


def _has(wanted: Placeholder, free: Iterable[Holder]) -> bool:
    return any(_plain_name(holder.name) == wanted.name.casefold() for holder in free)


def _plain_name(name: str) -> str:
    return name.rstrip(" 0123456789").casefold()


def spot(slot: str, holder: Holder) -> Spot:
    """The spot of a placeholder."""
    return Spot(slot, holder.name, holder.kind, holder.idx, holder.area, holder.style, holder.coloured)


def resized(binding: Bound, title: float, sizes: dict[str, float]) -> Bound:
    """The layout with its title and spots set at these sizes in points, the space between paragraphs in proportion."""

    def sized(one: Spot, size: float) -> Spot:
        before = max(LEAST_SPACE, min(MOST_SPACE, one.style.before * size / one.style.size))
        return replace(one, style=replace(one.style, size=size, before=before, inherits=False))

    spots = {name: sized(one, sizes.get(name, one.style.size)) for name, one in binding.spots.items()}
    return replace(binding, title=sized(binding.title, title), spots=spots)


Judge = Callable[[Bound, FoundLayout], bool]
"""Whether a layout of the template gives what it holds enough room."""


def choose(spec: Layout, layouts: Sequence[FoundLayout], gives_room: Judge) -> tuple[Bound | None, str]:
    """The first of the template's layouts that can do the work of ours, else None and why not."""
    why = ""
    for layout in named(spec, layouts):
        try:
            binding = bound(spec, layout)
        except LackingError as lacks:
            why = why or f"layout '{layout.name}' has no {lacks}"
            continue
        if gives_room(binding, layout):
            return binding, why
        why = why or f"layout '{layout.name}' has too little room for content"
    return None, why or f"no layout is named '{spec.name}'"
