"""Icon arrays count people correctly and survive a photocopier."""

from __future__ import annotations

import pytest
from figure_checks import assert_sound, grey, labels, shape_box
from hypothesis import given
from hypothesis import strategies as st

from handouts.figures.icon_array import icon_array
from handouts.figures.shapes import Figure, Path


def people(figure: Figure, fill: str) -> list[Path]:
    return [s for s in figure.shapes if isinstance(s, Path) and s.fill == fill]


def test_six_of_46_are_solid_and_come_first_in_four_rows_of_ten_and_one_of_six() -> None:
    figure = icon_array(6, 46, width=240, alt="6 of 46 people")
    solid, outlined = people(figure, "accent"), people(figure, "unfilled")
    assert (len(solid), len(outlined)) == (6, 40)
    tops = [round(shape_box(p)[1]) for p in [*solid, *outlined]]
    assert [tops.count(top) for top in sorted(set(tops))] == [10, 10, 10, 10, 6]
    lefts = [shape_box(p)[0] for p in [*solid, *outlined][:10]]
    assert lefts == sorted(lefts)
    assert figure.data == (("6", "46"),)


def test_the_counted_carry_a_check_mark_and_the_others_none() -> None:
    figure = icon_array(9, 50, width=240, alt="9 of 50 people")
    assert sum(isinstance(s, Path) and s.fill is None and s.stroke == "on_accent" for s in figure.shapes) == 9


def test_nothing_is_written_so_nobody_is_called_a_non_responder() -> None:
    assert labels(icon_array(6, 46, width=240, alt="6 of 46 people")) == []


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
def test_icons_are_fourteen_to_eighteen_points_wide(width: float) -> None:
    left, _, right, _ = shape_box(people(icon_array(0, 10, width=width, alt="0 of 10"), "unfilled")[0])
    assert 14 <= right - left <= 20


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
