"""Templates with covers of all kinds for the tests: python-pptx's own, its title slide drawn anew, its slides resized.

Places are fractions of the slide: left, top, width, height.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct
from pptx import Presentation
from pptx.oxml import oxml_parser
from pptx.oxml.ns import qn
from stranger_templates import DEFAULT, stranger

from handouts.theme.template_file import TemplateFile

Place = tuple[float, float, float, float]
SIZES = {"4:3": (10.0, 7.5), "16:9": (13.333, 7.5), "16:10": (12.0, 7.5), "A4": (11.69, 8.27), "portrait": (7.5, 10.0)}
"""Width and height of a slide in inches."""


class Text(Struct, frozen=True):
    """A placeholder of a cover: its type and place, the size of its text in points, how it is set."""

    kind: str
    place: Place
    size: float = 0
    caps: bool = False
    anchor: str = ""
    align: str = ""


class Cover(Struct, frozen=True):
    """A title slide: its placeholders, and what is drawn on it as places of rectangles."""

    texts: tuple[Text, ...]
    drawn: tuple[Place, ...] = ()
    sides: str = "16:9"


TITLE = Text("ctrTitle", (0.08, 0.3, 0.84, 0.2))
SUBTITLE = Text("subTitle", (0.08, 0.52, 0.84, 0.2))

COVERS = {
    "usual": Cover((TITLE, SUBTITLE)),
    "usual 4:3": Cover((TITLE, SUBTITLE), sides="4:3"),
    "tiny subtitle": Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.84, 0.06)))),
    "narrow subtitle": Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.25, 0.3)))),
    "no subtitle": Cover((TITLE,)),
    "no subtitle, a body": Cover((TITLE, Text("body", (0.08, 0.52, 0.84, 0.1)))),
    "title fills the slide": Cover(
        (Text("ctrTitle", (0, 0, 1, 1), anchor="ctr"), Text("subTitle", (0.1, 0.7, 0.8, 0.2)))
    ),
    "title alone fills the slide": Cover((Text("ctrTitle", (0.03, 0.03, 0.94, 0.94), anchor="ctr"),)),
    "subtitle above": Cover((Text("ctrTitle", (0.08, 0.45, 0.84, 0.3)), Text("subTitle", (0.08, 0.3, 0.84, 0.12)))),
    "subtitle beside a picture": Cover(
        (Text("ctrTitle", (0.05, 0.1, 0.4, 0.4)), Text("subTitle", (0.05, 0.55, 0.4, 0.15))), ((0.5, 0, 0.5, 1),)
    ),
    "picture place": Cover(
        (
            Text("ctrTitle", (0.05, 0.1, 0.4, 0.4)),
            Text("subTitle", (0.05, 0.55, 0.4, 0.15)),
            Text("pic", (0.5, 0, 0.5, 1)),
        )
    ),
    "title at the foot": Cover((Text("ctrTitle", (0.05, 0.68, 0.9, 0.14)), Text("subTitle", (0.05, 0.83, 0.9, 0.08)))),
    "portrait": Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.84, 0.1))), sides="portrait"),
    "A4": Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.84, 0.1))), sides="A4"),
    "huge type": Cover((Text("ctrTitle", TITLE.place, 60), Text("subTitle", (0.08, 0.52, 0.84, 0.12), 40))),
    "huge type 4:3": Cover(
        (Text("ctrTitle", TITLE.place, 60), Text("subTitle", (0.08, 0.52, 0.84, 0.12), 40)), sides="4:3"
    ),
    "all caps": Cover(
        (Text("ctrTitle", TITLE.place, 44, caps=True), Text("subTitle", (0.08, 0.52, 0.84, 0.1), 28, caps=True))
    ),
    "several bodies": Cover(
        (
            TITLE,
            Text("body", (0.08, 0.52, 0.5, 0.07)),
            Text("body", (0.08, 0.6, 0.5, 0.07)),
            Text("body", (0.08, 0.68, 0.5, 0.07)),
        )
    ),
    "subtitle and bodies": Cover(
        (
            TITLE,
            Text("subTitle", (0.08, 0.52, 0.84, 0.07)),
            Text("body", (0.08, 0.6, 0.3, 0.07)),
            Text("body", (0.6, 0.6, 0.3, 0.07)),
        )
    ),
    "a panel at the left": Cover(
        (Text("ctrTitle", (0.03, 0.2, 0.36, 0.3)), Text("subTitle", (0.03, 0.52, 0.36, 0.1))), ((0, 0, 0.42, 1),)
    ),
    "a bar below": Cover((TITLE, Text("subTitle", (0.08, 0.52, 0.84, 0.1))), ((0, 0.66, 1, 0.34),)),
    "tiny both": Cover((Text("ctrTitle", (0.3, 0.45, 0.4, 0.06)), Text("subTitle", (0.3, 0.53, 0.4, 0.05)))),
    "low title, tiny": Cover((Text("ctrTitle", (0.05, 0.86, 0.6, 0.06)), Text("subTitle", (0.05, 0.92, 0.6, 0.05)))),
}


@cache
def covered(name: str) -> TemplateFile:
    """python-pptx's template with one of these covers."""
    return with_cover(COVERS[name], f"{name}.pptx")


def with_cover(cover: Cover, file: str = "cover.pptx", section: tuple[Place, Place] | None = None) -> TemplateFile:
    """python-pptx's template with a cover, its slides of the cover's sides; `section` are the places of the title and
    the words on the layout of its sections, on which the same is drawn.
    """
    presentation = resized(*SIZES[cover.sides])
    layout = presentation.slide_layouts[0]
    tree = layout._element.cSld.spTree
    for shape in list(tree.iter(qn("p:sp"))):
        kind = next(shape.iter(qn("p:ph"))).get("type", "obj")
        if kind not in ("dt", "ftr", "sldNum"):
            tree.remove(shape)
    wide, high = presentation.slide_width, presentation.slide_height
    for holder, place in zip(presentation.slide_layouts[2].placeholders, section or (), strict=False):
        x, y, width, height = place
        holder.left, holder.top, holder.width, holder.height = (
            int(x * wide), int(y * high), int(width * wide), int(height * high),
        )  # fmt: skip
    trees = (tree, presentation.slide_layouts[2]._element.cSld.spTree) if section else (tree,)
    for number, place in enumerate(cover.drawn):
        for one in trees:
            one.insert(2, _drawn(90 + number, _box(place, wide, high)))
    for number, text in enumerate(cover.texts):
        tree.append(_placeholder(40 + number, text, _box(text.place, wide, high)))
    return TemplateFile(_saved(presentation), file)


@cache
def wide_default() -> TemplateFile:
    """python-pptx's template in 16:9."""
    return TemplateFile(_saved(resized(*SIZES["16:9"])), "default-wide.pptx")


def resized(width: float, height: float) -> Any:
    """python-pptx's template, open, on slides so many inches wide and high, everything on them in proportion."""
    presentation: Any = Presentation(io.BytesIO(stranger(DEFAULT).data))
    across, down = width * 914400 / presentation.slide_width, height * 914400 / presentation.slide_height
    presentation.slide_width, presentation.slide_height = int(width * 914400), int(height * 914400)
    master = presentation.slide_masters[0]
    for part in (master, *master.slide_layouts):
        for at in part._element.iter(qn("a:off")):
            at.set("x", str(int(int(at.get("x")) * across)))
            at.set("y", str(int(int(at.get("y")) * down)))
        for ext in part._element.iter(qn("a:ext")):
            if ext.get("cx"):
                ext.set("cx", str(int(int(ext.get("cx")) * across)))
                ext.set("cy", str(int(int(ext.get("cy")) * down)))
    return presentation


def _saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _box(place: Place, wide: int, high: int) -> str:
    x, y, width, height = place
    at, size = (int(x * wide), int(y * high)), (int(width * wide), int(height * high))
    return f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'


def _drawn(ident: int, box: str) -> Any:
    return _shape(
        f'<p:nvSpPr><p:cNvPr id="{ident}" name="Panel"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{box}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="DDE6EE"/></a:solidFill></p:spPr>'
    )


def _placeholder(ident: int, text: Text, box: str) -> Any:
    kind, caps = text.kind, ' cap="all"' if text.caps else ""
    size = f' sz="{int(text.size * 100)}"' if text.size else ""
    align = f' algn="{text.align}"' if text.align else ""
    body = f"<a:bodyPr{f' anchor={chr(34)}{text.anchor}{chr(34)}' if text.anchor else ''}/>"
    level = f'<a:lvl1pPr marL="0" indent="0"{align}><a:buNone/><a:defRPr{size}{caps}/></a:lvl1pPr>'
    idx = "" if kind == "ctrTitle" else f' idx="{ident}"'
    return _shape(
        f'<p:nvSpPr><p:cNvPr id="{ident}" name="{kind} {ident}"/><p:cNvSpPr/><p:nvPr>'
        f'<p:ph type="{kind}"{idx}/></p:nvPr>'
        f"</p:nvSpPr><p:spPr>{box}</p:spPr><p:txBody>{body}<a:lstStyle>{level}</a:lstStyle>"
        "<a:p><a:r><a:rPr/><a:t>Click</a:t></a:r></a:p></p:txBody>"
    )


def _shape(inner: str) -> Any:
    space = "".join(
        f' xmlns:{one}="{uri}"' for one, uri in (
            ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
            ("p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
        )
    )  # fmt: skip
    return etree.fromstring(f"<p:sp{space}>{inner}</p:sp>", oxml_parser)
