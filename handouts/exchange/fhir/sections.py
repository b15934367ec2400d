"""The plan of a handout → the text and the sections of a FHIR Composition.

No section is empty (invariant cmp-1), and no narrative without words (txt-2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from handouts.exchange.fhir.narrative import division, narrated, said
from handouts.exchange.fhir.outline import Part, outlined
from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Handout
from handouts.plan.text import Run

Json = dict[str, Any]


def told_of(handout: Handout) -> tuple[Json, list[Json]]:
    """What a Composition says of a handout: its text, which is all that stands before the first section, and then the
    running foot (the source, its date and the review state); and its sections.
    """
    document, language = outlined(handout.blocks), handout.meta.language
    draft = handout.meta.review_state != "approved"
    foot = Paragraph((Run(handout.footer.left, strong=draft),), "source")
    text = narrated((*document.blocks, foot), language) or narrated((Paragraph((Run(handout.meta.title),)),), language)
    return narrative(text, language, alone=True), list(_sections(document.parts, language))


def narrative(content: str, language: str, *, alone: bool) -> Json:
    """A narrative of XHTML. Where it stands `alone`, it says what no field beside it does: nobody may make it anew of
    those, as they may where it is `generated` (R4 and R5, NarrativeStatus).
    """
    return {"status": "additional" if alone else "generated", "div": division(content, language)}


def _sections(parts: Iterable[Part], language: str) -> Iterator[Json]:
    for part in parts:
        title, text = said(part.title), narrated(part.blocks, language)
        inner = list(_sections(part.parts, language))
        if part.heading and not text and not inner:
            # A heading with nothing below it is a text, since a title alone makes no section.
            title, text = "", narrated((part.heading,), language)
        section: Json = {}
        if title:
            section["title"] = title
        if text:
            section["text"] = narrative(text, language, alone=True)
        if inner:
            section["section"] = inner
        if section:
            yield section
