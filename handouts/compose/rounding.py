"""Rounding as the field's tables do: exact numbers in, decimal ones with so many places out."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(value: Fraction | Decimal, places: int = 0) -> Decimal:
    """The value rounded half up, as the field's tables do, with exactly `places` decimals."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def share_of(count: int, of: int, places: int = 0) -> Decimal:
    """A count in percent, with as many more decimals as it takes that some are not none, and not all are not all."""
    exact = Fraction(100 * count, of)
    share = rounded(exact, places)
    while (share == 0 and count > 0) or (share == 100 and count < of):
        places += 1
        share = rounded(exact, places)
    return share
