"""Icon arrays count people correctly and survive a photocopier."""

from __future__ import annotations

from functools import partial

import pytest
from figure_checks import MEASURE, assert_sound, grey, labels, shape_box
from hypothesis import given
from hypothesis import strategies as st

from handouts.figures import icon_array as module
from handouts.figures.shapes import Ellipse, Figure

icon_array = partial(module.icon_array, measure=MEASURE, key=("responded", "others"))


def people(figure: Figure, fill: str) -> list[Ellipse]:
    """The discs of people, without those of the key."""
    return [s for s in discs(figure)[: int(figure.data[0][1])] if s.fill == fill]


def discs(figure: Figure) -> list[Ellipse]:
    return [s for s in figure.shapes if isinstance(s, Ellipse)]


def test_six_of_46_are_solid_and_come_first_in_four_rows_of_ten_and_one_of_six() -> None:
    figure = icon_array(6, 46, width=240, alt="6 of 46 people")
    solid, outlined = people(figure, "accent"), people(figure, "unfilled")
    assert (len(solid), len(outlined)) == (6, 40)
    tops = [round(shape_box(p)[1]) for p in [*solid, *outlined]]
    assert [tops.count(top) for top in sorted(set(tops))] == [10, 10, 10, 10, 6]
    lefts = [shape_box(p)[0] for p in [*solid, *outlined][:10]]
    assert lefts == sorted(lefts)
    assert figure.data == (("6", "46"),)


def test_the_key_says_what_filled_and_outlined_discs_are_and_calls_nobody_a_non_responder() -> None:
    figure = icon_array(6, 46, width=156, alt="6 of 46 people")
    assert [(disc.fill, label.text) for disc, label in zip(discs(figure)[46:], labels(figure), strict=True)] == [
        ("accent", "responded"), ("unfilled", "others"),
    ]  # fmt: skip


def test_where_all_are_counted_there_are_no_others() -> None:
    assert [label.text for label in labels(icon_array(9, 9, width=156, alt="9 of 9 people"))] == ["responded"]


def test_a_long_key_stands_in_lines_within_the_width() -> None:
    key = "respondieron al tratamiento con los otros dos medicamentos", "las demás"
    figure = icon_array(6, 46, width=126, alt="6 of 46 people", key=key)
    assert_sound(figure)
    assert figure.width <= 126 and " ".join(label.text for label in labels(figure)) == " ".join(key)


@pytest.mark.parametrize("width", [125, 150, 240, 480])
def test_solid_and_outlined_people_differ_in_grey_and_in_black_and_white(width: float) -> None:
    figure = icon_array(1, 2, width=width, alt="1 of 2 people")
    image = grey(figure)
    ink: list[float] = []
    for person in (people(figure, "accent")[0], people(figure, "unfilled")[0]):
        left, top, right, bottom = (4 * v for v in shape_box(person))
        pixels = image.crop((int(left), int(top), int(right), int(bottom))).tobytes()
        ink.append(sum(pixel < 128 for pixel in pixels) / len(pixels))
    assert ink[0] > 0.5
    assert 0.04 < ink[1] < 0.35


@pytest.mark.parametrize("width", [240.0, 480.0])
def test_discs_grow_to_fifteen_points_and_no_further(width: float) -> None:
    left, _, right, _ = shape_box(people(icon_array(0, 10, width=width, alt="0 of 10"), "unfilled")[0])
    assert right - left == pytest.approx(15.1, abs=0.1)


@pytest.mark.parametrize(("count", "of"), [(-1, 10), (11, 10), (0, 0), (1, 301)])
def test_impossible_counts_are_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="icon array"):
        icon_array(count, of, width=240, alt="people")


def test_a_width_too_narrow_for_ten_people_is_refused() -> None:
    with pytest.raises(ValueError, match="need a width of"):
        icon_array(1, 10, width=80, alt="people")


def test_a_blank_alt_text_is_refused() -> None:
    with pytest.raises(ValueError, match="alt text"):
        icon_array(1, 10, width=240, alt=" ")


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(125, 504))
def test_any_array_is_sound(counts: tuple[int, int], width: float) -> None:
    figure = icon_array(*counts, width=width, alt="people")
    assert_sound(figure)
    assert figure.width <= width + 1e-6
    assert len(people(figure, "accent")) == counts[0]
    assert len(people(figure, "unfilled")) == counts[1] - counts[0]
