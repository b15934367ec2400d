"""What a template's placeholders do to text that cannot be measured, taken back on the layouts that slides wear.

A slide inherits from its layout before its master, so that what is said on a layout's placeholder is enough: one
column of text across, which breaks at the edge and is not shrunk, lines in proportion to their type, no space below
paragraphs, and no letters set apart. Whatever of that a template does anyway is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.render.pptx.template.holders import FURNITURE, LINE, family, placeholders_of, shape_kind
from handouts.render.pptx.template.oxml import tag

_ACROSS = {"vert": "horz", "numCol": "1", "wrap": "square", "rot": "0"}
"""Attributes of `a:bodyPr` and what they are where nothing says otherwise (ECMA-376, 21.1.2.1.1)."""
_FITS = ("a:noAutofit", "a:normAutofit", "a:spAutoFit")
_BEFORE_FIT = (tag("a:prstTxWarp"),)
_BODY = f"{tag('p:txBody')}/{tag('a:bodyPr')}"
_LEVEL = f"{tag('p:txBody')}/{tag('a:lstStyle')}/{tag('a:lvl1pPr')}"
_BULLETS = tuple(tag(name) for name in ("a:buNone", "a:buChar", "a:buAutoNum", "a:buBlip"))
_USUAL_SIZE = "1800"
"""Hundredths of a point of text that has no size (ECMA-376, 20.1.10.72)."""
_SPACES = ("a:lnSpc", "a:spcBef", "a:spcAft")


def make_measurable(layout: Any, master: Any) -> None:
    """Takes back on a layout's placeholders, the two as their parsed parts, what makes text untrue to its measure."""
    parents = placeholders_of(master)
    for shape in layout.iter(tag("p:sp")):
        kind = shape_kind(shape)
        body = shape.find(_BODY)
        if not kind or body is None:
            continue
        base = family(kind)
        parent = parents.get(base)
        above = None if parent is None else parent.find(_BODY)
        bodies = [one for one in (body, above) if one is not None]
        for name, usual in _ACROSS.items():
            if _nearest(bodies, name, usual) != usual:
                body.set(name, usual)
        _keep_size(body, bodies)
        if base not in FURNITURE:
            levels = (one.find(_LEVEL) for one in (shape, parent) if one is not None)
            styles = master.find(f"{tag('p:txStyles')}/{tag(f'p:{base}Style')}/{tag('a:lvl1pPr')}")
            _plain_level(shape, [level for level in (*levels, styles) if level is not None])


def _keep_size(body: Any, bodies: Sequence[Any]) -> None:
    """Neither text nor box changes its size: not by what a template once needed, nor by a viewer that tries again."""
    fits = (one.find(tag(name)) for one in bodies for name in _FITS)
    fit = next((node for node in fits if node is not None), None)
    if fit is None or not (fit.tag == tag("a:spAutoFit") or fit.attrib):
        return
    for name in _FITS:
        for own in body.findall(tag(name)):
            body.remove(own)
    place = sum(child.tag in _BEFORE_FIT for child in body)
    body.insert(place, etree.Element(tag("a:normAutofit")))


def _plain_level(shape: Any, inherited: Sequence[Any]) -> None:
    attributes: dict[str, str] = {}
    if _nearest(inherited, "marR", "0") != "0":
        attributes["marR"] = "0"
    if not _bulleted(inherited):
        attributes |= {name: "0" for name in ("marL", "indent") if _nearest(inherited, name, "0") != "0"}
    runs = [run for level in inherited if (run := level.find(tag("a:defRPr"))) is not None]
    spaces: dict[str, Any] = {}
    lines = _space(inherited, "a:lnSpc")
    if lines is not None and lines.tag == tag("a:spcPts"):
        spaces["a:lnSpc"] = _share(float(lines.get("val")) / float(_nearest(runs, "sz", _USUAL_SIZE)) / LINE)
    below = _space(inherited, "a:spcAft")
    if below is not None and float(below.get("val", "0").rstrip("%")):
        spaces["a:spcAft"] = _share(0)
    apart = float(_nearest(runs, "spc", "0")) > 0
    if not (attributes or spaces or apart):
        return
    level = _own_level(shape)
    level.attrib.update(attributes)
    for name, value in spaces.items():
        _put_space(level, name, value)
    if apart:
        run = level.find(tag("a:defRPr"))
        if run is None:
            run = etree.Element(tag("a:defRPr"))
            level.append(run)
            # Nothing but extensions follows the look of runs.
            for extension in level.findall(tag("a:extLst")):
                level.append(extension)
        run.set("spc", "0")


def _own_level(shape: Any) -> Any:
    body = shape.find(tag("p:txBody"))
    styles = body.find(tag("a:lstStyle"))
    if styles is None:
        styles = etree.Element(tag("a:lstStyle"))
        body.insert(1, styles)
    level = styles.find(tag("a:lvl1pPr"))
    if level is None:
        level = etree.Element(tag("a:lvl1pPr"))
        styles.insert(sum(child.tag == tag("a:defPPr") for child in styles), level)
    return level


def _bulleted(levels: Sequence[Any]) -> bool:
    kinds = (child.tag for level in levels for child in level if child.tag in _BULLETS)
    return next(kinds, _BULLETS[0]) != _BULLETS[0]


def _share(of: float) -> Any:
    node = etree.Element(tag("a:spcPct"))
    node.set("val", str(round(of * 100_000)))
    return node


def _put_space(level: Any, name: str, value: Any) -> None:
    """Sets a spacing of a level, at its place: they come first, in an order of their own."""
    for old in level.findall(tag(name)):
        level.remove(old)
    before = [tag(one) for one in _SPACES[: _SPACES.index(name)]]
    node = etree.Element(tag(name))
    node.append(value)
    level.insert(sum(child.tag in before for child in level), node)


def _space(levels: Sequence[Any], name: str) -> Any:
    return next((node[0] for level in levels if (node := level.find(tag(name))) is not None and len(node)), None)


def _nearest(nodes: Sequence[Any], name: str, default: str) -> str:
    return next((str(node.get(name)) for node in nodes if node.get(name) is not None), default)
