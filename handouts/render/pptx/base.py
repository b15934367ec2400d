"""Our own template: a theme in, the bytes of a presentation without slides out, its layouts named as in `layouts`."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI

from handouts.render.pptx import oxml
from handouts.render.pptx.colours import by_role
from handouts.render.pptx.layouts import (
    FOOTER_AREA,
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
from handouts.theme.schema import DeckTheme, Theme

BULLET_INDENT = 18.0
PARAGRAPH_SPACE = 8.0
"""Points between the bullet and its text, and above each paragraph."""

_PROMPT = "Text"


def template(theme: Theme) -> bytes:
    """A presentation with our master and layouts in the colours and type of `theme`."""
    colours = by_role(theme.colours)
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = oxml.emu(SLIDE_WIDTH), oxml.emu(SLIDE_HEIGHT)
    deck.part._element.sldSz.attrib.pop("type", None)
    _drop_leftovers(deck)
    master = deck.slide_masters[0]
    _dress_theme(master.part.part_related_by(RT.THEME), theme)
    _build_master(master._element, theme, colours)
    _build_layouts(deck, theme.deck, colours)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _drop_leftovers(deck: Any) -> None:
    package = deck.part.package
    for holder, kinds in ((deck.part, (RT.PRINTER_SETTINGS,)), (package, (RT.THUMBNAIL,))):
        for key in [key for key, rel in holder._rels.items() if rel.reltype in kinds]:
            holder._rels.pop(key)


def _dress_theme(part: Any, theme: Theme) -> None:
    tree = oxml.xml(part.blob.decode())
    tree.set("name", theme.name)
    scheme = tree.find(".//" + oxml.tag("a:clrScheme"))
    scheme.set("name", theme.name)
    roles = ("ink", "paper", "muted", "accent_tint", "accent", "caution", "accent_mid", "accent_soft", "rule", "faint",
             "link", "muted")  # fmt: skip
    for slot, role in zip(list(scheme), roles, strict=True):
        slot.clear()
        value = theme.colours.of(role).lstrip("#").upper()
        slot.append(oxml.xml(f'<a:srgbClr {oxml.NS} val="{value}"/>'))
    fonts = tree.find(".//" + oxml.tag("a:fontScheme"))
    fonts.set("name", theme.name)
    for latin in fonts.iter(oxml.tag("a:latin")):
        latin.set("typeface", theme.deck.font)
    part._blob = oxml.serialise(tree)


def _build_master(master: Any, theme: Theme, colours: dict[str, str]) -> None:
    size = theme.deck
    shapes = (
        _placeholder(Placeholder("", "Title", "title", TITLE_AREA, "title", plain=True), "", size, colours, master=True)
        + _placeholder(Placeholder("", "Text", "body", _body_area()), 'idx="1"', size, colours, master=True)
        + _furniture(size, colours, master=True)
        + oxml.rectangle("Rule", RULE_AREA, oxml.fill("faint", colours))
    )
    _replace(master.find(oxml.tag("p:cSld")), _tree(shapes))
    styles = master.find(oxml.tag("p:txStyles"))
    _replace(styles.find(oxml.tag("p:titleStyle")), _title_style(size))
    _replace(styles.find(oxml.tag("p:bodyStyle")), _body_style(size))


def _build_layouts(deck: Any, size: DeckTheme, colours: dict[str, str]) -> None:
    existing = list(deck.slide_layouts)
    for surplus in existing[len(LAYOUTS) :]:
        deck.slide_layouts.remove(surplus)
    for number, (layout, holder) in enumerate(zip(LAYOUTS, existing, strict=False), start=1):
        element = holder._element
        element.attrib.clear()
        element.set("preserve", "1")
        if layout.type:
            element.set("type", layout.type)
        else:
            element.set("userDrawn", "1")
        if not layout.master_shapes:
            element.set("showMasterSp", "0")
        common = element.find(oxml.tag("p:cSld"))
        common.set("name", layout.name)
        _replace(common, _tree(_layout_shapes(layout, size, colours)))
        holder.part.partname = PackURI(f"/ppt/slideLayouts/slideLayout{number}.xml")


def _layout_shapes(layout: Layout, size: DeckTheme, colours: dict[str, str]) -> str:
    panels = "".join(
        oxml.rectangle(f"Panel {n}", panel.area, oxml.fill(panel.fill, colours))
        for n, panel in enumerate(layout.panels, start=1)
    )
    slots = "".join(
        _placeholder(slot, f'idx="{number}"', size, colours) for number, slot in enumerate(layout.slots, start=13)
    )
    return panels + _placeholder(layout.title, "", size, colours) + slots + _furniture(size, colours)


def _placeholder(
    spec: Placeholder, index: str, size: DeckTheme, colours: dict[str, str], *, master: bool = False
) -> str:
    kind = "" if spec.kind == "obj" else f'type="{spec.kind}"'
    points = getattr(size, spec.size) * spec.scale
    bullet = "<a:buNone/>" if spec.plain else ""
    indent = 'marL="0" indent="0"' if spec.plain else ""
    weight = 'b="1"' if spec.strong else ""
    level = (
        f'<a:lvl1pPr {indent}>{bullet}<a:defRPr sz="{round(points * 100)}" {weight}>'
        f"{oxml.fill(spec.colour, colours)}</a:defRPr></a:lvl1pPr>"
    )
    style = "<a:lstStyle/>" if master else f"<a:lstStyle>{level}</a:lstStyle>"
    return _shape(spec, f"{kind} {index}", style, f"<a:r><a:t>{_PROMPT}</a:t></a:r>")


def _furniture(size: DeckTheme, colours: dict[str, str], *, master: bool = False) -> str:
    def style(align: str) -> str:
        return (
            f'<a:lstStyle><a:lvl1pPr algn="{align}"><a:defRPr sz="{round(size.source * 100)}">'
            f"{oxml.fill('muted', colours)}</a:defRPr></a:lvl1pPr></a:lstStyle>"
        )

    first = 3 if master else 11
    number = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    footer = Placeholder("", "Footer", "body", FOOTER_AREA, anchor="ctr")
    numbered = Placeholder("", "Slide Number", "body", NUMBER_AREA, anchor="ctr")
    return _shape(footer, f'type="ftr" sz="quarter" idx="{first}"', style("l"), "") + _shape(
        numbered, f'type="sldNum" sz="quarter" idx="{first + 1}"', style("r"), number
    )


def _shape(spec: Placeholder, placeholder: str, style: str, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{spec.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {placeholder}/></p:nvPr></p:nvSpPr><p:spPr>{oxml.xfrm(spec.area)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{spec.anchor}"><a:noAutofit/>'
        f"</a:bodyPr>{style}<a:p>{content}</a:p></p:txBody></p:sp>"
    )


def _tree(shapes: str) -> str:
    return (
        f'<p:spTree {oxml.NS}><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
        f"</a:xfrm></p:grpSpPr>{shapes}</p:spTree>"
    )


def _title_style(size: DeckTheme) -> str:
    return (
        f'<p:titleStyle {oxml.NS}><a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
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
    return f"<p:bodyStyle {oxml.NS}>{levels}</p:bodyStyle>"


def _font(which: str) -> str:
    scripts = (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    faces = "".join(f'<a:{script} typeface="+{which}-{short}"/>' for script, short in scripts)
    return f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{faces}'


def _replace(element: Any, fragment: str) -> None:
    """Puts a fragment in the place of an element, or, in a `p:cSld`, of its shape tree."""
    new = oxml.xml(fragment)
    if new.tag == oxml.tag("p:spTree"):
        old = element.find(oxml.tag("p:spTree"))
        oxml.order(new, ())
    else:
        old = element
    old.getparent().replace(old, new)


def _body_area() -> Area:
    return LAYOUTS[2].slots[0].area
