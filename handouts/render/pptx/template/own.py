"""Our own template: a theme in, the parts of a presentation without slides out, its layouts named as in `layouts`."""

from __future__ import annotations

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.colours import Palette, own_palette
from handouts.render.pptx.template.layouts import (
    FOOTER_AREA,
    FULL,
    LAYOUTS,
    NUMBER_AREA,
    RULE_AREA,
    SLIDE_HEIGHT,
    SLIDE_WIDTH,
    TITLE_AREA,
    Area,
    Layout,
    Placeholder,
)
from handouts.render.pptx.template.own_theme import THEME_TYPE, theme_xml
from handouts.render.pptx.template.parts import XML, Part, Rel, office
from handouts.theme.schema import DeckTheme, Theme

ML = "application/vnd.openxmlformats-officedocument.presentationml"
PRESENTATION = "ppt/presentation.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
LAYOUT_TYPE, MASTER_TYPE = f"{ML}.slideLayout+xml", f"{ML}.slideMaster+xml"

BULLET_INDENT = 18.0
PARAGRAPH_SPACE = 8.0
"""Points between the bullet and its text, and above each paragraph."""
FIRST_IDX = 13
"""The idx of a layout's first placeholder; PowerPoint keeps the lower ones for footers."""

_PROMPT = '<a:r><a:rPr lang="en-US"/><a:t>Text</a:t></a:r>'
_NO_INSETS = 'vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'
_ID = 2147483648
"""The least id of a master or layout."""


def own_parts(theme: Theme) -> dict[str, Part]:
    """A presentation with our master and layouts in the colours and type of `theme`, by part name."""
    palette = own_palette(theme.colours)
    layouts = [
        Part(
            f"ppt/slideLayouts/slideLayout{number}.xml",
            LAYOUT_TYPE,
            _layout_xml(layout, theme.deck, palette),
            (Rel("rId1", office("slideMaster"), MASTER),),
        )
        for number, layout in enumerate(LAYOUTS, start=1)
    ]
    master_rels = [Rel(f"rId{n}", office("slideLayout"), part.name) for n, part in enumerate(layouts, start=1)]
    master_rels.append(Rel(f"rId{len(layouts) + 1}", office("theme"), "ppt/theme/theme1.xml"))
    parts = [
        _presentation(),
        Part(MASTER, MASTER_TYPE, _master_xml(theme.deck, palette, len(layouts)), tuple(master_rels)),
        Part("ppt/theme/theme1.xml", THEME_TYPE, theme_xml(theme)),
        *layouts,
        *_properties(),
    ]
    return {part.name: part for part in parts}


def _presentation() -> Part:
    size = f'cx="{oxml.emu(SLIDE_WIDTH)}" cy="{oxml.emu(SLIDE_HEIGHT)}"'
    data = (
        f'{XML}<p:presentation {oxml.NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="{_ID}" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldSz {size}/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    kinds = ("slideMaster", MASTER), ("presProps", "ppt/presProps.xml"), ("tableStyles", "ppt/tableStyles.xml")
    rels = [Rel(f"rId{n}", office(kind), name) for n, (kind, name) in enumerate(kinds, start=1)]
    return Part(PRESENTATION, f"{ML}.presentation.main+xml", data.encode(), tuple(rels))


def _properties() -> tuple[Part, Part]:
    shown = f"{XML}<p:presentationPr {oxml.NS}/>"
    styles = f'{XML}<a:tblStyleLst xmlns:a="{oxml.A}" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>'
    return (
        Part("ppt/presProps.xml", f"{ML}.presProps+xml", shown.encode()),
        Part("ppt/tableStyles.xml", f"{ML}.tableStyles+xml", styles.encode()),
    )


def _master_xml(size: DeckTheme, palette: Palette, layouts: int) -> bytes:
    title = Placeholder("", "Title", "title", TITLE_AREA, "title", plain=True)
    body = Placeholder("", "Text", "body", FULL)
    shapes = (
        placeholder(2, title, "")
        + placeholder(3, body, "1")
        + _furniture(4, size, palette, first=3)
        + oxml.rectangle(6, "Rule", RULE_AREA, oxml.fill("faint", palette))
    )
    ids = "".join(f'<p:sldLayoutId id="{_ID + n}" r:id="rId{n}"/>' for n in range(1, layouts + 1))
    return (
        f'{XML}<p:sldMaster {oxml.NS}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"{oxml.shape_tree(shapes)}</p:cSld>{oxml.COLOUR_MAP}<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:txStyles>"
        f"{_title_style(size)}{_body_style(size)}<p:otherStyle/></p:txStyles></p:sldMaster>"
    ).encode()


def _layout_xml(layout: Layout, size: DeckTheme, palette: Palette) -> bytes:
    kind = f' type="{layout.type}"' if layout.type else ' userDrawn="1"'
    hidden = "" if layout.master_shapes else ' showMasterSp="0"'
    shapes = [
        oxml.rectangle(number, f"Panel {number - 1}", panel.area, oxml.fill(panel.fill, palette))
        for number, panel in enumerate(layout.panels, start=2)
    ]
    number = len(shapes) + 2
    shapes.append(placeholder(number, layout.title, "", _level(layout.title, size, palette)))
    for idx, slot in enumerate(layout.slots, start=FIRST_IDX):
        number += 1
        shapes.append(placeholder(number, slot, str(idx), _level(slot, size, palette)))
    shapes.append(_furniture(number + 1, size, palette, first=11))
    return (
        f'{XML}<p:sldLayout {oxml.NS}{hidden}{kind} preserve="1"><p:cSld name="{layout.name}">'
        f"{oxml.shape_tree(''.join(shapes))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    ).encode()


def _level(spec: Placeholder, size: DeckTheme, palette: Palette) -> str:
    return first_level(spec, getattr(size, spec.size) * spec.scale, palette)


def first_level(spec: Placeholder, points: float, palette: Palette) -> str:
    """`a:lvl1pPr` of a placeholder whose text is `points` high."""
    bullet, indent = ("<a:buNone/>", ' marL="0" indent="0"') if spec.plain else ("", "")
    weight = ' b="1"' if spec.strong else ""
    return (
        f'<a:lvl1pPr{indent}>{bullet}<a:defRPr sz="{round(points * 100)}"{weight}>'
        f"{oxml.fill(spec.colour, palette)}</a:defRPr></a:lvl1pPr>"
    )


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


def _furniture(number: int, size: DeckTheme, palette: Palette, *, first: int) -> str:
    def level(align: str) -> str:
        return (
            f'<a:lvl1pPr algn="{align}"><a:defRPr sz="{round(size.source * 100)}">'
            f"{oxml.fill('muted', palette)}</a:defRPr></a:lvl1pPr>"
        )

    def piece(offset: int, name: str, kind: str, area: Area, align: str, content: str) -> str:
        reference = f'type="{kind}" sz="quarter" idx="{first + offset}"'
        spec = Placeholder("", name, "body", area, anchor="ctr")
        return placeholder(number + offset, spec, "", level(align), reference=reference, content=content)

    field = f'<a:fld id="{oxml.NUMBER_FIELD}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
    return piece(0, "Footer", "ftr", FOOTER_AREA, "l", "") + piece(1, "Slide Number", "sldNum", NUMBER_AREA, "r", field)


def _title_style(size: DeckTheme) -> str:
    return (
        '<p:titleStyle><a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
        'hangingPunct="1"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(size.title * 100)}" b="1" kern="1200">{_font("mj")}</a:defRPr>'
        "</a:lvl1pPr></p:titleStyle>"
    )


def _body_style(size: DeckTheme) -> str:
    level = (
        '<a:lvl{n}pPr marL="{left}" indent="-{hang}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
        'hangingPunct="1"><a:spcBef><a:spcPts val="{space}"/></a:spcBef><a:buClr><a:schemeClr val="accent1"/></a:buClr>'
        '<a:buFont typeface="Arial"/><a:buChar char="•"/><a:defRPr sz="{points}" kern="1200">{font}</a:defRPr>'
        "</a:lvl{n}pPr>"
    )
    levels = "".join(
        level.format(
            n=n,
            left=oxml.emu(BULLET_INDENT * n),
            hang=oxml.emu(BULLET_INDENT),
            space=round(PARAGRAPH_SPACE * 100),
            points=round((size.body if n == 1 else size.table) * 100),
            font=_font("mn"),
        )
        for n in range(1, 10)
    )
    return f"<p:bodyStyle>{levels}</p:bodyStyle>"


def _font(which: str) -> str:
    scripts = (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    faces = "".join(f'<a:{script} typeface="+{which}-{short}"/>' for script, short in scripts)
    return f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{faces}'
