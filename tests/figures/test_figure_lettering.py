"""Words are wrapped at spaces, hyphens and slashes, and boxes are spread in order."""

from __future__ import annotations

import pytest
from figure_checks import MEASURE
from hypothesis import given
from hypothesis import strategies as st

from handouts.figures.lettering import even, least_width, narrowest, spread, wrap


def lines(text: str, width: float) -> list[str]:
    return [line for line, _ in wrap(text, 10.5, width, MEASURE).lines]


def test_words_wrap_at_spaces_and_long_words_at_their_slash() -> None:
    assert lines("in relapsed/refractory myeloma", 60) == ["in relapsed/", "refractory", "myeloma"]


def test_a_no_break_space_never_breaks() -> None:
    assert lines("about 18\u00a0people now", 62) == ["about", "18\u00a0people", "now"]


def test_a_word_without_room_is_named() -> None:
    with pytest.raises(ValueError, match="'Wiederverwertung' is"):
        wrap("Die Wiederverwertung", 10.5, 40, MEASURE)


def test_even_lines_leave_no_lonely_word() -> None:
    text = "Weekly at the dose chosen (number not stated)"
    assert [line for line, _ in even(text, 10.5, 210, MEASURE).lines] != lines(text, 210)


WORDS = st.lists(st.text("abcdefghij-/", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.integers(1, 5))
def test_every_setting_keeps_the_words_and_the_width(text: str, count: int) -> None:
    width = max(120.0, least_width(text, 10.5, MEASURE))
    for block in (
        wrap(text, 10.5, width, MEASURE),
        even(text, 10.5, width, MEASURE),
        narrowest(text, 10.5, count, width, MEASURE),
    ):
        assert "".join(line for line, _ in block.lines).replace(" ", "") == text.replace(" ", "")
        assert block.width <= width + 1e-5
        assert max(MEASURE(line, 10.5) for line, _ in block.lines) == pytest.approx(block.width)


@given(st.lists(st.tuples(st.floats(-50, 350), st.floats(5, 60)), max_size=6))
def test_spread_boxes_keep_order_and_distance_or_are_refused(boxes: list[tuple[float, float]]) -> None:
    wanted, widths = [w for w, _ in boxes], [w for _, w in boxes]
    lefts = spread(wanted, widths, 0, 300, 8)
    if lefts is None:
        assert sum(widths) + 8 * (len(widths) - 1) > 300
        return
    ends = [left + width for left, width in zip(lefts, widths, strict=True)]
    assert all(left >= -1e-6 for left in lefts)
    assert all(end <= 300 + 1e-6 for end in ends)
    assert all(b - a >= 8 - 1e-6 for a, b in zip(ends, lefts[1:], strict=False))


def test_boxes_with_room_stay_where_they_are_wanted() -> None:
    assert spread([0, 100, 200], [50, 50, 50], 0, 300, 8) == [0, 100, 200]
