"""Fills `{name}` places of a locale's fixed words. Unlike `str.format` it reaches no attribute and no index."""

from __future__ import annotations

import re

from handouts.model.locale import Locale
from handouts.problems import Origin, ProblemsError, choose_from, error

_PLACE = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, /, **values: str) -> str:
    """`text` with each `{name}` replaced. Raises KeyError for a place without a value."""
    return _PLACE.sub(lambda match: values[match[1]], text)


def fixed_word(locale: Locale, name: str, /, **values: str) -> str:
    """A fixed word of the locale, its places filled. Raises ProblemsError for a name that the locale lacks."""
    origin = Origin(f"locales/{locale.language}.yaml")
    if name not in locale.fixed:
        raise ProblemsError([error(origin, "LOCALE01", f"has no '{name}'", choose_from(name, locale.fixed))])
    try:
        return fill(locale.fixed[name], **values)
    except KeyError as missing:
        message = f"'{name}' has a place {{{missing.args[0]}}} that nothing fills"
        raise ProblemsError([error(origin, "LOCALE01", message, f"known: {', '.join(values)}")]) from None
