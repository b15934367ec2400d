"""Schema of `templates/locales/*.yaml`: a language's fixed words and its number and date formats."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handouts.model.base import FromList, Line, Model, Slug
from handouts.model.words import LanguageTag


class Formats(Model):
    """How the language writes numbers and dates; the braces are filled by `compose.numbers`."""

    decimal: Annotated[str, Field(min_length=1, max_length=1)]
    thousands: Annotated[str, Field(max_length=1)]
    months: Annotated[tuple[Line, ...], FromList, Field(min_length=12, max_length=12)]
    short_months: Annotated[tuple[Line, ...], FromList, Field(min_length=12, max_length=12)]
    day: Line
    month: Line
    about: Line
    fraction: Line
    short_fraction: Line = "{count}/{of}"
    percent: Line
    interval: Line


class Locale(Model):
    """One language's fixed words. `fixed` holds what templates call by name; all shipped locales have the same."""

    schema_version: Literal[1]
    language: LanguageTag
    formats: Formats
    fixed: dict[Slug, Line]
    categories: dict[Line, Line]
