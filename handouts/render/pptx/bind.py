"""Finds layouts and placeholders in a template: by layout name, then placeholder type and name, never by index.

In: a presentation, ours or a stranger's. Out: `Bound` layouts whose spots carry the geometry and text style that the
template's own XML gives them, in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handouts.problems import Origin, ProblemsError, choose_from, error
from handouts.render.pptx import oxml
from handouts.render.pptx.layouts import BY_NAME, LAYOUTS, Area, Layout, Placeholder

_ACCEPTS: dict[str, tuple[str, ...]] = {
    "title": ("title", "ctrTitle"),
    "subTitle": ("subTitle", "body", "obj"),
    "body": ("body", "obj", "subTitle"),
    "obj": ("obj", "body"),
    "chart": ("chart", "obj"),
    "tbl": ("tbl", "obj"),
    "pic": ("pic", "obj"),
}
"""Wanted placeholder type → the types that can do its work, best first."""

_DEFAULT_INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """First-level text of a placeholder. All lengths in points; `spacing` is a factor on single line spacing."""

    size: float
    strong: bool = False
    indent: float = 0
    before: float = 0
    spacing: float = 1
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    bulleted: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One placeholder of a layout: the slot it serves, its type and idx in the file, its area and text style."""

    slot: str
    name: str
    kind: str
    idx: int
    area: Area
    style: TextStyle
    coloured: bool = False
    """Whether the layout sets a text colour of its own, which roles of a paragraph must not override."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A layout of the template with a spot for each slot, in reading order."""

    spec: Layout
    layout: Any
    title: Spot
    spots: dict[str, Spot]
    furniture: tuple[Any, ...]
    """The layout's footer and slide number elements, to be repeated on each slide."""


def bind(deck: Any, file: str = "template") -> dict[str, Bound]:
    """Every layout that we know by name, found in `deck`.

    Raises ProblemsError naming each layout or placeholder that is missing; `file` is the template's name in messages.
    """
    found = {layout.name: layout for layout in deck.slide_layouts}
    missing = [
        error(Origin(file), "DECK07", f"has no layout named '{spec.name}'", choose_from(spec.name, found))
        for spec in LAYOUTS
        if spec.name not in found
    ]
    bound: dict[str, Bound] = {}
    for spec in LAYOUTS:
        if spec.name in found:
            try:
                bound[spec.name] = _bind_layout(spec, found[spec.name])
            except LookupError as lacking:
                missing.append(
                    error(
                        Origin(file),
                        "DECK07",
                        f"layout '{spec.name}' has no {lacking.args[0]} placeholder",
                        "add one, or use our template",
                    )
                )
    if missing:
        raise ProblemsError(missing)
    return bound


def known_slots(layout: str) -> tuple[str, ...]:
    """The slots of a layout that a plan may fill."""
    return tuple(slot.slot for slot in BY_NAME[layout].slots if slot.slot != "source")


def _bind_layout(spec: Layout, layout: Any) -> Bound:
    free = [p for p in layout.placeholders if _kind(p) not in ("ftr", "sldNum", "dt")]
    title = _take(spec.title, free)
    spots = {slot.slot: _take(slot, free) for slot in spec.slots}
    furniture = tuple(p._element for p in layout.placeholders if _kind(p) in ("ftr", "sldNum"))
    return Bound(spec, layout, title, spots, furniture)


def _take(wanted: Placeholder, free: list[Any]) -> Spot:
    for kind in _ACCEPTS[wanted.kind]:
        fitting = [p for p in free if _kind(p) == kind]
        if fitting:
            named = [p for p in fitting if p.name.rstrip(" 0123456789").casefold() == wanted.name.casefold()]
            chosen = min(named or fitting, key=lambda p: (p.top, p.left))
            free.remove(chosen)
            return _spot(wanted.slot, chosen)
    raise LookupError(f"{wanted.kind} ('{wanted.name}')")


def _spot(slot: str, placeholder: Any) -> Spot:
    element = placeholder._element
    area = Area(*(v / 12700 for v in (placeholder.left, placeholder.top, placeholder.width, placeholder.height)))
    own = element.find(".//" + oxml.tag("a:lvl1pPr") + "/" + oxml.tag("a:defRPr") + "/" + oxml.tag("a:solidFill"))
    scheme = None if own is None else own.find(oxml.tag("a:schemeClr"))
    coloured = own is not None and (scheme is None or scheme.get("val") not in ("tx1", "dk1"))
    kind = _kind(placeholder)
    return Spot(slot, placeholder.name, kind, element.ph_idx, area, _style(placeholder, kind), coloured)


def _kind(placeholder: Any) -> str:
    return _shape_kind(placeholder._element)


def _shape_kind(element: Any) -> str:
    node = next(element.iter(oxml.tag("p:ph")), None)
    return "" if node is None else str(node.get("type", "obj"))


def _style(placeholder: Any, kind: str) -> TextStyle:
    """What the first level of text inherits: layout placeholder, then master placeholder, then the master's styles."""
    element = placeholder._element
    master = placeholder.part.slide_master._element
    base = "title" if kind in ("title", "ctrTitle") else "body"
    holders = [sp for sp in master.iter(oxml.tag("p:sp")) if _shape_kind(sp) == base]
    parent = holders[0] if holders else None
    chain = [sp.find(".//" + oxml.tag("a:lvl1pPr")) for sp in (element, parent) if sp is not None]
    chain.append(master.find(f".//{oxml.tag(f'p:{base}Style')}/{oxml.tag('a:lvl1pPr')}"))
    levels = [level for level in chain if level is not None]
    runs = [run for level in levels if (run := level.find(oxml.tag("a:defRPr"))) is not None]
    bodies = [sp.find(".//" + oxml.tag("a:bodyPr")) for sp in (element, parent) if sp is not None]
    size = float(_first(runs, "sz", "1800")) / 100
    insets = tuple(
        float(_first(bodies, name, str(default * 12700))) / 12700 for name, default in _DEFAULT_INSETS.items()
    )
    return TextStyle(
        size=size,
        strong=_first(runs, "b", "0") in ("1", "true"),
        indent=float(_first(levels, "marL", "0")) / 12700,
        before=_space(levels, "a:spcBef", size, 0),
        spacing=_space(levels, "a:lnSpc", 1, 1),
        insets=(insets[0], insets[1], insets[2], insets[3]),
        bulleted=_bulleted(levels),
    )


def _first(nodes: list[Any], name: str, default: str) -> str:
    return next((str(node.get(name)) for node in nodes if node is not None and node.get(name) is not None), default)


def _space(levels: list[Any], name: str, unit: float, default: float) -> float:
    for level in levels:
        node = level.find(oxml.tag(name))
        if node is not None:
            child = node[0]
            value = float(child.get("val"))
            return value / 100 if child.tag == oxml.tag("a:spcPts") else value / 100000 * unit
    return default


def _bulleted(levels: list[Any]) -> bool:
    for level in levels:
        if level.find(oxml.tag("a:buNone")) is not None:
            return False
        if any(level.find(oxml.tag(name)) is not None for name in ("a:buChar", "a:buAutoNum", "a:buBlip")):
            return True
    return False
