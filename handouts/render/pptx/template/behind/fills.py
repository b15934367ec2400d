"""What a shape or background is filled with (ECMA-376, 20.1.8): XML in, a fill that tells its colour at a place out.

Places are given in parts of the shape's width and height, from its top left corner.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.behind.pixels import Pixels
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import BLACK, WHITE, Paint, number, paint_in, percentage

_ANGLE = 60_000
_FULL = 100_000
_GROUNDS = 1000
"""References above it lead to the theme's fills of backgrounds."""


class Solid(Struct, frozen=True):
    """One colour, or those of a pattern."""

    paints: tuple[Paint, ...]

    def at(self, across: float, down: float) -> tuple[Paint, ...]:
        """The colours that may be seen there."""
        return self.paints


class Gradient(Struct, frozen=True):
    """Colours that run into each other: along a line of `angle` in radians, else from the middle part to the edges.

    `stops` are places from 0 to 1 with their colours; `middle` is left, top, right and bottom of the middle part.
    """

    stops: tuple[tuple[float, Paint], ...]
    angle: float | None
    middle: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 0.5)

    def at(self, across: float, down: float) -> tuple[Paint, ...]:
        """The colour there."""
        if self.angle is None:
            left, top, right, bottom = self.middle
            sideways = max((left - across) / max(left, 0.01), (across - right) / max(1 - right, 0.01), 0.0)
            up = max((top - down) / max(top, 0.01), (down - bottom) / max(1 - bottom, 0.01), 0.0)
            return (self._between(max(sideways, up)),)
        x, y = math.cos(self.angle), math.sin(self.angle)
        return (self._between(0.5 + ((across - 0.5) * x + (down - 0.5) * y) / (abs(x) + abs(y))),)

    def _between(self, place: float) -> Paint:
        before = max((one for one in self.stops if one[0] <= place), key=lambda one: one[0], default=self.stops[0])
        after = min((one for one in self.stops if one[0] > place), key=lambda one: one[0], default=before)
        wide = after[0] - before[0]
        share = min(1.0, max(0.0, (place - before[0]) / wide)) if wide > 0 else 0.0
        return _mixed(before[1], after[1], share)


class Shown(Struct, frozen=True):
    """A picture: what of it is shown (`crop`) and where (`place`), as parts cut off at the left, top, right and bottom;
    or laid out as tiles, so many to the shape's width and height. `changed` is what becomes of each of its colours.
    """

    pixels: Pixels | None
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)
    place: tuple[float, float, float, float] = (0, 0, 0, 0)
    tiles: tuple[float, float] | None = None
    changed: Callable[[Paint], Paint] | None = None

    def at(self, across: float, down: float) -> tuple[Paint, ...]:
        """The colour there; black or white where the picture cannot be read, since it may be any."""
        if self.pixels is None:
            return (BLACK, WHITE)
        if self.tiles is not None:
            across, down = across * self.tiles[0] % 1, down * self.tiles[1] % 1
        else:
            left, top, right, bottom = self.place
            across, down = (across - left) / max(0.01, 1 - left - right), (down - top) / max(0.01, 1 - top - bottom)
            if not (0 <= across <= 1 and 0 <= down <= 1):
                return (BLACK._replace(cover=0),)
        left, top, right, bottom = self.crop
        paint = self.pixels.at(left + across * (1 - left - right), top + down * (1 - top - bottom))
        return (paint if self.changed is None else self.changed(paint),)


Fill = Solid | Gradient | Shown


class Surroundings(Struct, frozen=True):
    """What a fill is read with: colours by slot, the theme's fills by their number, and pictures by relationship."""

    scheme: Mapping[str, str]
    of_theme: Mapping[int, Any]
    picture: Callable[[str], Pixels | None]


def theme_fills(theme: Any) -> dict[int, Any]:
    """The fills of a theme by the numbers that references to them have (ECMA-376, 20.1.4.1.7 and 20.1.4.2.10)."""
    found: dict[int, Any] = {}
    for name, first in (("a:fillStyleLst", 1), ("a:bgFillStyleLst", _GROUNDS + 1)):
        listed = next(theme.iter(tag(name)), None)
        if listed is not None:
            found.update(enumerate((one for one in listed if isinstance(one.tag, str)), start=first))
    return found


def own_fill(properties: Any, around: Surroundings, size: tuple[float, float]) -> tuple[bool, Fill | None]:
    """Whether these properties say of a fill, and the fill, None where they say that there is none.

    `size` are width and height of the shape in points.
    """
    for node in properties:
        if node.tag == tag("a:noFill"):
            return True, None
        if node.tag in _READERS:
            return True, _READERS[node.tag](node, around, None, size)
    return False, None


def referred_fill(reference: Any, around: Surroundings, size: tuple[float, float]) -> Fill | None:
    """The fill of the theme that a reference names, in the reference's colour."""
    node = around.of_theme.get(int(number(reference.get("idx"))))
    given = paint_in(reference, around.scheme)
    if node is None or node.tag not in _READERS:
        return None
    return _READERS[node.tag](node, around, given, size)


def blip_fill(node: Any, around: Surroundings, size: tuple[float, float]) -> Fill:
    """The fill that a picture is."""
    return _shown(node, around, None, size)


def _solid(node: Any, around: Surroundings, given: Paint | None, size: tuple[float, float]) -> Fill | None:
    paint = paint_in(node, around.scheme, given)
    return None if paint is None else Solid((paint,))


def _gradient(node: Any, around: Surroundings, given: Paint | None, size: tuple[float, float]) -> Fill | None:
    stops: list[tuple[float, Paint]] = []
    for stop in node.iter(tag("a:gs")):
        paint = paint_in(stop, around.scheme, given)
        if paint is not None:
            stops.append((percentage(stop.get("pos")), paint))
    if not stops:
        return None
    path, line = node.find(tag("a:path")), node.find(tag("a:lin"))
    if path is None:
        return Gradient(tuple(stops), math.radians(number(line.get("ang")) / _ANGLE if line is not None else 0))
    left, top, right, bottom = _sides(path.find(tag("a:fillToRect")))
    return Gradient(tuple(stops), None, (left, top, 1 - right, 1 - bottom))


def _pattern(node: Any, around: Surroundings, given: Paint | None, size: tuple[float, float]) -> Fill | None:
    grounds = (node.find(tag(name)) for name in ("a:fgClr", "a:bgClr"))
    paints = (paint_in(one, around.scheme, given) for one in grounds if one is not None)
    return Solid(tuple(paint for paint in paints if paint is not None))


def _shown(node: Any, around: Surroundings, given: Paint | None, size: tuple[float, float]) -> Fill:
    blip = node.find(tag("a:blip"))
    pixels = None if blip is None else around.picture(blip.get(tag("r:embed"), ""))
    changed = None if blip is None else _effects(blip, around, given)
    tile = node.find(tag("a:tile"))
    if tile is not None and pixels is not None:
        scales = (max(0.01, percentage(tile.get(key) or "100000")) for key in ("sx", "sy"))
        across, down = (
            side / max(1.0, one * scale) for side, one, scale in zip(size, pixels.points, scales, strict=True)
        )
        return Shown(pixels, tiles=(across, down), changed=changed)
    stretch = node.find(f"{tag('a:stretch')}/{tag('a:fillRect')}")
    return Shown(pixels, _sides(node.find(tag("a:srcRect"))), _sides(stretch), changed=changed)


def _effects(blip: Any, around: Surroundings, given: Paint | None) -> Callable[[Paint], Paint] | None:
    """What becomes of a picture's colours: thinned, greyed, set in two colours, made lighter (ECMA-376, 20.1.8)."""
    changes: list[Callable[[Paint], Paint]] = []
    for node in blip:
        if node.tag == tag("a:alphaModFix"):
            share = percentage(node.get("amt") or "100000")
            changes.append(lambda one, share=share: one._replace(cover=one.cover * share))
        elif node.tag == tag("a:grayscl"):
            changes.append(_greyed)
        elif node.tag == tag("a:duotone"):
            two = [paint for held in node if (paint := _alone(held, around, given)) is not None]
            if len(two) == 2:
                changes.append(lambda one, two=two: _mixed(two[0], two[1], _grey(one))._replace(cover=one.cover))
        elif node.tag == tag("a:lum"):
            bright, steep = percentage(node.get("bright")), percentage(node.get("contrast"))
            changes.append(lambda one, by=bright, steep=steep: _lit(one, by, steep))
    if not changes:
        return None

    def changed(paint: Paint) -> Paint:
        for change in changes:
            paint = change(paint)
        return paint

    return changed


def _alone(node: Any, around: Surroundings, given: Paint | None) -> Paint | None:
    return paint_in([node], around.scheme, given)


def _greyed(paint: Paint) -> Paint:
    grey = _grey(paint)
    return Paint(grey, grey, grey, paint.cover)


def _grey(paint: Paint) -> float:
    return 0.2126 * paint.red + 0.7152 * paint.green + 0.0722 * paint.blue


def _mixed(one: Paint, other: Paint, share: float) -> Paint:
    red, green, blue, cover = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return Paint(red, green, blue, cover)


def _lit(paint: Paint, bright: float, steep: float) -> Paint:
    def lit(one: float) -> float:
        return min(1.0, max(0.0, (one - 0.5) * (1 + steep) + 0.5 + bright))

    return Paint(lit(paint.red), lit(paint.green), lit(paint.blue), paint.cover)


def _sides(node: Any) -> tuple[float, float, float, float]:
    if node is None:
        return (0, 0, 0, 0)
    left, top, right, bottom = (percentage(node.get(side)) for side in ("l", "t", "r", "b"))
    return (left, top, right, bottom)


_READERS = {
    tag("a:solidFill"): _solid,
    tag("a:gradFill"): _gradient,
    tag("a:blipFill"): _shown,
    tag("p:blipFill"): _shown,
    tag("a:pattFill"): _pattern,
}
