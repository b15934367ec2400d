"""A place for the running foot and the slide's number on every layout of a template that has none that can be read.

The foot says whether a clinician has signed the deck off, so that no slide may go without it. What the master has is
taken over; else a band at the slide's foot is, above what is drawn there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec.structs import replace

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.holders import (
    FURNITURE,
    TITLES,
    FoundLayout,
    Holder,
    area_of,
    reading,
    shape_kind,
)
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckSizes
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import PackagePart
from handouts.render.pptx.template.xml_parts import parsed, serialised

NAMES = {"ftr": "footer", "sldNum": "slide number"}
_LEAST_TYPE = 8.0
"""Points below which the type of a foot cannot be read on a screen; it is then the deck's least."""
_LEAST_SHARE = 0.2
"""Of the slide's width: a narrower foot holds no sentence."""
_LEAST_LINES = 1.1
_LEAST_DIGITS = 1.8
"""Type sizes across: room for three digits."""
_NUMBER_WIDTH, _GAP, _CLEAR = 54.0, 8.0, 4.0
_LINES = 1.7
"""Height of the band in type sizes."""
_HIGHEST = 0.75
"""Of the slide's height: drawings that reach above it are its background, not something at its foot."""
_LEAST_CONTENT = 40.0
_OVER = 2.0
"""Points by which a place may stand out of the slide, since editors round."""


def give_feet(
    parts: dict[str, PackagePart], found: tuple[FoundLayout, ...], slide: tuple[float, float], sizes: DeckSizes
) -> dict[str, tuple[str, ...]]:
    """Adds to each layout the places that it lacks, as large as they must be.

    `slide` are its width and height in points. Returns, by part, what was added, in words.
    """
    added: dict[str, tuple[str, ...]] = {}
    for layout in found:
        lacking = [kind for kind in NAMES if not any(_usable(one, *slide) for one in layout.of(kind)[:1])]
        if lacking:
            with reading(layout.part):
                _Footing(parts, layout, slide, sizes).add(lacking)
            added[layout.part] = tuple(NAMES[kind] for kind in lacking)
    return added


def _usable(holder: Holder, width: float, height: float) -> bool:
    """Whether a footer or number can be read where it stands."""
    style, (left, top, right, bottom) = holder.style, holder.style.insets
    least = _LEAST_SHARE * width if holder.kind == "ftr" else _LEAST_DIGITS * style.size + left + right
    return (
        _inside(holder.area, width, height)
        and style.size >= _LEAST_TYPE
        and holder.area.width >= least
        and holder.area.height - top - bottom >= max(_LEAST_LINES, metrics(style.font).pitch()) * style.size
    )


def _inside(area: Area, width: float, height: float) -> bool:
    return (
        area.x >= -_OVER
        and area.y >= -_OVER
        and area.right <= width + _OVER
        and area.bottom <= height + _OVER
        and area.width > 0
        and area.height > 0
    )


class _Footing:
    """Adds feet to one layout."""

    def __init__(
        self, parts: dict[str, PackagePart], layout: FoundLayout, slide: tuple[float, float], sizes: DeckSizes
    ) -> None:
        self.parts, self.layout, self.slide = parts, layout, slide
        self.size = sizes.source
        self.root = parsed(parts[layout.part])
        self.master = parsed(parts[layout.master])
        self.tree = self.root.find(f"{tag('p:cSld')}/{tag('p:spTree')}")

    def add(self, lacking: list[str]) -> None:
        for shape in list(self.tree.iterchildren(tag("p:sp"))):
            if shape_kind(shape) in lacking:
                self.tree.remove(shape)
        kept = [one for one in self.layout.of(*NAMES) if one.kind not in lacking]
        band = self._band(kept)
        number = next((one.area for one in kept if one.kind == "sldNum"), None)
        if "sldNum" in lacking:
            number = self._of_master("sldNum", kept) or Area(
                band.right - _NUMBER_WIDTH, band.y, _NUMBER_WIDTH, band.height
            )
            self._insert("sldNum", number)
        if "ftr" in lacking:
            others = [*kept, *([] if number is None else [number])]
            self._insert("ftr", self._of_master("ftr", others) or _beside(band, number))
        self.parts[self.layout.part] = replace(self.parts[self.layout.part], data=serialised(self.root))

    def _of_master(self, kind: str, others: list[Holder] | list[Holder | Area]) -> Area | None:
        """The master's own place, where it can be read and nothing else stands in it."""
        shape = next((one for one in self.master.iter(tag("p:sp")) if shape_kind(one) == kind), None)
        area = None if shape is None else area_of(shape)
        least = _LEAST_SHARE * self.slide[0] if kind == "ftr" else 2 * self.size
        if area is None or not _inside(area, *self.slide) or area.width < least or area.height < _LINES * self.size:
            return None
        taken = (one.area if isinstance(one, Holder) else one for one in others)
        return None if any(_meet(area, one) for one in taken) else area

    def _band(self, kept: list[Holder]) -> Area:
        """A strip at the slide's foot between the layout's margins: level with the foot that it has, else above what is
        drawn there.
        """
        width, height = self.slide
        said = [one.area for one in self.layout.holders if one.kind not in FURNITURE and _inside(one.area, *self.slide)]
        left = min((one.x for one in said), default=0.0)
        right = max((one.right for one in said), default=width)
        margin = 0.04 * width
        left, right = min(max(left, margin), 0.12 * width), max(min(right, width - margin), 0.88 * width)
        high = _LINES * self.size
        level = next((one.area for one in kept if one.area.y > height * _HIGHEST), None)
        if level is not None:
            return Area(left, min(level.y + (level.height - high) / 2, height - high - _CLEAR), right - left, high)
        bottom = height - max(_CLEAR, 0.02 * height)
        drawn = sorted((one for one in self._drawings() if one.right > left and one.x < right), key=lambda a: -a.bottom)
        for one in drawn:
            if one.bottom > bottom - high and one.y < bottom:
                bottom = one.y - _CLEAR
        return Area(left, bottom - high, right - left, high)

    def _drawings(self) -> Iterator[Area]:
        """Where pictures and drawings stand at the slide's foot that are not its background."""
        roots = [self.root, *([] if self.root.get("showMasterSp") == "0" else [self.master])]
        for root in roots:
            for shape in root.find(f"{tag('p:cSld')}/{tag('p:spTree')}").iterchildren(
                tag("p:sp"), tag("p:pic"), tag("p:grpSp")
            ):
                area = None if shape_kind(shape) else area_of(shape)
                if area is not None and area.y >= self.slide[1] * _HIGHEST:
                    yield area

    def _insert(self, kind: str, area: Area) -> None:
        """Puts a placeholder on top of the layout, and what content stands in it above it."""
        for shape in self.tree.iterchildren(tag("p:sp"), tag("p:pic"), tag("p:graphicFrame")):
            if not shape_kind(shape) or shape_kind(shape) in (*FURNITURE, *TITLES):
                continue
            known = (_name(shape), shape_kind(shape))
            holder = next((one for one in self.layout.holders if (one.name, one.kind) == known), None)
            if holder is not None and _meet(holder.area, area):
                low = area.y - _CLEAR - holder.area.y
                if low >= _LEAST_CONTENT and shape.tag == tag("p:sp"):
                    move(shape, replace(holder.area, height=low))
        free = {str(node.get("idx", "0")) for node in self.root.iter(tag("p:ph"))}
        idx = next(n for n in ({"ftr": 11, "sldNum": 12}[kind], *range(20, 1000)) if str(n) not in free)
        number = 1 + max((int(node.get("id") or 0) for node in self.root.iter(tag("p:cNvPr"))), default=1)
        align = "r" if kind == "sldNum" and area.x > self.slide[0] / 2 else "l"
        said = (
            f'<a:fld id="{oxml.NUMBER_FIELD}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
            if kind == "sldNum"
            else '<a:endParaRPr lang="en-US"/>'
        )
        fragment = (
            f"<p:sp><p:nvSpPr>{oxml.named(number, NAMES[kind].title())}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr>'
            f"<p:spPr>{oxml.xfrm(area)}{oxml.RECTANGLE}</p:spPr>"
            '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/>'
            f'</a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
            f'<a:defRPr sz="{round(self.size * 100)}"/></a:lvl1pPr></a:lstStyle>'
            f"<a:p>{said}</a:p></p:txBody></p:sp>"
        )
        self.tree.append(etree.fromstring(f"<r {oxml.NS}>{fragment}</r>")[0])


def _beside(band: Area, number: Area | None) -> Area:
    """What of a band the slide's number leaves."""
    if number is None or not _meet(replace(band, y=band.y - 1, height=band.height + 2), number):
        return band
    if number.x + number.width / 2 > band.x + band.width / 2:
        return replace(band, width=number.x - _GAP - band.x)
    return Area(number.right + _GAP, band.y, band.right - number.right - _GAP, band.height)


def _meet(one: Area, other: Area) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _name(shape: Any) -> str:
    return str(next(shape.iter(tag("p:cNvPr"))).get("name", ""))


def move(shape: Any, area: Area) -> None:
    """Gives a placeholder a place of its own."""
    properties = shape.find(tag("p:spPr"))
    old = properties.find(tag("a:xfrm"))
    new = etree.fromstring(oxml.xfrm(area).replace("<a:xfrm>", f'<a:xfrm xmlns:a="{oxml.A}">', 1))
    if old is not None:
        properties.replace(old, new)
    else:
        properties.insert(0, new)
