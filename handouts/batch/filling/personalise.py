"""One recipient's document: an edition and a clinic in, the bytes of one format out, checked against the recipient.

What is the same for all is laid out once; a row that a template cannot take is composed and laid out as a whole, just
as a build does it, and looks the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.filling.formats import PREFILLED, Prefilled
from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.proven_decks import expected_deck
from handouts.batch.filling.words import blank_texts, images, own_words, pictures, words
from handouts.batch.readback.deck import check_deck
from handouts.batch.readback.pdf import Expected, check_pdf
from handouts.checks.review_state import unsaid
from handouts.compose.blanks import LookedAtError
from handouts.compose.clinic import Given
from handouts.compose.edition import Edition
from handouts.compose.only_printed import only_printed
from handouts.model.document import Document, Span
from handouts.outputs import Output, Setup
from handouts.plan.blanks import BLANK_IMAGE, NotOpenError
from handouts.plan.documents import Deck
from handouts.plan.leaving_out import LeftOut
from handouts.plan.text import Runs
from handouts.problems import Problem, ProblemsError
from handouts.render.pdf.draw.images import image_object


class RecipientDocuments:
    """Makes one format of one edition for all recipients who give the same things. One thread at a time may use it."""

    def __init__(self, output: Output, edition: Edition, templates: Mapping[str, str], setup: Setup) -> None:
        self._output, self._edition, self._templates, self._setup = output, edition, templates, setup
        self._shapes: dict[Given, _Shape] = {}

    def make(self, owner: Owner, *, whole: bool = False) -> Finished:
        """One recipient's document; with `whole`, laid out as a whole in any case. Raises ProblemsError."""
        given = owner.given()
        shape = self._shapes.get(given)
        if shape is None:
            shape = self._shapes[given] = self._shape(given)
        if not whole:
            made = shape.filled(owner)
            if made is not None:
                return made
        return self._whole(owner, shape)

    def _whole(self, owner: Owner, shape: _Shape) -> Finished:
        from handouts.files.manifest import sha256

        plan, left_out = self._fitted(owner)
        set_as: list[Problem] = []
        data = self._output.render(plan, self._setup, set_as)
        missing = {one.words for one in left_out}
        # What is left out of the content is told once, when it is made without a recipient.
        problems = (*(one.problem for one in left_out), *set_as)
        told = tuple(one for one in problems if one.origin.file == owner.origin.file)

        def compared(back: bytes) -> object:
            own = tuple(text for text in shape.own(owner.said) if text not in missing)
            if isinstance(plan, Deck):
                return check_deck(back, expected_deck(owner, own, words(plan), pictures(plan, owner.image)))
            shown = frozenset(map(image_object, images(plan)))
            return check_pdf(back, Expected(owner.said["name"], own, words(plan), owner.logo_object(), shown))

        return Finished(b"", data, sha256(data), compared, told)

    def _composed(self, owner: Owner) -> Any:
        return self._fitted(owner)[0]

    def _fitted(self, owner: Owner) -> tuple[Any, tuple[LeftOut, ...]]:
        """One owner's plan without what it has no room for, and what that is."""
        place = Document(owner.origin.file, {}, "", {(): Span(owner.origin, 0, 0)}, {})
        edition = replace(self._edition, clinic=owner.clinic, clinic_document=place, logo=owner.image)
        plan, left_out = self._output.fit(self._output.compose(edition, self._templates), self._setup)
        # A template may print the review state without a clinic and not with one, which no check of the content sees.
        if problem := unsaid(plan):
            raise ProblemsError([replace(problem, origin=owner.origin)])
        return plan, left_out

    def _rendered(self, owner: Owner) -> bytes:
        return self._output.render(self._composed(owner), self._setup)

    def _shape(self, given: Given) -> _Shape:
        """The plan of all who give these things, with blanks, and its templates."""
        if not only_printed(self._templates):
            return _Shape()
        logo = BLANK_IMAGE if given.logo else None
        edition = replace(self._edition, clinic=given.filler(), logo=logo, blanks=True)
        output, setup = self._output, self._setup
        try:
            plan, _ = output.fit(output.compose(edition, self._templates), setup)
        except LookedAtError:
            return _Shape()
        if unsaid(plan):
            return _Shape()
        templates: Prefilled | None = None
        with contextlib.suppress(NotOpenError, ProblemsError):
            if prefill := PREFILLED.get(output.format):
                templates = prefill(plan, setup, self._composed, self._rendered)
        return _Shape(blank_texts(plan), templates)


class _Shape(Struct, frozen=True):
    """What the documents of recipients who give the same things share: the texts with blanks, and templates."""

    texts: tuple[Runs, ...] = ()
    templates: Prefilled | None = None

    def own(self, said: Mapping[str, str]) -> tuple[str, ...]:
        """The texts with blanks, filled; none where templates read the recipient's words.

        Raises WrongDocumentError where a text has a blank for what the recipient does not say.
        """
        if self.templates is not None and not self.templates.are_right:
            return ()
        return own_words(self.texts, said)

    def filled(self, owner: Owner) -> Finished | None:
        """The document by way of a template; None where it has to be laid out as a whole."""
        if self.templates is None:
            return None
        try:
            return self.templates.filled(owner)
        except (NotOpenError, ProblemsError):
            return None
