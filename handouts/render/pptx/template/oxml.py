"""DrawingML and PresentationML as text: namespaces, units, escaping, fills, positions and shapes that recur.

Fragments are strings, escaped here; a part's root declares the namespaces once (`NS`).
"""

from __future__ import annotations

import re
from functools import cache

from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.layouts import Area
from handouts.theme.fonts import SOFT_HYPHEN

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NS = f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"'
"""Namespace declarations for the root of a part."""

DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
NUMBER_FIELD = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
"""The id of a slide number field."""

COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
"""How a master of ours maps colours: as every new presentation does."""

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def emu(points: float) -> int:
    """Points in English Metric Units."""
    return round(points * 12700)


@cache
def tag(name: str) -> str:
    """A prefixed name such as `a:p` in Clark notation."""
    prefix, _, local = name.partition(":")
    return f"{{{ {'a': A, 'r': R, 'p': P}[prefix] }}}{local}"


def legal(text: str) -> str:
    """Text with what XML cannot hold replaced by U+FFFD, all line ends as a line feed, and without soft hyphens, which
    PowerPoint shows wherever they stand.
    """
    if text.isprintable():
        return text
    text = text.replace(SOFT_HYPHEN, "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("\ufffd", text.replace("\t", " "))


def escape(text: str) -> str:
    """Text made safe for element content and attribute values in double quotes."""
    safe = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return safe.replace("\n", "&#10;")


def fill(role: str | None, palette: Palette) -> str:
    """`a:solidFill` of a colour role, `a:noFill` for None. Raises KeyError for an unknown role."""
    return f"<a:solidFill>{palette.xml[role]}</a:solidFill>" if role else "<a:noFill/>"


def xfrm(area: Area, prefix: str = "a") -> str:
    """Position and size of a shape."""
    return (
        f'<{prefix}:xfrm><a:off x="{emu(area.x)}" y="{emu(area.y)}"/>'
        f'<a:ext cx="{emu(area.width)}" cy="{emu(area.height)}"/></{prefix}:xfrm>'
    )


def named(number: int, name: str, alt: str | None = None) -> str:
    """`p:cNvPr`: a shape's id and name, and its alternative text; an empty `alt` marks it as decoration."""
    if alt == "":
        return f'<p:cNvPr id="{number}" name="{escape(name)}">{DECORATIVE}</p:cNvPr>'
    said = f' descr="{escape(alt)}"' if alt else ""
    return f'<p:cNvPr id="{number}" name="{escape(name)}"{said}/>'


def shape_tree(shapes: str) -> str:
    """`p:spTree` around the shapes of a slide, layout or master."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
        f"</a:xfrm></p:grpSpPr>{shapes}</p:spTree>"
    )
