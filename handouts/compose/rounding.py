"""Rounding as the field's tables do: exact numbers in, decimal ones with so many places out.

What words say of some people is never said of none or of all: where rounding would, there are more decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NONE_AND_ALL = (0, 100)
"""Percentages that nothing may be rounded to."""


def rounded(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """The value rounded half up, as the field's tables do, with exactly `places` decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def told_apart(value: Fraction | Decimal, places: int, marks: Iterable[int] = (0,)) -> Decimal:
    """The value rounded to so many decimals, or to as many as it takes to be none of the `marks` that it is not: 0.04
    is not 0.0, and a ratio of 0.996 not 1.00. Raises ArithmeticError for more digits than a decimal number has.
    """
    found = rounded(value, places)
    while any(found == mark != value for mark in marks):
        places += 1
        found = rounded(value, places)
    return found


def percent_of(count: int, of: int, places: int = 0) -> Decimal:
    """The percentage that a count is, to so many decimals, or to as many as it takes to be neither 0 nor 100 where the
    count is neither none nor all.
    """
    return percent_of_share(Fraction(count, of), places)


def percent_of_share(share: Fraction, places: int = 0) -> Decimal:
    """As `percent_of`, for a share between 0 and 1."""
    return told_apart(100 * share, places, NONE_AND_ALL)
