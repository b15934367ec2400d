"""What is too long is refused in words that are true: which blocks, by how much, and what would make it fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st
from invariants import faults, misplaced
from msgspec.structs import replace
from pdf_samples import AVERY_5371, META, THEME, drawing, handout, paragraph, runs, with_pages
from shortening import cut, sized
from tagtree import TaggedPdf
from thoroughness import examples

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
    runs_of,
    words_of,
)
from handouts.plan.documents import Card, Handout
from handouts.plan.text import Run
from handouts.problems import Origin, Problem, ProblemsError
from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import Theme

SENTENCE = "Ixazomib slows how myeloma cells recycle their proteins, and so the cells die. "
FEW = settings(derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
MM = 72 / 25.4
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
"""Hypothesis warns of examples that are long to write."""


def told(blocks: Sequence[Block], theme: Theme = THEME, pages: int = 2) -> tuple[Problem, ...]:
    """The problems of a handout; none when it fits."""
    try:
        render_handout(handout(*blocks), with_pages(pages, pages, theme), "letter")
    except ProblemsError as error:
        return error.problems
    return ()


def number_in(problem: Problem, pattern: str) -> int:
    match = re.search(pattern, str(problem))
    assert match, str(problem)
    return int(match[1])


# Content from one line to twice too much.


@settings(FEW, max_examples=examples(25))
@given(st.integers(1, 1700).flatmap(lambda size: sized(size, size, figures=True)))
@example((paragraph("One line."),))
def test_from_one_line_to_twice_too_much_it_fits_or_says_so(blocks: tuple[Block, ...]) -> None:
    plan, size = handout(*blocks), len(words_of(blocks).split())
    try:
        pdf = TaggedPdf(render_handout(plan, THEME, "letter"))
    except ProblemsError as error:
        assert size > 300
        assert {problem.code for problem in error.problems} <= {"FIT01", "FIT02"}
        return
    assert size < 1400
    assert faults(plan, pdf) == []
    assert list(misplaced(pdf, (54, 54, 558, 746), 20)) == []


def test_there_is_one_length_from_which_on_a_text_is_too_long() -> None:
    refused = [bool(told([paragraph(SENTENCE * count)])) for count in range(50, 120)]
    assert refused == sorted(refused)
    assert {True, False} == set(refused)


# What the messages say.


def test_too_much_text_names_each_block_its_line_and_the_excess() -> None:
    blocks = [paragraph(f"Part {n}. {SENTENCE * 6}", line=n + 1) for n in range(40)]
    problems = told(blocks)
    assert [problem.origin.line for problem in problems] == list(range(problems[0].origin.line, 41))
    assert all(problem.code == "FIT01" for problem in problems)
    first = str(problems[-1])
    match = re.search(
        r"content/en.yaml:40:3: FIT01 error: 'Part 39. Ixazomib slows how myeloma…' ends (\d+) mm past "
        r"the end of page 2; the text is (\d+) mm too long; cut about (\d+) words",
        first,
    )
    assert match, first
    assert match[1] == match[2]
    # Without what is said to be over, it fits; with one block more, it does not.
    fitting = 40 - len(problems)
    assert told(blocks[:fitting]) == ()
    assert told(blocks[: fitting + 1])
    assert int(match[3]) == pytest.approx(len(problems) * 80, rel=0.35)


def test_a_panel_higher_than_a_page_is_named() -> None:
    (problem,) = told([Box("changed", tuple(paragraph(SENTENCE * 6) for _ in range(12)))])
    assert re.search(r"FIT02 error: 'Ixazomib slows.* mm too high for the room above the end of page 2", str(problem))


@settings(FEW, max_examples=examples(25))
@given(sized(900, 1700, figures=True))
def test_cutting_as_many_words_as_it_says_makes_it_fit(blocks: tuple[Block, ...]) -> None:
    problems = told(blocks)
    assume(problems and not any("take out" in problem.instead for problem in problems))
    advised = {number_in(problem, r"cut about (\d+) words here or before") for problem in problems}
    assert len(advised) == 1
    (words,) = advised
    assert told(cut(blocks, round(words * 1.05) + 15)) == ()
    # It does not ask for much more than is needed, either.
    assert words < 45 or told(cut(blocks, round(words * 0.85) - 30))


@settings(FEW, max_examples=examples(15))
@given(sized(900, 1500))
def test_the_blocks_that_it_names_are_those_past_the_end(blocks: tuple[Block, ...]) -> None:
    problems = told(blocks)
    assume(problems and all(problem.code == "FIT01" for problem in problems))
    first = min(problem.origin.line for problem in problems)
    named = [_first_line(block) >= first for block in blocks]
    assert named == sorted(named)
    assert told([block for block in blocks if _first_line(block) < first and _last_line(block) < first]) == ()


def _first_line(block: Block) -> int:
    return min(_lines(block))


def _last_line(block: Block) -> int:
    return max(_lines(block))


def _lines(block: Block) -> list[int]:
    return [run.origin.line for run in runs_of([block]) if run.origin]


@settings(FEW, max_examples=examples(15))
@given(sized(450, 800, figures=True))
def test_the_excess_is_what_the_page_lacks(blocks: tuple[Block, ...]) -> None:
    problems = told(blocks, pages=1)
    assume(problems)
    excess = max(number_in(problem, r"(\d+) mm (?:too|past)") for problem in problems) * MM

    def with_more_room(points: float) -> Theme:
        higher = replace(THEME.handout, margin_top=THEME.handout.margin_top - points)
        return replace(THEME, handout=higher)

    assert told(blocks, with_more_room(excess), pages=1) == ()
    assert told(blocks, with_more_room(excess - 2 * MM), pages=1)


def test_what_is_past_the_end_because_it_cannot_be_parted_is_as_much_too_long_as_it_sticks_out() -> None:
    box = Box("changed", tuple(paragraph(f"Line {n}.", 100 + n) for n in range(20)))
    for lines in range(1, 90):
        problems = told([paragraph("Before.\n" * lines), box], pages=1)
        if problems:
            break
    (problem,) = problems
    assert number_in(problem, r"'Line 0\.' ends (\d+) mm past the end of page 1") <= 16 / MM + 1
    assert number_in(problem, r"cut about (\d+) words") <= 10


def test_everything_that_is_too_high_for_a_page_is_named_at_once() -> None:
    high = [Box("changed", tuple(paragraph(SENTENCE * 6, 10 * n) for _ in range(12))) for n in (1, 2)]
    problems = told([paragraph("Before."), high[0], paragraph("Between."), high[1]])
    assert [(problem.code, problem.origin.line) for problem in problems] == [("FIT02", 10), ("FIT02", 20)]
    words = number_in(problems[0], r"cut about (\d+) words in it, or split it into several blocks")
    shorter = Box("changed", cut(high[0].blocks, words + 10))
    assert not any("too high" in problem.message for problem in told([shorter, paragraph("After.")]))


def test_a_table_row_higher_than_a_page_is_named() -> None:
    row = (Cell(runs("Row", 3), "row"), Cell(runs(SENTENCE * 60, 4)))
    (problem,) = told([Table((Cell(runs("A")), Cell(runs("B"))), (row, row), (1, 1))])
    assert re.search(r"content/en.yaml:3:3: FIT02 error: 'Row' is \d+ mm too high", str(problem))
    assert number_in(problem, r"cut about (\d+) words") > 100


def test_where_words_are_not_the_trouble_it_does_not_ask_to_cut_words() -> None:
    figures = [FigureBlock(drawing()) for _ in range(30)]
    problems = told([paragraph("Some words.", 5), *figures])
    assert {re.sub(r"\d+", "N", problem.instead) for problem in problems} == {
        "take out N mm of figures, lines to write on or whole blocks here or before"
    }
    items = ListBlock(tuple(Item(runs(f"Question {n}", n), 3) for n in range(1, 40)), "checkbox")
    assert all("take out" in problem.instead for problem in told([items]))


def test_columns_are_cut_as_columns() -> None:
    def columns(words: int) -> list[Block]:
        texts = [paragraph(" ".join(["word"] * words), line) for line in (1, 2)]
        return [Grid(tuple(Column(6, (text,)) for text in texts))]

    (problem,) = told(columns(640), pages=1)
    words = number_in(problem, r"cut about (\d+) words in it")
    assert told(columns(640 - words // 2 - 3), pages=1) == ()
    assert told(columns(640 - words // 2 + 20), pages=1)


# A clinic's words.


def _clinic(lines: int) -> tuple[Block, ...]:
    def said(text: str, line: int) -> Paragraph:
        return Paragraph((Run(text, origin=Origin("clinic.yaml", line, 7)),))

    return (Box("clinic", (said("Riverside Clinic", 2), *(said(f"Line {n}", 3 + n) for n in range(lines)))),)


def with_clinic(lines: int, side: Literal["handout", "card"]) -> list[str]:
    meta = replace(META, clinic_file="clinic.yaml")
    rest = (Heading(2, runs("Words", 7)), paragraph("Last words of the topic.", 8))
    try:
        if side == "handout":
            columns = Grid((Column(6, (paragraph("Sources.", 90),)), Column(6, _clinic(lines))))
            body = tuple(paragraph(SENTENCE * 3, 10 + n) for n in range(18))
            render_handout(Handout(meta, (*body, columns, *rest), handout().footer), THEME, "letter")
        else:
            render_card(Card(meta, (), (*_clinic(lines), *rest)), THEME, AVERY_5371)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(("side", "end"), [("handout", "the end of page 2"), ("card", "the foot of the card's back")])
def test_a_clinics_block_that_makes_it_too_long_is_named(side: Literal["handout", "card"], end: str) -> None:
    fitting = max(lines for lines in range(30) if not with_clinic(lines, side))
    messages = with_clinic(fitting + 2, side)
    (named,) = [message for message in messages if "other words" in message]
    match = re.fullmatch(
        r"clinic.yaml:2:7: FIT01 error: 'Riverside Clinic' and the clinic's other words take the text (\d+) mm past "
        rf"{end}; shorten them by about (\d) lines?; without them all fits",
        named,
    )
    assert match, named
    assert with_clinic(fitting + 2 - int(match[2]), side) == []
    assert any("content/en.yaml:8:3: FIT01" in message for message in messages)


def test_a_clinic_is_not_blamed_for_a_text_that_is_too_long_without_it() -> None:
    meta = replace(META, clinic_file="clinic.yaml")
    plan = Handout(meta, (paragraph(SENTENCE * 120), *_clinic(3)), handout().footer)
    with pytest.raises(ProblemsError) as caught:
        render_handout(plan, THEME, "letter")
    assert not any("other words" in problem.message for problem in caught.value.problems)


def test_both_faces_of_a_card_are_judged_at_once() -> None:
    crowded = tuple(paragraph("Too many words for a small card.", n) for n in range(1, 30))
    with pytest.raises(ProblemsError) as caught:
        render_card(Card(META, crowded, crowded), THEME, AVERY_5371)
    assert {side for problem in caught.value.problems for side in ("front", "back") if side in problem.message} == {
        "front", "back",
    }  # fmt: skip
