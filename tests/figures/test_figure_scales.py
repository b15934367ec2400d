"""Axes hold what they are to show, begin and end at ticks, and write these in the marks of a language."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.scales import (
    LEAST_SPAN,
    MOST_TICKS,
    NumberMarks,
    Reach,
    linear_axis,
    ratio_axis,
    reach,
    tick_texts,
)


def at(*values: float) -> list[Reach]:
    return [Reach(value, value, value) for value in values]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((0.83, 1.09), (0.5, 1, 2)),
        ((0.2, 0.4), (0.125, 0.25, 0.5, 1, 2)),
        ((0.5, 2.0), (0.5, 1, 2)),
        ((2.1,), (0.5, 1, 2, 4)),
        ((0.02, 30.0), (0.01, 0.1, 1, 10, 100)),
    ],
)
def test_a_ratio_axis_has_a_tick_at_each_doubling_or_power_of_ten(
    values: tuple[float, ...], ticks: tuple[float, ...]
) -> None:
    assert ratio_axis(at(*values)).ticks == ticks


def test_a_ratio_axis_puts_equal_ratios_at_equal_distances() -> None:
    axis = ratio_axis(at(0.3, 3.5))
    assert axis.share(1) - axis.share(0.5) == pytest.approx(axis.share(2) - axis.share(1))
    assert (axis.share(axis.low), axis.share(axis.high)) == (0, 1)


def test_an_interval_widens_a_ratio_axis_only_so_far() -> None:
    assert ratio_axis([Reach(1.3, 0.9, 7.9)]).high == 8
    assert ratio_axis([Reach(1.3, 0.9, 900)]).high == 8


@pytest.mark.parametrize("shown", [Reach(1, 0, 2), Reach(-1, -2, 3), Reach(1, 0.5, math.inf), Reach(20_000, 1, 30_000)])
def test_what_no_ratio_axis_can_show_is_refused(shown: Reach) -> None:
    with pytest.raises(ValueError, match=r"above 0|too far"):
        ratio_axis([shown])


@pytest.mark.parametrize(
    ("values", "both_sides", "ticks"),
    [
        ((-1.14, -0.51), False, (-1.5, -1, -0.5, 0)),
        ((-1.14, -0.51), True, (-1.5, -1, -0.5, 0, 0.5)),
        ((47.0, 12.0), False, (0, 10, 20, 30, 40, 50)),
        ((0.0,), False, (0, 1)),
        ((0.3,), False, (0, 0.1, 0.2, 0.3)),
    ],
)
def test_an_even_axis_has_few_round_steps(
    values: tuple[float, ...], both_sides: bool, ticks: tuple[float, ...]
) -> None:
    assert linear_axis(at(*values), both_sides=both_sides).ticks == ticks


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e10, -1e-7, 5e-324])
def test_what_no_even_axis_can_show_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"finite|too far apart|too small"):
        linear_axis(at(value))


@pytest.mark.parametrize("limits", [(-5.0, 2.0), (1.0, 5.0), (0.0, 0.0)])
def test_limits_hold_every_value_and_zero(limits: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="axis"):
        linear_axis(at(3.0), limits)


def test_limits_of_ratios_lie_on_both_sides_of_1() -> None:
    assert ratio_axis([Reach(1.2, 0.1, 9)], (0.5, 2)).ticks == (0.5, 1, 2)
    with pytest.raises(ValueError, match="below 1"):
        ratio_axis(at(1.5), (1, 2))


def test_ticks_are_written_with_the_marks_of_a_language() -> None:
    spanish = NumberMarks(",", "\u00a0")
    assert tick_texts(linear_axis(at(-1.14)), spanish) == ["−1,5", "−1,0", "−0,5", "0"]
    assert tick_texts(ratio_axis(at(0.9)), spanish) == ["0,5", "1", "2"]
    assert tick_texts(linear_axis(at(23_000)), spanish)[-1] == "25\u00a0000"


@pytest.mark.parametrize(("low", "high"), [(1.0, None), (None, 1.0), (2.0, 3.0), (0.1, 0.9)])
def test_half_an_interval_and_one_around_another_value_are_refused(low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match="'MM1'"):
        reach(1.0, low, high, "MM1")


@settings(max_examples=examples(300))
@given(st.lists(st.floats(-1e8, 1e8), min_size=1, max_size=6), st.booleans())
def test_any_numbers_lie_on_their_axis(values: list[float], both_sides: bool) -> None:
    assume(not 0 < max(*values, 0) - min(*values, 0) < LEAST_SPAN)
    axis = linear_axis(at(*values), both_sides=both_sides)
    # A millionth of the axis is less than any pen is wide.
    slack = 1e-6 * (axis.high - axis.low)
    assert axis.low - slack <= min(*values, 0) <= max(*values, 0) <= axis.high + slack
    assert 2 <= len(axis.ticks) <= MOST_TICKS
    assert 0 in axis.ticks
    steps = [b - a for a, b in pairwise(axis.ticks)]
    assert max(steps) == pytest.approx(min(steps))
    if both_sides:
        assert axis.low < 0 < axis.high


@settings(max_examples=examples(300))
@given(st.lists(st.floats(1e-4, 1e4), min_size=1, max_size=6))
def test_any_ratios_lie_on_their_axis(values: list[float]) -> None:
    axis = ratio_axis(at(*values))
    assert axis.low <= min(values) * (1 + 1e-6)
    assert axis.high >= max(values) * (1 - 1e-6)
    assert len(axis.ticks) <= 9
    assert 1 in axis.ticks
    assert axis.low < 1 < axis.high
