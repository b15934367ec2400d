"""A placeholder of ours as it stands in a layout: in our own template's, and in those that we add to a stranger's."""

from __future__ import annotations

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.layouts import Placeholder

LAYOUT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
FIRST_IDX = 13
"""The idx of a layout's first placeholder; PowerPoint keeps the lower ones for footers."""

_PROMPT = '<a:r><a:rPr lang="en-US"/><a:t>Text</a:t></a:r>'
_NO_INSETS = 'vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'


def first_level(spec: Placeholder, points: float, palette: Palette | None) -> str:
    """`a:lvl1pPr` of a placeholder whose text is `points` high; without a palette its colour is inherited."""
    colour = "" if palette is None else oxml.fill(spec.colour, palette)
    bullet, indent = ("<a:buNone/>", ' marL="0" indent="0"') if spec.plain else ("", "")
    if palette is not None and spec.colour == "on_accent" and not spec.plain:
        bullet = f"<a:buClr>{palette.xml[spec.colour]}</a:buClr>"
    weight = ' b="1"' if spec.strong else ""
    return f'<a:lvl1pPr{indent}>{bullet}<a:defRPr sz="{round(points * 100)}"{weight}>{colour}</a:defRPr></a:lvl1pPr>'


def tight(level: str) -> str:
    """An `a:lvl1pPr` of ours with single lines and no space above them, in place of what the master has."""
    head, rest = level.split(">", 1)
    spaces = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    return f"{head}>{spaces}{rest}"


def placeholder(
    number: int,
    spec: Placeholder,
    idx: str,
    level: str = "",
    *,
    insets: str = _NO_INSETS,
    reference: str = "",
    content: str = _PROMPT,
) -> str:
    """`p:sp` of a placeholder in a layout or master.

    `level` is its `a:lvl1pPr`, `insets` are attributes of its `a:bodyPr`, `reference` those of its `p:ph` where they
    are not the type and idx alone.
    """
    kind = "" if spec.kind == "obj" else f'type="{spec.kind}"'
    attributes = reference or " ".join(a for a in (kind, f'idx="{idx}"' if idx else "") if a)
    style = f"<a:lstStyle>{level}</a:lstStyle>" if level else "<a:lstStyle/>"
    return (
        f'<p:sp><p:nvSpPr>{oxml.named(number, spec.name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {attributes}/></p:nvPr></p:nvSpPr><p:spPr>{oxml.xfrm(spec.area)}{oxml.RECTANGLE}</p:spPr>"
        f'<p:txBody><a:bodyPr {insets} anchor="{spec.anchor}"><a:noAutofit/></a:bodyPr>{style}<a:p>{content}</a:p>'
        "</p:txBody></p:sp>"
    )
