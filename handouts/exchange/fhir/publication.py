"""What a bundle is made of, as one value: the plan of a handout, its PDF, its publisher, its sign-off, its codes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from handouts.plan.documents import Handout

Release = Literal["R4", "R5"]
"""Releases of FHIR: 4.0.1 and 5.0.0. What one allows the other may not."""


class Concept(Struct, frozen=True):
    """What a handout is about, as a code system says it; `system` is its URI in FHIR."""

    system: str
    code: str
    display: str = ""


class Publisher(Struct, frozen=True):
    """Who hands the document out: a clinic with all that its file says, or who publishes it where there is none.

    `country` is the two letters of ISO 3166.
    """

    name: str
    is_clinic: bool = False
    address: tuple[str, ...] = ()
    country: str = ""
    phone: str = ""
    hours: str = ""


class Attestation(Struct, frozen=True):
    """Who signed the words off, in which role, on which day (ISO 8601)."""

    name: str
    role: str
    on: str


class Publication(Struct, frozen=True):
    """A handout as it is handed out: its topic's id, its plan, the bytes, name and number of pages of its PDF.

    Without an `attestation` it names nobody who signed it off; that it is a draft or not says its plan.
    """

    topic: str
    handout: Handout
    pdf: bytes
    file: str
    pages: int
    publisher: Publisher
    attestation: Attestation | None = None
    concepts: tuple[Concept, ...] = ()
