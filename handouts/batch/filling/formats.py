"""How each format is prefilled: a plan with openings in; what fills it for one recipient after another out.

A format without a row here is laid out as a whole for every recipient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.prefilled_deck import PrefilledDecks
from handouts.batch.filling.prefilled_pdfs import CanvasOf, PrefilledPdfs
from handouts.batch.filling.proven_decks import ProvenDecks
from handouts.outputs import Setup
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.render.pdf.layout.openings import Openings


class Prefilled(Protocol):
    """Fills one plan for its recipients."""

    are_right: bool
    """Whether nothing was found that says something else than the whole layout."""

    def filled(self, owner: Owner) -> Finished:
        """One recipient's document. Raises NotOpenError or ProblemsError where it has to be laid out as a whole."""
        ...


Prefill = Callable[[Any, Setup, Callable[[Owner], Any], Callable[[Owner], bytes]], Prefilled]
"""A plan with openings, a setup, and the plan and the bytes of one owner without openings in."""


def _handouts(plan: Any, setup: Setup, composed: Callable[[Owner], Any], _: object) -> Prefilled:
    def lay_out(openings: Openings, canvas_of: CanvasOf) -> object:
        return render_handout(plan, setup.theme, setup.paper, openings, canvas_of)

    return PrefilledPdfs(plan, lay_out, composed)


def _cards(plan: Any, setup: Setup, composed: Callable[[Owner], Any], _: object) -> Prefilled:
    def lay_out(openings: Openings, canvas_of: CanvasOf) -> object:
        return render_card(plan, setup.theme, setup.sheet, setup.printing, openings, canvas_of)

    return PrefilledPdfs(plan, lay_out, composed)


def _decks(plan: Any, setup: Setup, _: object, rendered: Callable[[Owner], bytes]) -> Prefilled:
    return ProvenDecks(plan, PrefilledDecks(plan, setup.theme, setup.deck_template), rendered)


PREFILLED: Mapping[str, Prefill] = {"pdf": _handouts, "card": _cards, "pptx": _decks}
