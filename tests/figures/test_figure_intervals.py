"""Intervals agree with published and independently computed values."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.intervals import clopper_pearson

GOLDEN = [
    (6, 46, "4.9–26.3"),
    (7, 46, "6.3–28.9"),
    (9, 50, "8.6–31.4"),
    (47, 52, "79.0–96.8"),
    (30, 52, "43.2–71.3"),
    (12, 52, "12.5–36.8"),
]


@pytest.mark.parametrize(("x", "n", "exact"), GOLDEN)
def test_the_results_of_the_first_topic_agree_to_the_printed_decimal(x: int, n: int, exact: str) -> None:
    interval = clopper_pearson(x, n)
    assert f"{interval.low:.1f}–{interval.high:.1f}" == exact


@pytest.mark.parametrize("n", [1, 10, 1000, 100_000])
def test_none_and_all_have_closed_forms(n: int) -> None:
    bound = 100 * (1 - 0.025 ** (1 / n))
    assert clopper_pearson(0, n).low == 0
    assert clopper_pearson(0, n).high == pytest.approx(bound, rel=1e-9)
    assert clopper_pearson(n, n).high == 100
    assert clopper_pearson(n, n).low == pytest.approx(100 - bound, rel=1e-9)


def tail(n: int, p: Fraction, terms: range) -> Fraction:
    return sum((comb(n, k) * p**k * (1 - p) ** (n - k) for k in terms), Fraction(0))


@settings(max_examples=examples(40))
@given(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.8, 0.95, 0.99])
)
def test_the_exact_bounds_put_half_of_the_error_into_each_binomial_tail(counts: tuple[int, int], level: float) -> None:
    x, n = counts
    ci = clopper_pearson(x, n, level)
    if x > 0:
        assert float(tail(n, Fraction(ci.low) / 100, range(x, n + 1))) == pytest.approx((1 - level) / 2, rel=1e-6)
    if x < n:
        assert float(tail(n, Fraction(ci.high) / 100, range(x + 1))) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_hold_the_proportion_and_mirror_each_other(counts: tuple[int, int]) -> None:
    x, n = counts
    ci, other = clopper_pearson(x, n), clopper_pearson(n - x, n)
    assert 0 <= ci.low <= 100 * x / n + 1e-9
    assert 100 * x / n - 1e-9 <= ci.high <= 100
    assert ci.low == pytest.approx(100 - other.high, abs=1e-7)


@pytest.mark.parametrize("x", [1, 500, 50_000, 99_999])
def test_a_hundred_thousand_people_are_near_the_normal_limit(x: int) -> None:
    interval = clopper_pearson(x, 100_000)
    low, high = score_interval(x, 100_000)
    assert interval.low == pytest.approx(low, abs=0.01)
    assert interval.high == pytest.approx(high, abs=0.01)


def score_interval(x: int, n: int) -> tuple[float, float]:
    """Bounds in percent by the normal approximation (Wilson EB, JASA 1927;22:209-212), close for large n."""
    z, p = 1.959964, x / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return 100 * (middle - half) / (1 + z * z / n), 100 * (middle + half) / (1 + z * z / n)


@pytest.mark.parametrize(("x", "n", "level"), [(-1, 5, 0.95), (6, 5, 0.95), (0, 0, 0.95), (1, 5, 1.0), (1, 5, 0.0)])
def test_impossible_arguments_are_refused(x: int, n: int, level: float) -> None:
    with pytest.raises(ValueError, match=r"interval|confidence"):
        clopper_pearson(x, n, level)
