"""What slides have no room for: a deck in, the deck without it and what that is out.

A slide goes without the last of its optional paragraphs, as few as can be, where it would not fit on one slide with
them at any size of its text. One that does not fit without them either keeps them all, and is split or refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Deck, Slide
from handouts.plan.leaving_out import LeftOut, optional_in, place_of, without_paragraphs
from handouts.plan.number_phrases import held_slide
from handouts.plan.text import plain, quoted, squeezed
from handouts.problems import Origin, warning
from handouts.render.pptx.layout.covers import is_cramped
from handouts.render.pptx.layout.fit import sized_templates
from handouts.render.pptx.layout.paginate import paginated
from handouts.render.pptx.template.template import Template, template_of
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile


def fit_deck(deck: Deck, theme: Theme, file: TemplateFile) -> tuple[Deck, tuple[LeftOut, ...]]:
    """The deck as its slides have room for it, and what it goes without. Raises ProblemsError for a template that is
    refused.
    """
    if not any(optional_in(slide.blocks()) for slide in deck.slides):
        return deck, ()
    sizes = tuple(sized_templates(deck, template_of(file, theme)))
    found = [fit_slide(deck, slide, number, sizes) for number, slide in enumerate(deck.slides, start=1)]
    slides = tuple(slide for slide, _ in found)
    return replace(deck, slides=slides), tuple(one for _, left_out in found for one in left_out)


def fit_slide(deck: Deck, slide: Slide, number: int, sizes: Sequence[Template]) -> tuple[Slide, tuple[LeftOut, ...]]:
    """One slide of a deck without those of its optional paragraphs that it has no room for, and these.

    `sizes` are the template at each size of text that the deck may have.
    """
    optional = optional_in(slide.blocks(), deck.meta.always_said)
    ways = [optional[len(optional) - count :] for count in range(len(optional) + 1 if optional else 0)]
    for anyhow in (False, True):
        for less in ways:
            rest = _without(slide, less)
            if _fits(deck, rest, sizes, anyhow=anyhow):
                return rest, tuple(_left_out(one, slide, number) for one in less)
    return slide, ()


def _without(slide: Slide, paragraphs: tuple[Paragraph, ...]) -> Slide:
    if not paragraphs:
        return slide
    slots = {name: without_paragraphs(blocks, paragraphs) for name, blocks in slide.slots.items()}
    return replace(slide, slots={name: blocks for name, blocks in slots.items() if blocks})


def _fits(deck: Deck, slide: Slide, sizes: Iterable[Template], *, anyhow: bool) -> bool:
    """Whether a slide stays one at a size of text that the deck may have; a cramped cover does so `anyhow` alone."""
    only = replace(deck, slides=(held_slide(slide),))
    for sized in sizes:
        made = paginated(only, sized.layouts, sized.look)
        if not made.problems and len(made.pages) == 1:
            return anyhow or not is_cramped(made.pages[0].slide, made.pages[0].bound, sized.look.scale)
    return False


def _left_out(paragraph: Paragraph, slide: Slide, number: int) -> LeftOut:
    what = f"slide {number} has no room for {quoted(paragraph.runs)}, and goes without"
    advice = "to keep it, shorten it or other words there"
    place = place_of(paragraph, slide.blocks()) or Origin("deck")
    return LeftOut(squeezed(plain(paragraph.runs)), warning(place, "FIT03", what, advice))
