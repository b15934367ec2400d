"""A dumbbell shows each harm in two arms, both numbers beside their points, the largest excess first."""

from __future__ import annotations

import math

import pytest
from comparison_samples import HARMS, harms
from figure_checks import MEASURE, assert_lines_miss_labels, assert_sound, labels, words
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.shapes import Ellipse, Figure, PointChart


def drawn(*rows: Harm, width: float = 400, arms: tuple[str, ...] = ("drug", "placebo")) -> Figure:
    return dumbbell(rows, arms=arms, axis_name="People in 100", width=width, measure=MEASURE, alt="x")


def harm(label: str, a: float, b: float, group: str = "") -> Harm:
    return Harm(label, (a, b), (f"{a:g}", f"{b:g}"), group=group)


def points(figure: Figure) -> list[Ellipse]:
    """The points of the rows: those of the key stand above them."""
    return [s for s in figure.shapes if isinstance(s, Ellipse)][2:]


@pytest.mark.parametrize("width", [220, 330, 504])
def test_everything_has_room(width: float) -> None:
    figure = harms(width=width)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    for text in ("ixazomib + Rd", "placebo + Rd", "+17", "41", "24", "Difference"):
        assert text in words(figure)


def test_harms_stand_in_the_order_given() -> None:
    rows = harm("a", 10, 9, "old"), harm("c", 20, 9, "old"), harm("b", 5, 9, "young")
    assert [row[:2] for row in drawn(*rows).data] == [("old", "a"), ("old", "c"), ("young", "b")]
    assert [row[0] for row in harms(width=504).data] == [one.label for one in HARMS]


def test_points_are_filled_for_the_first_arm_and_hollow_for_the_second() -> None:
    hollow, filled = points(drawn(harm("a", 40, 10)))
    assert (filled.fill, hollow.fill) == ("accent", "unfilled")
    assert hollow.cx < filled.cx


def test_points_are_to_scale() -> None:
    places = [point.cx for point in points(drawn(harm("a", 40, 0), harm("b", 20, 10)))]
    zero, forty, ten, twenty = places
    assert (twenty - zero) * 2 == pytest.approx(forty - zero)
    assert (ten - zero) * 4 == pytest.approx(forty - zero)


@pytest.mark.parametrize(("a", "b"), [(41, 24), (24, 41), (22, 22), (0, 0), (100, 0), (0, 100), (100, 100)])
def test_both_numbers_stand_outside_their_points(a: float, b: float) -> None:
    figure = drawn(harm("Rash", a, b), width=220)
    assert_sound(figure)
    hollow, filled = points(figure)
    numbers = [one for one in labels(figure) if abs(one.y - filled.cy) < 5 and one.text != "Rash"]
    lower, higher = sorted((hollow.cx, filled.cx))
    assert min(one.x for one in numbers) < lower <= higher < max(one.x for one in numbers)
    assert sorted(one.text for one in numbers) == sorted((f"{a:g}", f"{b:g}"))


def test_of_equal_values_the_filled_point_stands_within_the_other() -> None:
    hollow, filled = points(drawn(harm("a", 22, 22)))
    assert (hollow.cx, hollow.cy) == (filled.cx, filled.cy)
    assert hollow.rx > filled.rx


def test_the_rows_are_the_chart() -> None:
    chart = harms(width=504).chart
    assert isinstance(chart, PointChart)
    assert chart.joined
    assert [spot.value for spot in chart.rows[0].spots] == [41, 24]


@pytest.mark.parametrize(
    ("rows", "arms", "why"),
    [
        ((), ("a", "b"), "needs a harm"),
        ((harm("a", 1, 2),), ("a", "b", "c"), "two arms, not 3"),
        ((Harm("a", (1, 2, 3), ("1", "2", "3")),), ("a", "b"), "'a' needs a value"),
        ((harm("a", -1, 2),), ("a", "b"), "below 0"),
        ((harm("a", math.nan, 2),), ("a", "b"), "below 0"),
        ((Harm("a", (1, 2), ("1", " ")),), ("a", "b"), "without its number"),
        ((harm("a", 1, 2), Harm("b", (1, 2), ("1", "2"), "−1")), ("a", "b"), "every harm or for none"),
        ((Harm("a", (1, 2), ("Wort" * 30, "2")),), ("a", "b"), "axis"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: tuple[Harm, ...], arms: tuple[str, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        drawn(*rows, arms=arms)


NAME = st.lists(st.text("aábcdeéghilmnoöpstuüß", min_size=1, max_size=15), min_size=1, max_size=9).map(" ".join)
NUMBER = st.one_of(st.integers(0, 100), st.sampled_from([0, 100]))


@settings(max_examples=examples(120))
@given(
    st.lists(st.tuples(NAME, NUMBER, NUMBER, st.sampled_from(["", "Adults", "Children"])), min_size=1, max_size=8),
    st.floats(220, 540),
    st.tuples(NAME, NAME),
)
def test_any_harms_are_sound(rows: list[tuple[str, int, int, str]], width: float, arms: tuple[str, str]) -> None:
    figure = drawn(*(harm(name, a, b, group) for name, a, b, group in rows), width=width, arms=arms)
    assert_sound(figure)
    assert_lines_miss_labels(figure)


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(NAME, *[st.floats(0, 1e12)] * 2), min_size=1, max_size=4), st.floats(120, 540))
def test_huge_numbers_are_sound_or_refused(rows: list[tuple[str, float, float]], width: float) -> None:
    try:
        figure = drawn(*(harm(name, a, b) for name, a, b in rows), width=width)
    except ValueError as refused:
        assert str(refused)
        return
    assert_sound(figure)
    assert_lines_miss_labels(figure)
