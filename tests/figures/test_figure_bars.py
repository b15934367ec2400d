"""The stacked response bar shows exclusive parts to scale, with labels that never overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figure_checks import MEASURE, assert_sound, grey, labels, shade, shape_box, words
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.response_bars import BAR_HEIGHT, ResponsePart, exclusive_parts, response_parts
from handouts.figures.shapes import Figure, Rect

TRIPLET = (12, 18, 17, 5)
ENGLISH = (
    "Complete response",
    "Very good partial response",
    "Partial response",
    "Less than a partial response, or not stated",
)
SPANISH = (
    "Respuesta completa",
    "Respuesta parcial muy buena",
    "Respuesta parcial",
    "Menor que una respuesta parcial o no indicada",
)
GERMAN = (
    "Vollständiges Ansprechen",
    "Sehr gutes partielles Ansprechen",
    "Partielles Ansprechen",
    "Weniger als partielles Ansprechen oder nicht angegeben",
)
LANGUAGES = ((ENGLISH, "people"), (SPANISH, "personas"), (GERMAN, "Personen"))


def bar(names: tuple[str, ...], noun: str, width: float, size: float = 10.5) -> Figure:
    parts = [
        ResponsePart(name, n, f"{n} {noun}", i < 3) for i, (name, n) in enumerate(zip(names, TRIPLET, strict=True))
    ]
    return response_parts(parts, of=52, width=width, measure=MEASURE, alt="Parts of 52 people", title="52", size=size)


def boxes(figure: Figure) -> list[Rect]:
    """The parts of the bar; the pieces of the key and the grounds of numbers are lower."""
    return [s for s in figure.shapes if isinstance(s, Rect) and s.fill and s.height > BAR_HEIGHT - 3]


def test_nested_counts_become_exclusive_parts() -> None:
    assert exclusive_parts((12, 30, 47), 52) == TRIPLET


@pytest.mark.parametrize(("nested", "of"), [((30, 12, 47), 52), ((12, 30, 53), 52), ((-1, 3), 5), ((), 0)])
def test_counts_that_do_not_nest_are_refused(nested: tuple[int, ...], of: int) -> None:
    with pytest.raises(ValueError, match="do not nest"):
        exclusive_parts(nested, of)


@given(st.lists(st.integers(0, 500), max_size=6), st.integers(1, 500))
def test_exclusive_parts_add_up_to_the_group(parts: list[int], rest: int) -> None:
    nested = [sum(parts[: i + 1]) for i in range(len(parts))]
    assert exclusive_parts(nested, sum(parts) + rest) == (*parts, rest)


@pytest.mark.parametrize("size", [10.5, 11, 12])
@pytest.mark.parametrize("width", [156, 243, 300, 504])
@pytest.mark.parametrize(("names", "noun"), LANGUAGES)
def test_the_key_has_room_in_three_languages(names: tuple[str, ...], noun: str, width: float, size: float) -> None:
    figure = bar(names, noun, width, size)
    assert_sound(figure)
    assert set(words(figure).split()) == {w for name in names for w in name.split()} | {"12", "18", "17", "5"}


SHORT = ("complete", "very good", "partial", "less")


def test_numbers_stand_in_their_parts_and_names_in_two_columns_below() -> None:
    figure = bar(SHORT, "people", 156)
    for number, part in zip(TRIPLET, boxes(figure), strict=True):
        label = next(one for one in labels(figure) if one.text == str(number))
        assert label.strong and part.y < label.y < part.y + part.height
        assert part.x < label.x < part.x + part.width
    complete, very_good, partial = (next(one for one in labels(figure) if one.text == text) for text in SHORT[:3])
    assert complete.y == very_good.y < partial.y
    assert complete.x == partial.x < very_good.x


def test_a_wide_bar_has_its_key_in_one_row() -> None:
    names = [one for one in labels(bar(SHORT, "people", 440)) if one.text in SHORT]
    assert len({one.y for one in names}) == 1 and len(names) == 4


def test_a_part_too_narrow_for_its_number_has_it_before_its_name() -> None:
    parts = [ResponsePart("complete", 1, "1 person"), ResponsePart("partial", 51, "51 people")]
    texts = {one.text for one in labels(response_parts(parts, of=52, width=156, measure=MEASURE, alt="x"))}
    assert texts == {"1 complete", "51", "partial"}


def test_what_is_hatched_or_turns_black_on_a_copier_has_a_clear_ground_for_its_number() -> None:
    figure = bar(SHORT, "people", 243)
    image = grey(figure)
    for number, dark in (("12", True), ("18", False), ("17", False), ("5", False)):
        label = next(one for one in labels(figure) if one.text == number)
        beside = shade(image, 4 * (label.x + MEASURE(number, label.size, strong=True) / 2 + 1), 4 * (label.y - 3))
        assert beside < 100 if dark else beside > 180, number


def test_parts_are_to_scale_from_zero() -> None:
    drawn = boxes(bar(ENGLISH, "people", 504))
    edges = [shape_box(r) for r in drawn]
    assert edges[0][0] == pytest.approx(0, abs=0.01)
    assert edges[-1][2] == pytest.approx(504, abs=0.6)
    for (left, _, right, _), n in zip(edges, TRIPLET, strict=True):
        assert right - left == pytest.approx(504 * n / 52, abs=2.2)


def test_the_native_chart_has_the_same_parts_in_percent() -> None:
    figure = bar(ENGLISH, "people", 504)
    assert figure.chart is not None
    assert figure.chart.stacked
    assert [round(b.value, 1) for b in figure.chart.bars] == [23.1, 34.6, 32.7, 9.6]
    assert figure.data[0] == ("Complete response", "12", "52")


def test_neighbours_differ_in_grey_and_a_white_gap_parts_them() -> None:
    figure = bar(ENGLISH, "people", 504)
    image, drawn = grey(figure), boxes(figure)
    shades = [shade(image, 4 * (r.x + 4.3), 4 * (r.y + r.height - 2.5)) for r in drawn]
    assert all(abs(a - b) >= 40 for a, b in pairwise(shades)), shades
    for a, b in pairwise(drawn):
        assert shade(image, 2 * (a.x + a.width + b.x), 4 * (a.y + 12)) == 255


def test_a_part_of_nobody_has_no_box_and_no_label() -> None:
    parts = [
        ResponsePart("Complete", 0, "0 people"),
        ResponsePart("Partial", 4, "4 people"),
        ResponsePart("Other", 6, "6 people", responded=False),
    ]
    figure = response_parts(parts, of=10, width=300, measure=MEASURE, alt="10 people")
    assert "Complete" not in words(figure)
    assert len(boxes(figure)) == 2
    assert len(figure.data) == 3


def test_parts_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up to 52"):
        response_parts([ResponsePart("All", 47, "47 people")], of=52, width=300, measure=MEASURE, alt="x")


def test_more_than_three_kinds_of_response_are_refused() -> None:
    parts = [ResponsePart(str(i), 1, "1 person") for i in range(4)]
    with pytest.raises(ValueError, match="3 parts of a kind"):
        response_parts(parts, of=4, width=300, measure=MEASURE, alt="x")


def test_words_without_room_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="Ansprechverhaltensbeurteilungskategorie"):
        response_parts(
            [ResponsePart("Ansprechverhaltensbeurteilungskategorie" * 2, 1, "1")],
            of=1,
            width=156,
            measure=MEASURE,
            alt="x",
        )


WORD = st.text("aábcdeéfghijlmnoöprstuüvzßñçÅŁ", min_size=1, max_size=14)
NAME = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=examples(60))
@given(
    st.lists(st.tuples(st.integers(0, 90), NAME, st.booleans()), min_size=1, max_size=6),
    st.floats(140, 504),
    st.sampled_from([10.5, 11.0, 12.0]),
)
def test_any_bar_is_sound(rows: list[tuple[int, str, bool]], width: float, size: float) -> None:
    of = sum(n for n, _, _ in rows)
    assume(of and max(sum(r for _, _, r in rows), sum(not r for _, _, r in rows)) <= 3)
    parts = [ResponsePart(name, n, f"{n} personas", r) for n, name, r in rows]
    figure = response_parts(parts, of=of, width=width, measure=MEASURE, alt="people", size=size)
    assert_sound(figure)
    assert labels(figure)
