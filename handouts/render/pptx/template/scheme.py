"""The colours of a template's theme as its master maps them: parts in, `#RRGGBB` by slot out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed, target_of

_SLOTS = ("tx1", "bg1", "tx2", "bg2", *(f"accent{n}" for n in range(1, 7)))
_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""How a master maps what it does not say."""
_USUAL = {"window": "FFFFFF"}
"""The colours of a system that names none; all others are dark."""


def scheme_of(parts: Mapping[str, PackagePart], master: str) -> dict[str, str]:
    """Each slot of a master's theme as `#RRGGBB`; black where the theme has none."""
    theme = parsed(parts[target_of(parts[master], "theme")])
    slots = {node.tag.rpartition("}")[2]: _value(node) for node in theme.find(".//" + tag("a:clrScheme"))}
    mapped = parsed(parts[master]).find(tag("p:clrMap"))
    return {
        slot: slots.get((mapped.get(slot) if mapped is not None else None) or _MAPPED.get(slot, slot), "#000000")
        for slot in _SLOTS
    }


def colours_in(node: Any, scheme: Mapping[str, str]) -> Iterator[str]:
    """The colours that an element names, as `#RRGGBB`, without what lightens or darkens them."""
    for colour in node.iter(tag("a:schemeClr"), tag("a:srgbClr")):
        value = str(colour.get("val"))
        yield f"#{value.upper()}" if colour.tag == tag("a:srgbClr") else scheme.get(value, scheme["bg1"])


def _value(slot: Any) -> str:
    node = next(slot.iterchildren(tag("a:srgbClr"), tag("a:sysClr")))
    if node.tag == tag("a:sysClr"):
        return f"#{node.get('lastClr') or _USUAL.get(node.get('val'), '000000')}".upper()
    return f"#{node.get('val')}".upper()
