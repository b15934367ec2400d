"""An edition: all that a document is composed from, loaded and checked, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from handouts.figures.shapes import Measure
from handouts.model.clinic import Clinic
from handouts.model.document import Document
from handouts.model.image import Image
from handouts.model.locale import Locale
from handouts.model.review import SignOff
from handouts.model.topic import Topic
from handouts.model.words import Words

PRODUCT = "Handouts"
"""Stands as the author of documents that no clinic hands out."""


class Edition(Struct, frozen=True):
    """One topic in one language for one clinic and date. `measure` is the figures' font; `signed` is the sign-off of
    just these words and numbers; `pictures` are the files that the topic shows in this language, by id. With
    `blanks` the clinic's words are left open, to be filled for each recipient.
    """

    topic_id: str
    topic: Topic
    topic_document: Document
    words: Words
    words_document: Document
    locale: Locale
    today: date
    measure: Measure
    clinic: Clinic | None = None
    clinic_document: Document | None = None
    logo: Image | None = None
    pictures: Mapping[str, Image] = {}
    signed: SignOff | None = None
    blanks: bool = False
