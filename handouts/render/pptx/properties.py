"""What a presentation says of itself: core and application properties, the file's sections; nothing of the machine."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handouts.plan.documents import Meta
from handouts.render.pptx import oxml

_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, _P14 + "#sectionLst")
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office PowerPoint</Application><PresentationFormat>Widescreen</PresentationFormat>"
    "<Slides>{slides}</Slides><Notes>{slides}</Notes><AppVersion>16.0000</AppVersion></Properties>"
)


def date_of(meta: Meta) -> datetime:
    """The document's date at midnight. Raises ValueError for a date that is not ISO 8601."""
    return datetime.fromisoformat(meta.date).replace(tzinfo=None)


def set_properties(deck: Any, meta: Meta) -> None:
    """Writes title, subject, author, language and dates, and replaces what the base template says of its maker."""
    core = deck.core_properties
    core.title, core.subject = oxml.legal(meta.title)[:255], oxml.legal(meta.subject)[:255]
    core.author = core.last_modified_by = oxml.legal(meta.author)[:255]
    core.language = oxml.legal(meta.language)[:255]
    core.created = core.modified = date_of(meta)
    core.revision = 1
    core.keywords = core.comments = core.category = ""
    for part in deck.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _APPLICATION.format(slides=len(deck.slides)).encode()


def set_sections(deck: Any, names: Sequence[str], default: str) -> None:
    """Groups the slides into PowerPoint sections; a slide without a name belongs to the section before it.

    `names` has one entry a slide; `default` names a first section that has no name. Nothing is written without names.
    """
    if not any(names):
        return
    sections: list[tuple[str, list[str]]] = []
    for name, slide in zip(names, deck.part._element.sldIdLst, strict=True):
        if not sections or (name and oxml.legal(name) != sections[-1][0]):
            sections.append((oxml.legal(name or default), []))
        sections[-1][1].append(slide.get("id"))
    body = "".join(
        f'<p14:section name="{oxml.escape(name)}" id="{_guid(number, name)}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{key}"/>' for key in ids)
        + "</p14:sldIdLst></p14:section>"
        for number, (name, ids) in enumerate(sections)
    )
    ext = f'<p:ext uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{body}</p14:sectionLst></p:ext>'
    root = deck.part._element
    old = root.find(oxml.tag("p:extLst"))
    if old is not None:
        root.remove(old)
    root.append(oxml.xml(f"<p:extLst {oxml.NS}>{ext}</p:extLst>"))


def _guid(number: int, name: str) -> str:
    return "{" + str(uuid.uuid5(_NAMESPACE, f"{number} {name}")).upper() + "}"
