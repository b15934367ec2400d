"""CLDR plural rules: a number as it is printed in, the category of the words beside it out ("1 case", "2 cases").

Operands and syntax are those of Unicode Technical Standard 35, part 3, "Language Plural Rules"
(unicode.org/reports/tr35/tr35-numbers.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct

PluralCategory = Literal["zero", "one", "two", "few", "many", "other"]

_RELATION = re.compile(r"(?P<operand>[nivwftce])(?: % (?P<modulus>\d+))? (?P<sign>!?=) (?P<ranges>[\d.,]+)")


class PluralRules(Struct, frozen=True):
    """How a language chooses among its categories.

    `conditions` are CLDR's, in its order; what meets none is "other". `ranges` has the category of a range by those of
    its two ends, where it is not that of the second end. `needed` are the categories that a whole number below 10,000
    or one with one decimal can have; of these, `single` are those that one number alone has.
    """

    conditions: Mapping[PluralCategory, str]
    needed: tuple[PluralCategory, ...]
    single: tuple[PluralCategory, ...]
    ranges: Mapping[tuple[PluralCategory, PluralCategory], PluralCategory] = {}

    def category(self, number: Decimal) -> PluralCategory:
        """The category of a number, whose last zeros count: English has "1 case" and "1.0 cases"."""
        operands = _operands(number)
        for category, condition in self.conditions.items():
            if any(all(one.holds(operands) for one in every) for every in _parsed(condition)):
                return category
        return "other"

    def category_of_range(self, low: Decimal, high: Decimal) -> PluralCategory:
        """The category of "5 to 7"."""
        start, end = self.category(low), self.category(high)
        return self.ranges.get((start, end), end)


class _Relation(Struct, frozen=True):
    """One comparison: an operand, or what is left of it after division, is within the ranges or is not."""

    operand: str
    modulus: int | None
    within: bool
    ranges: tuple[tuple[int, int], ...]

    def holds(self, operands: Mapping[str, Decimal | int]) -> bool:
        value = operands[self.operand]
        if self.modulus:
            value %= self.modulus
        # A range holds whole numbers alone: 2.5 is not within 2..4.
        return self.within == (value == int(value) and any(low <= value <= high for low, high in self.ranges))


def _operands(number: Decimal) -> dict[str, Decimal | int]:
    whole, _, fraction = f"{abs(number):f}".partition(".")
    short = fraction.rstrip("0")
    return {
        "n": abs(number), "i": int(whole), "v": len(fraction), "w": len(short), "f": int(fraction or 0),
        "t": int(short or 0),
        # Nothing here writes numbers such as "1.2 million", which have an exponent.
        "c": 0, "e": 0,
    }  # fmt: skip


@lru_cache(maxsize=256)
def _parsed(condition: str) -> tuple[tuple[_Relation, ...], ...]:
    """A condition as alternatives of relations that all must hold."""
    return tuple(tuple(map(_relation, every.split(" and "))) for every in condition.split(" or "))


def _relation(text: str) -> _Relation:
    found = _RELATION.fullmatch(text)
    if not found:
        raise ValueError(f"is not a relation of plural rules: {text}")
    ends = (one.partition("..") for one in found["ranges"].split(","))
    return _Relation(
        found["operand"],
        int(found["modulus"]) if found["modulus"] else None,
        found["sign"] == "=",
        tuple((int(low), int(high or low)) for low, _, high in ends),
    )
