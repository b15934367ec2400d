"""The root of a part from outside → what it lacks or garbles of what the schema demands and a deck is made from.

Only what is read here, or repeated on slides, is looked at (ECMA-376, parts 1 and 4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.package_file import RefusedError, shown

MAX_SHAPES = 3000
"""The most shapes in a part; a layout with a map drawn country by country has 250."""
MAX_PLACEHOLDERS = 100
"""The most placeholders in a part; a layout for the portraits of a department has 40."""

_NUMBER = re.compile("[+-]?[0-9]{1,15}")
_UINT32 = (1 << 32) - 1
_FARTHEST = 27_273_042_316_900
"""The largest coordinate (ST_Coordinate)."""
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_MAPPED = ("bg1", "tx1", "bg2", "tx2", *_SLOTS[4:])
_SHAPES = tuple(tag(f"p:{name}") for name in ("sp", "pic", "graphicFrame", "grpSp", "cxnSp"))


class _Value(Struct, frozen=True):
    """What an attribute may say, and what it is called."""

    holds: Callable[[str], object]
    called: str


def _whole(least: int, most: int) -> _Value:
    def holds(text: str) -> bool:
        return _NUMBER.fullmatch(text) is not None and least <= int(text) <= most

    return _Value(holds, f"a whole number from {least} to {most}")


def _one_of(*words: str) -> _Value:
    return _Value(frozenset(words).__contains__, f"one of {', '.join(words)}" if len(words) < 9 else "one of its names")


def _text(most: int) -> _Value:
    return _Value(lambda text: len(text) <= most, f"text of at most {most} characters")


def _like(pattern: str, called: str) -> _Value:
    return _Value(re.compile(pattern, re.ASCII).fullmatch, called)


_BOOLEAN = _one_of("0", "1", "true", "false")
_UNSIGNED = _whole(0, _UINT32)
_LIST_ID = _whole(0x80000000, _UINT32 - 10_000)
"""Ids of masters and layouts; those of what is added follow the largest."""
_IDX = _whole(0, _UINT32 - 10_000)
_PLACE = _whole(-_FARTHEST, _FARTHEST)
_LENGTH = _whole(0, _FARTHEST)
_INSET = _whole(-0x80000000, 0x7FFFFFFF)
_RGB = _like("[0-9A-Fa-f]{6}", "six hex digits")
_REFERENCE = _text(255)
_SIZE = _whole(100, 400_000)
_PLACEHOLDERS = _one_of(
    "title", "body", "ctrTitle", "subTitle", "dt", "sldNum", "ftr", "hdr", "obj", "chart", "tbl", "clipArt", "dgm",
    "media", "sldImg", "pic",
)  # fmt: skip
_RUN = {"sz": _SIZE, "b": _BOOLEAN, "i": _BOOLEAN, "cap": _one_of("none", "small", "all")}
_LEVEL = {
    "marL": _whole(0, 51_206_400),
    "indent": _whole(-51_206_400, 51_206_400),
    "algn": _one_of("l", "ctr", "r", "just", "justLow", "dist", "thaiDist"),
}

_VALUES: dict[str, dict[str, _Value]] = {
    "p:presentation": {"firstSlideNum": _whole(0, 9999)}
    | dict.fromkeys(("rtl", "embedTrueTypeFonts", "saveSubsetFonts"), _BOOLEAN),
    "p:sldSz": {"cx": _LENGTH, "cy": _LENGTH},
    "p:notesSz": {"cx": _LENGTH, "cy": _LENGTH},
    "p:sldMasterId": {"id": _LIST_ID, "r:id": _REFERENCE},
    "p:sldLayoutId": {"id": _LIST_ID, "r:id": _REFERENCE},
    "p:notesMasterId": {"r:id": _REFERENCE},
    "p:cSld": {"name": _text(300)},
    "p:cNvPr": {"id": _UNSIGNED, "name": _text(2000)},
    "p:ph": {
        "type": _PLACEHOLDERS, "orient": _one_of("horz", "vert"), "sz": _one_of("full", "half", "quarter"),
        "idx": _IDX, "hasCustomPrompt": _BOOLEAN,
    },
    "p:bgRef": {"idx": _UNSIGNED},
    "p:clrMap": dict.fromkeys(_MAPPED, _one_of(*_SLOTS)),
    "a:off": {"x": _PLACE, "y": _PLACE},
    "a:ext": {"cx": _LENGTH, "cy": _LENGTH},
    "a:bodyPr": dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), _INSET),
    "a:pPr": _LEVEL,
    **{f"a:lvl{number}pPr": _LEVEL for number in range(1, 10)},
    "a:defRPr": _RUN,
    "a:rPr": _RUN,
    "a:endParaRPr": _RUN,
    "a:latin": {"typeface": _text(100)},
    "a:spcPct": {"val": _like("[0-9]{1,8}|[0-9]{1,5}([.][0-9]{1,9})?%", "a percentage")},
    "a:spcPts": {"val": _whole(0, 158_400)},
    "a:srgbClr": {"val": _RGB},
    "a:sysClr": {"lastClr": _RGB},
    "a:schemeClr": {"val": _one_of(*_SLOTS, "bg1", "tx1", "bg2", "tx2", "phClr")},
}  # fmt: skip
"""What the attributes of elements may say, where they are given."""

_NEEDED: dict[str, tuple[str, ...]] = {
    "p:sldSz": ("cx", "cy"),
    "p:notesSz": ("cx", "cy"),
    "p:sldMasterId": ("r:id",),
    "p:sldLayoutId": ("r:id",),
    "p:notesMasterId": ("r:id",),
    "p:cNvPr": ("id", "name"),
    "p:bgRef": ("idx",),
    "p:clrMap": _MAPPED,
    "a:off": ("x", "y"),
    "a:spcPct": ("val",),
    "a:spcPts": ("val",),
    "a:srgbClr": ("val",),
    "a:schemeClr": ("val",),
}
"""Attributes that elements cannot lack."""

_CHILDREN: dict[str, tuple[str, ...]] = {
    "p:presentation": ("p:sldMasterIdLst", "p:sldSz", "p:notesSz"),
    "p:sldMaster": ("p:cSld", "p:clrMap"),
    "p:sldLayout": ("p:cSld",),
    "p:notesMaster": ("p:cSld", "p:clrMap"),
    "p:cSld": ("p:spTree",),
    "p:sp": ("p:nvSpPr", "p:spPr"),
    "p:nvSpPr": ("p:cNvPr", "p:cNvSpPr", "p:nvPr"),
    "p:pic": ("p:nvPicPr", "p:blipFill", "p:spPr"),
    "p:nvPicPr": ("p:cNvPr", "p:cNvPicPr", "p:nvPr"),
    "p:graphicFrame": ("p:nvGraphicFramePr", "p:xfrm"),
    "p:nvGraphicFramePr": ("p:cNvPr", "p:cNvGraphicFramePr", "p:nvPr"),
    "p:txBody": ("a:bodyPr",),
    "a:theme": ("a:themeElements",),
    "a:themeElements": ("a:clrScheme", "a:fontScheme", "a:fmtScheme"),
    "a:clrScheme": tuple(f"a:{slot}" for slot in _SLOTS),
    "a:fontScheme": ("a:majorFont", "a:minorFont"),
    "a:majorFont": ("a:latin",),
    "a:minorFont": ("a:latin",),
}
"""What elements cannot be without, and have once."""

_WITHIN = {"p:sldMasterId": "p:sldMasterIdLst", "p:sldLayoutId": "p:sldLayoutIdLst", "p:sldLayoutIdLst": "p:sldMaster"}
"""In which elements others stand."""


def check_shapes(name: str, root: Any) -> int:
    """How many placeholders a part has. Raises RefusedError for too many of them, or too many shapes."""
    shapes = sum(1 for _ in root.iter(*_SHAPES))
    places = sum(1 for _ in root.iter(tag("p:ph")))
    for count, most, what in ((shapes, MAX_SHAPES, "shapes"), (places, MAX_PLACEHOLDERS, "placeholders")):
        if count > most:
            message = f"part {shown(name)} has {count:,} {what}; the most is {most:,}"
            raise RefusedError(message, "simplify or remove what is drawn there")
    return places


def garbles(name: str, root: Any) -> Iterator[str]:
    """What is wrong with a part, each with its line and the shape that it is in."""
    for node in root.iter(*_LOOKED_AT):
        values, needed, children, more = _LOOKED_AT[node.tag]
        for key, called, value in values:
            said = node.get(key)
            if said is not None and not value.holds(said):
                yield _at(name, node, f'says {called}="{said[:40]}", which is not {value.called}')
        for key, called in needed:
            if node.get(key) is None:
                yield _at(name, node, f"has no {called}")
        for child, called in children:
            count = len(node.findall(child))
            if count != 1:
                yield _at(name, node, f"has {count} {called}, where there is one" if count else f"has no {called}")
        if more:
            yield from (_at(name, node, fault) for fault in more(node))


def _at(name: str, node: Any, fault: str) -> str:
    drawn = next((one.find(f"*/{tag('p:cNvPr')}") for one in node.iterancestors(*_SHAPES)), None)
    shape = f", in '{drawn.get('name', '')[:40]}'" if drawn is not None else ""
    return f"part {shown(name)}, line {node.sourceline}{shape}: {_plain(node.tag)} {fault}"


def _of_frame(frame: Any) -> Iterator[str]:
    size = frame.find(tag("a:ext"))
    if size is not None:
        yield from (f"has no {side}" for side in ("cx", "cy") if side not in size.attrib)


def _of_placeholder(node: Any) -> Iterator[str]:
    yield from (f"has an attribute '{str(key)[:80]}'" for key in node.attrib if key not in _VALUES["p:ph"])


def _of_slot(slot: Any) -> Iterator[str]:
    colours = [child.tag for child in slot if isinstance(child.tag, str)]
    scheme = slot.getparent()
    if scheme is not None and scheme.tag == tag("a:clrScheme") and (len(colours) != 1 or colours[0] not in _COLOURS):
        yield "is neither an RGB colour (srgbClr) nor one of the system's (sysClr)"


def _of_listed(node: Any) -> Iterator[str]:
    wanted, parent = _WITHIN[f"p:{_plain(node.tag)}"], node.getparent()
    if parent is None or parent.tag != tag(wanted):
        yield f"stands in another element than {_plain(wanted)}"


def _plain(name: str) -> str:
    return re.split("[:}]", name)[-1]


def _key(name: str) -> str:
    return tag(name) if ":" in name else name


_COLOURS = (tag("a:srgbClr"), tag("a:sysClr"))
_MORE: dict[str, Callable[[Any], Iterator[str]]] = {
    "a:xfrm": _of_frame, "p:xfrm": _of_frame, "p:ph": _of_placeholder, **{f"a:{slot}": _of_slot for slot in _SLOTS},
    **dict.fromkeys(_WITHIN, _of_listed),
}  # fmt: skip
_LOOKED_AT = {
    tag(name): (
        tuple((_key(key), key, value) for key, value in _VALUES.get(name, {}).items()),
        tuple((_key(key), key) for key in _NEEDED.get(name, ())),
        tuple((tag(child), _plain(child)) for child in _CHILDREN.get(name, ())),
        _MORE.get(name),
    )
    for name in {*_VALUES, *_NEEDED, *_CHILDREN, *_MORE}
}
"""Of each element that is looked at: the values of attributes, those it needs, children it needs, and what else."""
