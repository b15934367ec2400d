"""Decks by way of templates: composed once with blanks, and for each recipient only the parts with their words written.

What a template cannot take raises NotOpenError or ProblemsError, and the deck has to be laid out as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.prefilled_deck import PrefilledDeck, PrefilledDecks
from handouts.batch.filling.words import blank_texts, own_words, pictures, words
from handouts.batch.readback.deck import DeckProof, ExpectedDeck
from handouts.plan.blanks import BLANK_IMAGE, NotOpenError, Own
from handouts.plan.documents import Deck


class ProvenDecks:
    """The templates of one plan with blanks; `whole` lays the deck of one owner out as a whole."""

    def __init__(self, plan: Deck, decks: PrefilledDecks, whole: Callable[[Owner], bytes]) -> None:
        self._plan, self._decks, self._whole = plan, decks, whole
        self.are_right = True
        """Whether no template was found to give another deck than the whole layout."""
        self._texts, self._logos = blank_texts(plan), pictures(plan, BLANK_IMAGE)
        self._proofs: dict[int, tuple[PrefilledDeck, DeckProof]] = {}

    def filled(self, owner: Owner) -> Finished:
        """One recipient's deck. Raises NotOpenError or ProblemsError where it has to be laid out as a whole."""
        if not self.are_right:
            raise NotOpenError
        values, name = owner.values(), owner.clinic.name
        alt = owner.clinic.logo.alt if owner.clinic.logo else ""
        made = self._decks.fill(Own(values, owner.image, alt), name)
        data, prefilled = made.data, made.prefilled
        _, proof = self._proofs.setdefault(id(prefilled), (prefilled, DeckProof(prefilled.left_open)))
        if not proof.is_proven() and data != self._whole(owner):
            # The templates say more of a clinic than its words, in a way that a blank does not tell.
            self.are_right = False
            raise NotOpenError
        all_words = () if proof.is_proven() else words(self._plan, values)

        def compared(back: bytes) -> object:
            return proof.check(back, expected_deck(owner, own_words(self._texts, owner.said), all_words, self._logos))

        start = len(prefilled.file.head)
        return Finished(data[:start], data[start:], sha256(data).hexdigest(), compared)


def expected_deck(owner: Owner, own: tuple[str, ...], all_words: tuple[str, ...], logos: int) -> ExpectedDeck:
    """What an owner's deck must say that shows the logo so many times."""
    name = owner.said["name"]
    return ExpectedDeck(name, own, all_words, (name,) * logos, owner.image.data if owner.image else b"")
