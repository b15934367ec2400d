"""Rounding as the field's tables do: exact numbers in, decimal ones with so many places out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """The value rounded half up, as the field's tables do, with exactly `places` decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent_of(count: int, of: int, places: int = 0) -> Decimal:
    """The percentage that a count is, to so many decimals, or to as many as it takes to be neither 0 nor 100 where the
    count is neither none nor all.
    """
    return percent_of_share(Fraction(count, of), places)


def percent_of_share(share: Fraction, places: int = 0) -> Decimal:
    """As `percent_of`, for a share between 0 and 1."""
    percent = rounded(100 * share, places)
    while percent in (0, 100) and percent != 100 * share:
        places += 1
        percent = rounded(100 * share, places)
    return percent
