"""The colours of a template's theme as a master or layout maps them: parts in, `#RRGGBB` by slot out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import paint_in
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed, target_of

_OF_THEME = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""How a master maps what it does not say."""


def scheme_of(parts: Mapping[str, PackagePart], master: str, layout: str = "") -> dict[str, str]:
    """Each slot of a master's theme as `#RRGGBB`, as a layout maps it where it does otherwise; black where the theme
    has none.
    """
    return mapped(theme_colours(parts, master), parsed(parts[master]), parsed(parts[layout]) if layout else None)


def theme_colours(parts: Mapping[str, PackagePart], master: str) -> dict[str, str]:
    """The colours of a master's theme by its own slots."""
    theme = parsed(parts[target_of(parts[master], "theme")])
    slots = {node.tag.rpartition("}")[2]: _value(node) for node in theme.find(".//" + tag("a:clrScheme"))}
    return {slot: slots.get(slot, "#000000") for slot in _OF_THEME}


def mapped(colours: Mapping[str, str], master: Any, layout: Any = None) -> dict[str, str]:
    """The colours of a theme by all slots, as a master maps them, or a layout of it; both are given as parsed parts."""
    own = None if layout is None else layout.find(f"{tag('p:clrMapOvr')}/{tag('a:overrideClrMapping')}")
    said = master.find(tag("p:clrMap")) if own is None else own
    names = (*_MAPPED, *_OF_THEME[4:])
    return dict(colours) | {
        slot: colours.get((said.get(slot) if said is not None else None) or _MAPPED.get(slot, slot), "#000000")
        for slot in names
    }


def _value(slot: Any) -> str:
    paint = paint_in(slot, {})
    return "#000000" if paint is None else paint.rgb
