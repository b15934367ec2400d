"""Reads a document back from its bytes and compares it with the one recipient that it was made for.

In: a file's bytes, and what its recipient's row says. Out: nothing, or WrongDocumentError; such a file gets no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from handouts.batch.readback.pdf_reader import BrokenFileError, Pdf, ShownPiece, creator_of, text_of
from handouts.plan.text import squeezed
from handouts.render.pdf.card import BACK, FRONT
from handouts.theme.fonts import SOFT_HYPHEN


class WrongDocumentError(Exception):
    """The file does not say what its recipient's row says; the message tells where."""


class Expected(Struct, frozen=True):
    """What one recipient's document must say.

    `own` are the texts that hold the recipient's words, `words` all text in reading order. `logo` is the image object
    of the recipient's logo, which is told by `name`; `pictures` are those of the topic's own.
    """

    name: str
    own: tuple[str, ...]
    words: tuple[str, ...]
    logo: bytes | None = None
    pictures: frozenset[bytes] = frozenset()


def check_pdf(data: bytes, expected: Expected) -> Pdf:
    """Compare all of a PDF. Raises WrongDocumentError."""
    try:
        pdf = Pdf(data)
        blocks = pdf.blocks()
        if blocks != tuple(text for text in map(squeezed, expected.words) if text):
            raise WrongDocumentError("its text in reading order is not that of its plan")
        _check_own(expected.own, blocks)
        check_author(pdf, expected.name)
        drawn = [packed(shown_text(pdf.drawn(page))) for page in pdf.pages]
        _check_copies(pdf, drawn)
        _check_images(pdf, expected.logo, expected.name, expected.pictures)
    except (BrokenFileError, ValueError, LookupError, RecursionError) as bad:
        raise WrongDocumentError(f"it cannot be read back: {bad}") from None
    for text in expected.own:
        if not any(packed(text) in page for page in drawn):
            raise WrongDocumentError(f"no page shows '{text}'")
    return pdf


def _check_copies(pdf: Pdf, drawn: Iterable[str]) -> None:
    """Cards beside the first are drawn without tags: each page has to say what the first says, over and over."""
    front, back = (
        packed(shown_text(pdf.drawn_in(form))) if (form := pdf.form(name)) else "" for name in (FRONT, BACK)
    )  # fmt: skip
    pattern = re.compile(f"(?:{re.escape(front)})*(?:{re.escape(back)})*")
    if (front or back) and not all(map(pattern.fullmatch, drawn)):
        raise WrongDocumentError("its cards do not all say the same")


def _check_images(pdf: Pdf, logo: bytes | None, name: str, pictures: frozenset[bytes]) -> None:
    """No document shows another picture than the topic's and its recipient's logo."""
    found = frozenset(pdf.body(number) for number in pdf.images())
    if found != (pictures | {logo} if logo else pictures):
        raise WrongDocumentError("it has another logo")
    if logo and name not in pdf.alts():
        raise WrongDocumentError("its logo is told as another")


def check_author(pdf: Pdf, name: str) -> None:
    """What a file says of itself names its recipient. Raises WrongDocumentError."""
    if text_of(pdf.info, "Author") != name or creator_of(pdf.xmp) != name:
        raise WrongDocumentError("it names another author")


def _check_own(own: Iterable[str], said: Iterable[str]) -> None:
    there = set(said)
    for text in own:
        if text not in there:
            raise WrongDocumentError(f"it does not say '{text}'")


def shown_text(found: Iterable[ShownPiece | bytes]) -> str:
    """The text of the pieces of a content stream, as it is drawn."""
    return "".join(piece.text for piece in found if isinstance(piece, ShownPiece))


def packed(text: str) -> str:
    """The text without white space and soft hyphens: what is drawn apart has no space between."""
    return "".join(text.replace(SOFT_HYPHEN, "").split())
