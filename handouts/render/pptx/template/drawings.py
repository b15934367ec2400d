"""What is drawn on a layout beside its placeholders: its part in, rectangles of its drawings and its master's out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.holders import FoundLayout, area_of, shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed

_SHAPES = tuple(tag(f"p:{name}") for name in ("sp", "pic", "grpSp", "graphicFrame", "cxnSp"))


class Room(Struct, frozen=True):
    """The slide, in points, and what its layout draws on it: text may take what is free of it."""

    slide: Area
    drawn: tuple[Area, ...] = ()


class Rooms:
    """Finds the rooms of one template's layouts, `sides` points wide and high, each once while it is the same."""

    def __init__(self, parts: Mapping[str, PackagePart], sides: tuple[float, float]) -> None:
        self._parts = parts
        self._slide = Area(0, 0, *sides)
        self._found: dict[tuple[str, bytes], Room] = {}

    def of(self, layout: FoundLayout) -> Room:
        """The room on slides of a layout. The drawings of its master count where it shows them."""
        key = layout.part, self._parts[layout.part].data
        if key not in self._found:
            root = parsed(self._parts[layout.part])
            shown = root.get("showMasterSp", "1") in ("1", "true")
            roots = (root, parsed(self._parts[layout.master])) if shown else (root,)
            self._found[key] = Room(self._slide, tuple(area for one in roots for area in _drawn(one)))
        return self._found[key]


def is_drawn(shape: Any) -> bool:
    """Whether slides show a shape of their layout: it is neither hidden nor a placeholder, which a group never is."""
    named = next(shape.iter(tag("p:cNvPr")), None)
    hidden = named is not None and named.get("hidden") in ("1", "true")
    return not hidden and (shape.tag == tag("p:grpSp") or not shape_kind(shape))


def _drawn(root: Any) -> Iterator[Area]:
    tree = root.find(f"{tag('p:cSld')}/{tag('p:spTree')}")
    for shape in tree.iterchildren(*_SHAPES):
        area = area_of(shape)
        if area is not None and is_drawn(shape):
            yield area
