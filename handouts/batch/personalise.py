"""One recipient's document: an edition and a clinic in, the bytes of one format out, checked against the recipient.

What is the same for all is laid out once; a row that a template cannot take is composed and laid out as a whole, just
as a build does it, and looks the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handouts.batch.deck_templates import DeckTemplates, expected_deck
from handouts.batch.owner import Finished, Owner
from handouts.batch.pdf_templates import PdfTemplates
from handouts.batch.readback import Expected, check_pdf
from handouts.batch.readback_deck import check_deck
from handouts.batch.words import blank_texts, pictures, words
from handouts.compose.blanks import LookedAtError
from handouts.compose.clinic import Given
from handouts.compose.context import Edition
from handouts.model.document import Document, Span
from handouts.outputs import Output, Setup
from handouts.plan.blanks import BLANK_IMAGE, NotOpenError, filled
from handouts.plan.documents import Deck
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pdf.reader import squeezed


class Press:
    """Makes one format of one edition for all recipients who give the same things. One thread at a time may use it."""

    def __init__(self, output: Output, edition: Edition, templates: Mapping[str, str], setup: Setup) -> None:
        self._output, self._edition, self._templates, self._setup = output, edition, templates, setup
        self._shapes: dict[Given, _Shape] = {}

    def make(self, owner: Owner, *, whole: bool = False) -> Finished:
        """One recipient's document; with `whole`, laid out as a whole in any case. Raises ProblemsError."""
        given = owner.given()
        shape = self._shapes.get(given)
        if shape is None:
            shape = self._shapes[given] = _Shape(self._output, self._edition, self._templates, self._setup, given)
        if not whole:
            made = shape.filled(owner)
            if made is not None:
                return made
        return self._whole(owner, shape)

    def _whole(self, owner: Owner, shape: _Shape) -> Finished:
        from handouts.manifest import sha256

        place = Document(owner.origin.file, {}, "", {(): Span(owner.origin, 0, 0)}, {})
        edition = replace(self._edition, clinic=owner.clinic, clinic_document=place, logo=owner.image)
        plan = self._output.compose(edition, self._templates)
        data = self._output.render(plan, self._setup)
        name, own = owner.clinic.name, shape.own(owner.values())
        if isinstance(plan, Deck):
            deck = expected_deck(owner, own, words(plan), pictures(plan, owner.image))
            return Finished(b"", data, sha256(data), lambda back: check_deck(back, deck))
        expected = Expected(name, own, words(plan), owner.logo)
        return Finished(b"", data, sha256(data), lambda back: check_pdf(back, expected))


class _Shape:
    """What the documents of recipients who give the same things share: the plan with blanks, and its templates."""

    def __init__(
        self, output: Output, edition: Edition, templates: Mapping[str, str], setup: Setup, given: Given
    ) -> None:
        logo = BLANK_IMAGE if given.logo else None
        open_edition = replace(edition, clinic=given.filler(), logo=logo, blanks=True)
        try:
            plan: Any = output.compose(open_edition, templates)
        except LookedAtError:
            plan = None
        self._blank_texts = blank_texts(plan) if plan else ()
        self._templates: PdfTemplates | DeckTemplates | None = None
        with contextlib.suppress(NotOpenError, ProblemsError):
            if plan is not None and output.leave_open is not None:
                self._templates = PdfTemplates(plan, setup, output.leave_open)
            elif plan is not None and output.personal is not None:
                self._templates = DeckTemplates(plan, output.personal(plan, setup))

    def own(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The texts with blanks, filled; none where templates read the recipient's words."""
        return tuple(squeezed(plain(filled(runs, values))) for runs in self._blank_texts)

    def filled(self, owner: Owner) -> Finished | None:
        """The document by way of a template; None where it has to be laid out as a whole."""
        if self._templates is None:
            return None
        try:
            return self._templates.filled(owner)
        except (NotOpenError, ProblemsError):
            return None
