"""The deck's renderer: a plan `Deck` and a `Theme` in, the bytes of a PowerPoint file out, the same on every run."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation

from handouts.plan.documents import Deck
from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.base import template
from handouts.render.pptx.bind import bind
from handouts.render.pptx.colours import by_role
from handouts.render.pptx.package import normalise
from handouts.render.pptx.paginate import paginate
from handouts.render.pptx.properties import date_of, set_properties, set_sections
from handouts.render.pptx.slides import SlideWriter
from handouts.theme.schema import Theme


def render_deck(deck: Deck, theme: Theme) -> bytes:
    """The .pptx file of a deck.

    Raises ProblemsError with every problem found: an unknown layout or slot, a title used twice, a link that a deck
    may not hold, and whatever does not fit its place, with the slide, the block and the excess in millimetres.
    """
    if not deck.slides:
        raise ProblemsError([error(Origin("deck"), "DECK09", "the deck has no slides", "add a slide")])
    file: Any = Presentation(io.BytesIO(template(theme)))
    pages = paginate(deck, bind(file), theme.deck)
    writer = SlideWriter(file, theme.deck, by_role(theme.colours), deck.meta.language, date_of(deck.meta))
    for page in pages:
        writer.write(page, deck.footer)
    set_properties(file, deck.meta)
    set_sections(file, [page.slide.section for page in pages], deck.meta.title)
    out = io.BytesIO()
    file.save(out)
    return normalise(out.getvalue())
