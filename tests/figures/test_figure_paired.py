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


def drawn(*rows: ArmBars, arms: int = 2, width: float = 300) -> Figure:
    names = tuple("ABCDE"[:arms])
    return paired_bars(rows, arms=names, width=width, measure=MEASURE, alt="x")


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


EXPLAINED = (
    ArmBars(
        "Low platelets", (41, 24), ("41 in 100", "24 in 100"), means="you may bruise or bleed", numbers=("41", "24")
    ),
    ArmBars("Rash", (25, 15), ("25 in 100", "15 in 100"), numbers=("25", "15")),
)


@pytest.mark.parametrize("width", [150, 290])
def test_a_name_is_explained_beneath_it_in_smaller_type(width: float) -> None:
    figure = paired_bars(EXPLAINED, arms=("A", "B"), width=width, measure=MEASURE, alt="x")
    assert_sound(figure)
    name, means = (next(one for one in labels(figure) if one.text == text)
                   for text in ("Low platelets", "you may bruise or bleed"))  # fmt: skip
    assert (name.strong, means.strong) == (True, False)
    assert 10 <= means.size < name.size
    assert name.x == means.x and name.y < means.y < name.y + 2 * name.size


def test_under_a_head_bars_have_numbers_alone_and_the_native_chart_whole_words() -> None:
    figure = paired_bars(EXPLAINED, arms=("A", "B"), width=290, measure=MEASURE, alt="x", heads=("Out of 100 people",))
    first, *_ = labels(figure)
    assert first.text == "Out of 100 people"
    assert "41" in {one.text for one in labels(figure)} and "in 100" not in words(figure).removeprefix(first.text)
    assert isinstance(figure.chart, ArmsChart) and figure.chart.rows[0].texts == ("41 in 100", "24 in 100")


def test_bars_of_one_outcome_touch_and_outcomes_stand_apart() -> None:
    first, second, third, _ = rects(drawn(row("a", 40, 10), row("b", 30, 20)), 2)
    assert second.y - (first.y + first.height) == pytest.approx(first.stroke_width)
    assert third.y - (second.y + second.height) > 3


def test_figures_that_are_alike_share_scale_and_axis_and_the_second_may_go_without_a_key() -> None:
    mm1 = ArmBars("Treated before", (20.6, 14.7), ("20.6 months", "14.7 months"), means="MM1, 722 people")
    mm2 = ArmBars("Just diagnosed", (35.3, 21.8), ("35.3 months", "21.8 months"))
    upper = paired_bars([mm1], arms=("A", "B"), width=330, measure=MEASURE, alt="x", alike=[mm2])
    lower = paired_bars([mm2], arms=("A", "B"), width=330, measure=MEASURE, alt="x", alike=[mm1], key=False)
    assert "A" in {one.text for one in labels(upper)} and "A" not in {one.text for one in labels(lower)}
    (short, _), (long, _) = rects(upper, 2), rects(lower, 0)
    assert short.x == long.x
    assert (short.width + short.stroke_width) / (long.width + long.stroke_width) == pytest.approx(20.6 / 35.3)
    assert "35.3 months" not in words(upper)
    assert lower.height < 40


SPANISH = ArmBars(
    "Neuropatía periférica", (28, 22), ("28", "22"), means="entumecimiento, hormigueo o dolor en manos y pies"
)


@pytest.mark.parametrize("count", [1, 7, 12])
@pytest.mark.parametrize("width", [243, 290, 504])
def test_one_pair_or_twelve_with_long_names_have_room(count: int, width: float) -> None:
    arms = ("ixazomib, lenalidomida y dexametasona (1418 personas)",
            "medicamento inactivo, lenalidomida y dexametasona (1417 personas)")  # fmt: skip
    figure = paired_bars([SPANISH] * count, arms=arms, width=width, measure=MEASURE, alt="x")
    assert_sound(figure)
    assert words(figure).count("Neuropatía") == count


def test_seven_explained_pairs_take_no_more_than_a_quarter_of_a_page() -> None:
    seven = (*EXPLAINED, *(row(name, 28, 22) for name in ("Diarrhea", "Nausea", "Constipation", "Vomiting", "Nerves")))
    arms = ("ixazomib, Revlimid, dexamethasone (418 people)", "dummy drug, Revlimid, dexamethasone (417 people)")
    figure = paired_bars(seven, arms=arms, width=290, measure=MEASURE, alt="x", heads=("Out of 100 people",))
    assert figure.height < 236


@pytest.mark.parametrize(
    ("rows", "arms", "why"),
    [
        ((), 2, "need an outcome"),
        ((row("a", 1),), 1, "2 to 4 arms, not 1"),
        ((row("a", 1, 2, 3, 4, 5),), 5, "2 to 4 arms, not 5"),
        ((row("a", 1, 2, 3),), 2, "'a' needs a value"),
        ((row("a", -1, 2),), 2, "begins at 0"),
        ((row("a", math.nan, 2),), 2, "begins at 0"),
        ((ArmBars("a", (1, 2), ("1", "")),), 2, "without its number"),
        ((ArmBars("a", (1, 2), ("1", "2"), numbers=("1",)),), 2, "'a' needs a value"),
        ((ArmBars("a", (1, 2), ("1", "Wort " * 30)),), 2, "for the bars"),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: tuple[ArmBars, ...], arms: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        drawn(*rows, arms=arms)


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
