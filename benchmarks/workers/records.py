"""Made-up clinics by number, so that no two documents of a run say the same. Needs the standard library alone."""

from __future__ import annotations

from typing import NamedTuple


class Recipient(NamedTuple):
    """What the clinic's block of one document says."""

    name: str
    phone: str
    hours: str
    address: str


PLACES = Recipient("@NAME@", "@PHONE@", "@HOURS@", "@ADDRESS@")
"""Stands in a rival's source where a recipient's words go."""


def recipient(number: int) -> Recipient:
    """The clinic of this number. All of them are about as long."""
    return Recipient(
        f"Myeloma Clinic {number:06}",
        f"217-{200 + number // 10_000 % 800:03}-{number % 10_000:04}",
        f"Monday to Friday, {7 + number % 3} to {4 + number % 2}",
        f"{1 + number % 9973} Main Street, Springfield",
    )
