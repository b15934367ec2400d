"""The exact (Clopper-Pearson) confidence interval of a proportion: x of n → bounds in percent."""

from __future__ import annotations

import math
from functools import lru_cache

from msgspec import Struct

_TINY = 1e-300
_STEPS = 100_000


class Bounds(Struct, frozen=True):
    """Bounds in percent, 0 to 100."""

    low: float
    high: float


@lru_cache(maxsize=1024)
def clopper_pearson(x: int, n: int, confidence: float = 0.95) -> Bounds:
    """The exact interval of x/n: both one-sided binomial tests at (1 - confidence)/2 turned round.

    The bounds are quantiles of beta distributions: low = B(α/2; x, n-x+1), high = B(1-α/2; x+1, n-x); 0/n starts at 0
    and n/n ends at 100. Clopper CJ, Pearson ES, Biometrika 1934;26:404-413; the beta form: Brown LD, Cai TT,
    DasGupta A, Statistical Science 2001;16:101-133, section 4.2.1. Raises ValueError unless 0 ≤ x ≤ n, n ≥ 1 and
    0 < confidence < 1.
    """
    _check(x, n, confidence)
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else _beta_quantile(tail, x, n - x + 1)
    # B(1-p; a, b) = 1 - B(p; b, a): solving for the small tail keeps its digits.
    high = 1.0 if x == n else 1 - _beta_quantile(tail, n - x, x + 1)
    return Bounds(100 * low, 100 * high)


def _check(x: int, n: int, confidence: float) -> None:
    if n < 1 or not 0 <= x <= n:
        raise ValueError(f"an interval needs 0 ≤ x ≤ n and n ≥ 1, not {x} of {n}")
    if not 0 < confidence < 1:
        raise ValueError(f"the confidence is a proportion between 0 and 1, not {confidence:g}")


def _beta_quantile(p: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    while True:
        middle = (low + high) / 2
        if middle in {low, high}:
            return middle
        if _beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle


def _beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, modified Lentz)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_cdf(1 - x, b, a)
    front = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            return math.exp(front) * fraction / a
    raise ArithmeticError(f"the incomplete beta function did not converge at {x}, {a}, {b}")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
