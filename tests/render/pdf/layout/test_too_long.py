"""What is too long is refused in words that are true: which blocks, by how much, and what would make it fit."""

from __future__ import annotations

import re
from bisect import bisect_left
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

from handouts.figures.shapes import Figure, Rect
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
from handouts.plan.cutting import backwards, passages_in, shortened
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


def figure_of(height: float) -> Figure:
    """A drawing that no fitter makes smaller."""
    shapes = (Rect(0, 0, 100, height, fill="ink"),)
    return Figure(kind="qr", width=100, height=height, shapes=shapes, alt="A square.")


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


def test_too_much_text_is_told_once_with_the_excess_and_where_to_cut() -> None:
    (problem,) = told([paragraph(f"Part {n}. {SENTENCE * 6}", line=n + 1) for n in range(40)])
    match = re.fullmatch(
        r"content/en.yaml:(\d+):3: FIT01 error: 'Part 39. Ixazomib slows how myeloma…' ends (\d+) mm past the end of "
        r"page 2; the text is (\d+) mm too long; cut about (\d+) words here or before, from 'Part (\d+). Ixazomib "
        r"slows how myeloma…' back to 'Part (\d+). Ixazomib slows how myeloma…' \(content/en.yaml:(\d+):3\)",
        str(problem),
    )
    assert match, str(problem)
    line, over, long, words, last, first, first_line = map(int, match.groups())
    assert (over, line, first_line) == (long, last + 1, first + 1)
    # What is named is what these words are cut from: 80 each.
    assert (last - first) * 80 < words <= (last - first + 1) * 80


def test_a_text_that_grew_is_named_with_the_words_to_cut_from_it() -> None:
    blocks = [paragraph(f"Part {n}. {SENTENCE * 2}", line=n + 1) for n in range(33)]
    assert told(blocks) == ()
    blocks[7] = paragraph(f"Grown. {SENTENCE * 30}", 8)
    (problem,) = told(blocks)
    assert problem.origin.line == 8
    words = number_in(
        problem, r"; cut about (\d+) words from 'Grown\. Ixazomib slows how myeloma cells…', which has 391$"
    )
    assert told(shortened(blocks, {problem.origin: words})) == ()
    assert told(shortened(blocks, {problem.origin: words - 1}))


def test_a_figure_that_jumps_is_named_with_the_room_it_leaves_and_what_is_cut_is_above_it() -> None:
    """On page 1 a figure has no room by a line: few words above it do what hundreds after it do not."""
    figure = FigureBlock(figure_of(height=300), asked=Origin("content/topic.yaml", 40, 5))

    def above(lines: int) -> list[Block]:
        return [paragraph(f"Line {n} above, of the very words that make a line.", n + 1) for n in range(lines)]

    fitting = bisect_left(range(60), x=True, key=lambda lines: bool(told([*above(lines), figure], pages=1))) - 1
    below = [paragraph(SENTENCE, 200 + n) for n in range(100)]
    full = bisect_left(range(100), x=True, key=lambda n: bool(told([*above(fitting), figure, *below[:n]]))) - 1
    blocks = [*above(fitting + 1), figure, *below[:full]]
    (problem,) = told(blocks)
    match = re.search(
        r"; (\d+) mm of page 1 stay empty below 'Line \d+ .*', since (.*) needs (\d+) mm and cannot be parted",
        problem.message,
    )
    assert match, str(problem)
    assert match[2] == "qr figure (content/topic.yaml:40:5)"
    assert 60 < int(match[1]) < int(match[3])
    words = number_in(problem, r"cut about (\d+) words? here or before")
    assert words <= 11
    assert 1 <= problem.origin.line <= fitting + 1
    assert problem.instead.endswith(", or leave out the qr figure (content/topic.yaml:40:5)")
    assert told([*above(fitting + 1), *below[:full]]) == ()


def test_where_only_leaving_out_a_figure_helps_it_is_named_at_its_line() -> None:
    figures = [FigureBlock(figure_of(height=200), asked=Origin("content/topic.yaml", 40 + n, 5)) for n in range(7)]
    problems = told(figures)
    assert [(str(one.origin), one.instead) for one in problems] == [
        ("content/topic.yaml:40:5", "leave out the qr figure")
    ]  # fmt: skip
    assert told(figures[1:]) == ()


def test_numbers_to_call_and_words_of_no_file_are_never_to_be_cut() -> None:
    number = Paragraph((Run("1-202-555-0143", href="tel:+12025550143", origin=Origin("content/en.yaml", 3, 3)),))
    typed = paragraph("+1 202 555 0143", 4)
    assert passages_in([number, typed]) == ()
    fixed = Paragraph((Run(SENTENCE * 140),))
    (problem,) = told([number, typed, fixed, paragraph("A few words of the topic, as short as can be.", 9)])
    assert problem.instead.startswith("take out ")
    assert problem.origin.line == 9


def test_a_panel_higher_than_a_page_is_named() -> None:
    (problem,) = told([Box("changed", tuple(paragraph(SENTENCE * 6) for _ in range(12)))])
    assert re.search(r"FIT02 error: 'Ixazomib slows.* mm too high for the room above the end of page 2", str(problem))


@settings(FEW, max_examples=examples(25))
@given(sized(900, 1700, figures=True), st.integers(0, 2**32), st.integers(0, 200))
def test_cutting_as_many_words_where_it_says_makes_it_fit_and_fewer_do_not(
    blocks: tuple[Block, ...], seed: int, more: int
) -> None:
    """One text may be far longer than the others, or none."""
    paragraphs = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph)]
    if paragraphs and more:
        at = paragraphs[seed % len(paragraphs)]
        (run,) = blocks[at].runs
        blocks = (*blocks[:at], Paragraph((run.saying(f"{run.text} {SENTENCE * (more // 6)}"),)), *blocks[at + 1 :])
    problems = told(blocks)
    assume(problems and problems[0].code == "FIT01" and "cut about" in problems[0].instead)
    (problem,) = problems
    words = number_in(problem, r"cut about (\d+) words?")
    passages = passages_in(blocks)
    at = [passage.origin for passage in passages].index(problem.origin)

    def followed(count: int) -> tuple[Block, ...]:
        here = {problem.origin: count} if " from '" in problem.instead.split(" here or before")[0] else None
        return shortened(blocks, here or backwards(passages[: at + 1], count))

    assert told(followed(words)) == ()
    assert told(followed(min(words - 1, round(words * 0.85))))


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
    assert number_in(problem, r"cut about (\d+) words?") <= 10


def test_everything_that_is_too_high_for_a_page_is_named_at_once() -> None:
    high = [Box("changed", tuple(paragraph(SENTENCE * 6, 20 * n + at) for at in range(12))) for n in (1, 2)]
    problems = told([paragraph("Before."), high[0], paragraph("Between."), high[1]])
    assert [(problem.code, problem.origin.line) for problem in problems] == [("FIT02", 20), ("FIT02", 40)]
    for problem, box in zip(problems, high, strict=True):
        words = number_in(problem, r"cut about (\d+) words in it, or split it into several blocks")
        assert not any("too high" in problem.message for problem in told([Box("changed", cut(box.blocks, words))]))
        assert any("too high" in problem.message for problem in told([Box("changed", cut(box.blocks, words - 1))]))


def test_what_is_too_high_says_how_much_to_cut_for_all_to_fit_too() -> None:
    def blocks(words: int) -> list[Block]:
        high = Box("changed", (paragraph("Before.", 8), paragraph("word " * words, 9)))
        return [*(paragraph(SENTENCE * 6, 20 + n) for n in range(10)), high]

    (problem,) = told(blocks(1500))
    words = number_in(problem, r"FIT02 error: .*; cut about (\d+) words in it \(\d+ for all to fit\), from 'word")
    for_all = number_in(problem, r"\((\d+) for all to fit\)")
    assert words < for_all
    assert [one.code for one in told(blocks(1500 - words))] == ["FIT01"]
    assert told(blocks(1500 - for_all)) == ()


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
    words = number_in(problem, r"cut about (\d+) words in it, those of its texts that have more than \d+ to as many")
    left = number_in(problem, r"that have more than (\d+) to as many")
    assert words == 2 * (640 - left)
    assert told(columns(left), pages=1) == ()
    assert told(columns(left + 1), pages=1)


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
    (named,) = with_clinic(fitting + 2, side)
    match = re.fullmatch(
        r"clinic.yaml:2:7: FIT01 error: 'Riverside Clinic' and the clinic's other words take the text (\d+) mm past "
        rf"{end}; shorten them by about (\d) lines?; without them all fits(; or cut about .* \(content/en.yaml:.*\))?",
        named,
    )
    assert match, named
    assert with_clinic(fitting + 2 - int(match[2]), side) == []


def test_a_clinic_is_not_blamed_for_a_text_that_is_too_long_without_it() -> None:
    meta = replace(META, clinic_file="clinic.yaml")
    plan = Handout(meta, (paragraph(SENTENCE * 120), *_clinic(3)), handout().footer)
    with pytest.raises(ProblemsError) as caught:
        render_handout(plan, THEME, "letter")
    assert not any("other words" in problem.message for problem in caught.value.problems)


@pytest.mark.slow
def test_a_clinics_word_within_a_text_of_the_topic_is_told_in_the_clinics_file() -> None:
    meta = replace(META, clinic_file="clinic.yaml")
    call = Paragraph(
        (Run("Call us: ", origin=Origin("content/en.yaml", 5, 3)), Run("1", origin=Origin("clinic.yaml", 3, 8)))
    )
    body = [paragraph(SENTENCE * 3, 10 + n) for n in range(60)]
    full = max(count for count in range(15, 60) if not told(body[:count]))
    with pytest.raises(ProblemsError) as caught:
        render_handout(Handout(meta, (*body[:full], *[call] * 4), handout().footer), THEME, "letter")
    (problem,) = caught.value.problems
    assert str(problem.origin) == "clinic.yaml:3:8"
    assert problem.message.startswith("'Call us: 1' and the clinic's other words")


def test_both_faces_of_a_card_are_judged_at_once() -> None:
    crowded = tuple(paragraph("Too many words for a small card.", n) for n in range(1, 30))
    with pytest.raises(ProblemsError) as caught:
        render_card(Card(META, crowded, crowded), THEME, AVERY_5371)
    assert {side for problem in caught.value.problems for side in ("front", "back") if side in problem.message} == {
        "front", "back",
    }  # fmt: skip
