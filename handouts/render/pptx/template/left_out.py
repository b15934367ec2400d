"""The XML of a master, layout or theme from outside → the same without what a deck does not take over of it.

That is: what leads to slides, comments and addresses, and drawings (SVG) beside the pictures that are shown for them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.oxml import R, tag
from handouts.render.pptx.template.package_file import RefusedError, shown

AS_PICTURE = "save the drawing as a PNG picture and insert that"

_DRAWING = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_REFERRING = etree.XPath("//*[@r:*]", namespaces={"r": R})
CLICKS = tuple(tag(name) for name in ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver"))
_LISTS = tuple(tag(name) for name in ("a:ext", "a:extLst", "p:custDataLst"))
"""What may not be there with nothing in it."""


def without_drawings(name: str, root: Any) -> int:
    """Takes the drawings out that lie beside pictures; returns how many. Raises RefusedError for one that lies alone.

    A drawing is a program in all but name: it can load, run and disguise what it does in more ways than can be listed.
    """
    drawings = list(root.iter(_DRAWING))
    for node in drawings:
        picture = next(node.iterancestors(tag("a:blip")), None)
        if picture is None or not picture.get(tag("r:embed")):
            message = f"part {shown(name)}, line {node.sourceline}: a drawing (SVG) has no picture beside it"
            raise RefusedError(message, AS_PICTURE)
        _take_out(node)
    return len(drawings)


def links_of(root: Any, ident: str) -> int:
    """How many clicks and touches follow a relationship."""
    return sum(node.get(tag("r:id")) == ident for node in root.iter(*CLICKS))


def without_references(root: Any, ids: Collection[str]) -> None:
    """Takes the elements out that name one of these relationships."""
    for node in _REFERRING(root):
        named = {value for key, value in node.attrib.items() if key.startswith(f"{{{R}}}")}
        if not named.isdisjoint(ids):
            _take_out(node)


def _take_out(node: Any) -> None:
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if parent.tag in _LISTS and not len(parent):
        _take_out(parent)
