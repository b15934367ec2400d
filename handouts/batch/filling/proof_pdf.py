"""Reads the PDFs back that were filled from one prefilled document, each against its recipient.

In: a file's bytes, what its recipient's row says, and the prefilled document. Out: nothing, or WrongDocumentError.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.batch.filling.prefilled_pdf import PrefilledPdf
from handouts.batch.readback.pdf import (
    Expected,
    WrongDocumentError,
    check_author,
    check_pdf,
    packed,
    shown_text,
)
from handouts.batch.readback.pdf_reader import BrokenFileError, Fonts, Pdf, ShownPiece, pieces, text_of
from handouts.plan.text import squeezed
from handouts.render.pdf.draw.open_canvas import Opening
from handouts.render.pdf.layout.openings import OpenText


class Proof:
    """Checks the files of one prefilled document: the first as a whole, and of the others that they differ from it
    nowhere but where their own recipient's words stand.
    """

    def __init__(self, prefilled: PrefilledPdf) -> None:
        self._prefilled = prefilled
        self._fonts: Fonts | None = None
        self._static: dict[int, tuple[str, ...]] = {}

    def check(self, data: bytes, expected: Expected) -> None:
        """Compare a file with its recipient. Raises WrongDocumentError."""
        if self._fonts is None:
            fonts = check_pdf(data, expected).fonts
            for one in self._prefilled.opened:
                self._static[one.number] = tuple(shown_text(pieces(part, fonts)) for part in one.static)
            self._check_filled(data, fonts, expected)
            self._fonts = fonts
        else:
            self._check_filled(data, self._fonts, expected)

    def is_proven(self) -> bool:
        """Whether a whole file was read."""
        return self._fonts is not None

    def _check_filled(self, data: bytes, fonts: Fonts, expected: Expected) -> None:
        prefilled = self._prefilled
        try:
            # The fonts, the pages and the tree of tags stand in the prefix, which the first document was read with.
            if not data.startswith(prefilled.prefix):
                raise WrongDocumentError("its static part is not that of its recipients' others")
            pdf = Pdf(data)
            _check_frame(pdf, data, prefilled)
            check_author(pdf, expected.name)
            own = dict(enumerate(expected.own))
            for one in prefilled.opened:
                if one.openings:
                    found = [piece for piece in pieces(pdf.stream(one.number), fonts) if isinstance(piece, ShownPiece)]
                    _check_stream(found, one.openings, self._static[one.number], own)
            if expected.logo:
                _check_logo(pdf, prefilled, expected.logo, expected.name)
        except (BrokenFileError, ValueError, LookupError) as bad:
            raise WrongDocumentError(f"it cannot be read back: {bad}") from None


def _check_frame(pdf: Pdf, data: bytes, prefilled: PrefilledPdf) -> None:
    at = pdf.rows_at
    whole = data.startswith(prefilled.table, pdf.table_at)
    for piece in prefilled.rows:
        whole = whole and (piece is None or data.startswith(piece, at))
        at += 20 if piece is None else len(piece)
    if not whole or at != pdf.trailer_at or not data.startswith(prefilled.trailer, at):
        raise WrongDocumentError("its objects are not where its recipients' others have them")


def _check_stream(
    found: Sequence[ShownPiece], openings: Sequence[Opening], static: Sequence[str], own: dict[int, str]
) -> None:
    filled = [own[opening.box.index] if isinstance(opening.box, OpenText) else "" for opening in openings]
    whole = static[0] + "".join(text + after for text, after in zip(filled, static[1:], strict=True))
    if packed(shown_text(found)) != packed(whole):
        raise WrongDocumentError(f"it shows '{squeezed(shown_text(found))}' instead of '{squeezed(whole)}'")
    for opening, text in zip(openings, filled, strict=True):
        if opening.mcid is not None and isinstance(opening.box, OpenText):
            said = squeezed(shown_text(piece for piece in found if piece.mcid == opening.mcid))
            if said != text:
                raise WrongDocumentError(f"its text reads '{said}' instead of '{text}'")


def _check_logo(pdf: Pdf, prefilled: PrefilledPdf, logo: bytes, name: str) -> None:
    for one in prefilled.opened:
        if one.logo == "image" and pdf.body(one.number) != logo:
            raise WrongDocumentError("it has another logo")
        if one.logo == "element" and text_of(pdf.dictionary(one.number), "Alt") != name:
            raise WrongDocumentError("its logo is told as another")
