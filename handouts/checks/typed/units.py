"""Units behind numbers: a text and a place in it; the unit that stands there out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handouts.checks.typed.passages import GAP
from handouts.model.plain import PlainLanguage

SI: Mapping[str, tuple[str, ...]] = {
    "mcg": ("mcg", "µg", "μg", "ug"),
    "mg": ("mg", "mgs"),
    "g": ("g",),
    "kg": ("kg", "kgs"),
    "ml": ("ml",),
    "liter": ("l",),
    "mg_ml": ("mg/ml",),
    "mg_kg": ("mg/kg", "mcg/kg"),
    "mmol": ("mmol",),
    "meq": ("meq",),
    "percent": ("%", "٪", "％"),
    "unit": ("iu",),
    "mm": ("mm",),
    "cm": ("cm",),
    "gray": ("gy",),
}
"""Signs of units that every language has, in lower case, by the ids of the locales' units."""

SPACE = rf"[\s{GAP}]"
_WORDS = re.compile(
    rf"(?P<gap>{SPACE}*[-‐‑]?)(?P<one>[%٪％]|(?:[^\W\d_]\.)+[^\W\d_]\.?|[^\W\d_]+)(?P<per>/[^\W\d_]+)?(?P<two>{SPACE}+[^\W\d_]+)?"
)


class Unit(NamedTuple):
    """A unit in a text: its id, how it is written, where it ends, and what stands between it and its number."""

    id: str
    written: str
    end: int
    gap: str


def words_of_units(lexicon: PlainLanguage, counted: Mapping[str, Sequence[str]] = {}) -> dict[str, str]:
    """The ids of a language's units by their words in lower case; `counted` are further ones of a topic."""
    tables = (SI, lexicon.numerals.units, counted)
    return {word: key for table in tables for key, words in table.items() for word in words}


def unit_at(text: str, at: int, units: Mapping[str, str]) -> Unit | None:
    """The unit that begins at a place of a text, spaces or a hyphen before it; the longest where several do."""
    found = _WORDS.match(text, at)
    if not found:
        return None
    one, per, two = found["one"], found["per"] or "", found["two"] or ""
    phrase = f"{one} {two.strip(' ' + GAP).strip()}" if two and not per else ""
    for written, end in ((phrase, found.end()), (one + per, found.end("one") + len(per)), (one, found.end("one"))):
        # 3D is no number of days.
        known = written and not (len(written) == 1 and written.isupper() and written not in "LU")
        key = units.get(written.lower()) if known else None
        if key is not None and not (
            end < len(text) and written[-1].isalpha() and (text[end].isalnum() or text[end] == "_")
        ):
            return Unit(key, text[found.start("one") : end], end, found["gap"])
    return None
