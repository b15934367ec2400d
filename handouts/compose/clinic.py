"""A clinic as templates see it: its words to print, and what can be asked of it without reading them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from handouts.compose.blanks import Blank
from handouts.compose.wording import literal
from handouts.model.clinic import Clinic, Logo
from handouts.model.document import Document
from handouts.plan.blanks import FILLER, blank
from handouts.problems import Origin

LONG_NAME, LONG_HOURS = 44, 60
"""Characters after which a clinic's name, or its hours, take more room than a small document may have for them."""


class Given(Struct, frozen=True):
    """What of a clinic there is, and what of it is long: a plan depends on nothing else of it but its words."""

    lines: int
    phone: bool
    hours: bool
    logo: bool
    long_name: bool
    long_hours: bool

    @classmethod
    def of(cls, clinic: Clinic, *, logo: bool) -> Given:
        """What a clinic gives, with or without a logo."""
        hours = clinic.hours or ""
        return cls(
            len(clinic.address), bool(clinic.phone), bool(hours), logo, len(clinic.name) > LONG_NAME,
            len(hours) > LONG_HOURS,
        )  # fmt: skip

    def filler(self) -> Clinic:
        """A clinic that gives just this."""
        words: dict[str, Any] = {
            "name": FILLER * (LONG_NAME + 1 if self.long_name else 1),
            "address": (FILLER,) * self.lines,
            "phone": FILLER if self.phone else None,
            "hours": FILLER * (LONG_HOURS + 1 if self.long_hours else 1) if self.hours else None,
            "logo": Logo(file="logo.png", alt=FILLER) if self.logo else None,
        }
        # Not fitted to its schema, since a filler is no telephone number.
        return Clinic(schema_version=1, **words)


def clinic_words(clinic: Clinic, document: Document | None, *, logo: bool, blanks: bool) -> dict[str, Any]:
    """What templates can name of a clinic: literal phrases, or with `blanks` places left open for them."""

    def said(text: str | None, *path: str | int) -> object:
        if text and blanks:
            return Blank(".".join(map(str, path)))
        return literal(text, document.origin(path) if document else Origin("")) if text else None

    given = Given.of(clinic, logo=logo)
    return {
        "name": said(clinic.name, "name"),
        "address": tuple(said(line, "address", index) for index, line in enumerate(clinic.address)),
        "phone": said(clinic.phone, "phone"),
        "hours": said(clinic.hours, "hours"),
        "logo": logo,
        "long_name": given.long_name,
        "long_hours": given.long_hours,
    }


def clinic_files(clinic: Clinic, document: Document | None, *, blanks: bool) -> frozenset[str]:
    """The files that a clinic's words may say they stand in; with `blanks` the places that are left open for it."""
    if not blanks:
        return frozenset((document.file if document else "",))
    address = (f"address.{index}" for index in range(len(clinic.address)))
    return frozenset(blank(field).file for field in ("name", "phone", "hours", *address))
