"""Writes templates/deck.pptx, our own template: a master and our layouts in the default theme.

Run: .venv/bin/python scripts/deck_template.py. Where placeholders stand is said in
handouts/render/pptx/template/layouts.py; a test holds the file equal to what this writes.
"""

from __future__ import annotations

from pathlib import Path

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
    TAB_AREA,
    TITLE_AREA,
    Area,
    Layout,
    LayoutPanel,
    Placeholder,
)
from handouts.render.pptx.template.notes_master import add_notes_master
from handouts.render.pptx.template.own import SLOT_ROLES
from handouts.render.pptx.template.parts import XML, PackagePart, Rel, office, packed
from handouts.render.pptx.template.placeholders import FIRST_IDX, LAYOUT_TYPE, first_level, placeholder
from handouts.theme.schema import DeckTheme, Theme

FILE = Path(__file__).resolve().parent.parent / "templates" / "deck.pptx"
PRESENTATION = "ppt/presentation.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
THEME = "ppt/theme/theme1.xml"
ML = "application/vnd.openxmlformats-officedocument.presentationml"
THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

BULLET_INDENT = 18.0
PARAGRAPH_SPACE = 8.0
"""Points between the bullet and its text, and above each paragraph."""

_ID = 2147483648
"""The least id of a master or layout."""
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = (
    '<a:ln w="{}" cap="flat" cmpd="sng" algn="ctr">' + _FILL + '<a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>'
)
_FORMATS = (
    f'<a:fmtScheme name="Plain"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{''.join(_LINE.format(width) for width in (6350, 12700, 19050))}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
"""Effects and gradients have no place: what the theme colours is flat."""


def deck_template(theme: Theme | None = None) -> bytes:
    """The file, the same on every run."""
    theme = theme or Theme()
    palette = own_palette(theme.colours)
    layouts = [
        PackagePart(
            f"ppt/slideLayouts/slideLayout{number}.xml",
            LAYOUT_TYPE,
            _layout_xml(layout, theme.deck, palette),
            (Rel("rId1", office("slideMaster"), MASTER),),
        )
        for number, layout in enumerate(LAYOUTS, start=1)
    ]
    master_rels = [Rel(f"rId{n}", office("slideLayout"), part.name) for n, part in enumerate(layouts, start=1)]
    master_rels.append(Rel(f"rId{len(layouts) + 1}", office("theme"), THEME))
    master = _master_xml(theme.deck, palette, len(layouts))
    listed = [
        _presentation(),
        PackagePart(MASTER, f"{ML}.slideMaster+xml", master, tuple(master_rels)),
        PackagePart(THEME, THEME_TYPE, _theme_xml(theme)),
        *layouts,
        *_properties(),
    ]
    parts = {part.name: part for part in listed}
    add_notes_master(parts, PRESENTATION)
    return packed(parts, PRESENTATION, compressed=True)


def _presentation() -> PackagePart:
    size = f'cx="{oxml.emu(SLIDE_WIDTH)}" cy="{oxml.emu(SLIDE_HEIGHT)}"'
    data = (
        f'{XML}<p:presentation {oxml.NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="{_ID}" r:id="rId1"/>'
        f'</p:sldMasterIdLst><p:sldSz {size}/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    kinds = ("slideMaster", MASTER), ("presProps", "ppt/presProps.xml"), ("tableStyles", "ppt/tableStyles.xml")
    rels = [Rel(f"rId{n}", office(kind), name) for n, (kind, name) in enumerate(kinds, start=1)]
    return PackagePart(PRESENTATION, f"{ML}.presentation.main+xml", data.encode(), tuple(rels))


def _properties() -> tuple[PackagePart, PackagePart]:
    shown = f"{XML}<p:presentationPr {oxml.NS}/>"
    styles = f'{XML}<a:tblStyleLst xmlns:a="{oxml.A}" def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>'
    return (
        PackagePart("ppt/presProps.xml", f"{ML}.presProps+xml", shown.encode()),
        PackagePart("ppt/tableStyles.xml", f"{ML}.tableStyles+xml", styles.encode()),
    )


def _master_xml(size: DeckTheme, palette: Palette, layouts: int) -> bytes:
    title = Placeholder("", "Title", "title", TITLE_AREA, "title", plain=True)
    body = Placeholder("", "Text", "body", FULL)
    shapes = (
        placeholder(2, title, "")
        + placeholder(3, body, "1")
        + _furniture(4, size, palette, first=3)
        + _rectangle(6, "Rule", LayoutPanel(RULE_AREA, "faint"), palette)
        + _rectangle(7, "Tab", LayoutPanel(TAB_AREA, "accent"), palette)
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
        _rectangle(number, f"Panel {number - 1}", panel, palette) for number, panel in enumerate(layout.panels, start=2)
    ]
    number = len(shapes) + 2
    shapes.append(placeholder(number, layout.title, "", _level(layout.title, size, palette)))
    more = () if layout.eyebrow is None else (layout.eyebrow,)
    for idx, slot in enumerate((*layout.slots, *more), start=FIRST_IDX):
        number += 1
        shapes.append(placeholder(number, slot, str(idx), _level(slot, size, palette)))
    shapes.append(_furniture(number + 1, size, palette, first=11))
    return (
        f'{XML}<p:sldLayout {oxml.NS}{hidden}{kind} preserve="1"><p:cSld name="{layout.name}">'
        f"{oxml.shape_tree(''.join(shapes))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    ).encode()


def _level(spec: Placeholder, size: DeckTheme, palette: Palette) -> str:
    return first_level(spec, getattr(size, spec.size) * spec.scale, palette)


def _rectangle(number: int, name: str, panel: LayoutPanel, palette: Palette) -> str:
    """`p:sp` of a decorative rectangle, hidden from screen readers."""
    return (
        f'<p:sp><p:nvSpPr>{oxml.named(number, name, "")}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{oxml.xfrm(panel.area)}{oxml.RECTANGLE}{oxml.fill(panel.fill, palette)}"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
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


def _theme_xml(theme: Theme) -> bytes:
    name = f'"{oxml.escape(theme.name)}"'
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.colours.of(role).lstrip("#").upper()}"/></a:{slot}>'
        for slot, role in SLOT_ROLES.items()
    )
    font = f'<a:latin typeface="{oxml.escape(theme.deck.font)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        f'{XML}<a:theme xmlns:a="{oxml.A}" name={name}><a:themeElements>'
        f"<a:clrScheme name={name}>{colours}</a:clrScheme>"
        f"<a:fontScheme name={name}><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f"{_FORMATS}</a:themeElements></a:theme>"
    ).encode()


if __name__ == "__main__":
    FILE.write_bytes(deck_template())
