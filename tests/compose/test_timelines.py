"""Timelines place dates in the order of time, and say which gap is not to scale."""

from __future__ import annotations

import pytest
from topic_samples import CONTENT, edition_of, shipped_plans

from handouts.compose.context import Context
from handouts.compose.timelines import At, timeline_of
from handouts.figures.shapes import Ellipse, Figure
from handouts.model.base import AsOf
from handouts.plan.blocks import FigureBlock, walk


def drawn(*events: tuple[AsOf, str]) -> Figure:
    figure = timeline_of(
        [At(when, words) for when, words in events], 504, Context(edition_of(CONTENT, "ixazomib"), "handout")
    )
    assert figure
    return figure


def marks(figure: Figure) -> list[float]:
    return [shape.cx for shape in figure.shapes if isinstance(shape, Ellipse)]


def test_dates_stand_in_order_and_to_scale_a_year_at_its_middle() -> None:
    figure = drawn((AsOf(2014, 7), "third"), (AsOf(2013), "first"), (AsOf(2014, 1, 1), "second"))
    assert figure.data == (("2013", "first"), ("1 Jan 2014", "second"), ("Jul 2014", "third"))
    first, second, third = marks(figure)
    assert (third - second) / (second - first) == pytest.approx(6.5 / 6, abs=0.01)
    assert figure.alt == "Timeline. 2013: first; 1 Jan 2014: second; Jul 2014: third."


def test_a_broken_gap_is_told_to_those_who_listen() -> None:
    figure = drawn((AsOf(2000, 1), "one"), (AsOf(2000, 2), "two"), (AsOf(2000, 3), "three"), (AsOf(2024), "four"))
    assert "three; a longer gap, not to scale; " in figure.alt


def test_one_event_is_no_timeline() -> None:
    assert timeline_of([At(AsOf(2013), "one")], 504, Context(edition_of(CONTENT, "ixazomib"), "handout")) is None


def test_the_sections_timeline_places_the_topics_dates() -> None:
    blocks = walk(shipped_plans("espanol").handout.blocks)
    (figure,) = (b.figure for b in blocks if isinstance(b, FigureBlock) and b.figure.kind == "timeline")
    assert [words for _, words in figure.data] == ["Primeros estudios", "Autorización inventada"]
