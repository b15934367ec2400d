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
    theme = parsed(parts[target_of(parts[master], "theme")])
    slots = {node.tag.rpartition("}")[2]: _value(node) for node in theme.find(".//" + tag("a:clrScheme"))}
    maps = [parsed(parts[master]).find(tag("p:clrMap"))]
    if layout:
        maps.append(parsed(parts[layout]).find(f"{tag('p:clrMapOvr')}/{tag('a:overrideClrMapping')}"))
    mapped = next((one for one in reversed(maps) if one is not None), None)
    own = {slot: slots.get(slot, "#000000") for slot in _OF_THEME}
    names = (*_MAPPED, *_OF_THEME[4:])
    return own | {
        slot: slots.get((mapped.get(slot) if mapped is not None else None) or _MAPPED.get(slot, slot), "#000000")
        for slot in names
    }


def _value(slot: Any) -> str:
    paint = paint_in(slot, {})
    return "#000000" if paint is None else paint.rgb
