"""The notes master of a presentation: its own, or ours where it has none."""

from __future__ import annotations

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec.structs import replace

from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.directions import Aligned, aligned
from handouts.render.pptx.template.holders import shape_kind
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import tag
from handouts.render.pptx.template.parts import XML, PackagePart, Rel, office
from handouts.render.pptx.template.xml_parts import masters_of, parsed, serialised, target_of

NOTES_MASTER_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml"
_NAME = "ppt/notesMasters/notesMaster1.xml"
_THEME = "ppt/theme/themeNotes.xml"
_IMAGE, _BODY = Area(72, 60, 396, 223), Area(60, 310, 420, 350)
_NUMBER = Area(306, 674, 200, 30)
_SIZE = 12


def add_notes_master(parts: dict[str, PackagePart], presentation: str) -> None:
    """Adds our notes master to the parts of a presentation that has none with room for words."""
    name = target_of(parts[presentation], "notesMaster")
    if name in parts and any(shape_kind(shape) == "body" for shape in parsed(parts[name]).iter(tag("p:sp"))):
        return
    theme = target_of(parts[masters_of(parts, parts[presentation])[0]], "theme")
    parts[_THEME] = replace(parts[theme], name=_THEME)
    parts[_NAME] = PackagePart(_NAME, NOTES_MASTER_TYPE, _master(), (Rel("rId1", office("theme"), _THEME),))
    _refer(parts, presentation)


def notes_styles(parts: dict[str, PackagePart], presentation: str) -> dict[str, Aligned]:
    """How the notes master aligns the first level of its placeholders' text, by their type."""
    root = parsed(parts[target_of(parts[presentation], "notesMaster")])
    base = root.find(f"{tag('p:notesStyle')}/{tag('a:lvl1pPr')}")
    found: dict[str, Aligned] = {}
    for shape in root.iter(tag("p:sp")):
        own = shape.find(f"{tag('p:txBody')}/{tag('a:lstStyle')}/{tag('a:lvl1pPr')}")
        found.setdefault(shape_kind(shape), aligned([level for level in (own, base) if level is not None]))
    return found


def _refer(parts: dict[str, PackagePart], presentation: str) -> None:
    part = parts[presentation]
    rels = [rel for rel in part.rels if rel.type != office("notesMaster")]
    keys = {rel.id for rel in rels}
    key = next(f"rId{n}" for n in range(1, len(keys) + 2) if f"rId{n}" not in keys)
    root = parsed(part)
    for old in root.findall(tag("p:notesMasterIdLst")):
        root.remove(old)
    listed = etree.Element(tag("p:notesMasterIdLst"))
    etree.SubElement(listed, tag("p:notesMasterId")).set(tag("r:id"), key)
    root.insert(root.index(root.find(tag("p:sldMasterIdLst"))) + 1, listed)
    parts[presentation] = replace(part, data=serialised(root), rels=(*rels, Rel(key, office("notesMaster"), _NAME)))


def _master() -> bytes:
    image = (
        f'<p:sp><p:nvSpPr>{oxml.named(2, "Slide Image")}<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        f'</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>{oxml.xfrm(_IMAGE)}'
        f'{oxml.RECTANGLE}<a:noFill/><a:ln w="12700"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln>'
        "</p:spPr></p:sp>"
    )
    field = f'<a:fld id="{oxml.NUMBER_FIELD}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
    words = '<a:r><a:rPr lang="en-US"/><a:t>Notes</a:t></a:r>'
    body = _text(3, "Notes", 'type="body" sz="quarter" idx="3"', _BODY, words)
    number = _text(4, "Slide Number", 'type="sldNum" sz="quarter" idx="5"', _NUMBER, field)
    style = f'<a:lvl1pPr algn="l"><a:defRPr sz="{_SIZE}00"><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    return (
        f'{XML}<p:notesMaster {oxml.NS}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"{oxml.shape_tree(image + body + number)}</p:cSld>{oxml.COLOUR_MAP}<p:notesStyle>{style}</p:notesStyle>"
        "</p:notesMaster>"
    ).encode()


def _text(number: int, name: str, reference: str, area: Area, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{oxml.named(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f"<p:ph {reference}/></p:nvPr></p:nvSpPr><p:spPr>{oxml.xfrm(area)}{oxml.RECTANGLE}</p:spPr>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody></p:sp>"
    )
