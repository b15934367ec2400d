"""Schema of `templates/locales/*.yaml`: a language's fixed words and its number and date formats."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from msgspec import Meta

from handouts.model.base import After, Before, Line, Model, Slug
from handouts.model.words import LanguageTag

_PLACE = re.compile(r"\{([a-z_]+)\}")


def _mark(value: Any) -> Any:
    if isinstance(value, str) and any(c.isalnum() or not (c.isprintable() or c.isspace()) for c in value):
        raise ValueError("is no mark, and would change the number; write one such as '.' or ','")
    if value and value in "-−\n\r\t":
        raise ValueError("is no mark between digits; write one such as '.' or ','")
    return value


def _with(*places: str) -> Before:
    """Text that has each of these places, so that no number or date gets lost, and no others."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = set(_PLACE.findall(value))
        wanted = " and ".join(f"{{{place}}}" for place in places)
        if missing := [place for place in places if place not in found]:
            raise ValueError(f"has no {{{missing[0]}}}, which would be lost; write it with {wanted}")
        if extra := sorted(found - set(places)):
            raise ValueError(f"has the place {{{extra[0]}}}, which nothing fills; write it with {wanted} alone")
        if set(_PLACE.sub("", value)) & set("{}"):
            raise ValueError(f"has a brace that belongs to no place; write it with {wanted} alone")
        return value

    return Before(check)


class Formats(Model, frozen=True, kw_only=True):
    """How the language writes numbers and dates; the braces are filled by `compose.numbers`."""

    decimal: Annotated[str, After(_mark), Meta(min_length=1, max_length=1)]
    thousands: Annotated[str, After(_mark), Meta(max_length=1)]
    months: Annotated[tuple[Line, ...], Meta(min_length=12, max_length=12)]
    short_months: Annotated[tuple[Line, ...], Meta(min_length=12, max_length=12)]
    day: Annotated[Line, _with("day", "month", "year")]
    month: Annotated[Line, _with("month", "year")]
    about: Annotated[Line, _with("value")]
    fraction: Annotated[Line, _with("count", "of")]
    short_fraction: Annotated[Line, _with("count", "of")] = "{count}/{of}"
    percent: Annotated[Line, _with("value")]
    interval: Annotated[Line, _with("low", "high")]
    not_reached: Line

    def __post_init__(self) -> None:
        if self.decimal == self.thousands:
            raise ValueError(
                f"writes both decimals and thousands with '{self.decimal}', so that nobody can tell them apart"
            )


class Locale(Model, frozen=True, kw_only=True):
    """One language's fixed words. `fixed` holds what templates call by name; all shipped locales have the same."""

    schema_version: Literal[1]
    language: LanguageTag
    formats: Formats
    fixed: dict[Slug, Line]
