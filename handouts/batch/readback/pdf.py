"""Reads a document back from its bytes and compares it with the one recipient that it was made for.

In: a file's bytes, and what its recipient's row says. Out: nothing, or WrongDocumentError; such a file gets no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handouts.batch.filling.prefilled_pdf import Filling, Logo, PrefilledPdf
from handouts.batch.readback.pdf_reader import BrokenFileError, Fonts, Pdf, Piece, creator_of, pieces, text_of
from handouts.plan.text import squeezed
from handouts.render.pdf.card import BACK, FRONT
from handouts.render.pdf.draw.open_canvas import Opening
from handouts.render.pdf.layout.openings import OpenText


class WrongDocumentError(Exception):
    """The file does not say what its recipient's row says; the message tells where."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one recipient's document must say.

    `own` are the texts that hold the recipient's words, `words` all text in reading order. A logo is told by `name`.
    """

    name: str
    own: tuple[str, ...]
    words: tuple[str, ...]
    logo: Logo | None = None


def check_pdf(data: bytes, expected: Expected) -> Pdf:
    """Compare all of a PDF. Raises WrongDocumentError."""
    try:
        pdf = Pdf(data)
        blocks = pdf.blocks()
        if blocks != tuple(text for text in map(squeezed, expected.words) if text):
            raise WrongDocumentError("its text in reading order is not that of its plan")
        _check_own(expected.own, blocks)
        _check_author(pdf, expected.name)
        drawn = [_packed(_text(pdf.drawn(page))) for page in pdf.pages]
        _check_copies(pdf, drawn)
        _check_images(pdf, expected.logo, expected.name)
    except (BrokenFileError, ValueError, LookupError, RecursionError) as bad:
        raise WrongDocumentError(f"it cannot be read back: {bad}") from None
    for text in expected.own:
        if not any(_packed(text) in page for page in drawn):
            raise WrongDocumentError(f"no page shows '{text}'")
    return pdf


def _check_copies(pdf: Pdf, drawn: Iterable[str]) -> None:
    """Cards beside the first are drawn without tags: each page has to say what the first says, over and over."""
    front, back = (
        _packed(_text(pdf.drawn_in(form))) if (form := pdf.form(name)) else "" for name in (FRONT, BACK)
    )  # fmt: skip
    pattern = re.compile(f"(?:{re.escape(front)})*(?:{re.escape(back)})*")
    if (front or back) and not all(map(pattern.fullmatch, drawn)):
        raise WrongDocumentError("its cards do not all say the same")


def _check_images(pdf: Pdf, logo: Logo | None, name: str) -> None:
    """No document shows another picture than its recipient's logo."""
    if {pdf.body(number) for number in pdf.images()} != ({logo.body} if logo else set()):
        raise WrongDocumentError("it has another logo")
    if logo and name not in pdf.alts():
        raise WrongDocumentError("its logo is told as another")


class Proof:
    """Checks the files of one prefilled document: the first as a whole, and of the others that they differ from it
    nowhere but where their own recipient's words stand.
    """

    def __init__(self, prefilled: PrefilledPdf) -> None:
        self._prefilled = prefilled
        self._fonts: Fonts | None = None
        self._static: dict[int, tuple[str, ...]] = {}

    def check(self, data: bytes, filling: Filling, expected: Expected) -> None:
        """Compare a file with its recipient. Raises WrongDocumentError."""
        if self._fonts is None:
            fonts = check_pdf(data, expected).fonts
            for one in self._prefilled.opened:
                self._static[one.number] = tuple(_text(pieces(part, fonts)) for part in one.static)
            self._check_filled(data, fonts, filling, expected)
            self._fonts = fonts
        else:
            self._check_filled(data, self._fonts, filling, expected)

    def is_proven(self) -> bool:
        """Whether a whole file was read."""
        return self._fonts is not None

    def _check_filled(self, data: bytes, fonts: Fonts, filling: Filling, expected: Expected) -> None:
        prefilled = self._prefilled
        try:
            # The fonts, the pages and the tree of tags stand in the prefix, which the first document was read with.
            if not data.startswith(prefilled.prefix):
                raise WrongDocumentError("its static part is not that of its recipients' others")
            pdf = Pdf(data)
            _check_frame(pdf, data, prefilled)
            _check_author(pdf, expected.name)
            own = dict(enumerate(expected.own))
            for one in prefilled.opened:
                if one.openings:
                    found = [piece for piece in pieces(pdf.stream(one.number), fonts) if isinstance(piece, Piece)]
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
    found: Sequence[Piece], openings: Sequence[Opening], static: Sequence[str], own: dict[int, str]
) -> None:
    filled = [own[opening.box.index] if isinstance(opening.box, OpenText) else "" for opening in openings]
    whole = static[0] + "".join(text + after for text, after in zip(filled, static[1:], strict=True))
    if _packed(_text(found)) != _packed(whole):
        raise WrongDocumentError(f"it shows '{squeezed(_text(found))}' instead of '{squeezed(whole)}'")
    for opening, text in zip(openings, filled, strict=True):
        if opening.mcid is not None and isinstance(opening.box, OpenText):
            said = squeezed(_text(piece for piece in found if piece.mcid == opening.mcid))
            if said != text:
                raise WrongDocumentError(f"its text reads '{said}' instead of '{text}'")


def _check_logo(pdf: Pdf, prefilled: PrefilledPdf, logo: Logo, name: str) -> None:
    for one in prefilled.opened:
        if one.logo == "image" and pdf.body(one.number) != logo.body:
            raise WrongDocumentError("it has another logo")
        if one.logo == "element" and text_of(pdf.dictionary(one.number), "Alt") != name:
            raise WrongDocumentError("its logo is told as another")


def _check_author(pdf: Pdf, name: str) -> None:
    if text_of(pdf.info, "Author") != name or creator_of(pdf.xmp) != name:
        raise WrongDocumentError("it names another author")


def _check_own(own: Iterable[str], said: Iterable[str]) -> None:
    there = set(said)
    for text in own:
        if text not in there:
            raise WrongDocumentError(f"it does not say '{text}'")


def _text(found: Iterable[Piece | bytes]) -> str:
    return "".join(piece.text for piece in found if isinstance(piece, Piece))


def _packed(text: str) -> str:
    """The text without white space: what is drawn apart has no space between."""
    return "".join(text.split())
