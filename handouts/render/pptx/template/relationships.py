"""The relationships of a part from outside: their XML in, what each leads to out; and which kinds a deck takes over.

Ids, kinds and targets are written into decks again, so that none may hold what a package would read in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from handouts.render.pptx.template.content_types import ML
from handouts.render.pptx.template.package_file import SAVE_AS, RefusedError, shown
from handouts.render.pptx.template.parts import OFFICE, Rel, resolved

MAX_RELATIONSHIPS = 10_000
"""The most relationships of all parts that are read; each sample slide, layout and picture has one."""

LEADS_TO: dict[str, str | tuple[str, ...]] = {
    "slideMaster": f"{ML}.slideMaster+xml",
    "slideLayout": f"{ML}.slideLayout+xml",
    "notesMaster": f"{ML}.notesMaster+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "image": "image/",
    "hdphoto": "image/",
    "video": "video/",
    "audio": "audio/",
    "media": ("video/", "audio/"),
    "font": "application/x-font",
    "presProps": f"{ML}.presProps+xml",
    "tableStyles": f"{ML}.tableStyles+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "chartUserShapes": "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml",
    "chartStyle": "application/vnd.ms-office.chartstyle+xml",
    "chartColorStyle": "application/vnd.ms-office.chartcolorstyle+xml",
    "themeOverride": "application/vnd.openxmlformats-officedocument.themeOverride+xml",
    "diagramData": "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
    "diagramLayout": "application/vnd.openxmlformats-officedocument.drawingml.diagramLayout+xml",
    "diagramQuickStyle": "application/vnd.openxmlformats-officedocument.drawingml.diagramStyle+xml",
    "diagramColors": "application/vnd.openxmlformats-officedocument.drawingml.diagramColors+xml",
    "diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
}
"""Kinds of relationships that a deck takes over, and the content type of what each leads to, or how it begins."""
STRUCTURE = ("slideMaster", "slideLayout", "notesMaster", "theme")
"""Kinds without which a master or layout is none."""
REFUSED = {
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control",
    "vbaProject": "a macro",
    "attachedTemplate": "a link to another template",
}
LINK = "hyperlink"
LINKS = ("https://", "http://", "mailto:")
"""How the addresses begin that may be there though nothing is seen that follows them."""

_MICROSOFT = re.compile("http://schemas[.]microsoft[.]com/office/[0-9]{4}(/[0-9]{2})?/relationships")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = re.compile(r"[^\W\d][\w.-]{0,254}")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/._~#%?@:-]{1,250}", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\")
_LOST = "null"
"""The target that PowerPoint writes for a picture that it no longer has."""


def kind_of(rel: Rel) -> str:
    """The kind of a relationship: the last word of its type where Office defines that, else the whole type."""
    where, _, kind = rel.type.rpartition("/")
    return kind if where == OFFICE or kind in REFUSED or _MICROSOFT.fullmatch(where) else rel.type


def read_relationships(source: str, root: Any) -> Iterator[Rel]:
    """The relationships of a part, with the names of parts as they are written. Raises RefusedError.

    One whose target was lost leads nowhere: its target is empty.
    """
    seen: set[str] = set()
    for node in root.iter(_RELATIONSHIP):
        ident, kind, target = (node.get(name, "") for name in ("Id", "Type", "Target"))
        mode = node.get("TargetMode", "Internal")
        where = f"part {shown(source) or '_rels/.rels'}, relationship '{ident[:40]}'"
        if not _ID.fullmatch(ident) or not _KIND.fullmatch(kind):
            raise RefusedError(f"{where}: its id or type is not one", SAVE_AS)
        if ident in seen:
            raise RefusedError(f"{where} is there twice", SAVE_AS)
        seen.add(ident)
        if mode not in ("Internal", "External"):
            raise RefusedError(f"{where}: its TargetMode '{mode[:40]}' is neither Internal nor External", SAVE_AS)
        yield Rel(ident, kind, _leads_to(where, source, target, mode), mode == "External")


def _leads_to(where: str, source: str, target: str, mode: str) -> str:
    if target.rpartition("/")[2].casefold() == _LOST:
        return ""
    if mode == "External":
        return target
    name = target.partition("#")[0]
    decoded = unquote(name)
    leads_out = resolved(source, decoded).startswith("..")
    if _SCHEME.match(decoded) or "\\" in decoded or leads_out or not decoded.isprintable():
        raise RefusedError(f"{where} leads out of the file, to '{target[:80]}'", "embed it, or remove it")
    return resolved(source, name) if name else ""


def leads_right(rel: Rel, content_type: str) -> bool:
    """Whether what a relationship leads to is of its kind."""
    kind = kind_of(rel)
    wanted = LEADS_TO[kind]
    return content_type == wanted if is_xml(kind) else content_type.startswith(wanted)


def is_xml(kind: str) -> bool:
    """Whether what relationships of a kind lead to is read as XML."""
    return str(LEADS_TO[kind]).endswith("+xml")
