"""Schema of a clinic file: who hands the document out. All of it is data and is printed as it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handouts.model.base import FromList, Hex, Line, Model
from handouts.model.phone import Phone

LogoPath = Annotated[str, StringConstraints(pattern=r"^[^/\\:][^\\:]*$")]


class Logo(Model):
    """A PNG or JPEG in the clinic file's own folder, whatever its name ends with, and what it shows."""

    file: LogoPath
    alt: Line


class ClinicColours(Model):
    """The clinic's own colours. Their tints and shades are derived; text and greys stay those of the theme."""

    accent: Hex | None = None
    caution: Hex | None = None


class Clinic(Model):
    """The clinic's block and colours on every document; `name` alone is required."""

    schema_version: Literal[1]
    name: Annotated[Line, Field(max_length=120)]
    address: Annotated[tuple[Line, ...], FromList, Field(max_length=5)] = ()
    phone: Phone | None = None
    hours: Line | None = None
    logo: Logo | None = None
    colours: ClinicColours = ClinicColours()
