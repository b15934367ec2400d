"""The deck's renderer: a plan `Deck` and a `Theme` in, the bytes of a PowerPoint file out, the same on every run."""

from __future__ import annotations

from handouts.plan.documents import Deck
from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.layout.fit import Fitted, fitted
from handouts.render.pptx.template.parts import Part, Rel, office
from handouts.render.pptx.template.template import Template, hospital_template, own_template
from handouts.render.pptx.write.package import package
from handouts.render.pptx.write.properties import properties, section_list
from handouts.render.pptx.write.slides import SlideWriter, slide_name
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

FIRST_ID = 256
"""The least id that a slide may have."""


def render_deck(deck: Deck, theme: Theme, dressed: TemplateFile | None = None) -> bytes:
    """The .pptx file of a deck, on our own template or `dressed` in another.

    Raises ProblemsError with every problem found: a template that is refused, an unknown layout or slot, a title used
    twice, a link that a deck may not hold, and whatever does not fit its place, with the slide, the block and the
    excess in millimetres.
    """
    if not deck.slides:
        raise ProblemsError([error(Origin("deck"), "DECK09", "the deck has no slides", "add a slide")])
    template = template_for(theme, dressed)
    return package(*deck_parts(deck, template, fitted(deck, template)))


def template_for(theme: Theme, dressed: TemplateFile | None) -> Template:
    """Our own template in a theme, or `dressed` completed. Raises ProblemsError for one that is refused."""
    return hospital_template(dressed.data, dressed.name, theme) if dressed else own_template(theme)


def deck_parts(deck: Deck, template: Template, fit: Fitted) -> tuple[tuple[Part, ...], tuple[Rel, ...]]:
    """The parts of a deck whose pages are known, and the relationships of the package."""
    writer = SlideWriter(fit, deck.meta.language)
    slides = [part for number, page in enumerate(fit.pages, start=1) for part in writer.write(page, number)]
    documents, root = properties(deck.meta, len(fit.pages))
    return (
        (*_without_presentation(template), _presentation(deck, template, fit), *slides, *documents),
        (Rel("rId1", office("officeDocument"), template.presentation), *root),
    )


def _without_presentation(template: Template) -> list[Part]:
    return [part for name, part in template.parts.items() if name != template.presentation]


def _presentation(deck: Deck, template: Template, fit: Fitted) -> Part:
    part = template.parts[template.presentation]
    known = {rel.id for rel in part.rels}
    count = len(fit.pages)
    keys = [f"rIdSlide{n}" for n in range(1, count + 1)]
    assert not known & set(keys)
    ids = [FIRST_ID + n for n in range(count)]
    slides = "".join(f'<p:sldId id="{id}" r:id="{key}"/>' for id, key in zip(ids, keys, strict=True))
    sections = section_list([page.slide.section for page in fit.pages], ids, deck.meta.title)
    head, middle, tail = template.frame
    data = f"{head}<p:sldIdLst>{slides}</p:sldIdLst>{middle}{sections}{tail}"
    rels = [Rel(key, office("slide"), slide_name(n)) for n, key in enumerate(keys, start=1)]
    return Part(part.name, part.type, data.encode(), (*part.rels, *rels))
