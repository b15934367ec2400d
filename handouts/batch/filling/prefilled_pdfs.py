"""Prefilled handouts and cards: a plan with blanks is laid out once for all texts that take as many lines.

What none can take raises NotOpenError or ProblemsError, and the document has to be laid out as a whole.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from handouts.batch.filling.owner import Finished, Owner
from handouts.batch.filling.prefilled_pdf import Filling, PrefilledPdf, letters_for
from handouts.batch.filling.proof_pdf import Proof
from handouts.batch.filling.words import blocks_of, images, own_words, words
from handouts.batch.readback.pdf import Expected
from handouts.plan.blanks import NotOpenError
from handouts.plan.documents import Card, Handout
from handouts.problems import ProblemsError
from handouts.render.pdf.draw.images import image_object
from handouts.render.pdf.draw.open_canvas import OpenCanvas, canvas_with
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.openings import Openings, check_open
from handouts.theme.schema import Theme

CanvasOf = Callable[[StructElement, Theme], OpenCanvas]

_MOST_KEPT = 64
_FLAT, _TALL = (1000, 1), (1, 1000)
"""Sizes in pixels of pictures that are as low, and as high, as any can be shown."""


class _Ready(Struct, frozen=True):
    prefilled: PrefilledPdf
    openings: Openings
    proof: Proof


class PrefilledPdfs:
    """What is prefilled of one plan with blanks, made as recipients need it.

    `lay_out` draws the plan, with places left open, on a canvas that it is told how to make; `composed` is the plan of
    one owner without blanks. Raises NotOpenError or ProblemsError for a plan that cannot be prefilled.
    """

    def __init__(
        self,
        plan: Handout | Card,
        lay_out: Callable[[Openings, CanvasOf], object],
        composed: Callable[[Owner], Any],
    ) -> None:
        self._plan, self._lay_out, self._composed = plan, lay_out, composed
        self.are_right = True
        """Whether none was found to say something else than the plan without blanks."""
        self._ready: OrderedDict[object, _Ready] = OrderedDict()
        check_open(blocks_of(plan))
        self._first = self._laid_out((), "")

    def filled(self, owner: Owner) -> Finished:
        """One recipient's document. Raises NotOpenError or ProblemsError where it has to be laid out as a whole."""
        if not self.are_right:
            raise NotOpenError
        values = owner.values()
        set_texts = [blank.set(values) for blank in self._first.openings.texts]
        lines = tuple(len(text.lines) for text in set_texts)
        filling = Filling(set_texts, owner.clinic.name, owner.logo)
        letters = letters_for("".join(values.values()))
        ready = self._for(lines, letters, filling)
        tail, digest = _filled(ready, filling)
        all_words: tuple[str, ...] = ()
        if not ready.proof.is_proven():
            all_words = words(self._composed(owner))
            if all_words != words(self._plan, values):
                # A template can read a blank after it has printed it, such as with a filter on a macro.
                self.are_right = False
                raise NotOpenError

        def compared(back: bytes) -> object:
            own = own_words((blank.runs for blank in ready.openings.texts), owner.said)
            shown = frozenset() if ready.proof.is_proven() else frozenset(map(image_object, images(self._plan)))
            return ready.proof.check(back, Expected(owner.said["name"], own, all_words, owner.logo_object(), shown))

        return Finished(ready.prefilled.prefix, tail, digest, compared)

    def _for(self, lines: tuple[int, ...], letters: str, filling: Filling) -> _Ready:
        """That for texts of so many lines and a logo of this size. Raises NotOpenError or ProblemsError."""
        layout = (lines, letters)
        logo = filling.logo
        if logo is None:
            return self._kept(layout, lambda: self._laid_out(*layout))
        size = (logo.width, logo.height)
        if (layout, size) in self._ready:
            return self._kept((layout, size), lambda: self._laid_out(*layout, size))

        def for_any_logo() -> _Ready | None:
            """That for logos of all sizes, where the text beside them is always higher."""
            try:
                # Kept, since a row that it cannot take comes to nothing here, and so would lay it out again.
                low = self._kept((layout, _FLAT), lambda: self._laid_out(*layout, _FLAT))
                tail, _ = _filled(low, filling)
                high = self._laid_out(*layout, _TALL)
            except ProblemsError:
                return None
            same = low.prefilled.prefix == high.prefilled.prefix
            return low if same and tail == _filled(high, filling)[0] else None

        found = self._kept((layout, None), for_any_logo)
        return found or self._kept((layout, size), lambda: self._laid_out(*layout, size))

    def _kept(self, key: object, make: Callable[[], Any]) -> Any:
        if key in self._ready:
            self._ready.move_to_end(key)
            return self._ready[key]
        made = self._ready[key] = make()
        if len(self._ready) > _MOST_KEPT:
            self._ready.popitem(last=False)
        return made

    def _laid_out(self, lines: tuple[int, ...], letters: str, size: tuple[int, int] = (1, 1)) -> _Ready:
        openings, canvases = Openings(lines, size), list[OpenCanvas]()
        self._lay_out(openings, canvas_with(letters, canvases))
        made = PrefilledPdf(canvases[-1])
        return _Ready(made, openings, Proof(made))


def _filled(ready: _Ready, filling: Filling) -> tuple[bytes, str]:
    """What follows the prefix, and the digest of the whole. Raises NotOpenError where the fonts lack a character.

    To draw it would give it a byte that no font stands for, since they are written: here and in all later documents.
    """
    if not ready.prefilled.covers(filling):
        raise NotOpenError
    return ready.prefilled.fill(filling)
