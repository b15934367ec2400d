"""A forest plot shows effects, intervals and whose side is which; a mean change the same around no change."""

from __future__ import annotations

import math
from typing import Literal

import pytest
from comparison_samples import CHANGES, EFFECTS, changes, effects
from figure_checks import MEASURE, assert_lines_miss_labels, assert_sound, labels, shape_box, words
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from thoroughness import examples

from handouts.figures.forest import Effect, forest
from handouts.figures.mean_change import Change, mean_change
from handouts.figures.shapes import Figure, Path, PointChart, Rect

WHISKER = 1.3


def whiskers(figure: Figure) -> list[Path]:
    """Whiskers and their caps."""
    return [s for s in figure.shapes if isinstance(s, Path) and s.stroke == "ink" and s.stroke_width == WHISKER]


def arrow_heads(figure: Figure) -> list[Path]:
    return [s for s in figure.shapes if isinstance(s, Path) and s.fill == "ink"]


def drawn(*rows: Effect, scale: Literal["ratio", "difference"] = "ratio", width: float = 504, **more: object) -> Figure:
    better = "better with A", "better with B"
    return forest(
        rows, scale=scale, axis_name="Odds ratio", better=better, width=width, measure=MEASURE, alt="x", **more
    )  # type: ignore[arg-type]


def chart_of(figure: Figure) -> PointChart:
    assert isinstance(figure.chart, PointChart)
    return figure.chart


@pytest.mark.parametrize("width", [330, 400, 504])
def test_everything_has_room(width: float) -> None:
    figure = effects(width=width)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    said = words(figure)
    for text in ("0.830", "35.3 v 21.8", "Overall survival", "ixazomib + Rd", "Hazard ratio"):
        assert text in said


@pytest.mark.parametrize("width", [220, 330, 504])
def test_changes_have_room(width: float) -> None:
    figure = changes(width=width)
    assert_sound(figure)
    assert_lines_miss_labels(figure)


def test_an_effect_without_an_interval_is_hollow_and_has_no_whisker() -> None:
    figure = effects(width=504)
    squares = [s for s in figure.shapes if isinstance(s, Rect)]
    assert [s.fill for s in squares] == ["unfilled", "accent", "unfilled", "accent", "accent"]
    assert len(whiskers(figure)) == 3 * 3


def test_points_and_whiskers_are_to_scale() -> None:
    figure = drawn(Effect("a", 1.0, "1", 0.5, 2.0))
    whisker, square = whiskers(figure)[0], next(s for s in figure.shapes if isinstance(s, Rect))
    left, _, right, _ = shape_box(whisker)
    middle = square.x + square.width / 2
    assert middle == pytest.approx((left + right) / 2)
    compared = [s for s in figure.shapes if isinstance(s, Path) and s.stroke == "ink" and s.stroke_width == 1.2]
    assert [float(s.commands[0][1]) for s in compared] == [pytest.approx(middle)]


def test_whiskers_beyond_the_axis_end_in_arrow_heads() -> None:
    assert len(arrow_heads(drawn(Effect("a", 1.3, "1.3", 0.001, 900)))) == 2
    assert len(arrow_heads(drawn(Effect("a", -3, "−3", -9, 3), scale="difference", limits=(-4, 4)))) == 1
    assert arrow_heads(drawn(Effect("a", 1.3, "1.3", 0.7, 2))) == []


def test_the_better_side_of_each_arm_is_written_on_that_side_of_the_line() -> None:
    figure = drawn(Effect("a", 1.3, "1.3", 0.7, 2))
    line = next(s for s in figure.shapes if isinstance(s, Path) and s.stroke == "ink" and s.stroke_width == 1.2)
    at = float(line.commands[0][1])
    left, right = (next(one for one in labels(figure) if one.text == f"better with {arm}") for arm in "AB")
    assert (left.anchor, right.anchor) == ("end", "start")
    assert left.x < at < right.x


def test_neighbours_of_one_group_share_its_head() -> None:
    assert words(effects(width=504)).count("Progression-free survival") == 1


def test_the_rows_are_data_and_chart() -> None:
    figure = effects(width=504)
    assert figure.data[1] == (EFFECTS[1].group, EFFECTS[1].label, "35.3 v 21.8", "0.830 (0.676–1.018)")
    chart = chart_of(figure)
    assert [(r.spots[0].value, r.spots[0].low) for r in chart.rows] == [(e.value, e.low) for e in EFFECTS]
    assert (chart.line, chart.axis.base, chart.joined) == (1.0, 2, False)


def test_changes_are_compared_with_zero_in_even_steps() -> None:
    chart = chart_of(changes(width=504))
    assert (chart.line, chart.axis.base, chart.axis.low) == (0.0, None, -1.5)
    assert [row.label for row in chart.rows] == [change.label for change in CHANGES]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((), "needs an effect"),
        ((Effect("a", 0, "0", 0, 1),), "above 0"),
        ((Effect("a", 2, "2", 3, 4),), "'a' has the value 2"),
        ((Effect("a", 2, "2", 1),), "half an interval"),
        ((Effect("a", math.nan, "?"),), "above 0"),
        ((Effect("a", 2, "2"), Effect("b", 2, "2", others=("x",))), "same columns"),
        ((Effect("a", 2, "Donaudampfschifffahrtsgesellschaft" * 3),), "axis"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: tuple[Effect, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        drawn(*rows)


def test_heads_that_are_not_those_of_the_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="each column has a head"):
        drawn(Effect("a", 2, "2"), heads=("one", "two"))


@pytest.mark.parametrize(
    ("rows", "why"),
    [((), "needs an arm"), ((Change("a", 1, "1", 2, 3),), "'a'"), ((Change("a", math.inf, "∞"),), "finite")],
)
def test_changes_that_cannot_be_drawn_are_refused(rows: tuple[Change, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        mean_change(rows, axis_name="x", width=400, measure=MEASURE, alt="x")


NAME = st.lists(st.text("aábcdeéghilmnoöpstuüß", min_size=1, max_size=15), min_size=1, max_size=9).map(" ".join)
ROWS = st.lists(st.tuples(NAME, st.tuples(*[st.floats(1e-4, 1e4)] * 3), st.booleans(), NAME), min_size=1, max_size=6)


@settings(max_examples=examples(120))
@given(ROWS, st.floats(200, 540), st.sampled_from([10.5, 12.0]), st.booleans())
def test_any_effects_are_sound_or_refused(
    rows: list[tuple[str, tuple[float, float, float], bool, str]], width: float, size: float, ratio: bool
) -> None:
    listed: list[Effect] = []
    for name, numbers, known, other in rows:
        low, value, high = sorted(numbers)
        text = f"{value:.2f} ({low:.2f}–{high:.2f})"
        bounds = (low, high) if known else (None, None)
        listed.append(Effect(name, value, text, *bounds, (other[:20].strip(),), name[:1]))
    try:
        figure = drawn(*listed, scale="ratio" if ratio else "difference", width=width, size=size)
    except ValueError as refused:
        assert str(refused)
        return
    assert_sound(figure)
    assert_lines_miss_labels(figure)


@settings(max_examples=examples(60))
@given(ROWS, st.floats(260, 540))
def test_short_changes_are_always_drawn(
    rows: list[tuple[str, tuple[float, float, float], bool, str]], width: float
) -> None:
    listed: list[Change] = []
    for name, numbers, known, _ in rows:
        low, value, high = sorted(100 - number for number in numbers)
        listed.append(Change(name[:40].strip(), value, f"{value:.1f}", *((low, high) if known else (None, None))))
    figure = mean_change(tuple(listed), axis_name="Change, points", width=width, measure=MEASURE, alt="x")
    assert_sound(figure)
    assert_lines_miss_labels(figure)


def test_the_same_effects_are_drawn_once() -> None:
    assert effects(width=504) is effects(width=504)
    assert effects(width=504, alt="Other words.") == replace(effects(width=504), alt="Other words.")
