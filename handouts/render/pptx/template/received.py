"""A template from outside → its parts, without its sample slides, or a plain message why it is refused.

The file is a stranger's: nothing in it is run, fetched or trusted in size. What no layout needs is not even unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct

from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.template.content_types import MAIN, NAME, ContentTypes
from handouts.render.pptx.template.garbled import check_shapes, garbles
from handouts.render.pptx.template.judged_xml import XmlJudge, check_length
from handouts.render.pptx.template.left_out import AS_PICTURE, CLICKS, links_of, without_drawings, without_references
from handouts.render.pptx.template.objects import Embedded, fall_back, without_objects
from handouts.render.pptx.template.oxml import A, P, R, tag
from handouts.render.pptx.template.package_file import (
    SAVE_AS,
    Members,
    RefusedError,
    key_of,
    other_package,
    reason_of,
    shown,
)
from handouts.render.pptx.template.part_names import PRESENTATION, renamed
from handouts.render.pptx.template.parts import PackagePart, Rel, rels_name
from handouts.render.pptx.template.picture_kinds import check_no_markup, check_picture
from handouts.render.pptx.template.relationships import (
    LEADS_TO,
    LINK,
    LINKS,
    MAX_RELATIONSHIPS,
    REFUSED,
    STRUCTURE,
    is_xml,
    kind_of,
    leads_right,
    read_relationships,
)
from handouts.render.pptx.template.xml_parts import serialised

MAX_LAYOUTS = 300
"""The most layouts of all masters; large hospitals' templates have 60."""
MAX_MASTERS = 30
MAX_PLACEHOLDERS = 3000
"""The most placeholders of all masters and layouts."""
MAX_PROBLEMS = 20
SMALLEST_SIDE, LARGEST_SIDE = 288.0, 4032.0
"""Sides of a slide in points: PowerPoint's own limit is 56 in, and below 4 in no deck of 18 pt can stand."""

_REPAIR = "repair it in PowerPoint, and save it"
_FEWER = "remove those that nobody uses"
_KEPT = ("slideMaster", "notesMaster", "theme", "presProps", "tableStyles", "font")
"""What a presentation itself refers to that a deck needs; slides, comments, tags and view settings stay behind."""
_LEFT_BEHIND = ("slide", "customXml", "tags", "comments", "printerSettings")
_ROOTS = {"slideMaster": f"{{{P}}}sldMaster", "slideLayout": f"{{{P}}}sldLayout", "notesMaster": f"{{{P}}}notesMaster",
          "theme": f"{{{A}}}theme"}  # fmt: skip
_NEEDED = {"slideMaster": "theme", "notesMaster": "theme", "slideLayout": "slideMaster"}
"""Of which kind a part must have one relationship, neither more nor less."""
_SHOWN = {*LEADS_TO, *REFUSED, *_LEFT_BEHIND, LINK} - {"customXml"}
"""Kinds of relationships of which something is known; ink, which is custom XML, has a picture beside it."""
_RUNS = ("ppaction://macro", "ppaction://program", "ppaction://ole")
_REFERENCES = etree.XPath("//@r:*", namespaces={"r": R})


class Received(Struct, frozen=True):
    """A template's parts by name, the name of its presentation part, and how much of what stayed behind."""

    parts: dict[str, PackagePart]
    presentation: str
    sample_slides: int
    drawings: int
    links: int
    objects: tuple[Embedded, ...]
    strict: bool
    """Whether it is Strict Open XML; its parts are as ordinary files have them."""


def received(data: bytes, file: str) -> Received:
    """The parts of a template. Raises ProblemsError for a file that is no presentation, or holds what it must not."""
    reader = _PartReader()
    try:
        return reader.read(data)
    except RefusedError as refused:
        told = [error(Origin(file), "DECK10", message, refused.instead) for message in refused.messages]
        raise ProblemsError(told) from None
    except Exception as bad:
        # What a stranger's bytes make parsers and readers raise is open-ended; none of it is to end the program.
        where = f"part {shown(reader.at)} " if reader.at else ""
        message = f"{where}cannot be read: {reason_of(bad)}"
        raise ProblemsError([error(Origin(file), "DECK10", message, _REPAIR)]) from bad


class _PartReader:
    def __init__(self) -> None:
        self.at = ""
        """The part that is being read."""
        self._xml = XmlJudge()
        self._parts: dict[str, PackagePart] = {}
        """The parts that are kept, by their keys."""
        self._garbled: list[str] = []
        self._objects: list[Embedded] = []
        self._relationships = self._layouts = self._placeholders = self._drawings = self._links = 0

    def read(self, data: bytes) -> Received:
        self._members = Members(data)
        if NAME not in self._members:
            raise RefusedError(other_package(self._members) or "is a zip file, but not a PowerPoint file", SAVE_AS)
        self._types = ContentTypes(self._root(NAME))
        main = [rel.target for rel in self._rels("") if rel.type.endswith("/officeDocument") and not rel.external]
        name = self._types.presentation(one for one in main if one in self._members)
        root = self._root(name)
        if root.tag != f"{{{P}}}presentation":
            raise RefusedError(f"part {shown(name)} is no presentation", SAVE_AS)
        self._judge(name, root)
        rels = tuple(self._of_presentation(name))
        self._parts[key_of(name)] = PackagePart(name, MAIN, serialised(root), rels)
        self._check_masters(root, rels)
        self._follow(rels)
        self._check_structure()
        if self._garbled:
            raise RefusedError(self._garbled[0], _REPAIR, *self._garbled[1:])
        _check_size(root)
        slides = len(root.findall(f"{tag('p:sldIdLst')}/{tag('p:sldId')}"))
        left = (self._drawings, self._links, tuple(self._objects))
        return Received(renamed(self._parts), PRESENTATION, slides, *left, self._xml.strict)

    def _root(self, name: str) -> Any:
        """The root element of a part: what a deck keeps of it is written anew from this, never the bytes themselves.

        They might hold for another reader what was not judged. Raises RefusedError.
        """
        self.at = name
        self._xml.check_size(name, self._members.size(name))
        return self._xml.root(name, self._members.read(name))

    def _rels(self, name: str) -> Iterator[Rel]:
        source = rels_name(name) if name else "_rels/.rels"
        if source not in self._members:
            return
        for rel in read_relationships(name, self._root(source)):
            self._relationships += 1
            if self._relationships > MAX_RELATIONSHIPS:
                message = f"its parts have more than {MAX_RELATIONSHIPS:,} relationships"
                raise RefusedError(message, "remove slides, masters and layouts that nobody uses")
            yield rel

    def _of_presentation(self, name: str) -> Iterator[Rel]:
        for rel in self._rels(name):
            kind = kind_of(rel)
            if kind in REFUSED:
                raise RefusedError(f"holds {REFUSED[kind]}", "remove it")
            if kind in _KEPT and (kind == "slideMaster" or (not rel.external and rel.target in self._members)):
                yield rel

    def _check_masters(self, root: Any, rels: Iterable[Rel]) -> None:
        """Every master that is listed must be there, and none twice."""
        masters = {rel.id: rel.target for rel in rels if kind_of(rel) == "slideMaster" and not rel.external}
        listed = [str(node.get(tag("r:id"))) for node in root.iter(tag("p:sldMasterId"))]
        if not listed:
            raise RefusedError("has no slide master", SAVE_AS)
        if len(listed) > MAX_MASTERS:
            raise RefusedError(f"has {len(listed)} slide masters; the most is {MAX_MASTERS}", _FEWER)
        lost = [key for key in listed if key not in masters]
        if lost or len({key_of(masters[key]) for key in listed}) != len(listed):
            raise RefusedError(f"its slide master '{(lost or listed)[0][:40]}' is lost, or listed twice", _REPAIR)

    def _follow(self, start: Iterable[Rel]) -> None:
        """Keeps every part that these relationships lead to, and what those lead to in turn."""
        waiting = list(start)
        while waiting:
            rel = waiting.pop()
            if rel.external:
                raise RefusedError(f"loads '{rel.target[:80]}' from outside", "embed it, or remove it")
            name, kind = rel.target, self._types.of(rel.target)
            if name not in self._members:
                raise RefusedError(f"part {shown(name)}, a {kind_of(rel)}, is not in the file", _REPAIR)
            if not leads_right(rel, kind):
                message = f"part {shown(name)} is referred to as {kind_of(rel)}, but is {kind}"
                raise RefusedError(message, _REPAIR)
            if key_of(name) not in self._parts:
                part = self._parts[key_of(name)] = self._kept(rel, kind)
                waiting += part.rels

    def _kept(self, rel: Rel, content_type: str) -> PackagePart:
        """The part that a relationship leads to, without what leads to slides and comments. Raises RefusedError."""
        name, kind = rel.target, kind_of(rel)
        if not is_xml(kind):
            self.at = name
            data = self._members.read(name)
            check = check_picture if LEADS_TO[kind] == "image/" else check_no_markup
            check(name, content_type, data)
            return PackagePart(name, content_type, data)
        root = self._root(name)
        if _ROOTS.get(kind, root.tag) != root.tag:
            raise RefusedError(f"part {shown(name)} is no {kind}", _REPAIR)
        if next(root.iter("{*}svg"), None) is not None:
            raise RefusedError(f"part {shown(name)} holds a drawing (SVG)", AS_PICTURE)
        before = set(map(str, _REFERENCES(root)))
        self._drawings += without_drawings(name, root)
        self._objects += without_objects(root)
        rels = tuple(self._rels(name))
        fall_back(root, {rel.id for rel in rels if kind_of(rel) not in _SHOWN})
        self._judge(name, root)
        if kind == "slideLayout":
            self._layouts += 1
            if self._layouts > MAX_LAYOUTS:
                raise RefusedError(f"has more than {MAX_LAYOUTS} slide layouts", _FEWER)
        used = set(map(str, _REFERENCES(root))) - {""}
        # What nothing refers to any more was left out with what did.
        rels, dropped = self._harmless(name, root, used, [rel for rel in rels if rel.id not in before - used])
        if lost := used - dropped - {one.id for one in rels}:
            message = f"part {shown(name)} refers to '{min(lost)[:40]}', which is not in the file"
            raise RefusedError(message, "replace or remove the picture or link that is lost")
        if kind == "slideMaster":
            _check_layouts(name, root, rels)
        without_references(root, dropped & used)
        content = serialised(root)
        check_length(name, content)
        return PackagePart(name, content_type, content, rels)

    def _judge(self, name: str, root: Any) -> None:
        self._placeholders += check_shapes(name, root)
        self._garbled += islice(garbles(name, root), MAX_PROBLEMS - len(self._garbled))
        if self._placeholders > MAX_PLACEHOLDERS:
            message = f"its masters and layouts have more than {MAX_PLACEHOLDERS:,} placeholders"
            raise RefusedError(message, "remove layouts that nobody uses")
        for node in root.iter(*CLICKS):
            if node.get("action", "").strip().casefold().startswith(_RUNS):
                message = f"part {shown(name)}, line {node.sourceline}: a click runs a program or macro"
                raise RefusedError(message, "remove that action")

    def _harmless(self, name: str, root: Any, used: set[str], rels: Iterable[Rel]) -> tuple[tuple[Rel, ...], set[str]]:
        """The relationships of a part that are kept, and the ids of those that lead to what stays behind.

        Raises RefusedError for what would be run or fetched.
        """
        kept: list[Rel] = []
        dropped: set[str] = set()
        for rel in rels:
            kind = kind_of(rel)
            followed = kind == LINK and (links_of(root, rel.id) or rel.target.casefold().startswith(LINKS))
            if rel.external and rel.target and not followed:
                message = f"part {shown(name)} loads '{rel.target[:80]}' from outside"
                raise RefusedError(message, "embed it, or remove it")
            if kind in REFUSED:
                message = f"part {shown(name)} holds {REFUSED[kind]}"
                raise RefusedError(message, "remove it from the master and its layouts")
            if kind in (*_LEFT_BEHIND, LINK):
                dropped.add(rel.id)
                self._links += links_of(root, rel.id) if kind == LINK else 0
            elif (kind in _NEEDED.values() or rel.id in used) and rel.target:
                if kind not in LEADS_TO:
                    message = f"part {shown(name)} refers to something of an unknown kind, '{rel.type[:80]}'"
                    raise RefusedError(message, "remove it from the master and its layouts")
                # A picture that is lost leaves a reference behind, which is told.
                if kind in STRUCTURE or rel.target in self._members:
                    kept.append(rel)
        return tuple(kept), dropped

    def _check_structure(self) -> None:
        """Layouts must belong to the master that lists them, each once, and everything needs its theme."""
        kinds = {LEADS_TO[kind]: kind for kind in _NEEDED}
        for key, part in self._parts.items():
            wanted = _NEEDED.get(kinds.get(part.type, ""), "")
            found = [key_of(rel.target) for rel in part.rels if kind_of(rel) == wanted]
            if wanted and len(found) != 1:
                message = f"part {shown(part.name)} has {len(found)} relationships to a {wanted}, where it needs one"
                raise RefusedError(message, _REPAIR)
            layouts = [key_of(rel.target) for rel in part.rels if kind_of(rel) == "slideLayout"]
            for layout in layouts:
                masters = {key_of(rel.target) for rel in self._parts[layout].rels if kind_of(rel) == "slideMaster"}
                if masters != {key} or layouts.count(layout) > 1:
                    name = shown(self._parts[layout].name)
                    raise RefusedError(f"part {name} is a layout of another master too, or listed twice", _REPAIR)


def _check_layouts(name: str, master: Any, rels: Iterable[Rel]) -> None:
    """Every layout that a master lists must be one, and none twice."""
    layouts = {rel.id for rel in rels if kind_of(rel) == "slideLayout"}
    listed = [str(node.get(tag("r:id"))) for node in master.iter(tag("p:sldLayoutId"))]
    lost = [key for key in listed if key not in layouts]
    if lost or len(set(listed)) != len(listed):
        message = f"part {shown(name)}: its layout '{(lost or listed)[0][:40]}' is lost, or listed twice"
        raise RefusedError(message, _REPAIR)


def _check_size(presentation: Any) -> None:
    node = presentation.find(tag("p:sldSz"))
    sides = [int(node.get(side)) / 12700 for side in ("cx", "cy")]
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
        size = " × ".join(f"{side / 72:.1f}" for side in sides)
        raise RefusedError(f"has slides of {size} in", "give it slides between 4 and 56 in wide and high")
