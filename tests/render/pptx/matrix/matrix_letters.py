"""In what type a design writes: its fonts, direction, anchors, insets, spacing and letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree
from matrix_drawing import contents, element, holders, level_of, parts_of, run_of, style
from pptx.oxml.ns import qn


def in_font(prs: Any, font: str) -> None:
    """Gives the theme two fonts, and takes those away that the master names itself."""
    theme = next(rel.target_part for rel in prs.slide_masters[0].part.rels.values() if rel.reltype.endswith("/theme"))
    root = etree.fromstring(theme.blob)
    for which in ("majorFont", "minorFont"):
        face = next(root.iter(qn(f"a:{which}"))).find(qn("a:latin"))
        face.set("typeface", font if font != "no minor font" else "Calibri" if which == "majorFont" else "")
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for which in ("title", "body"):
        run = run_of(style(prs, which))
        for name in ("a:latin", "a:ea", "a:cs"):
            for old in run.findall(qn(name)):
                run.remove(old)
        run.append(element(f'<a:latin typeface="{"+mj-lt" if which == "title" else "+mn-lt"}"/>'))


def directed(prs: Any, direction: str) -> None:
    for which in ("title", "body", "other") if direction == "rtl" else ():
        level = level_of(style(prs, which))
        level.set("rtl", "1")
        level.set("algn", "r")


def _bodies(prs: Any) -> list[Any]:
    """The properties of text of every content of the master and its layouts."""
    shapes = [*holders(prs.slide_masters[0], "body"), *(s for layout in prs.slide_layouts for s in contents(layout))]
    return [shape.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}") for shape in shapes]


def anchored(prs: Any, anchor: str) -> None:
    for node in _bodies(prs) if anchor != "t" else ():
        node.set("anchor", anchor)


def inset(prs: Any, insets: str) -> None:
    if insets == "usual":
        return
    shapes = [sp for part in parts_of(prs) for sp in holders(part, "title", "ctrTitle")]
    for node in (*_bodies(prs), *(sp.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}") for sp in shapes)):
        for name, part in (("lIns", 0.05), ("rIns", 0.05), ("tIns", 0.035), ("bIns", 0.035)):
            node.set(name, str(round(part * prs.slide_width)) if insets == "huge" else "0")


def spaced(prs: Any, lines: str) -> None:
    for which in ("title", "body") if lines != "100%" else ():
        level = level_of(style(prs, which))
        for old in level.findall(qn("a:lnSpc")):
            level.remove(old)
        level.insert(0, element(f'<a:lnSpc><a:spcPct val="{lines[:-1]}000"/></a:lnSpc>'))


def _bullets(prs: Any) -> None:
    level = level_of(style(prs, "body"))
    for old in [c for c in level if etree.QName(c).localname.startswith("bu")]:
        level.remove(old)
    level.set("marL", "457200")
    level.set("indent", "-457200")
    at = len([c for c in level if etree.QName(c).localname in ("lnSpc", "spcBef", "spcAft")])
    for n, xml in enumerate(
        ('<a:buClr><a:schemeClr val="accent2"/></a:buClr>', '<a:buFont typeface="Arial"/>', '<a:buChar char="→"/>')
    ):
        level.insert(at + n, element(xml))


def _shrunk(prs: Any) -> None:
    for node in _bodies(prs):
        for old in list(node):
            if etree.QName(old).localname in ("normAutofit", "noAutofit", "spAutoFit"):
                node.remove(old)
        node.append(element('<a:normAutofit fontScale="62500" lnSpcReduction="20000"/>'))


def _set(which: str, **attributes: str) -> Callable[[Any], None]:
    def draw(prs: Any) -> None:
        run_of(style(prs, which)).attrib.update(attributes)

    return draw


def _caps(prs: Any) -> None:
    _set("title", cap="all")(prs)
    _set("body", cap="all")(prs)


LETTERS: dict[str, Callable[[Any], None]] = {
    "plain": lambda prs: None,
    "caps": _caps,
    "60 pt title": _set("title", sz="6000"),
    "own bullets": _bullets,
    "shrunk": _shrunk,
    "12 pt": _set("body", sz="1200"),
    "bold": _set("body", b="1"),
}


def shown(prs: Any, shapes: str) -> None:
    """Whether the layouts show what is drawn on the master."""
    for layout in prs.slide_layouts if shapes == "hidden" else ():
        layout._element.set("showMasterSp", "0")
