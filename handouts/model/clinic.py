"""Schema of a clinic file: who hands the document out. All of it is data and is printed as it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import Hex, Line, Model, OneLine
from handouts.model.phone import Phone

LogoPath = Annotated[str, Meta(pattern=r"^[^/\\:][^\\:]*$")]


class Logo(Model, frozen=True, kw_only=True):
    """A PNG or JPEG in the clinic file's own folder, whatever its name ends with, and what it shows."""

    file: LogoPath
    alt: Line


class ClinicColours(Model, frozen=True, kw_only=True):
    """The clinic's own colours. Their tints and shades are derived; text and greys stay those of the theme."""

    accent: Hex | None = None
    caution: Hex | None = None


class Clinic(Model, frozen=True, kw_only=True):
    """The clinic's block and colours on every document; `name` alone is required."""

    schema_version: Literal[1]
    name: Annotated[OneLine, Meta(max_length=120)]
    address: Annotated[tuple[Line, ...], Meta(max_length=5)] = ()
    phone: Phone | None = None
    hours: Line | None = None
    logo: Logo | None = None
    colours: ClinicColours = ClinicColours()
