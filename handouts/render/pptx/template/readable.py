"""Text that can be read on what lies behind it: a bound layout in, the same with a palette for each placeholder out.

A colour that the template chose stays where it stands out enough. Else a shade of it does, another of the template's,
or black or white; and where no colour can, since too many lie behind, a panel is put behind the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec.structs import replace

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.behind.fills import Solid
from handouts.render.pptx.template.behind.layers import Backdrop, Layer
from handouts.render.pptx.template.behind.outline import everywhere
from handouts.render.pptx.template.behind.seen import Seen, seen
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.colours import Palette, Shade, is_colour, least_contrasts, template_palette
from handouts.render.pptx.template.holders import FURNITURE, TITLES, FoundLayout, Holder, shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import of_hex
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.scheme import scheme_of
from handouts.render.pptx.template.xml_parts import parsed, serialised
from handouts.theme.colour import contrast

PANEL = "Panel behind the text"
_LOST = 2.0
"""The contrast below which nobody would take a colour for that of a text."""
_MOSTLY = 0.5
"""The share of a place above which a colour is its ground, on which other things are drawn."""
_EXTREMES = ("#000000", "#FFFFFF")
_MARGIN = 6.0
"""Points by which a panel stands out beyond the text that it is for."""
_FILLS = tuple(tag(f"a:{name}") for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_BEFORE_BULLETS = tuple(tag(f"a:{name}") for name in ("lnSpc", "spcBef", "spcAft"))
_BULLET_COLOURS = (tag("a:buClrTx"), tag("a:buClr"))
_NAMED = ("title", "eyebrow", "footer", "number")
"""The placeholders of a layout that are none of its slots."""


class _Place(NamedTuple):
    """A placeholder that text stands in: the spot, its placeholder, its area with all that it may grow to, its shape
    in the layout, and what it is filled with itself.
    """

    spot: Spot
    holder: Holder
    area: Area
    shape: Any
    own: Layer | None


class _Panel(NamedTuple):
    """A rectangle behind text, and its colour."""

    area: Area
    shade: Shade


class Readable:
    """Chooses the colours of one template. `parts` holds its parts by name; layouts are changed there."""

    def __init__(self, parts: dict[str, PackagePart], slide: tuple[float, float], *, high: bool) -> None:
        self.parts = parts
        self.slide = slide
        self.high = high
        self.text, _ = least_contrasts(high=high)
        self._backdrop = Backdrop(parts, slide)
        self._palettes: dict[tuple[Any, ...], Palette] = {}

    def made(self, binding: Bound, layout: FoundLayout, *, stands_in: bool = False, with_feet: bool = False) -> Bound:
        """The bound layout with its palettes; a panel and colours that it needs are added to the layout's part.

        `stands_in` says that the layout is ours, `with_feet` that its feet are: on a ground of the layout's own they
        are black or white.
        """
        layers = self._backdrop.layers(layout)
        root = parsed(self.parts[layout.part])
        own_ground = root.find(f"{tag('p:cSld')}/{tag('p:bg')}") is not None
        scheme = scheme_of(self.parts, layout.master, layout.part)
        places = dict(self._places(binding, layout, root, stands_in=stands_in))
        looks = {name: seen(layers, place.area, place.own) for name, place in places.items()}
        panel, looks = self._panelled(layers, places, looks, scheme)
        if panel is not None:
            _draw(panel, root)
        changed = panel is not None
        brand = next((holder.colour for holder in layout.of(*TITLES)), None)
        spots: dict[str, Spot] = {}
        for name, place in places.items():
            ink = self._ink(place.holder.ink, looks[name], scheme, layout)
            plain = with_feet and own_ground and place.spot.kind in FURNITURE
            if plain:
                ink = max(map(Shade, _EXTREMES), key=lambda shade: looks[name].contrast(shade.slot))
            palette = self._palette(scheme, looks[name], ink, brand)
            muted = place.spot.slot == "source" and not place.holder.coloured
            wanted = palette.shades["muted"] if muted else ink
            if wanted != place.holder.ink:
                changed = _coloured(place.shape, wanted) or changed
            kept = plain or (place.spot.coloured and ink == place.holder.ink)
            spots[name] = replace(place.spot, palette=palette, coloured=kept)
        if changed:
            self.parts[layout.part] = replace(self.parts[layout.part], data=serialised(root))
        slots = {name: spots.get(name, spot) for name, spot in binding.spots.items()}
        others = {name: spots[f" {name}"] for name in _NAMED if f" {name}" in spots}
        return replace(binding, spots=slots, panelled=panel is not None, **others)

    def _places(
        self, binding: Bound, layout: FoundLayout, root: Any, *, stands_in: bool
    ) -> Iterator[tuple[str, _Place]]:
        shapes = {_key(shape): shape for shape in root.iter(tag("p:sp"), tag("p:pic"), tag("p:graphicFrame"))}
        holders = {(holder.kind, holder.idx): holder for holder in layout.holders}
        named: dict[str, Spot | None] = {f" {name}": getattr(binding, name) for name in _NAMED}
        for name, spot in (named | binding.spots).items():
            key = None if spot is None else (spot.kind, spot.idx)
            if spot is None or key not in shapes or key not in holders:
                continue
            own = self._backdrop.filled(layout, shapes[key], spot.area)
            yield name, _Place(spot, holders[key], _reach(binding, name, spot, stands_in=stands_in), shapes[key], own)

    def _can_be_read(self, look: Seen) -> bool:
        """Whether black or white, which stand out more than any other colour, would be read there."""
        return max(map(look.contrast, _EXTREMES)) >= self.text

    def _ink(self, own: Shade, look: Seen, scheme: Mapping[str, str], layout: FoundLayout) -> Shade:
        """The text's own colour where it can be read; else the nearest to it that can, of the template's if may be."""
        others = [holder.ink for holder in layout.holders]
        slots = [Shade(slot) for slot in ("tx1", "bg1", "tx2", "bg2")]
        tried = (own, *_further(own, look.ground, scheme), *others, *slots, *map(Shade, _EXTREMES))
        return max(tried, key=lambda shade: (min(look.contrast(shade.rgb(scheme)), self.text), -tried.index(shade)))

    def _palette(self, scheme: Mapping[str, str], look: Seen, ink: Shade, brand: str | None) -> Palette:
        key = (tuple(scheme.items()), look, ink, brand)
        if key not in self._palettes:
            self._palettes[key] = template_palette(
                scheme, look.ground, brand, high=self.high, ink=ink, on_ground=look.contrast
            )
        return self._palettes[key]

    def _panelled(
        self, layers: tuple[Layer, ...], places: Mapping[str, _Place], looks: dict[str, Seen], scheme: Mapping[str, str]
    ) -> tuple[_Panel | None, dict[str, Seen]]:
        """A panel behind the places where no colour can be read, and what is then seen behind each; None for none."""
        lost: list[str] = []
        panel: _Panel | None = None
        now = looks
        while more := [name for name, look in now.items() if name not in lost and not self._can_be_read(look)]:
            # What a panel reaches into may be of too many colours because of it.
            lost += more
            panel = self._panel(lost, places, looks, scheme)
            drawn = (*layers, Layer(panel.area, Solid((of_hex(panel.shade.rgb(scheme)),)), everywhere))
            now = {name: seen(drawn, place.area, place.own) for name, place in places.items()}
        return panel, now

    def _panel(
        self, lost: list[str], places: Mapping[str, _Place], looks: Mapping[str, Seen], scheme: Mapping[str, str]
    ) -> _Panel:
        """A panel behind these places: in the colour that most of them has, if one does, else in the one of the
        template's on which their text can be read.
        """
        area = places[lost[0]].area
        for name in lost[1:]:
            area = area.joined(places[name].area)
        left, top = max(0.0, area.x - _MARGIN), max(0.0, area.y - _MARGIN)
        right, bottom = min(self.slide[0], area.right + _MARGIN), min(self.slide[1], area.bottom + _MARGIN)
        kept = (place.area for name, place in places.items() if name not in lost)
        for other in (one for one in kept if one.x < right and left < one.right):
            # Words that stand beside it are to keep their own ground.
            if other.bottom <= area.y + _MARGIN:
                top = max(top, min(area.y, other.bottom))
            elif other.y >= area.bottom - _MARGIN:
                bottom = min(bottom, max(area.bottom, other.y))
        inks = [places[name].holder.ink.rgb(scheme) for name in lost]
        meant_for_dark = all(contrast(ink, scheme["bg1"]) < _LOST <= contrast(ink, scheme["tx1"]) for ink in inks)
        shade = Shade("tx1" if meant_for_dark else "bg1")
        seen_first = [looks[name] for name in lost]
        ground = seen_first[0].ground
        if all(look.ground == ground and look.colours[0][1] >= _MOSTLY for look in seen_first):
            shade = Shade(ground)
        return _Panel(Area(left, top, right - left, bottom - top), shade)


def _draw(panel: _Panel, root: Any) -> None:
    """Adds a panel to a layout, on top of all that is drawn there."""
    number = 1 + max((int(node.get("id") or 0) for node in root.iter(tag("p:cNvPr"))), default=1)
    fragment = (
        f'<p:sp><p:nvSpPr>{oxml.named(number, PANEL, "")}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{oxml.xfrm(panel.area)}{oxml.RECTANGLE}<a:solidFill>{panel.shade.xml()}</a:solidFill>"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    tree = root.find(f"{tag('p:cSld')}/{tag('p:spTree')}")
    ends = tree.find(tag("p:extLst"))
    place = len(tree) if ends is None else tree.index(ends)
    tree.insert(place, etree.fromstring(f"<r {oxml.NS}>{fragment}</r>")[0])


def _reach(binding: Bound, name: str, spot: Spot, *, stands_in: bool) -> Area:
    """Where the words of a placeholder may come to stand: a foot over the date's place, a source above its own, and
    what stands in a layout of ours in all the room that its slots share.
    """
    if spot is binding.footer:
        return binding.wide_footer or spot.area
    if name not in binding.spots or not (stands_in or name == "source"):
        return spot.area
    area = spot.area
    for other in binding.spots.values():
        if stands_in or (other.area.x < spot.area.right and spot.area.x < other.area.right):
            area = area.joined(other.area)
    return area


def _further(own: Shade, ground: str, scheme: Mapping[str, str]) -> Iterator[Shade]:
    """Shades of a colour, if it is more than a grey, ever further from the ground."""
    dark = contrast(ground, "#000000") < contrast(ground, "#FFFFFF")
    if own.mod == 100 and not own.off and is_colour(own.rgb(scheme)):
        for mod, off in ((60, 40), (40, 60), (20, 80)) if dark else ((75, 0), (50, 0), (25, 0)):
            yield Shade(own.slot, mod, off)


def _key(shape: Any) -> tuple[str, int]:
    node = next(shape.iter(tag("p:ph")), None)
    return ("", -1) if node is None else (shape_kind(shape), int(node.get("idx", "0")))


def _coloured(shape: Any, shade: Shade) -> bool:
    """Gives the first level of a placeholder's text a colour; False for one that holds no text."""
    body = shape.find(tag("p:txBody"))
    if body is None:
        return False
    style = body.find(tag("a:lstStyle"))
    if style is None:
        style = etree.Element(tag("a:lstStyle"))
        body.insert(1, style)
    level = style.find(tag("a:lvl1pPr"))
    if level is None:
        level = etree.Element(tag("a:lvl1pPr"))
        style.insert(0, level)
    for old in [one for one in level if one.tag in _BULLET_COLOURS]:
        level.remove(old)
    level.insert(sum(one.tag in _BEFORE_BULLETS for one in level), etree.Element(tag("a:buClrTx")))
    run = level.find(tag("a:defRPr"))
    if run is None:
        run = etree.SubElement(level, tag("a:defRPr"))
    for old in [one for one in run if one.tag in _FILLS]:
        run.remove(old)
    place = 1 if len(run) and run[0].tag == tag("a:ln") else 0
    fill = etree.fromstring(f"<r {oxml.NS}><a:solidFill>{shade.xml()}</a:solidFill></r>")[0]
    run.insert(place, fill)
    return True
