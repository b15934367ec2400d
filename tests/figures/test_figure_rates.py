"""Response rates show value, interval and what has no denominator."""

from __future__ import annotations

import pytest
from figure_checks import MEASURE, assert_lines_miss_labels, assert_sound, shape_box, words
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.intervals import clopper_pearson
from handouts.figures.response_rates import response_rates
from handouts.figures.shapes import Bar, Ellipse, Figure, Path, Rect

TICKS = tuple((float(v), f"{v} %") for v in (0, 25, 50, 75, 100))
ROWS = (
    Bar("Twice a week, PR or better (6 of 46)", 13.04, "13.0 % (4.9–26.3)", 4.94, 26.26),
    Bar("At the dose chosen (number not stated)", 26, "26 %"),
    Bar("With lenalidomide and dexamethasone (47 of 52)", 90.38, "90.4 % (79.0–96.8)", 78.97, 96.80, main=False),
)


def rates(rows: tuple[Bar, ...], width: float, size: float = 10.5) -> Figure:
    return response_rates(rows, width=width, measure=MEASURE, alt="Response rates", ticks=TICKS, title="ORR", size=size)


@pytest.mark.parametrize("width", [230, 330, 399, 400, 504])
def test_labels_and_values_have_room(width: float) -> None:
    figure = rates(ROWS, width)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    for row in ROWS:
        assert row.text in words(figure)


def test_a_rate_without_denominator_is_hollow_and_has_no_error_bar() -> None:
    figure = rates(ROWS[1:2], 400)
    assert [s.fill for s in figure.shapes if isinstance(s, Rect)] == ["unfilled"]
    assert not any(isinstance(s, Ellipse) for s in figure.shapes)
    assert not any(isinstance(s, Path) and s.stroke == "ink" for s in figure.shapes)


def test_bar_and_error_bar_are_to_scale() -> None:
    figure = rates(ROWS[:1], 400)
    whole = next(s for s in figure.shapes if isinstance(s, Path) and s.commands[0][2] == s.commands[1][2])
    axis = [
        s
        for s in figure.shapes
        if isinstance(s, Path) and s.stroke == "muted" and shape_box(s)[2] - shape_box(s)[0] > 90
    ]
    left, _, right, _ = shape_box(axis[0])
    unit = (right - left - 0.8) / 100
    error = next(s for s in figure.shapes if isinstance(s, Path) and s.stroke == "ink")
    assert shape_box(error)[0] + 0.6 == pytest.approx(left + 0.4 + 4.94 * unit, abs=0.05)
    assert shape_box(error)[2] - 0.6 == pytest.approx(left + 0.4 + 26.26 * unit, abs=0.05)
    assert whole is not None


def test_the_native_chart_is_the_rows() -> None:
    figure = response_rates(
        ROWS, width=400, measure=MEASURE, alt="x", ticks=TICKS, title="ORR", interval_name="exact 95% CI"
    )
    assert figure.chart is not None
    assert figure.chart.bars == ROWS
    assert figure.chart.interval_name == "exact 95% CI"


@pytest.mark.parametrize(
    "bar",
    [Bar("a", 101, "101 %"), Bar("a", 10, "10 %", 11, 20), Bar("a", 10, "10 %", 1), Bar("a", 10, "10 %", 1, 9)],
)
def test_values_that_contradict_each_other_are_refused(bar: Bar) -> None:
    with pytest.raises(ValueError, match="'a'"):
        rates((bar,), 400)


def test_no_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="needs a row"):
        rates((), 400)


def test_values_that_leave_no_room_for_bars_are_refused() -> None:
    with pytest.raises(ValueError, match="for the bars"):
        rates((Bar("Ansprechwahrscheinlichkeiten", 10, "Donaudampfschifffahrtsgesellschaft"),), 400)


NAME = st.lists(st.text("aábcdeéghilmnoöpstuüß", min_size=1, max_size=15), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=examples(60))
@given(
    st.lists(
        st.tuples(NAME, st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.floats(240, 504),
    st.sampled_from([10.5, 12.0]),
)
def test_any_rows_are_sound(rows: list[tuple[str, tuple[int, int], bool]], width: float, size: float) -> None:
    bars: list[Bar] = []
    for name, (x, n), known in rows:
        ci = clopper_pearson(x, n)
        low, high = (ci.low, ci.high) if known else (None, None)
        bars.append(Bar(name, 100 * x / n, f"{100 * x / n:.1f} % ({ci.low:.1f}–{ci.high:.1f})", low, high))
    figure = rates(tuple(bars), width, size)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
