"""Fills `{name}` places of a locale's fixed words. Unlike `str.format` it reaches no attribute and no index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from markupsafe import Markup, escape

from handouts.model.document import excerpt
from handouts.model.locale import Locale
from handouts.model.plural_forms import rules_of
from handouts.problems import Origin, ProblemsError, choose_from, error

_PLACE = re.compile(r"\{([a-z_]+)\}")
NO_NUMBERS: Mapping[str, Decimal] = MappingProxyType({})


def fill(text: str, /, **values: str) -> str:
    """`text` with each `{name}` replaced; markup where a value is, all else in it escaped.

    Raises KeyError for a place without a value.
    """
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(_PLACE.sub(lambda match: escape(values[match[1]]), escape(text)))  # noqa: S704 - escaped
    return _PLACE.sub(lambda match: values[match[1]], text)


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends: a number and its words stay together."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def fixed_word(locale: Locale, name: str, numbers: Mapping[str, Decimal] = NO_NUMBERS, /, **values: str) -> str:
    """A fixed word of the locale, its places filled; in the form that belongs to the number that it counts, where
    `numbers` has one for its place.

    Raises ProblemsError for a name that the locale lacks, a place that nothing fills, and a value without a place: it
    would be missing in print, and nobody would notice.
    """
    origin = Origin(f"locales/{locale.language}.yaml")
    if name not in locale.fixed:
        raise ProblemsError([error(origin, "LOCALE01", f"has no '{excerpt(name)}'", choose_from(name, locale.fixed))])
    text = _form(locale, name, numbers)
    if lost := values.keys() - set(_PLACE.findall(text)):
        message = f"'{name}' has no place {{{min(lost)}}}, and what stands there would be lost"
        places = " and ".join(f"{{{value}}}" for value in values)
        raise ProblemsError([error(origin, "LOCALE01", message, f"write it with {places}")])
    try:
        return fill(text, **values)
    except KeyError as missing:
        message = f"'{name}' has a place {{{missing.args[0]}}} that nothing fills"
        raise ProblemsError([error(origin, "LOCALE01", message, f"known: {', '.join(values)}")]) from None


def _form(locale: Locale, name: str, numbers: Mapping[str, Decimal]) -> str:
    """A fixed word in the form of the number that it counts: that at {count}, or else at its first place."""
    text = locale.fixed[name]
    forms = locale.counted.get(name)
    places = _PLACE.findall(text) if forms else []
    number = numbers.get("count" if "count" in places else places[0]) if places else None
    if forms is None or number is None:
        return text
    return forms.get(rules_of(locale.language).category(number), text)
