"""Schema of `templates/locales/*.yaml`: a language's fixed words and its number and date formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta

from handouts.model.base import After, Before, Contradiction, LanguageTag, Line, Model, Slug
from handouts.model.document import KeyPath
from handouts.model.plural_forms import PluralForms, faults_of, rules_of
from handouts.model.plurals import PluralCategory

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
        return _placed(value, places) if isinstance(value, str) else value

    return Before(check)


def _placed(value: str, places: tuple[str, ...]) -> str:
    found = set(_PLACE.findall(value))
    wanted = " and ".join(f"{{{place}}}" for place in places)
    if missing := [place for place in places if place not in found]:
        raise ValueError(f"has no {{{missing[0]}}}, which would be lost; write it with {wanted}")
    if extra := sorted(found - set(places)):
        raise ValueError(f"has the place {{{extra[0]}}}, which nothing fills; write it with {wanted} alone")
    if set(_PLACE.sub("", value)) & set("{}"):
        raise ValueError(f"has a brace that belongs to no place; write it with {wanted} alone")
    return value


def _time(value: Any) -> Any:
    """A time of day, its hour one of 24 or one of 12 with its half of the day."""
    if not isinstance(value, str):
        return value
    of_24 = next((name for name in ("hour", "padded_hour") if f"{{{name}}}" in value), None)
    return _placed(value, (of_24, "minute") if of_24 else ("clock_hour", "minute", "half"))


_OF_HEADINGS = ("subject", "since", "until")


def _heading(value: Any) -> Any:
    for place in _PLACE.findall(value) if isinstance(value, str) else ():
        if place not in _OF_HEADINGS:
            raise ValueError(f"has the place {{{place}}}, which nothing fills; known: {', '.join(_OF_HEADINGS)}")
    return value


class Formats(Model, frozen=True, kw_only=True):
    """How the language writes numbers, dates and times; the braces are filled by `compose`.

    `range` is of numbers with a unit ("5 to 7 days"). `time` has {hour} (8), {padded_hour} (08) or {clock_hour} with
    {half}, which `halves` name (am, pm). `per` is a rate ("18 in 100"), which `fewer_than` and `more_than` may
    stand before; `none` is said of no people, `none_of` of no people of so many.
    """

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
    range: Annotated[Line, _with("low", "high")]
    time: Annotated[Line, Before(_time)]
    halves: Annotated[tuple[Line, ...], Meta(max_length=2)] = ()
    none: Line
    none_of: Annotated[Line, _with("of")]
    per: Annotated[Line, _with("count", "whole")]
    fewer_than: Annotated[Line, _with("value")]
    more_than: Annotated[Line, _with("value")]

    def __post_init__(self) -> None:
        if "{half}" in self.time and len(self.halves) != 2:
            raise ValueError("writes times in halves of the day and does not name both; write 'halves: [am, pm]'")
        if self.decimal == self.thousands:
            raise ValueError(
                f"writes both decimals and thousands with '{self.decimal}', so that nobody can tell them apart"
            )


class Locale(Model, frozen=True, kw_only=True):
    """One language's fixed words. `fixed` holds what templates call by name; all shipped locales have the same.

    `counted` has the other forms of those that count something, by plural category: they are said in place of `fixed`
    where the number at {count}, or else at their first place, is of that category ("1 person").
    `headings` are those of common sections by id, for language files that give none: {subject} in them is the topic's
    subject, {since} its date, {until} that of the newest source of what has changed.
    `headings_alone` are those that are said in their place, without {until}, where that is not later than {since}.
    `units` have a number before or after them, by plural category.
    """

    schema_version: Literal[1]
    language: LanguageTag
    formats: Formats
    headings: dict[Slug, Annotated[Line, Before(_heading)]]
    headings_alone: dict[Slug, Annotated[Line, Before(_heading)]] = {}
    fixed: dict[Slug, Line]
    counted: dict[Slug, dict[PluralCategory, Line]] = {}
    units: dict[Slug, PluralForms]

    def __post_init__(self) -> None:
        found = [(("units", *path), message) for path, message in faults_of(self.units, self.language)]
        if found := [*found, *_faults_of_counted(self)]:
            raise Contradiction(found)


def _faults_of_counted(locale: Locale) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the forms of fixed words: the keys that lead there, what it is and what to write instead."""
    known = rules_of(locale.language).conditions
    for name, forms in locale.counted.items():
        places = sorted(_PLACE.findall(locale.fixed.get(name, next(iter(forms.values()), ""))))
        for category, form in forms.items():
            if category not in known:
                message = f"is a form that numbers in '{locale.language}' do not have beside that of 'fixed'"
                yield ("counted", name, category), f"{message}; write one of: {', '.join(known)}"
            elif sorted(_PLACE.findall(form)) != places:
                wanted = " and ".join(f"{{{place}}}" for place in places)
                yield ("counted", name, category), f"has other places than the word in 'fixed'; write it with {wanted}"
