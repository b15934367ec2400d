"""Paired bars show each arm's number at its bar, on one scale from 0, in fills that a grey copy keeps apart."""

from __future__ import annotations

import math

import pytest
from comparison_samples import BARS, bars
from figure_checks import MEASURE, assert_sound, grey, labels, shade, words
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.paired_bars import FILLS, paired_bars
from handouts.figures.shapes import ArmBars, ArmsChart, Figure, Path, Rect


def drawn(*rows: ArmBars, arms: int = 2, width: float = 300, most: float | None = None) -> Figure:
    names = tuple("ABCDE"[:arms])
    return paired_bars(rows, arms=names, width=width, measure=MEASURE, alt="x", most=most)


def row(label: str, *values: float | None) -> ArmBars:
    return ArmBars(label, values, tuple("not reached" if v is None else f"{v:g}" for v in values))


def rects(figure: Figure, arms: int) -> list[Rect]:
    """The bars of the rows: the first ones are those of the key."""
    return [s for s in figure.shapes if isinstance(s, Rect)][arms:]


@pytest.mark.parametrize("width", [180, 243, 330, 504])
def test_everything_has_room(width: float) -> None:
    figure = bars(width=width)
    assert_sound(figure)
    for text in ("(418 people)", "(417 people)", "Diarrhea", "47", "38"):
        assert text in words(figure)


def test_bars_are_to_scale_and_numbers_stand_at_their_ends() -> None:
    figure = drawn(row("a", 40, 10), row("b", 0, 20))
    long, short, other = rects(figure, 2)
    assert (long.width + long.stroke_width) == pytest.approx(4 * (short.width + short.stroke_width))
    assert (other.width + other.stroke_width) == pytest.approx(2 * (short.width + short.stroke_width))
    number = next(one for one in labels(figure) if one.text == "10")
    assert 0 < number.x - (short.x + short.width) < 6


def test_the_end_of_the_scale_can_be_set() -> None:
    short, long = (rects(drawn(row("a", 50, 25), most=most), 2)[0].width for most in (100, None))
    assert short < 0.6 * long


def test_labels_stand_beside_their_bars_or_above_where_that_is_too_narrow() -> None:
    wide, narrow = bars(width=504), bars(width=200)
    for figure, beside in ((wide, True), (narrow, False)):
        label = next(one for one in labels(figure) if one.text == "Diarrhea")
        first = rects(figure, 2)[0]
        assert (first.y < label.y < first.y + 2.5 * first.height) == beside


def test_a_value_that_is_not_known_has_words_and_no_bar() -> None:
    figure = drawn(row("Median survival", None, 21.8))
    assert len(rects(figure, 2)) == 1
    assert "not reached" in words(figure)


def test_neighbouring_arms_differ_in_grey_or_in_hatching() -> None:
    figure = drawn(row("a", 40, 40, 40, 40), arms=4)
    image = grey(figure)
    shades = [shade(image, 4 * (r.x + r.width - 1.2), 4 * (r.y + r.height / 2)) for r in rects(figure, 4)]
    hatched = [hatch for _, _, hatch in FILLS]
    for i in range(3):
        assert abs(shades[i] - shades[i + 1]) > 40 or hatched[i] != hatched[i + 1]
    assert len([s for s in figure.shapes if isinstance(s, Path) and s.stroke_width == 1.3]) == 2


def test_the_rows_are_data_and_chart() -> None:
    figure = bars(width=504)
    assert figure.data[1] == ("Diarrhea", "47", "38")
    assert isinstance(figure.chart, ArmsChart)
    assert figure.chart.rows == BARS
    assert figure.chart.most == 47


@pytest.mark.parametrize(
    ("rows", "arms", "most", "why"),
    [
        ((), 2, None, "need an outcome"),
        ((row("a", 1),), 1, None, "2 to 4 arms, not 1"),
        ((row("a", 1, 2, 3, 4, 5),), 5, None, "2 to 4 arms, not 5"),
        ((row("a", 1, 2, 3),), 2, None, "'a' needs a value"),
        ((row("a", -1, 2),), 2, None, "begins at 0"),
        ((row("a", math.nan, 2),), 2, None, "begins at 0"),
        ((row("a", 101, 2),), 2, 100, "above the end of the scale"),
        ((ArmBars("a", (1, 2), ("1", "")),), 2, None, "without its number"),
        ((ArmBars("a", (1, 2), ("1", "Wort " * 30)),), 2, None, "for the bars"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: tuple[ArmBars, ...], arms: int, most: float | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        drawn(*rows, arms=arms, most=most)


NAME = st.lists(st.text("aábcdeéghilmnoöpstuüß", min_size=1, max_size=15), min_size=1, max_size=9).map(" ".join)
VALUE = st.one_of(st.none(), st.sampled_from([0.0, 100.0]), st.floats(0, 1e9), st.floats(0, 1e-9))


@settings(max_examples=examples(150))
@given(
    st.integers(2, 4).flatmap(
        lambda arms: st.lists(st.tuples(NAME, st.lists(VALUE, min_size=arms, max_size=arms)), min_size=1, max_size=6)
    ),
    st.floats(160, 540),
    st.sampled_from([10.5, 12.0, 18.0]),
    st.tuples(*[NAME] * 4),
)
def test_any_bars_are_sound_or_refused(
    rows: list[tuple[str, list[float | None]]], width: float, size: float, names: tuple[str, ...]
) -> None:
    listed = [row(name, *values) for name, values in rows]
    arms = names[: len(rows[0][1])]
    try:
        figure = paired_bars(listed, arms=arms, width=width, measure=MEASURE, alt="x", size=size)
    except ValueError as refused:
        assert str(refused)
        return
    assert_sound(figure)
