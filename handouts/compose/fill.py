"""Fills `{name}` places of a locale's fixed words. Unlike `str.format` it reaches no attribute and no index."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, /, **values: str) -> str:
    """`text` with each `{name}` replaced. Raises KeyError for a place without a value."""
    return _PLACE.sub(lambda match: values[match[1]], text)
