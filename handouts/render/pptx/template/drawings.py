"""What is drawn on a layout beside its placeholders: its part in, rectangles of its drawings and its master's out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.holders import area_of, shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed

_SHAPES = tuple(tag(f"p:{name}") for name in ("sp", "pic", "grpSp", "graphicFrame", "cxnSp"))


class Room(Struct, frozen=True):
    """The slide, in points, and what its layout draws on it: text may take what is free of it."""

    slide: Area
    drawn: tuple[Area, ...] = ()


def room_of(parts: dict[str, PackagePart], layout: str, master: str, sides: tuple[float, float]) -> Room:
    """The room on slides of a layout, `sides` points wide and high. The drawings of its master count where it shows
    them.
    """
    root = parsed(parts[layout])
    shown = root.get("showMasterSp", "1") in ("1", "true")
    roots = (root, parsed(parts[master])) if shown else (root,)
    return Room(Area(0, 0, *sides), tuple(area for one in roots for area in _drawn(one)))


def _drawn(root: Any) -> Iterator[Area]:
    tree = root.find(f"{tag('p:cSld')}/{tag('p:spTree')}")
    for shape in tree.iterchildren(*_SHAPES):
        named = next(shape.iter(tag("p:cNvPr")), None)
        area = area_of(shape)
        hidden = named is not None and named.get("hidden") in ("1", "true")
        if area is not None and not hidden and not (shape.tag != tag("p:grpSp") and shape_kind(shape)):
            yield area
