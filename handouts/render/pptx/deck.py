"""The deck's renderer: a plan `Deck` and a `Theme` in, the bytes of a PowerPoint file out, the same on every run."""

from __future__ import annotations

from msgspec.structs import replace

from handouts.plan.documents import Deck
from handouts.plan.number_phrases import held_slide
from handouts.problems import Origin, Problem, ProblemsError, error
from handouts.render.pptx.layout.broken import broken_words
from handouts.render.pptx.layout.fit import Fitted, fitted
from handouts.render.pptx.template.template import template_of
from handouts.render.pptx.write.presentation import written
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile


def render_deck(deck: Deck, theme: Theme, file: TemplateFile, told: list[Problem] | None = None) -> bytes:
    """The .pptx file of a deck that wears a template, our own or another. What is shown and yet to be told, such as a
    broken word, is added to `told`.

    Raises ProblemsError with every problem found: a template that is refused, an unknown layout or slot, a title used
    twice, a link that a deck may not hold, and whatever does not fit its place, with the slide, the block and the
    excess in millimetres.
    """
    return written(deck.meta, fitted_on(deck, theme, file, told))


def fitted_on(deck: Deck, theme: Theme, file: TemplateFile, told: list[Problem] | None = None) -> Fitted:
    """The pages of a deck on a template, before they are written. Raises as `render_deck`."""
    if not deck.slides:
        raise ProblemsError([error(Origin("deck"), "DECK09", "the deck has no slides", "add a slide")])
    kept = replace(deck, slides=tuple(map(held_slide, deck.slides)))
    fit = fitted(kept, template_of(file, theme))
    if told is not None:
        told.extend(broken_words(fit.pages, fit.template.look))
    return fit
