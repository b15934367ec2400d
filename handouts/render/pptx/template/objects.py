"""The XML of a master, layout or chart from outside → the same without the objects that other programs keep in it.

think-cell, Mekko Graphics and others put one into every master, hidden, to know their own files again; what is shown of
one is a picture beside it, which stays. None of them is opened, and what they lead to is not read.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct
from msgspec.structs import replace

from handouts.render.pptx.template.oxml import P, R, tag
from handouts.render.pptx.template.package_file import SAVE_AS, RefusedError

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_ALTERNATIVES, _CHOICE, _FALLBACK = (f"{{{_MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_OBJECT, _CONTROL, _CONTROLS = (tag(f"p:{name}") for name in ("oleObj", "control", "controls"))
_FRAME, _PICTURE, _TREE = (tag(f"p:{name}") for name in ("graphicFrame", "pic", "spTree"))
_WORKBOOK = f"{{{_CHART}}}externalData"
_REFERENCES = etree.XPath("descendant-or-self::*/@r:*", namespaces={"r": R})
_TARGETS = etree.XPath("//p:timing//@spid", namespaces={"p": P})
_SEEN = 12_700
"""The least width and height, in EMU, of what is seen: 1 pt. think-cell's object is 1 or 1,588 EMU wide."""
_PROGRAMS = (
    ("tclayout", "think-cell"), ("think-cell", "think-cell"), ("mekko", "Mekko Graphics"), ("empower", "empower"),
    ("excel", "Excel"), ("word", "Word"), ("powerpoint", "PowerPoint"), ("msgraph", "Microsoft Graph"),
    ("visio", "Visio"), ("acroexch", "Acrobat"), ("equation", "Equation Editor"), ("package", "a packed file"),
    ("shockwaveflash", "Flash"), ("forms.", "ActiveX control"), ("paint", "Paint"),
)  # fmt: skip
"""What a program is called, by how its objects' `progId` or name begins."""


class Embedded(Struct, frozen=True):
    """An object that was left out: its program, whether the picture of it stays, and the name of the layout that it was
    on, or nothing for a master.
    """

    program: str
    shown: bool
    layout: str = ""


def without_objects(root: Any) -> tuple[Embedded, ...]:
    """Takes embedded and linked objects, controls and workbooks of charts out of a part, and says what they were.

    Raises RefusedError where one stands where none can be.
    """
    layout = root.find(tag("p:cSld")) if root.tag == tag("p:sldLayout") else None
    where = "" if layout is None else layout.get("name", "")
    _drop_linked_copies(root)
    return tuple(replace(one, layout=where) for one in (*_objects(root), *_controls(root), *_workbooks(root)))


def fall_back(root: Any, ids: Collection[str]) -> None:
    """Shows the fallback of what is drawn with one of these relationships, and takes out extensions that have one.

    Both are written for programs that do not know what is drawn: 3-D models, ink, maps, add-ins.
    """
    for node in [*root.iter(_CHOICE), *root.iter("{*}ext")]:
        if ids and not set(map(str, _REFERENCES(node))).isdisjoint(ids):
            alternatives = node.getparent()
            if alternatives is None:
                continue
            if node.tag == _CHOICE:
                fallback = alternatives.find(_FALLBACK)
                _replace(alternatives, () if fallback is None else tuple(fallback))
            else:
                alternatives.remove(node)
                if not len(alternatives):
                    _replace(alternatives, ())


def _objects(root: Any) -> Iterator[Embedded]:
    while (node := next(root.iter(_OBJECT), None)) is not None:
        frame = next(node.iterancestors(_FRAME), node)
        parent = frame.getparent()
        holder = parent.getparent() if parent is not None and parent.tag in (_CHOICE, _FALLBACK) else frame
        if holder is None or holder.getparent() is None:
            raise RefusedError("holds an embedded object in place of a part", SAVE_AS)
        shape = frame.find(f"*/{tag('p:cNvPr')}")
        place = frame.find(tag("p:xfrm"))
        picture = next((one for one in holder.iter(_PICTURE) if _embedded(one)), None)
        seen = picture is not None and _is_seen(shape, place)
        program = _program(node, shape)
        ident = None if shape is None else shape.get("id")
        _replace(holder, (_in_place(picture, shape, place),) if seen else ())
        if not seen:
            _forget(root, ident)
        yield Embedded(program, seen)


def _controls(root: Any) -> Iterator[Embedded]:
    for controls in list(root.iter(_CONTROLS)):
        tree = root.find(f"*/{_TREE}")
        # Each stands there twice, for programs that know VML and for others.
        every = {node.get(tag("r:id")): node for node in controls.iter(_CONTROL)}
        for node in every.values():
            picture = next((one for one in node.iter(_PICTURE) if _embedded(one)), None)
            shape = None if picture is None else picture.find(f"*/{tag('p:cNvPr')}")
            seen = picture is not None and _is_seen(shape, picture.find(f"*/{tag('a:xfrm')}"))
            if tree is not None and seen:
                last = tree[-1]
                (last.addprevious if last.tag == tag("p:extLst") else last.addnext)(copy.deepcopy(picture))
            yield Embedded(_program(node, None, "ActiveX control"), seen)
        holder = controls.getparent()
        _replace(controls, ())
        if holder.tag in (_CHOICE, _FALLBACK):
            _replace(holder.getparent(), ())


def _workbooks(root: Any) -> Iterator[Embedded]:
    for node in list(root.iter(_WORKBOOK)):
        _replace(node, ())
        yield Embedded("the workbook of a chart", True)


def _drop_linked_copies(root: Any) -> None:
    """Pictures that are in the file and linked too are shown from the file."""
    for blip in root.iter(tag("a:blip")):
        if blip.get(tag("r:embed")) and tag("r:link") in blip.attrib:
            del blip.attrib[tag("r:link")]


def _embedded(picture: Any) -> bool:
    blip = picture.find(f"*/{tag('a:blip')}")
    return blip is not None and bool(blip.get(tag("r:embed")))


def _is_seen(shape: Any, place: Any) -> bool:
    if shape is not None and shape.get("hidden") in ("1", "true"):
        return False
    size = None if place is None else place.find(tag("a:ext"))
    sides = [] if size is None else [str(size.get(side, "")) for side in ("cx", "cy")]
    return len(sides) == 2 and all(side.isdecimal() and int(side[:20]) >= _SEEN for side in sides)


def _in_place(picture: Any, shape: Any, place: Any) -> Any:
    """The picture of an object under the object's name and number, where the object was."""
    made = copy.deepcopy(picture)
    named = made.find(f"*/{tag('p:cNvPr')}")
    if named is not None and shape is not None:
        for key in ("id", "name", "descr", "title"):
            if shape.get(key) is not None:
                named.set(key, shape.get(key))
    looks = made.find(tag("p:spPr"))
    if looks is not None and looks.find(tag("a:xfrm")) is None:
        own = etree.Element(tag("a:xfrm"), dict(place.attrib))
        own.extend(copy.deepcopy(child) for child in place)
        looks.insert(0, own)
    return made


def _program(node: Any, shape: Any, otherwise: str = "") -> str:
    """Who made an object, by its `progId`, else by its name."""
    said = [node.get("progId", ""), node.get("name", ""), "" if shape is None else shape.get("name", "")]
    for one in said:
        for begins, program in _PROGRAMS:
            if one.casefold().startswith(begins):
                return program
    return otherwise or said[0].partition(".")[0][:40] or "of no known program"


def _forget(root: Any, ident: str | None) -> None:
    """Takes out the animations of a part that move what is no longer there."""
    if ident is not None and ident in map(str, _TARGETS(root)):
        for timing in list(root.iter(tag("p:timing"))):
            _replace(timing, ())


def _replace(node: Any, others: Collection[Any]) -> None:
    """Puts elements in the place of another, and takes that out."""
    parent = node.getparent()
    if parent is None:
        return
    at = parent.index(node)
    parent.remove(node)
    for offset, other in enumerate(others):
        parent.insert(at + offset, other)
