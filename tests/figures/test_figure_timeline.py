"""A timeline keeps its order, and its words apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from figure_checks import MEASURE, assert_lines_miss_labels, assert_sound, labels, words
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.figures.shapes import Ellipse, Figure, Label, Path
from handouts.figures.timeline import TimelineEvent, broken_gaps, timeline

EVENTS = (
    TimelineEvent(2013.5, "About 2013", "The page that this handout is drawn from"),
    TimelineEvent(2015.9, "Nov 2015", "US approval for two uses"),
    TimelineEvent(2021.5, "2021", "Second study: the gain was too small"),
    TimelineEvent(2025.9, "Dec 2025", "Later studies: no gain in survival"),
    TimelineEvent(2026.4, "May 2026", "This handout", "now"),
    TimelineEvent(2027.5, "2027", "More results expected", "planned"),
    TimelineEvent(2028.5, "2028", "Zulassung für weitere Kranke möglich", "planned"),
    TimelineEvent(2029.5, "2029", "Más resultados", "planned"),
)


def drawn(count: int, width: float, size: float = 10.5) -> Figure:
    return timeline(EVENTS[:count], width=width, measure=MEASURE, alt="What happened when", size=size)


@pytest.mark.parametrize("count", range(3, 9))
@pytest.mark.parametrize("width", [300, 360, 504])
def test_three_to_eight_events_fit_a_column_or_a_page(count: int, width: float) -> None:
    figure = drawn(count, width)
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    assert figure.data == tuple((e.date, e.words) for e in EVENTS[:count])


def test_dates_run_from_left_to_right() -> None:
    for width in (300, 504):
        figure = drawn(6, width)
        xs = [next(s.x for s in labels(figure) if s.strong and s.text == e.date) for e in EVENTS[:6]]
        assert xs == sorted(xs)


def test_what_is_known_now_and_planned_differ_in_shape() -> None:
    figure = drawn(6, 504)
    marks = [s for s in figure.shapes if isinstance(s, Ellipse)]
    assert [m.fill for m in marks] == ["accent"] * 4 + ["unfilled"]
    assert sum(isinstance(s, Path) and s.fill == "ink" for s in figure.shapes) == 1


def test_few_words_stand_in_one_row_and_many_above_and_below() -> None:
    one_row, in_turn = drawn(3, 504), drawn(8, 504)
    assert len({s.y for s in labels(one_row) if s.strong}) == 1
    assert len({s.y for s in labels(in_turn) if s.strong}) > 1


@pytest.mark.parametrize("count", [1, 9])
def test_too_few_or_many_events_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="2 to 8 events"):
        timeline(sorted(EVENTS * 2, key=lambda event: event.at)[:count], width=504, measure=MEASURE, alt="x")


def test_a_word_wider_than_its_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="Zulassungserweiterungsverfahren"):
        timeline(
            [TimelineEvent(2020, "2020", "Zulassungserweiterungsverfahren")] * 8, width=300, measure=MEASURE, alt="x"
        )


def test_too_many_words_are_refused() -> None:
    with pytest.raises(ValueError, match="use fewer words"):
        timeline([TimelineEvent(2020, "2020", "very many words " * 12)] * 8, width=300, measure=MEASURE, alt="x")


NAME = st.lists(st.text("aábcdeéghilmnoöpstuüßÅ", min_size=1, max_size=9), min_size=1, max_size=7).map(" ".join)


@settings(max_examples=examples(60))
@given(
    st.lists(
        # Of a year, a day is 0.003.
        st.builds(
            TimelineEvent,
            st.floats(-5e5, 5e5).map(lambda at: round(at, 3)),
            st.sampled_from(["2013", "Nov 2015", "About 2013"]),
            NAME,
        ),
        min_size=2,
        max_size=8,
    ).map(lambda events: sorted(events, key=lambda event: event.at)),
    st.floats(300, 504),
)
def test_any_timeline_is_sound_or_refused(events: list[TimelineEvent], width: float) -> None:
    try:
        figure = timeline(events, width=width, measure=MEASURE, alt="x")
    except ValueError as refusal:
        assert "timeline" in str(refusal)
        return
    assert_sound(figure)
    assert_lines_miss_labels(figure)
    assert sorted(words(figure).split()) == sorted(w for e in events for w in f"{e.date} {e.words}".split())
    assert all(isinstance(s, Label) for s in figure.shapes[-2:])
    xs = marks(figure)
    assert all(later - earlier >= 10 for earlier, later in pairwise(xs))


def marks(figure: Figure) -> list[float]:
    return [s.cx for s in figure.shapes if isinstance(s, Ellipse)]


def at(*times: float) -> Figure:
    events = [TimelineEvent(time, f"day {time:g}", "something") for time in times]
    return timeline(events, width=504, measure=MEASURE, alt="When")


def strokes(figure: Figure) -> int:
    """Slanted strokes through the line, two for each break."""
    open_paths = [s.commands for s in figure.shapes if isinstance(s, Path) and s.stroke_width == 1.3]
    return sum(len(path) == 2 and path[0][2] != path[1][2] for path in open_paths)


def test_marks_stand_to_scale() -> None:
    figure = at(0, 1, 3, 7)
    xs = marks(figure)
    gaps = [later - earlier for earlier, later in pairwise(xs)]
    assert [gap / gaps[0] for gap in gaps] == pytest.approx([1, 2, 4])
    assert strokes(figure) == 0


def test_a_gap_of_more_than_ten_times_the_median_is_broken_and_as_long_as_the_longest_other() -> None:
    assert broken_gaps([0, 1, 2, 12]) == (False, False, False)
    assert broken_gaps([0, 1, 2, 12.5]) == (False, False, True)
    figure = at(0, 1, 3, 4, 100)
    gaps = [later - earlier for earlier, later in pairwise(marks(figure))]
    assert [gap / gaps[0] for gap in gaps] == pytest.approx([1, 2, 1, 2])
    assert strokes(figure) == 2


def test_events_of_one_time_stand_side_by_side() -> None:
    xs = marks(at(0, 0, 10))
    assert xs[1] - xs[0] >= 10 and xs[2] > 400


def test_times_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order of their times"):
        at(2, 1)
