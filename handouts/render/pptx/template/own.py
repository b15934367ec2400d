"""Our own template in a theme: its colours, and where the theme departs from the default one, its font and sizes.

The file is the default theme's. Who edits it in PowerPoint decides about places, and about fonts and sizes as far as no
theme asks for others; colours are always the theme's, since that is where they are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from handouts.render.pptx.template.holders import FURNITURE, TITLES, shape_kind
from handouts.render.pptx.template.layouts import BY_NAME
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart, office
from handouts.render.pptx.template.xml_parts import masters_of, parsed, serialised, target_of
from handouts.theme.schema import DeckTheme, Theme

SLOT_ROLES = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "muted",
    "lt2": "accent_tint",
    "accent1": "accent",
    "accent2": "caution",
    "accent3": "accent_mid",
    "accent4": "accent_soft",
    "accent5": "rule",
    "accent6": "faint",
    "hlink": "link",
    "folHlink": "muted",
}
"""Slot of a theme part → colour role; a master maps tx1 to dk1 and bg1 to lt1."""

_DEFAULT = Theme()


def put_in_theme(parts: dict[str, PackagePart], presentation: str, theme: Theme) -> None:
    """Changes the parts of our own template to those of a theme."""
    masters = masters_of(parts, parts[presentation])
    notes = target_of(parts[presentation], "notesMaster")
    for name in {target_of(parts[one], "theme") for one in (*masters, notes) if one in parts}:
        if name in parts:
            _change(parts, name, partial(_colour, theme=theme))
    factors = _factors(theme.deck)
    on_accent = theme.colours.on_accent.upper()
    resized, recoloured = set(factors.values()) != {1.0}, on_accent != _DEFAULT.colours.on_accent.upper()
    if not resized and not recoloured:
        return
    for master in masters:
        if resized:
            _change(parts, master, partial(_resize_master, factors=factors))
        for rel in parts[master].rels:
            if rel.type == office("slideLayout") and rel.target in parts:
                _change(parts, rel.target, partial(_change_layout, factors=factors, on_accent=on_accent))


def _change(parts: dict[str, PackagePart], name: str, change: Callable[[Any], None]) -> None:
    root = parsed(parts[name])
    change(root)
    parts[name] = replace(parts[name], data=serialised(root))


def _colour(root: Any, theme: Theme) -> None:
    scheme = root.find(".//" + tag("a:clrScheme"))
    scheme.set("name", theme.name)
    for slot, role in SLOT_ROLES.items():
        node = scheme.find(tag(f"a:{slot}"))
        for old in list(node):
            node.remove(old)
        colour = node.makeelement(tag("a:srgbClr"), {"val": theme.colours.of(role).lstrip("#").upper()})
        node.append(colour)
    if theme.deck.font != _DEFAULT.deck.font:
        for which in ("majorFont", "minorFont"):
            for latin in root.iterfind(f".//{tag(f'a:{which}')}/{tag('a:latin')}"):
                latin.attrib.clear()
                latin.set("typeface", theme.deck.font)


def _factors(sizes: DeckTheme) -> dict[str, float]:
    """By how much each size of a theme is larger than the default theme's, which the file has."""
    return {
        role: getattr(sizes, role) / getattr(_DEFAULT.deck, role)
        for role in ("title", "body", "table", "label", "source")
    }


def _resize_master(root: Any, factors: dict[str, float]) -> None:
    for shape, kind in _placeholders(root):
        _resize(shape, factors["title" if kind in TITLES else "source" if kind in FURNITURE else "body"])
    for style, first, others in (("titleStyle", "title", "title"), ("bodyStyle", "body", "table")):
        for number, level in enumerate(root.iterfind(f".//{tag(f'p:{style}')}/*")):
            _resize(level, factors[others if number else first])


def _change_layout(root: Any, factors: dict[str, float], on_accent: str) -> None:
    spec = BY_NAME.get(root.find(tag("p:cSld")).get("name", ""))
    slots = (*spec.slots, *((spec.eyebrow,) if spec.eyebrow else ())) if spec else ()
    sizes = {slot.name: slot.size for slot in slots}
    for shape, kind in _placeholders(root):
        role = "title" if kind in TITLES else "source" if kind in FURNITURE else "body"
        name = next(shape.iter(tag("p:cNvPr"))).get("name", "")
        _resize(shape, factors[sizes.get(name, role)])
    for fill in _fills(root):
        if _is_white(fill):
            for old in list(fill):
                fill.remove(old)
            fill.append(fill.makeelement(tag("a:srgbClr"), {"val": on_accent.lstrip("#")}))


def _fills(root: Any) -> Iterator[Any]:
    """The colours of text and bullets in placeholders, and of panels."""
    for shape in root.iter(tag("p:sp")):
        if shape_kind(shape):
            levels = shape.find(f".//{tag('a:lstStyle')}")
            yield from () if levels is None else levels.iter(tag("a:solidFill"), tag("a:buClr"))
        else:
            yield from shape.iterfind(f"{tag('p:spPr')}/{tag('a:solidFill')}")


def _is_white(fill: Any) -> bool:
    """Whether something is as white as the paper, which it only is on the accent."""
    white = _DEFAULT.colours.on_accent.lstrip("#").upper()
    return len(fill) == 1 and str(fill[0].get("val")).upper() in (white, "BG1", "LT1") and len(fill[0]) == 0


def _placeholders(root: Any) -> Iterator[tuple[Any, str]]:
    for shape in root.iter(tag("p:sp")):
        if kind := shape_kind(shape):
            yield shape, kind


def _resize(element: Any, factor: float) -> None:
    for run in element.iter(tag("a:defRPr")):
        if run.get("sz"):
            run.set("sz", str(round(int(run.get("sz")) * factor)))
