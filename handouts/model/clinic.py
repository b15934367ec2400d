"""Schema of a clinic file: who hands the document out. All of it is data and is printed as it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import Contradiction, Hex, Line, Model, OneLine
from handouts.model.phone import Phone, Region, is_country

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
    """The clinic's block and colours on every document; `name` alone is required.

    `country` is where its telephone is dialled, and is not printed; `region` is the same, as contacts have it.
    """

    schema_version: Literal[1]
    name: Annotated[OneLine, Meta(max_length=120)]
    address: Annotated[tuple[Line, ...], Meta(max_length=5)] = ()
    phone: Phone | None = None
    country: Region | None = None
    region: Region | None = None
    hours: Line | None = None
    logo: Logo | None = None
    colours: ClinicColours = ClinicColours()

    def __post_init__(self) -> None:
        given = {key: code for key, code in (("country", self.country), ("region", self.region)) if code}
        wrong = "which is no country; write its two letters, such as US or GB"
        found = [(key, f"is {code}, {wrong}") for key, code in given.items() if not is_country(code)]
        if len(set(given.values())) > 1:
            found.append(("region", f"is {self.region}, but country is {self.country}; leave one of the two out"))
        if found:
            raise Contradiction(found)

    def home(self) -> str | None:
        """The country (ISO 3166) in which its telephone is dialled, None where that is not said."""
        return self.country or self.region
