"""Every name of python-pptx that its manual does not document: what each is needed for, behind a function of ours.

python-pptx is pinned to 1.0.x; tests/render/pptx/write/test_private.py notices when one of these changes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesSlidePart, SlidePart
from pptx.shapes.placeholder import ChartPlaceholder, PicturePlaceholder, SlidePlaceholder, TablePlaceholder

_NAME = re.compile(r"<[\w:]+")


def bare_workbook(file: io.BytesIO) -> Any:
    """The package of a workbook without the theme and properties that XlsxWriter gives each: half of a small one.

    The numbers of a chart need no theme, and nobody is to read there when they were written.
    """
    package: Any = OpcPackage.open(file)
    unread = {RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.THEME}
    for relationships in (package._rels, package.main_document_part.rels):
        for key in [key for key, relationship in relationships.items() if relationship.reltype in unread]:
            relationships.pop(key)
    return package


def add_copy(presentation: Any, layout: Any, number: int, slide: bytes, notes: bytes) -> Any:
    """Adds a slide that is a copy of another's XML, with notes that are a copy too; returns it.

    python-pptx can add a new slide, not a copy; copying is three times as fast as having each placeholder made again.
    """
    package = presentation.part.package
    part = SlidePart.load(PackURI(f"/ppt/slides/slide{number}.xml"), CONTENT_TYPE.PML_SLIDE, package, slide)
    part.relate_to(layout.part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
    key = presentation.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
    presentation.element.get_or_add_sldIdLst().add_sldId(key)
    name = PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
    page = NotesSlidePart.load(name, CONTENT_TYPE.PML_NOTES_SLIDE, package, notes)
    page.relate_to(presentation.part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    page.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
    part.relate_to(page, RELATIONSHIP_TYPE.NOTES_SLIDE)
    return part.slide


def drop_slides(presentation: Any) -> None:
    """Takes all slides out of a presentation, with what they alone lead to. python-pptx can only add."""
    listed = presentation.element.get_or_add_sldIdLst()
    for one in list(listed):
        presentation.part.rels.pop(one.rId)
        listed.remove(one)


def slide_ids(presentation: Any) -> list[int]:
    """The ids of the slides in their order, which sections list. `Slides` would rename the slides' parts."""
    return [one.id for one in presentation.element.get_or_add_sldIdLst()]


# The manual knows whole files alone; a batch takes out of one what its recipients' own slides are.
def members_of_slide(slide: Any) -> Iterator[tuple[str, bytes]]:
    """The members of the file that hold a slide, its notes and its pictures, by name."""
    yield from members_of_part(slide.part)
    yield from members_of_part(slide.notes_slide.part)
    for rel in slide.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.IMAGE:
            yield from members_of_part(rel.target_part)


def members_of_part(part: Any) -> Iterator[tuple[str, bytes]]:
    """The members that hold a part and, where it has any, its relationships."""
    yield part.partname.membername, part.blob
    if part.rels:
        yield part.partname.rels_uri.membername, part.rels.xml


def placeholders(slide: Any) -> list[SlidePlaceholder]:
    """The placeholders of a slide that holds nothing else, in their order. `slide.placeholders` sorts them by idx."""
    return [SlidePlaceholder(element, slide.shapes) for element in slide.shapes.element.iterchildren("{*}sp")]


# Which of these a placeholder is depends on its type; those for any content have none of their calls.
def for_chart(placeholder: Any) -> ChartPlaceholder:
    """A placeholder as one that takes a chart."""
    return ChartPlaceholder(placeholder.element, placeholder._parent)


def for_table(placeholder: Any) -> TablePlaceholder:
    """A placeholder as one that takes a table."""
    return TablePlaceholder(placeholder.element, placeholder._parent)


def for_picture(placeholder: Any) -> PicturePlaceholder:
    """A placeholder as one that takes a picture."""
    return PicturePlaceholder(placeholder.element, placeholder._parent)


def xml(fragment: str, namespaces: str) -> Any:
    """The element of a fragment, in python-pptx's own classes; `namespaces` are the declarations of its prefixes."""
    name = _NAME.match(fragment)
    assert name is not None
    return parse_xml(f"{name[0]} {namespaces}{fragment[name.end() :]}")


# Shapes, slides and charts have `element`; what stands within text and tables keeps its own behind a private name.
def run_xml(run: Any) -> Any:
    """`a:r` of a run."""
    return run._r


def paragraph_xml(paragraph: Any) -> Any:
    """`a:p` of a paragraph."""
    return paragraph._p


def cell_xml(cell: Any) -> Any:
    """`a:tc` of a cell."""
    return cell._tc


def table_xml(table: Any) -> Any:
    """`a:tbl` of a table."""
    return table._tbl


def label_xml(label: Any) -> Any:
    """`c:dLbl` of the label of a chart's point, once it has a text or a place."""
    return label._dLbl


def axis_xml(axis: Any) -> Any:
    """`c:catAx` or `c:valAx` of an axis."""
    return axis._element


def series_xml(series: Any) -> Any:
    """`c:ser` of a series of a chart."""
    return series._element
