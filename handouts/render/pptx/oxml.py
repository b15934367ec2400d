"""The places where python-pptx has no public call: XML elements, alternative text, identifiers and reading order.

In and out are lxml elements of python-pptx's own classes, hence Any at this boundary.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from handouts.render.pptx.layouts import Area

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
"""Namespace declarations for the root of a parsed fragment."""

DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)

_SCHEME = {
    "ink": "tx1",
    "paper": "bg1",
    "muted": "tx2",
    "accent_tint": "bg2",
    "accent": "accent1",
    "caution": "accent2",
    "accent_mid": "accent3",
    "accent_soft": "accent4",
    "rule": "accent5",
    "faint": "accent6",
}
"""Colour roles that have a slot in the presentation's theme, so that recolouring the theme recolours them."""


def emu(points: float) -> int:
    """Points in English Metric Units."""
    return round(points * 12700)


def xml(fragment: str) -> Any:
    """The element of an XML fragment whose root declares its namespaces."""
    return parse_xml(fragment.encode())


def tag(name: str) -> str:
    """A prefixed name such as `a:p` in Clark notation."""
    return str(qn(name))


def legal(text: str) -> str:
    """Text with what XML cannot hold replaced by U+FFFD, and all line ends as a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c if _is_legal(ord(c)) else "\ufffd" for c in text)


def escape(text: str) -> str:
    """Text made safe for element content and attribute values in double quotes."""
    safe = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return safe.replace("\n", "&#10;")


def fill(role: str | None, colours: dict[str, str]) -> str:
    """`a:solidFill` of a colour role, `a:noFill` for None; `colours` is as `colour` takes it."""
    return f"<a:solidFill>{colour(role, colours)}</a:solidFill>" if role else "<a:noFill/>"


def colour(role: str, colours: dict[str, str]) -> str:
    """The colour element of a role. Raises KeyError for an unknown role.

    `colours` gives `#RRGGBB` for roles that the theme part has no slot for.
    """
    if role in _SCHEME:
        return f'<a:schemeClr val="{_SCHEME[role]}"/>'
    return f'<a:srgbClr val="{colours[role].lstrip("#").upper()}"/>'


def xfrm(area: Area, prefix: str = "a") -> str:
    """Position and size of a shape."""
    return (
        f'<{prefix}:xfrm><a:off x="{emu(area.x)}" y="{emu(area.y)}"/>'
        f'<a:ext cx="{emu(area.width)}" cy="{emu(area.height)}"/></{prefix}:xfrm>'
    )


def rectangle(name: str, area: Area, fill_xml: str, namespaces: str = "") -> str:
    """`p:sp` of a decorative rectangle, hidden from screen readers."""
    return (
        f'<p:sp {namespaces}><p:nvSpPr><p:cNvPr id="0" name="{escape(name)}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{xfrm(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{fill_xml}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def properties(element: Any) -> Any:
    """The `p:cNvPr` of a shape, picture, graphic frame or group."""
    return next(element.iter(tag("p:cNvPr")))


def describe(element: Any, name: str, alt: str) -> None:
    """Names a shape and sets its alternative text; an empty `alt` marks it as decoration."""
    node = properties(element)
    node.set("name", legal(name))
    if alt:
        node.set("descr", legal(alt))
        return
    node.attrib.pop("descr", None)
    node.append(xml(DECORATIVE.replace("<a:extLst>", f"<a:extLst {NS}>", 1)))


def move(element: Any, area: Area) -> None:
    """Gives a shape or graphic frame a position of its own."""
    if element.tag == tag("p:graphicFrame"):
        holder, prefix = element, "p"
        at = 1
    else:
        holder, prefix = element.find(tag("p:spPr")), "a"
        at = 0
    old = holder.find(tag(f"{prefix}:xfrm"))
    if old is not None:
        holder.remove(old)
    holder.insert(at, xml(xfrm(area, prefix).replace(":xfrm>", f":xfrm {NS}>", 1)))


def order(tree: Any, elements: Iterable[Any]) -> None:
    """Puts the shapes of a slide in reading order and numbers all identifiers from 2 on in that order."""
    for element in elements:
        tree.append(element)
    for number, node in enumerate(tree.iter(tag("p:cNvPr")), start=1):
        node.set("id", str(number))


def _is_legal(code: int) -> bool:
    if code < 0x20:
        return code == 0x0A
    return not (0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def serialise(element: Any) -> bytes:
    """A part's XML with its declaration."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
