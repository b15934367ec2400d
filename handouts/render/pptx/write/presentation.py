"""A deck whose pages are known → the bytes of its file: slides, sections, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.plan.documents import Meta
from handouts.render.pptx.layout.fit import Fitted
from handouts.render.pptx.layout.paginate import SlidePage
from handouts.render.pptx.write.accessibility import sections
from handouts.render.pptx.write.private import members_of_part, members_of_slide, slide_ids
from handouts.render.pptx.write.properties import describe
from handouts.render.pptx.write.saving import saved
from handouts.render.pptx.write.slides import SlideWriter


def written(meta: Meta, fit: Fitted) -> bytes:
    """The .pptx file of fitted pages. Raises ProblemsError for a template that python-pptx cannot read."""
    writer = SlideWriter(fit, meta.language)
    for number, page in enumerate(fit.pages, start=1):
        writer.write(page, number)
    presentation = writer.presentation
    describe(presentation.core_properties, meta)
    names = [page.slide.section for page in fit.pages]
    sections(presentation, names, slide_ids(presentation), meta.title)
    return saved(presentation)


def members_of(writer: SlideWriter, meta: Meta, pages: Iterable[tuple[SlidePage, int]]) -> dict[str, bytes]:
    """The members of a deck's file that hold some of its slides, each given with its number, and its properties.

    They are those that `written` puts into the whole file; the writer is left without slides.
    """
    members: dict[str, bytes] = {}
    try:
        for slide in [writer.write(page, number) for page, number in pages]:
            members.update(members_of_slide(slide))
        describe(writer.presentation.core_properties, meta)
        members.update(members_of_part(writer.presentation.core_properties))
    finally:
        writer.clear()
    return members
