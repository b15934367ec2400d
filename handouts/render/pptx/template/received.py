"""A template from outside → its parts, without its sample slides, or a plain message why it is refused.

The file is a stranger's: nothing in it is run, fetched or trusted in size. What no layout needs is left behind.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.template.holders import parsed, serialised
from handouts.render.pptx.template.oxml import P, R, tag
from handouts.render.pptx.template.parts import OFFICE, Part, Rel, reachable, rels_name, resolved
from handouts.theme.template_file import MAX_BYTES

MAX_UNPACKED = 400_000_000
MAX_RATIO = 300
MAX_MEMBERS = 5000
SMALLEST_SIDE, LARGEST_SIDE = 288.0, 4032.0
"""Sides of a slide in points: PowerPoint's own limit is 56 in, and below 4 in no deck of 18 pt can stand."""

_SAVE_AS = "open it in PowerPoint and save it as an ordinary presentation (.pptx)"
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_OTHER_KINDS = {
    "template.main+xml": "is a PowerPoint template file (.potx)",
    "slideshow.main+xml": "is a slide show (.ppsx)",
}
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT = ("slideMaster", "notesMaster", "theme", "presProps", "tableStyles", "font")
"""What a presentation itself refers to that a deck needs; slides, comments, tags and view settings stay behind."""
_REFUSED = {
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control",
    "vbaProject": "a macro",
    "attachedTemplate": "a link to another template",
}
_LINKS = ("https://", "http://", "mailto:")
_LEFT_BEHIND = ("slide", "customXml", "tags", "comments", "printerSettings")


@dataclass(frozen=True, slots=True)
class Received:
    """A template's parts by name, the name of its presentation part, and how many sample slides stayed behind."""

    parts: dict[str, Part]
    presentation: str
    sample_slides: int


def received(data: bytes, file: str) -> Received:
    """The parts of a template. Raises ProblemsError for a file that is no presentation, or holds what it must not."""
    reader = _Reader(data, file)
    try:
        return reader.read()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError,
            RuntimeError, ValueError, LookupError, AttributeError, etree.XMLSyntaxError) as bad:  # fmt: skip
        reader.refuse(f"is damaged: {str(bad)[:120] or type(bad).__name__}", _SAVE_AS)


class _Reader:
    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file

    def refuse(self, message: str, instead: str) -> NoReturn:
        raise ProblemsError([error(Origin(self.file), "DECK10", message, instead)])

    def read(self) -> Received:
        if len(self.data) > MAX_BYTES:
            self.refuse(
                f"has {len(self.data) / 1e6:.0f} MB, more than {MAX_BYTES // 1_000_000}", "make its pictures smaller"
            )
        if self.data.startswith(_OLD_OR_LOCKED):
            self.refuse("is an old .ppt file, or has a password", f"take the password off, then {_SAVE_AS}")
        if not zipfile.is_zipfile(io.BytesIO(self.data)):
            self.refuse("is not a PowerPoint file", _SAVE_AS)
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            self._check_members(package)
            parts = self._parts(package)
        presentation = self._presentation(parts)
        root = parsed(parts[presentation])
        self._check_size(root)
        slides = len(root.findall(f"{tag('p:sldIdLst')}/{tag('p:sldId')}"))
        parts[presentation] = replace(parts[presentation], rels=tuple(self._kept_rels(parts[presentation])))
        kept = {part.name: part for part in reachable(parts, [Rel("", "", presentation)])}
        for part in list(kept.values()):
            kept[part.name] = self._harmless(part)
        return Received(kept, presentation, slides)

    def _check_members(self, package: zipfile.ZipFile) -> None:
        members = package.infolist()
        if len(members) > MAX_MEMBERS:
            self.refuse(f"has {len(members)} parts, more than {MAX_MEMBERS}", _SAVE_AS)
        unpacked = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        if unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked / packed > MAX_RATIO):
            self.refuse(f"unpacks to {unpacked / 1e6:.0f} MB, far more than a template needs", _SAVE_AS)
        names = [member.filename for member in members]
        if len(set(names)) != len(names) or any(".." in n.split("/") or n.startswith("/") for n in names):
            self.refuse("has parts whose names are doubled or lead out of the file", _SAVE_AS)
        if any(member.flag_bits & 1 for member in members):
            self.refuse("has a password", "take the password off")

    def _parts(self, package: zipfile.ZipFile) -> dict[str, Part]:
        content = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        if _CONTENT_TYPES not in content:
            self.refuse("is a zip file, but not a PowerPoint file", _SAVE_AS)
        types = parsed(Part(_CONTENT_TYPES, "", content[_CONTENT_TYPES]))
        by_name = {n.get("PartName", "").lstrip("/"): n.get("ContentType", "") for n in types.iter(f"{_TYPES}Override")}
        by_end = {n.get("Extension", "").casefold(): n.get("ContentType", "") for n in types.iter(f"{_TYPES}Default")}
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in (*by_name.values(), *by_end.values())):
            self.refuse("holds macros (.pptm)", f"{_SAVE_AS}, without macros")
        parts: dict[str, Part] = {}
        for name, data in content.items():
            if name == _CONTENT_TYPES or name.endswith(".rels"):
                continue
            kind = by_name.get(name) or by_end.get(name.rpartition(".")[2].casefold(), "application/octet-stream")
            parts[name] = Part(name, kind, data, tuple(self._rels(name, content.get(rels_name(name), b""))))
        self.root = tuple(self._rels("", content.get("_rels/.rels", b"")))
        return parts

    def _rels(self, source: str, data: bytes) -> Iterator[Rel]:
        if not data:
            return
        for node in parsed(Part("", "", data)).iter(_RELS):
            external = node.get("TargetMode") == "External"
            target = node.get("Target", "")
            name = target if external else resolved(source, target.partition("#")[0])
            yield Rel(node.get("Id", ""), node.get("Type", ""), name, external)

    def _presentation(self, parts: dict[str, Part]) -> str:
        found = [rel.target for rel in self.root if rel.type.endswith("/officeDocument") and rel.target in parts]
        if not found:
            self.refuse("holds no presentation", _SAVE_AS)
        part = parts[found[0]]
        for ending, what in _OTHER_KINDS.items():
            if part.type.endswith(ending):
                self.refuse(what, _SAVE_AS)
        if part.type != _MAIN:
            self.refuse("is not a PowerPoint presentation", _SAVE_AS)
        self._check_markup(part)
        if parsed(part).tag != f"{{{P}}}presentation":
            self.refuse("is saved as Strict Open XML", f"{_SAVE_AS}, not 'Strict Open XML'")
        return part.name

    def _check_size(self, root: Any) -> None:
        node = root.find(tag("p:sldSz"))
        sides = [float(node.get(side)) / 12700 for side in ("cx", "cy")] if node is not None else [0.0]
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
            shown = " × ".join(f"{side / 72:.1f}" for side in sides)
            self.refuse(f"has slides of {shown} in", "give it slides between 4 and 56 in wide and high")

    def _kept_rels(self, part: Part) -> Iterator[Rel]:
        for rel in part.rels:
            kind = rel.type.rpartition("/")[2]
            if kind in _REFUSED:
                self.refuse(f"holds {_REFUSED[kind]}", "remove it")
            if kind in _KEPT and rel.type.startswith(OFFICE) and not rel.external:
                yield rel

    def _harmless(self, part: Part) -> Part:
        """The part without what leads to slides and comments. Refuses what would be run or fetched."""
        if part.type.endswith("xml"):
            self._check_markup(part)
        rels: list[Rel] = []
        dropped: set[str] = set()
        for rel in part.rels:
            kind = rel.type.rpartition("/")[2]
            if rel.external and not (kind == "hyperlink" and rel.target.casefold().startswith(_LINKS)):
                self.refuse(f"part {part.name} loads '{rel.target[:80]}' from outside", "embed it, or remove it")
            if kind in _REFUSED:
                self.refuse(f"part {part.name} holds {_REFUSED[kind]}", "remove it from the master and its layouts")
            if kind in _LEFT_BEHIND:
                dropped.add(rel.id)
            else:
                rels.append(rel)
        if not dropped:
            return part
        return replace(part, data=_without(part, dropped), rels=tuple(rels))

    def _check_markup(self, part: Part) -> None:
        text = part.data
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = text.decode("utf-16", "replace").encode()
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            self.refuse(f"part {part.name} declares entities, which no presentation may", _SAVE_AS)
        parsed(part)


def _without(part: Part, ids: set[str]) -> bytes:
    """The part's XML without the elements that name one of these relationships."""
    root = parsed(part)
    for node in list(root.iter()):
        named = {node.get(f"{{{R}}}{name}") for name in ("id", "embed", "link", "pict")}
        if named & ids and node.getparent() is not None:
            node.getparent().remove(node)
    for empty in list(root.iter(tag("p:custDataLst"))):
        if not len(empty):
            empty.getparent().remove(empty)
    return serialised(root)
