"""What a stranger's template lacks, added to it: our layouts on its master, a place for sources in its own layouts.

A layout of ours that stands in is a copy of one of the template's, with its background, drawings, title and footers,
and our placeholders where its content was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec.structs import replace

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.bind import Bound
from handouts.render.pptx.template.drawings import Room
from handouts.render.pptx.template.feet import move
from handouts.render.pptx.template.holders import (
    FURNITURE,
    INSETS,
    TITLES,
    USUAL_INSETS,
    FoundLayout,
    placeholders_of,
    sample_level,
    shape_kind,
)
from handouts.render.pptx.template.layouts import COVERS, FULL, HEIGHT, TITLE_AREA, TOP, Area, Layout, Placeholder
from handouts.render.pptx.template.look import DeckSizes
from handouts.render.pptx.template.measurable import make_measurable
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart, Rel, office
from handouts.render.pptx.template.placeholders import FIRST_IDX, LAYOUT_TYPE, first_level, placeholder, tight
from handouts.render.pptx.template.region import Ground, ground_of
from handouts.render.pptx.template.xml_parts import parsed, serialised

_FLAT = 'wrap="square" tIns="0" bIns="0"'
"""Insets of a source: its room is cut to its lines."""
_TIGHT = ("source", "note")
"""Slots that are as high as their words, whatever space a template puts between those of its text."""


Rooms = Callable[[FoundLayout], Room]
"""The room on slides of a layout."""


class Completer:
    """Adds to the parts of one template. `parts` holds them by name, the added ones too."""

    def __init__(self, parts: dict[str, PackagePart], size: DeckSizes, rooms: Rooms) -> None:
        self.parts = parts
        self.size = size
        self.rooms = rooms
        self._roots: dict[str, tuple[bytes, Any]] = {}

    def add_source(self, spec: Layout, bound: Bound, layout: FoundLayout) -> None:
        """Gives a layout of the template a placeholder for sources; what stands in its way becomes less high."""
        wanted = spec.slot("source")
        ground = ground_of(layout, [spot.area for spot in bound.spots.values()], self.rooms(layout), self.size)
        root = parsed(self.parts[layout.part])
        shapes = {(_name(shape), shape_kind(shape)): shape for shape in _placeholders(root)}
        for holder in layout.holders:
            shape = shapes.get((holder.name, holder.kind))
            if shape is None or holder.kind in (*FURNITURE, *TITLES) or shape.tag != tag("p:sp"):
                continue
            if holder.area.y < ground.content.bottom < holder.area.bottom:
                move(shape, replace(holder.area, height=ground.content.bottom - holder.area.y))
        self._settle(root, layout)
        self._insert(root, [replace(wanted, area=ground.source)])
        make_measurable(root, self._read(layout.master))
        self._store(layout.part, root)

    def stand_in(self, spec: Layout, ground: Ground, taken: Iterable[str]) -> str:
        """Adds our layout, made from the ground's; returns the name of its part."""
        original = self.parts[ground.layout.part]
        root = parsed(original)
        name = spec.name if spec.name not in set(taken) else f"{spec.name} 2"
        root.find(tag("p:cSld")).set("name", name)
        for attribute in ("type", "matchingName"):
            root.attrib.pop(attribute, None)
        root.set("userDrawn", "1")
        root.set("preserve", "1")
        for shape in _placeholders(root):
            if shape_kind(shape) not in (*FURNITURE, *TITLES):
                shape.getparent().remove(shape)
        self._settle(root, ground.layout)
        slots = [replace(slot, area=self._placed(slot, spec, ground)) for slot in spec.slots]
        title = next(s for s in _placeholders(root) if shape_kind(s) in TITLES)
        if _is_cover(spec) and _hangs_below_title(ground):
            move(title, self._placed(spec.title, spec, ground))
        elif ground.title != ground.layout.of(*TITLES)[0].area:
            move(title, ground.title)
            # The place is ours, and so is the space within it.
            body = title.find(f"{tag('p:txBody')}/{tag('a:bodyPr')}")
            body.attrib.update({name: str(oxml.emu(side)) for name, side in zip(INSETS, USUAL_INSETS, strict=True)})
        self._insert(root, slots)
        make_measurable(root, self._read(ground.layout.master))
        part = self._free_name()
        self.parts[part] = PackagePart(part, LAYOUT_TYPE, serialised(root), original.rels)
        self._list(part, ground.layout.master)
        return part

    def settle(self, layout: FoundLayout) -> None:
        """Makes a layout of the template one that slides inherit from: an idx for each placeholder, and its type."""
        root = parsed(self.parts[layout.part])
        self._settle(root, layout)
        make_measurable(root, self._read(layout.master))
        self._store(layout.part, root)

    def _settle(self, root: Any, layout: FoundLayout) -> None:
        _number_placeholders(root)
        master = self._read(layout.master)
        parents = placeholders_of(master)
        for shape in _placeholders(root):
            base = "title" if shape_kind(shape) in TITLES else "body"
            parent = parents.get(base)
            styled = [
                sp for sp in (shape, parent) if sp is not None and next(sp.iter(tag("a:lvl1pPr")), None) is not None
            ]
            if shape_kind(shape) in FURNITURE or parent is None or styled or shape.find(tag("p:txBody")) is None:
                continue
            if master.find(f"{tag('p:txStyles')}/{tag(f'p:{base}Style')}/{tag('a:lvl1pPr')}") is None:
                _give_level(shape, sample_level(parent))

    def _placed(self, slot: Placeholder, spec: Layout, ground: Ground) -> Area:
        """Where a placeholder of ours stands: its place between our title and source, carried over to theirs."""
        if slot.slot == "source":
            return ground.source
        ours, theirs = FULL, ground.content
        if _is_cover(spec) and _hangs_below_title(ground):
            title = ground.title
            ours = Area(FULL.x, TITLE_AREA.y, FULL.width, TOP + HEIGHT + 36 - TITLE_AREA.y)
            theirs = replace(theirs, y=title.y, height=theirs.bottom - title.y)
        elif spec.name in COVERS:
            ours = spec.content[0].area
            for other in spec.content[1:]:
                ours = ours.joined(other.area)
        across, down = theirs.width / ours.width, theirs.height / ours.height
        return Area(
            theirs.x + (slot.area.x - ours.x) * across,
            theirs.y + (slot.area.y - ours.y) * down,
            slot.area.width * across,
            slot.area.height * down,
        )

    def _insert(self, root: Any, slots: Sequence[Placeholder]) -> None:
        """Puts placeholders after the last one of the layout's own that is not furniture, in the template's colours."""
        tree = root.find(f"{tag('p:cSld')}/{tag('p:spTree')}")
        free = FIRST_IDX + max((int(n.get("idx", "0")) for n in root.iter(tag("p:ph"))), default=0)
        own = [s for s in _placeholders(root) if shape_kind(s) not in FURNITURE]
        last = next(one for one in (own[-1], *own[-1].iterancestors()) if one.getparent() is tree)
        place = tree.index(last) + 1
        for number, slot in enumerate(slots):
            shown = replace(slot, strong=False) if slot.colour == "on_accent" else slot
            level = first_level(shown, getattr(self.size, slot.size) * min(slot.scale, 1.1), None)
            level = tight(level) if slot.slot in _TIGHT else level
            insets = _FLAT if slot.slot == "source" else 'wrap="square"'
            fragment = placeholder(0, shown, str(free + number), level, insets=insets)
            tree.insert(place + number, etree.fromstring(f"<r {oxml.NS}>{fragment}</r>")[0])
        for number, node in enumerate(tree.iter(tag("p:cNvPr")), start=1):
            node.set("id", str(number))

    def _read(self, name: str) -> Any:
        """The root of a part, not to be changed: one that was read before is kept while the part is the same."""
        data = self.parts[name].data
        if self._roots.get(name, (b"", None))[0] is not data:
            self._roots[name] = data, parsed(self.parts[name])
        return self._roots[name][1]

    def _store(self, name: str, root: Any) -> None:
        self.parts[name] = replace(self.parts[name], data=serialised(root))

    def _free_name(self) -> str:
        number = 1
        while (name := f"ppt/slideLayouts/slideLayout{number}.xml") in self.parts:
            number += 1
        return name

    def _list(self, layout: str, master: str) -> None:
        """Adds a layout to its master's list, with an id that no master or layout has."""
        part = self.parts[master]
        root = parsed(part)
        keys = {rel.id for rel in part.rels}
        key = next(f"rId{n}" for n in range(1, len(keys) + 2) if f"rId{n}" not in keys)
        listed = root.find(tag("p:sldLayoutIdLst"))
        node = etree.SubElement(listed, tag("p:sldLayoutId"))
        node.set("id", str(self._next_id()))
        node.set(tag("r:id"), key)
        data = serialised(root)
        self.parts[master] = replace(part, data=data, rels=(*part.rels, Rel(key, office("slideLayout"), layout)))

    def _next_id(self) -> int:
        used = [2147483648]
        for part in self.parts.values():
            if part.type.endswith(("slideMaster+xml", "presentation.main+xml")):
                root = self._read(part.name)
                for name in ("p:sldLayoutId", "p:sldMasterId"):
                    used += [int(node.get("id", "0")) for node in root.iter(tag(name))]
        return max(used) + 1


def _is_cover(spec: Layout) -> bool:
    """Whether a layout is the deck's first, whose title stands larger and lower; all others keep the template's."""
    return spec.name == "Title Slide"


def _hangs_below_title(ground: Ground) -> bool:
    """Whether content stands below the title, as on most slides: a cover of ours then shares the room of both."""
    title = ground.title
    return title.bottom <= ground.content.y + 1 and title.x < ground.content.right and ground.content.x < title.right


def _give_level(shape: Any, level: Any) -> None:
    if level is None:
        return
    body = shape.find(tag("p:txBody"))
    style = body.find(tag("a:lstStyle"))
    if style is None:
        style = etree.Element(tag("a:lstStyle"))
        body.insert(1, style)
    style.append(level)


def _name(shape: Any) -> str:
    return str(next(shape.iter(tag("p:cNvPr"))).get("name", ""))


def _placeholders(root: Any) -> list[Any]:
    return [shape for shape in root.iter(tag("p:sp"), tag("p:pic"), tag("p:graphicFrame")) if shape_kind(shape)]


def _number_placeholders(root: Any) -> None:
    """Gives placeholders that share an idx one each, so that what a slide fills can be told apart."""
    seen: set[str] = set()
    last = max((int(n.get("idx", "0")) for n in root.iter(tag("p:ph"))), default=0)
    for shape in _placeholders(root):
        node = next(shape.iter(tag("p:ph")))
        if shape_kind(shape) in TITLES:
            continue
        key = node.get("idx", "0")
        if key in seen or key == "0":
            last = max(last, FIRST_IDX - 1) + 1
            key = str(last)
            node.set("idx", key)
        seen.add(key)
