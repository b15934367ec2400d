"""The placeholders of a presentation's layouts as its XML gives them: geometry and type inherited from the master.

In: the parts of a presentation, ours or a stranger's. Out: `FoundLayout`s whose holders carry areas and text styles,
all lengths in points.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct

from handouts.render.pptx.template.colours import INK, Shade
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.paints import paint_in
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.scheme import mapped, theme_colours
from handouts.render.pptx.template.xml_parts import masters_of, parsed, target_of

FURNITURE = ("dt", "ftr", "sldNum")
TITLES = ("title", "ctrTitle")

INSETS = ("lIns", "tIns", "rIns", "bIns")
USUAL_INSETS = (7.2, 3.6, 7.2, 3.6)
"""Left, top, right and bottom in points of text that says none (ECMA-376, 21.1.2.1.1)."""
_DEFAULT_SIZE = 18.0
_INHERITABLE = ("sz", "b", "i", "u", "strike", "cap", "spc", "kern", "baseline")
LINE = 1.2
"""The height of a single line, as a multiple of the type size, that exact spacing is reckoned against."""


class TextStyle(Struct, frozen=True):
    """First-level text of a placeholder. Lengths in points; `spacing` is a factor on single line spacing.

    `size` and `before` are what we set it with; `inherits` says that it has them without our writing them out. `align`
    and `rtl` are the template's alignment and whether its text runs from right to left.
    """

    size: float
    font: str
    inherits: bool = True
    strong: bool = False
    caps: bool = False
    indent: float = 0
    before: float = 0
    spacing: float = 1
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    bulleted: bool = False
    align: str = "l"
    rtl: bool = False
    anchor: str = "t"


class Holder(Struct, frozen=True):
    """One placeholder: type and idx, its name, area and text style.

    `coloured` says that the layout gives its text a colour of its own, which roles of a paragraph must not override;
    `colour` is the colour `#RRGGBB` that it inherits where that is none of the theme's, `ink` the one that it has in
    any case. `upright` says that it is a title whose lines climb a side of the slide.
    """

    kind: str
    idx: int
    name: str
    area: Area
    style: TextStyle
    coloured: bool = False
    colour: str | None = None
    ink: Shade = INK
    upright: bool = False


class FoundLayout(Struct, frozen=True):
    """A layout of a template: its part, its master's part, its name and type, and its placeholders."""

    part: str
    master: str
    name: str
    type: str
    holders: tuple[Holder, ...]

    def of(self, *kinds: str) -> tuple[Holder, ...]:
        """The holders of these types."""
        return tuple(holder for holder in self.holders if holder.kind in kinds)


class Fonts(Struct, frozen=True):
    """The two fonts of a theme."""

    major: str
    minor: str

    def resolved(self, typeface: str) -> str:
        """The font behind `+mj-lt` and `+mn-lt`; other names as they are."""
        return {"+mj-lt": self.major, "+mn-lt": self.minor}.get(typeface, typeface) or self.minor


def fonts_of(parts: dict[str, PackagePart], master: str) -> Fonts:
    """The fonts of a master's theme; Arial where it names none."""
    theme = parts.get(target_of(parts[master], "theme"))
    found: dict[str, str] = {}
    if theme is not None:
        for which in ("majorFont", "minorFont"):
            node = parsed(theme).find(f".//{tag(f'a:{which}')}/{tag('a:latin')}")
            found[which] = "" if node is None else node.get("typeface", "")
    return Fonts(found.get("majorFont") or "Arial", found.get("minorFont") or "Arial")


@contextmanager
def reading(part: str) -> Generator[None, None, None]:
    """Notes on whatever is raised which part was being read."""
    try:
        yield
    except Exception as bad:
        bad.add_note(f"part {part}")
        raise


def found_layouts(
    parts: dict[str, PackagePart], presentation: PackagePart, only: Collection[str] | None = None
) -> tuple[FoundLayout, ...]:
    """Every layout of every master, or those of these parts, in the presentation's order."""
    default = parsed(presentation).find(f"{tag('p:defaultTextStyle')}/{tag('a:lvl1pPr')}")
    found: list[FoundLayout] = []
    for master in masters_of(parts, presentation):
        reader = _HolderReader(parsed(parts[master]), fonts_of(parts, master), default)
        targets = {rel.id: rel.target for rel in parts[master].rels}
        colours = theme_colours(parts, master)
        for node in reader.master.iter(tag("p:sldLayoutId")):
            name = targets.get(node.get(tag("r:id")), "")
            if name in parts and (only is None or name in only):
                with reading(name):
                    root = parsed(parts[name])
                    title = root.find(tag("p:cSld")).get("name", "")
                    holders = tuple(reader.holders(root, mapped(colours, reader.master, root)))
                    found.append(FoundLayout(name, master, title, root.get("type", ""), holders))
    return tuple(found)


def shape_kind(element: Any) -> str:
    """The placeholder type of a shape, "" for a shape that is none."""
    node = next(element.iter(tag("p:ph")), None)
    return "" if node is None else str(node.get("type", "obj"))


def placeholders_of(master: Any) -> dict[str, Any]:
    """The placeholders of a master by type, the first of each, which those of layouts inherit from; others by ""."""
    return {shape_kind(shape): shape for shape in reversed(list(master.iter(tag("p:sp"))))}


def sample_level(shape: Any) -> Any:
    """`a:lvl1pPr` with the look of a placeholder's sample text; None where it has none.

    LibreOffice writes a master's type there alone, where PowerPoint lets no slide inherit it.
    """
    paragraph = next(shape.iter(tag("a:p")), None)
    properties = None if paragraph is None else paragraph.find(tag("a:pPr"))
    runs = [] if paragraph is None else [*paragraph.iter(tag("a:rPr")), *paragraph.iter(tag("a:endParaRPr"))]
    if not runs:
        return None
    level = etree.Element(tag("a:lvl1pPr"))
    if properties is not None:
        level.attrib.update({key: value for key, value in properties.attrib.items() if key != "lvl"})
        level.extend(copy.deepcopy(child) for child in properties)
    run = etree.SubElement(level, tag("a:defRPr"))
    run.attrib.update({key: value for key, value in runs[0].attrib.items() if key in _INHERITABLE})
    run.extend(copy.deepcopy(child) for child in runs[0] if not str(child.tag).rpartition("}")[2].startswith("hlink"))
    return level


class _HolderReader:
    """Reads the layouts of one master."""

    def __init__(self, master: Any, fonts: Fonts, default: Any) -> None:
        self.master = master
        self.fonts = fonts
        self.default = default
        self.parents = placeholders_of(master)

    def holders(self, layout: Any, scheme: Mapping[str, str]) -> Iterator[Holder]:
        """The placeholders of a layout whose colours are those of a scheme."""
        # In a group none is a placeholder, neither to PowerPoint nor to python-pptx.
        tree = layout.find(f"{tag('p:cSld')}/{tag('p:spTree')}")
        for shape in tree.iterchildren(tag("p:sp"), tag("p:pic"), tag("p:graphicFrame")):
            kind = shape_kind(shape)
            if not kind:
                continue
            parent = self.parents.get(family(kind))
            area = _area(shape) or (_area(parent) if parent is not None else None)
            if area is None:
                continue
            node = next(shape.iter(tag("p:ph")))
            name = next(shape.iter(tag("p:cNvPr"))).get("name", "")
            levels = self._levels(shape, parent, kind)
            style = self._style(shape, parent, levels)
            bodies = [sp.find(".//" + tag("a:bodyPr")) for sp in (shape, parent) if sp is not None]
            turned = _first(bodies, "vert", "horz") != "horz"
            upright = kind in TITLES and area.height > area.width and turned
            idx = int(node.get("idx", "0"))
            ink = _ink([*levels, *([] if self.default is None else [self.default])], scheme)
            yield Holder(kind, idx, name, area, style, _coloured(shape), _colour(levels), ink, upright)

    def _levels(self, shape: Any, parent: Any, kind: str) -> list[Any]:
        """What its first level of text inherits, nearest first; its sample text's own where it inherits nothing."""
        base = {"title": "title", "body": "body"}.get(family(kind), "other")
        chain = [sp.find(f".//{tag('a:lstStyle')}/{tag('a:lvl1pPr')}") for sp in (shape, parent) if sp is not None]
        chain.append(self.master.find(f"{tag('p:txStyles')}/{tag(f'p:{base}Style')}/{tag('a:lvl1pPr')}"))
        if base == "other":
            chain.append(self.default)
        levels = [level for level in chain if level is not None]
        if levels or base == "other" or parent is None:
            return levels
        sample = sample_level(parent)
        return [] if sample is None else [sample]

    def _style(self, shape: Any, parent: Any, levels: list[Any]) -> TextStyle:
        runs = [run for level in levels if (run := level.find(tag("a:defRPr"))) is not None]
        bodies = [sp.find(".//" + tag("a:bodyPr")) for sp in (shape, parent) if sp is not None]
        size = float(_first(runs, "sz", str(_DEFAULT_SIZE * 100))) / 100
        left, top, right, bottom = (
            float(_first(bodies, name, str(default * 12700))) / 12700
            for name, default in zip(INSETS, USUAL_INSETS, strict=True)
        )
        faces = (run.find(tag("a:latin")) for run in runs)
        face = next((node.get("typeface", "") for node in faces if node is not None), "+mn-lt")
        spacing = _space(levels, "a:lnSpc", 1)
        return TextStyle(
            size=size,
            font=self.fonts.resolved(face),
            strong=_first(runs, "b", "0") in ("1", "true"),
            caps=_first(runs, "cap", "none") != "none",
            indent=float(_first(levels, "marL", "0")) / 12700,
            before=_space(levels, "a:spcBef", size) or 0.0,
            spacing=1.0 if spacing is None else spacing if spacing < 5 else spacing / (size * LINE),
            insets=(left, top, right, bottom),
            bulleted=_bulleted(levels),
            align=_first(levels, "algn", "l"),
            rtl=_first(levels, "rtl", "0") in ("1", "true"),
            anchor=_first(bodies, "anchor", "t"),
        )


def family(kind: str) -> str:
    """The master's placeholder type from which one of a layout inherits."""
    if kind in TITLES:
        return "title"
    return kind if kind in FURNITURE else "body"


def area_of(shape: Any) -> Area | None:
    """Where a shape or a group says itself that it stands; None where it does not."""
    return _area(shape)


def _area(shape: Any) -> Area | None:
    for path in (f"{tag('p:spPr')}/{tag('a:xfrm')}", tag("p:xfrm"), f"{tag('p:grpSpPr')}/{tag('a:xfrm')}"):
        node = shape.find(path)
        if node is not None:
            at, size = node.find(tag("a:off")), node.find(tag("a:ext"))
            if at is not None and size is not None:
                numbers = (at.get("x"), at.get("y"), size.get("cx"), size.get("cy"))
                return Area(*(float(v) / 12700 for v in numbers))
    return None


def _coloured(shape: Any) -> bool:
    own = shape.find(f".//{tag('a:lstStyle')}/{tag('a:lvl1pPr')}/{tag('a:defRPr')}/{tag('a:solidFill')}")
    scheme = None if own is None else own.find(tag("a:schemeClr"))
    return own is not None and (scheme is None or scheme.get("val") not in ("tx1", "dk1") or len(scheme) > 0)


def _colour(levels: Iterable[Any]) -> str | None:
    """The nearest colour of text, where it is written out and not one of the theme's."""
    fills = (level.find(f"{tag('a:defRPr')}/{tag('a:solidFill')}") for level in levels)
    fill = next((node for node in fills if node is not None and len(node)), None)
    return None if fill is None or fill[0].tag != tag("a:srgbClr") else f"#{fill[0].get('val').upper()}"


def _ink(levels: Iterable[Any], scheme: Mapping[str, str]) -> Shade:
    """The colour that text inherits: a slot of the theme, else what it comes to."""
    fills = (level.find(f"{tag('a:defRPr')}/{tag('a:solidFill')}") for level in levels)
    fill = next((node for node in fills if node is not None and len(node)), None)
    if fill is None:
        return INK
    slot = fill[0].get("val", "")
    if fill[0].tag == tag("a:schemeClr") and slot in scheme and not len(fill[0]):
        return Shade(slot)
    paint = paint_in(fill, scheme)
    return INK if paint is None else Shade(paint.rgb)


def _first(nodes: Iterable[Any], name: str, default: str) -> str:
    return next((str(node.get(name)) for node in nodes if node is not None and node.get(name) is not None), default)


def _space(levels: Iterable[Any], name: str, unit: float) -> float | None:
    """Points, or percent of `unit`, of the nearest spacing of this name."""
    for level in levels:
        node = level.find(tag(name))
        if node is not None and len(node):
            text = str(node[0].get("val"))
            value = float(text.rstrip("%")) * (1000 if text.endswith("%") else 1)
            return value / 100 if node[0].tag == tag("a:spcPts") else value / 100_000 * unit
    return None


def _bulleted(levels: Iterable[Any]) -> bool:
    for level in levels:
        if level.find(tag("a:buNone")) is not None:
            return False
        if any(level.find(tag(name)) is not None for name in ("a:buChar", "a:buAutoNum", "a:buBlip")):
            return True
    return False
