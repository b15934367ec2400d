"""What an author can cut, and the blocks that are left: words from the end of a text, and of several backwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import drawing, paragraph, runs

from handouts.plan.blanks import blank
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
    words_of,
)
from handouts.plan.cutting import backwards, passages_in, shortened, to_length, without_block
from handouts.plan.shortening import least
from handouts.plan.text import Run
from handouts.problems import Origin


def at(line: int) -> Origin:
    return Origin("content/en.yaml", line, 3)


def left(block: Block, cuts: dict[Origin, int]) -> str:
    return words_of(shortened([block], cuts))


def test_texts_are_found_once_in_reading_order_and_numbers_to_call_never() -> None:
    number = Run("1-202-555-0143", href="tel:+12025550143", origin=at(4))
    blocks = [
        Heading(2, runs("A heading", 1)),
        Paragraph((Run("Strong", strong=True, origin=at(2)), Run(" words", origin=at(2)), Run(" of ours"), number)),
        ListBlock((Item(runs("Ask", 5), write_lines=2), Item(runs("Go", 6)))),
        paragraph("Again", 2),
        Paragraph((Run("x", origin=blank("hours")),)),
        FigureBlock(drawing(), runs("A caption", 7)),
    ]
    found = [(one.origin.line, " ".join(one.words), one.can_go) for one in passages_in(blocks)]
    assert found == [
        (1, "A heading", False),
        (2, "Strong words", True),
        (5, "Ask", False),
        (6, "Go", True),
        (7, "A caption", False),
    ]


@pytest.mark.parametrize(
    ("block", "cuts", "rest"),
    [
        (paragraph("One two three.", 1), {1: 1}, "One two"),
        (paragraph("One two three.", 1), {1: 3}, ""),
        (paragraph("9\u00a0of\u00a050 people", 1), {1: 2}, "9\u00a0of"),
        (Paragraph((Run("One ", strong=True, origin=at(1)), Run("two", origin=at(1)))), {1: 2}, ""),
        (Paragraph((Run("One two. ", origin=at(1)), Run("Three four.", origin=at(2)))), {1: 1}, "One Three four."),
        (ListBlock((Item(runs("One two", 1)), Item(runs("Three", 2)))), {2: 1}, "One two"),
        (ListBlock((Item(runs("One two", 1)), Item(runs("Three", 2), write_lines=1))), {1: 2, 2: 1}, ""),
        (Table((Cell(runs("Head", 1)),), ((Cell(runs("One two", 2)),),), (1,)), {2: 1}, "Head\nOne"),
        (Box("plain", (paragraph("One two", 1), paragraph("Three", 2))), {1: 1, 2: 1}, "One"),
        (Grid((Column(6, (paragraph("One", 1),)), Column(6, (paragraph("Two", 2),)))), {2: 1}, "One"),
    ],
)
def test_words_are_cut_from_the_end_of_a_text(block: Block, cuts: dict[int, int], rest: str) -> None:
    assert left(block, {at(line): count for line, count in cuts.items()}) == rest


def test_a_drawing_stays_when_the_words_beside_it_go() -> None:
    figure = FigureBlock(drawing())
    grid = Grid((Column(6, (paragraph("One", 1),)), Column(6, (figure,))))
    assert shortened([grid], {at(1): 1}) == (Grid((Column(6, (figure,)),)),)
    assert without_block([grid], figure) == (Grid((Column(6, (paragraph("One", 1),)),)),)


def test_several_texts_are_cut_from_the_last_one_backwards_and_to_one_length() -> None:
    passages = passages_in([paragraph("a b c", 1), Heading(2, runs("h i", 2)), paragraph("d e", 3)])
    assert backwards(passages, 1) == {at(3): 1}
    assert backwards(passages, 4) == {at(3): 2, at(1): 2}
    assert backwards(passages, 0) == {}
    assert to_length(passages, 2) == {at(1): 1}


@given(st.integers(0, 200), st.integers(-5, 200))
def test_the_least_number_that_is_enough_is_found_where_there_is_one(needed: int, most: int) -> None:
    found = least(lambda count: count >= needed, most)
    assert found == (max(needed, 1) if most >= max(needed, 1) else None)
