"""What lies behind the words of a design, and in which colours it writes on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree
from matrix_drawing import (
    background,
    behind,
    coloured,
    content_layouts,
    contents,
    element,
    gradient,
    holders,
    pictured,
    rectangle,
    solid,
    style,
    styles_of,
    xfrm,
)
from pptx.oxml.ns import qn

NIGHT = "101B33"
REGION = (0.03, 0.22, 0.94, 0.68)
TITLE_BAND, FOOT_BAND = (0.0, 0.0, 1.0, 0.215), (0.0, 0.905, 1.0, 0.095)


def _white(prs: Any, *which: str) -> None:
    for one in which:
        coloured(style(prs, one), "FFFFFF")
    if "other" in which:
        _feet(prs, "FFFFFF")


def _feet(prs: Any, colour: str) -> None:
    for part in (prs.slide_masters[0], *prs.slide_layouts):
        for shape in holders(part, "dt", "ftr", "sldNum"):
            if part is prs.slide_masters[0] or len(styles_of(shape)):
                coloured(styles_of(shape), colour)


def _all_white(prs: Any) -> None:
    _white(prs, "title", "body", "other")


def _dark(prs: Any) -> None:
    background(prs.slide_masters[0], solid(NIGHT))
    _all_white(prs)


def _swapped(prs: Any) -> None:
    colours = prs.slide_masters[0]._element.find(qn("p:clrMap"))
    for one, other in (("bg1", "tx1"), ("bg2", "tx2")):
        here, there = colours.get(one), colours.get(other)
        colours.set(one, there)
        colours.set(other, here)


def _layout_map(prs: Any) -> None:
    for layout in content_layouts(prs):
        for old in layout._element.findall(qn("p:clrMapOvr")):
            layout._element.remove(old)
        accents = " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
        new = element(
            '<p:clrMapOvr><a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2" '
            f'{accents} hlink="hlink" folHlink="folHlink"/></p:clrMapOvr>'
        )
        layout._element.cSld.addnext(new)
        background(layout, solid("bg1"))


def _panel(prs: Any, fill: str = solid("1B2A41")) -> None:
    behind(prs.slide_masters[0], rectangle(prs, REGION, fill))


def _on_panel(prs: Any) -> None:
    _panel(prs)
    _white(prs, "body")


def _on_layout(prs: Any) -> None:
    for layout in content_layouts(prs):
        behind(layout, rectangle(prs, REGION, solid("1B2A41")))
        for shape in contents(layout):
            coloured(styles_of(shape), "FFFFFF")


def _grouped(prs: Any) -> None:
    shape = rectangle(prs, REGION, solid("tx2", '<a:lumMod val="75000"/>'))
    place = xfrm(prs, REGION)
    inner = (
        place.replace("a:off", "a:chOff").replace("a:ext", "a:chExt").removeprefix("<a:xfrm>").removesuffix("</a:xfrm>")
    )
    behind(
        prs.slide_masters[0],
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="0" name="Group"/><p:cNvGrpSpPr/><p:nvPr userDrawn="1"/></p:nvGrpSpPr>'
        f"<p:grpSpPr>{place.removesuffix('</a:xfrm>')}{inner}</a:xfrm></p:grpSpPr>{shape}</p:grpSp>",
    )
    _white(prs, "body")


def _see_through(prs: Any) -> None:
    _panel(prs, solid("000000", '<a:alpha val="70000"/>'))
    _white(prs, "body")


def _shaded(prs: Any) -> None:
    _panel(prs, gradient("0B3954", "14506B", angle=45))
    _white(prs, "body")


def _picture_fill(part: Any, kind: str) -> str:
    return f'<a:blipFill dpi="0" rotWithShape="1">{pictured(part, kind)}</a:blipFill>'


def _behind_all(kind: str, *, white: bool) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        background(prs.slide_masters[0], _picture_fill(prs.slide_masters[0], kind))
        if white:
            _all_white(prs)

    return draw


def _as_shape(prs: Any) -> None:
    blip = pictured(prs.slide_masters[0], "dark")
    behind(
        prs.slide_masters[0],
        '<p:pic><p:nvPicPr><p:cNvPr id="0" name="Picture"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill>{blip}</p:blipFill><p:spPr>{xfrm(prs, (0, 0, 1, 1))}<a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></p:spPr></p:pic>",
    )
    _all_white(prs)


def _in_panel(prs: Any) -> None:
    _panel(prs, _picture_fill(prs.slide_masters[0], "dark"))
    _white(prs, "body")


def _band(area: tuple[float, float, float, float], *, said: bool) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        behind(prs.slide_masters[0], rectangle(prs, area, solid("5B2333")))
        if said and area is TITLE_BAND:
            _white(prs, "title")
        elif said:
            _feet(prs, "FFFFFF")

    return draw


def _theme_fill(idx: int) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        background(prs.slide_masters[0], f'<p:bgRef idx="{idx}"><a:schemeClr val="bg2"/></p:bgRef>')
        if idx == 1003:
            _all_white(prs)

    return draw


def _graded(*colours: str, white: bool) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        background(prs.slide_masters[0], gradient(*colours))
        if white:
            _all_white(prs)

    return draw


_PATTERN = (
    '<a:pattFill prst="pct20"><a:fgClr><a:srgbClr val="DDE6EC"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
    "</a:pattFill>"
)

GROUNDS: dict[str, Callable[[Any], None]] = {
    "white": lambda prs: None,
    "dark": _dark,
    "dark unsaid": lambda prs: background(prs.slide_masters[0], solid(NIGHT)),
    "map swapped": _swapped,
    "layout map": _layout_map,
    "panel": _on_panel,
    "panel unsaid": _panel,
    "panel on layout": _on_layout,
    "panel grouped": _grouped,
    "panel see-through": _see_through,
    "panel gradient": _shaded,
    "panel at right": lambda prs: behind(prs.slide_masters[0], rectangle(prs, (0.72, 0, 0.28, 1), solid("0B3954"))),
    "half panel": lambda prs: behind(prs.slide_masters[0], rectangle(prs, (0, 0, 0.5, 1), solid("0B3954"))),
    "title band": _band(TITLE_BAND, said=True),
    "title band unsaid": _band(TITLE_BAND, said=False),
    "foot band": _band(FOOT_BAND, said=True),
    "foot band unsaid": _band(FOOT_BAND, said=False),
    "light picture": _behind_all("light", white=False),
    "dark picture": _behind_all("dark", white=True),
    "busy picture": _behind_all("busy", white=False),
    "picture shape": _as_shape,
    "picture fill": _in_panel,
    "gradient": _graded("FFFFFF", "0B3954", white=False),
    "dark gradient": _graded("0B3954", "101B33", white=True),
    "theme fill 2": _theme_fill(1002),
    "theme fill 3": _theme_fill(1003),
    "pattern": lambda prs: background(prs.slide_masters[0], _PATTERN),
}


def _weak_accent(prs: Any) -> None:
    theme = next(rel.target_part for rel in prs.slide_masters[0].part.rels.values() if rel.reltype.endswith("/theme"))
    root = element(theme.blob.decode().partition("?>")[2] or theme.blob.decode())
    accent = next(root.iter(qn("a:accent1")))
    for child in list(accent):
        accent.remove(child)
    accent.append(element('<a:srgbClr val="F2C14E"/>'))
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    coloured(style(prs, "title"), "accent1")


def _own(prs: Any) -> None:
    coloured(style(prs, "title"), "7A1F1F")
    coloured(style(prs, "body"), "1F3864")


def _white_on_layout(prs: Any) -> None:
    for layout in content_layouts(prs):
        for shape in contents(layout):
            coloured(styles_of(shape), "FFFFFF")


INKS: dict[str, Callable[[Any], None]] = {
    "as drawn": lambda prs: None,
    "weak body": lambda prs: coloured(style(prs, "body"), "888888"),
    "weak title": lambda prs: coloured(style(prs, "title"), "999999"),
    "weak accent": _weak_accent,
    "own": _own,
    "white on layout": _white_on_layout,
}
