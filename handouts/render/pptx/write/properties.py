"""What a presentation says of itself: core and application properties, its sections; nothing of the machine."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from handouts.plan.documents import Meta
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.parts import PACKAGE, XML, Part, Rel, office
from handouts.render.pptx.write.package import CORE

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, _P14 + "#sectionLst")
_EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_MOST = 255
"""The most characters that PowerPoint takes for a property."""


def properties(meta: Meta, slides: int) -> tuple[tuple[Part, ...], tuple[Rel, ...]]:
    """The parts that hold title, subject, author, language and date, and the package's relationships to them.

    Raises ValueError for a date that is not ISO 8601.
    """
    parts = (core_properties(meta), Part("docProps/app.xml", _EXTENDED, _application(slides)))
    return parts, (Rel("rId2", CORE, parts[0].name), Rel("rId3", office("extended-properties"), parts[1].name))


def core_properties(meta: Meta) -> Part:
    """The part that holds title, subject, author, language and date. Raises ValueError for a date not in ISO 8601."""
    day = datetime.fromisoformat(meta.date).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {
        "dc:title": meta.title,
        "dc:subject": meta.subject,
        "dc:creator": meta.author,
        "cp:lastModifiedBy": meta.author,
        "cp:revision": "1",
        "dc:language": meta.language,
    }
    words = "".join(f"<{name}>{oxml.escape(text[:_MOST])}</{name}>" for name, text in said.items())
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified")
    )
    data = (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{words}{dates}</cp:coreProperties>'
    )
    return Part("docProps/core.xml", _CORE_TYPE, data.encode())


def _application(slides: int) -> bytes:
    return (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Microsoft Office PowerPoint</Application><Slides>{slides}</Slides><Notes>{slides}</Notes>"
        "<AppVersion>16.0000</AppVersion></Properties>"
    ).encode()


def section_list(names: Sequence[str], ids: Sequence[int], default: str) -> str:
    """`p:extLst` that groups the slides into PowerPoint sections; "" without names.

    `names` has one entry a slide, `ids` the slides' ids. A slide without a name belongs to the section before it;
    `default` names a first section that has none.
    """
    if not any(names):
        return ""
    sections: list[tuple[str, list[int]]] = []
    for name, key in zip(names, ids, strict=True):
        if not sections or (name and oxml.legal(name) != sections[-1][0]):
            sections.append((oxml.legal(name or default), []))
        sections[-1][1].append(key)
    body = "".join(
        f'<p14:section name="{oxml.escape(name)}" id="{_guid(number, name)}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{key}"/>' for key in keys)
        + "</p14:sldIdLst></p14:section>"
        for number, (name, keys) in enumerate(sections)
    )
    listed = f'<p14:sectionLst xmlns:p14="{_P14}">{body}</p14:sectionLst>'
    return f'<p:extLst><p:ext uri="{SECTIONS}">{listed}</p:ext></p:extLst>'


def _guid(number: int, name: str) -> str:
    return "{" + str(uuid.uuid5(_NAMESPACE, f"{number} {name}")).upper() + "}"
