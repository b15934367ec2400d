"""A clinic that was typed, such as on a page: what else stands in a clinic file and its logo, as a value."""

from __future__ import annotations

from msgspec import Struct


class ClinicText(Struct, frozen=True):
    """What a clinic file would hold, and its logo, without a file: `name` is what messages call it, such as "the
    clinic's form". `logo` is the picture that `logo.file` of `data` names, whatever that name is; no file is opened.
    """

    name: str
    data: bytes
    logo: bytes | None = None
