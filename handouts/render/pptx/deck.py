"""The deck's renderer: a plan `Deck` and a `Theme` in, the bytes of a PowerPoint file out, the same on every run."""

from __future__ import annotations

from handouts.plan.documents import Deck
from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.template.template import Template, hospital_template, own_template
from handouts.render.pptx.write.presentation import written
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile


def render_deck(deck: Deck, theme: Theme, dressed: TemplateFile | None = None) -> bytes:
    """The .pptx file of a deck, on our own template or `dressed` in another.

    Raises ProblemsError with every problem found: a template that is refused, an unknown layout or slot, a title used
    twice, a link that a deck may not hold, and whatever does not fit its place, with the slide, the block and the
    excess in millimetres.
    """
    if not deck.slides:
        raise ProblemsError([error(Origin("deck"), "DECK09", "the deck has no slides", "add a slide")])
    template = template_for(theme, dressed)
    return written(deck.meta, fitted(deck, template))


def template_for(theme: Theme, dressed: TemplateFile | None) -> Template:
    """Our own template in a theme, or `dressed` completed. Raises ProblemsError for one that is refused."""
    return hospital_template(dressed.data, dressed.name, theme) if dressed else own_template(theme)
