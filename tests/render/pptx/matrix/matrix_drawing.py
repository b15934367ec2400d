"""Pieces of PresentationML that designs are drawn with; areas are parts of the slide's width and height."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree
from matrix_bases import NS
from PIL import Image, ImageDraw
from pptx.oxml.ns import qn
from pptx.parts.image import Image as PptxImage
from pptx.parts.image import ImagePart

Area = tuple[float, float, float, float]
FURNITURE = ("dt", "ftr", "sldNum")
TITLES = ("title", "ctrTitle")


def element(xml: str) -> Any:
    """An element of PresentationML or DrawingML."""
    return etree.fromstring(f"<r {NS}>{xml}</r>")[0]


def solid(colour: str, more: str = "") -> str:
    """A fill: a hexadecimal colour, or one of the scheme."""
    kind = "srgbClr" if len(colour) == 6 and all(c in "0123456789ABCDEF" for c in colour) else "schemeClr"
    return f'<a:solidFill><a:{kind} val="{colour}">{more}</a:{kind}></a:solidFill>'


def gradient(*colours: str, angle: int = 90) -> str:
    """A linear gradient."""
    stops = "".join(
        f'<a:gs pos="{round(100000 * n / (len(colours) - 1))}"><a:srgbClr val="{colour}"/></a:gs>'
        for n, colour in enumerate(colours)
    )
    return (
        f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="{angle * 60000}" scaled="0"/></a:gradFill>'
    )


def xfrm(prs: Any, area: Area) -> str:
    x, y, w, h = (
        area[0] * prs.slide_width,
        area[1] * prs.slide_height,
        area[2] * prs.slide_width,
        area[3] * prs.slide_height,
    )
    return f'<a:xfrm><a:off x="{x:.0f}" y="{y:.0f}"/><a:ext cx="{w:.0f}" cy="{h:.0f}"/></a:xfrm>'


def rectangle(prs: Any, area: Area, fill: str) -> str:
    """A drawn rectangle without text."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="0" name="Panel"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{xfrm(prs, area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def behind(part: Any, xml: str) -> None:
    """Draws a shape below all others of a master or layout."""
    tree = part._element.cSld.spTree
    tree.insert(2, element(xml))
    for number, node in enumerate(tree.iter(qn("p:cNvPr")), start=1):
        node.set("id", str(number))


def background(part: Any, fill: str) -> None:
    """Gives a master or layout a background."""
    slide = part._element.cSld
    for old in slide.findall(qn("p:bg")):
        slide.remove(old)
    inner = fill if fill.startswith("<p:bgRef") else f"<p:bgPr>{fill}<a:effectLst/></p:bgPr>"
    slide.insert(0, element(f"<p:bg>{inner}</p:bg>"))


def pictured(part: Any, kind: str) -> str:
    """The fill with a picture, which the part is related to."""
    image = ImagePart.new(part.part.package, PptxImage.from_blob(picture(kind)))
    key = part.part.relate_to(image, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image")
    return f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch>'


@cache
def picture(kind: str) -> bytes:
    """A picture as hospitals have them behind their slides: a bright wall, a night, a crowd."""
    image = Image.new("RGB", (320, 180))
    draw = ImageDraw.Draw(image)
    first, last = {"light": ((246, 249, 252), (214, 226, 236)), "dark": ((10, 18, 36), (36, 52, 84)),
                   "busy": ((250, 250, 250), (20, 20, 20))}[kind]  # fmt: skip
    for row in range(180):
        shade = tuple(round(a + (b - a) * row / 179) for a, b in zip(first, last, strict=True))
        draw.line((0, row, 319, row), fill=shade)
    if kind == "busy":
        for n in range(60):
            x, y, grey = n * 53 % 320, n * 37 % 180, n * 71 % 256
            draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill=(grey, 255 - grey, n * 29 % 256))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def kind_of(shape: Any) -> str:
    node = next(shape.iter(qn("p:ph")), None)
    return "" if node is None else node.get("type", "obj")


def holders(part: Any, *kinds: str) -> list[Any]:
    """The placeholders of these types of a master or layout."""
    return [sp for sp in part._element.cSld.spTree.iter(qn("p:sp")) if kind_of(sp) in kinds]


def contents(part: Any) -> list[Any]:
    """The placeholders that are neither title nor footer."""
    return [
        sp
        for sp in part._element.cSld.spTree.iter(qn("p:sp"))
        if kind_of(sp) and kind_of(sp) not in (*FURNITURE, *TITLES)
    ]


def place(prs: Any, shape: Any, area: Area | None) -> None:
    """Moves a placeholder, or lets it inherit its place."""
    properties = shape.find(qn("p:spPr"))
    old = properties.find(qn("a:xfrm"))
    if old is not None:
        properties.remove(old)
    if area is not None:
        properties.insert(0, element(xfrm(prs, area)))


def area_of(prs: Any, shape: Any) -> Area | None:
    node = shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    if node is None:
        return None
    at, size = node[0], node[1]
    return (
        int(at.get("x")) / prs.slide_width, int(at.get("y")) / prs.slide_height,
        int(size.get("cx")) / prs.slide_width, int(size.get("cy")) / prs.slide_height,
    )  # fmt: skip


def content_layouts(prs: Any) -> list[Any]:
    """The layouts with a title that are no cover."""
    return [
        one
        for one in prs.slide_layouts
        if one._element.get("type") not in ("title", "secHead") and holders(one, "title")
    ]


def covers(prs: Any) -> list[Any]:
    return [one for one in prs.slide_layouts if one._element.get("type") == "title"]


def parts_of(prs: Any) -> Iterator[Any]:
    """The first master and its layouts."""
    yield prs.slide_masters[0]
    yield from prs.slide_layouts


def level_of(holder: Any) -> Any:
    """The first level of a style list, made where there is none."""
    level = holder.find(qn("a:lvl1pPr"))
    if level is None:
        level = element("<a:lvl1pPr/>")
        holder.insert(0, level)
    return level


def run_of(holder: Any) -> Any:
    """What the first level of a style list says of its runs, made where there is none."""
    level = level_of(holder)
    run = level.find(qn("a:defRPr"))
    if run is None:
        run = element("<a:defRPr/>")
        after = [child for child in level if child.tag != qn("a:extLst")]
        level.insert(len(after), run)
    return run


def style(prs: Any, which: str) -> Any:
    """`p:titleStyle`, `p:bodyStyle` or `p:otherStyle` of the master, made where it is missing."""
    master = prs.slide_masters[0]._element
    styles = master.find(qn("p:txStyles"))
    if styles is None:
        styles = element("<p:txStyles/>")
        last = [c for c in master if c.tag in (qn("p:cSld"), qn("p:clrMap"), qn("p:sldLayoutIdLst"), qn("p:hf"))][-1]
        last.addnext(styles)
    for name in ("titleStyle", "bodyStyle", "otherStyle"):
        if styles.find(qn(f"p:{name}")) is None:
            node = element(f"<p:{name}/>")
            styles.append(node)
    return styles.find(qn(f"p:{which}Style"))


def styles_of(shape: Any) -> Any:
    """A placeholder's own style list."""
    body = shape.find(qn("p:txBody"))
    found = body.find(qn("a:lstStyle"))
    if found is None:
        found = element("<a:lstStyle/>")
        body.insert(1, found)
    return found


def coloured(holder: Any, colour: str) -> None:
    """Gives the first level of a style list a colour."""
    run = run_of(holder)
    for old in run.findall(qn("a:solidFill")):
        run.remove(old)
    line = run.find(qn("a:ln"))
    run.insert(0 if line is None else 1, element(solid(colour)))
