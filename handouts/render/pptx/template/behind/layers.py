"""What a layout shows behind the text of its slides: its parts in, layers from the ground up out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.behind.fills import (
    Fill,
    Surroundings,
    blip_fill,
    own_fill,
    referred_fill,
    theme_fills,
)
from handouts.render.pptx.template.behind.outline import Covers, covering, reach
from handouts.render.pptx.template.behind.pixels import Album
from handouts.render.pptx.template.drawings import is_drawn
from handouts.render.pptx.template.holders import FoundLayout, area_of, family, placeholders_of, shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import number
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.scheme import scheme_of
from handouts.render.pptx.template.xml_parts import parsed, target_of

_DRAWN = (tag("p:sp"), tag("p:pic"), tag("p:grpSp"))
_ANGLE = 60_000
_DEEPEST = 20
"""Groups within groups that are followed."""


_Moved = Callable[[Area], Area]
"""From the measures of a group to those of the slide."""


class Layer(Struct, frozen=True):
    """Something drawn: its rectangle on the slide, turned by `turn` radians about its middle, its outline and fill.

    `flipped` says whether it is mirrored across and down. The ground of a slide is `whole`.
    """

    area: Area
    fill: Fill
    covers: Covers
    turn: float = 0.0
    flipped: tuple[bool, bool] = (False, False)
    whole: bool = False

    def around(self) -> Area:
        """A rectangle of the slide outside of which nothing of it lies."""
        own, part = self.area, reach(self.covers)
        across = (1 - part.right, 1 - part.x) if self.flipped[0] else (part.x, part.right)
        down = (1 - part.bottom, 1 - part.y) if self.flipped[1] else (part.y, part.bottom)
        left, right = (own.x + own.width * share for share in across)
        top, bottom = (own.y + own.height * share for share in down)
        if self.turn:
            x, y = own.x + own.width / 2, own.y + own.height / 2
            far = max(math.hypot(dx - x, dy - y) for dx in (left, right) for dy in (top, bottom))
            left, right, top, bottom = x - far, x + far, y - far, y + far
        return Area(left, top, right - left, bottom - top)

    def local(self, x: float, y: float) -> tuple[float, float]:
        """A place on the slide in parts of the shape's width and height."""
        if self.turn:
            dx, dy = x - self.area.x - self.area.width / 2, y - self.area.y - self.area.height / 2
            cos, sin = math.cos(-self.turn), math.sin(-self.turn)
            x, y = x - dx + dx * cos - dy * sin, y - dy + dx * sin + dy * cos
        across = (x - self.area.x) / max(self.area.width, 0.01)
        down = (y - self.area.y) / max(self.area.height, 0.01)
        return 1 - across if self.flipped[0] else across, 1 - down if self.flipped[1] else down


class Backdrop:
    """Reads the layers of one template's layouts; `slide` are the slide's sides in points."""

    def __init__(self, parts: Mapping[str, PackagePart], slide: tuple[float, float]) -> None:
        self._parts = parts
        self._slide = Area(0, 0, *slide)
        self._album = Album(parts)
        self._roots: dict[str, tuple[bytes, Any]] = {}
        self._themes: dict[str, dict[int, Any]] = {}
        self._arounds: dict[tuple[str, str], Surroundings] = {}
        self._outlines: dict[Any, Covers] = {}

    def layers(self, layout: FoundLayout) -> tuple[Layer, ...]:
        """The layers of a layout, the ground first."""
        around = {name: self._around(name, layout) for name in (layout.part, layout.master)}
        roots = {name: self._root(name) for name in around}
        ground = next((one for name in (layout.part, layout.master) if (one := _ground(roots[name])) is not None), None)
        alone = roots[layout.part].get("showMasterSp") in ("0", "false")
        found: list[Layer] = []
        if ground is not None:
            owner = layout.part if _ground(roots[layout.part]) is not None else layout.master
            fill = self._of_ground(ground, around[owner])
            if fill is not None:
                found.append(Layer(self._slide, fill, covering(ground), whole=True))
        for name in (layout.part,) if alone else (layout.master, layout.part):
            tree = roots[name].find(f"{tag('p:cSld')}/{tag('p:spTree')}")
            found += self._drawn(tree, around[name], _as_it_is, None, _DEEPEST)
        return tuple(found)

    def filled(self, layout: FoundLayout, shape: Any, area: Area) -> Layer | None:
        """What a placeholder of a layout is filled with: by itself, else by the master's that it inherits from."""
        master = self._root(layout.master)
        parent = placeholders_of(master).get(family(shape_kind(shape)))
        for name, one in ((layout.part, shape), (layout.master, parent)):
            if one is None or one.tag != tag("p:sp"):
                continue
            around = self._around(name, layout)
            said, fill = own_fill(one.find(tag("p:spPr")), around, (area.width, area.height))
            reference = one.find(f"{tag('p:style')}/{tag('a:fillRef')}")
            if not said and reference is not None:
                said, fill = True, referred_fill(reference, around, (area.width, area.height))
            if said:
                return None if fill is None else Layer(area, fill, covering(one.find(tag("p:spPr"))))
        return None

    def _of_ground(self, ground: Any, around: Surroundings) -> Fill | None:
        size = self._slide.width, self._slide.height
        if ground.tag == tag("p:bgRef"):
            return referred_fill(ground, around, size)
        return own_fill(ground, around, size)[1]

    def _drawn(
        self, tree: Any, around: Surroundings, moved: Any, of_group: Fill | None, deepest: int
    ) -> Iterator[Layer]:
        for shape in tree.iterchildren(*_DRAWN):
            own = area_of(shape)
            if own is None or not is_drawn(shape):
                continue
            area = moved(own)
            if shape.tag == tag("p:grpSp"):
                properties = shape.find(tag("p:grpSpPr"))
                said, fill = own_fill(properties, around, (area.width, area.height))
                if deepest:
                    inner = _within(properties, own, moved)
                    yield from self._drawn(shape, around, inner, fill if said else of_group, deepest - 1)
                continue
            fill = self._fill(shape, around, area, of_group)
            if fill is not None:
                place = shape.find(f"{tag('p:spPr')}/{tag('a:xfrm')}")
                turn = math.radians(number(place.get("rot")) / _ANGLE)
                flipped = tuple(place.get(name) in ("1", "true") for name in ("flipH", "flipV"))
                yield Layer(area, fill, self._outline(shape), turn, (flipped[0], flipped[1]))

    def _outline(self, shape: Any) -> Covers:
        # A master's drawings are read for each of its layouts; following a freeform's curves is what takes long.
        if shape not in self._outlines:
            self._outlines[shape] = covering(shape.find(tag("p:spPr")))
        return self._outlines[shape]

    def _fill(self, shape: Any, around: Surroundings, area: Area, of_group: Fill | None) -> Fill | None:
        size = area.width, area.height
        if shape.tag == tag("p:pic"):
            picture = shape.find(tag("p:blipFill"))
            return None if picture is None else blip_fill(picture, around, size)
        properties = shape.find(tag("p:spPr"))
        if properties.find(tag("a:grpFill")) is not None:
            return of_group
        said, fill = own_fill(properties, around, size)
        reference = shape.find(f"{tag('p:style')}/{tag('a:fillRef')}")
        return fill if said or reference is None else referred_fill(reference, around, size)

    def _around(self, name: str, layout: FoundLayout) -> Surroundings:
        """What the fills of the layout or its master are read with, for slides of this layout."""
        if (name, layout.part) not in self._arounds:
            self._arounds[name, layout.part] = self._read_around(name, layout)
        return self._arounds[name, layout.part]

    def _read_around(self, name: str, layout: FoundLayout) -> Surroundings:
        rels = {rel.id: rel.target for rel in self._parts[name].rels}
        theme = target_of(self._parts[layout.master], "theme")
        if theme not in self._themes:
            self._themes[theme] = theme_fills(self._root(theme))
        pictures = {**{rel.id: rel.target for rel in self._parts[theme].rels}, **rels}
        scheme = scheme_of(self._parts, layout.master, layout.part)
        return Surroundings(scheme, self._themes[theme], lambda key: self._album.pixels(pictures.get(key, "")))

    def _root(self, name: str) -> Any:
        data = self._parts[name].data
        if self._roots.get(name, (b"", None))[0] is not data:
            self._roots[name] = data, parsed(self._parts[name])
        return self._roots[name][1]


def _ground(root: Any) -> Any:
    """What a part says of its background: `p:bgPr` or `p:bgRef`; None where it says nothing."""
    node = root.find(f"{tag('p:cSld')}/{tag('p:bg')}")
    return None if node is None else next((one for one in node if one.tag in (tag("p:bgPr"), tag("p:bgRef"))), None)


def _as_it_is(area: Area) -> Area:
    return area


def _within(properties: Any, own: Area, moved: _Moved) -> _Moved:
    """How what lies in a group is moved: from the group's inner measures to the slide's."""
    place = properties.find(tag("a:xfrm"))
    at, size = place.find(tag("a:chOff")), place.find(tag("a:chExt"))
    if at is None or size is None:
        return moved
    x, y = number(at.get("x")) / 12700, number(at.get("y")) / 12700
    across = own.width * 12700 / number(size.get("cx")) if number(size.get("cx")) else 1.0
    down = own.height * 12700 / number(size.get("cy")) if number(size.get("cy")) else 1.0

    def inner(area: Area) -> Area:
        return moved(
            Area(own.x + (area.x - x) * across, own.y + (area.y - y) * down, area.width * across, area.height * down)
        )

    return inner
