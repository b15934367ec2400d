"""The handout fills its pages by the rules, and says exactly what is too much."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_samples import THEME, drawing, full_handout, handout, paragraph, runs
from tagtree import Drawn, TaggedPdf, squeeze

from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
)
from handouts.plan.documents import Footer
from handouts.problems import ProblemsError
from handouts.render.pdf.handout import render_handout

PAGE = THEME.handout
MARGIN, TOP, BOTTOM = PAGE.margin, PAGE.margin_top, PAGE.margin_bottom
WIDTH, HEIGHT = 612, 792
SENTENCE = "Ixazomib slows how myeloma cells recycle their proteins, and so the cells die. "


def drawn(*blocks: Block) -> TaggedPdf:
    return TaggedPdf(render_handout(handout(*blocks), THEME, "letter"))


def lowest(pdf: TaggedPdf, page: int) -> float:
    return min(piece.y for piece in pdf.drawn if piece.page == page and not piece.artifact)


def page_of(pdf: TaggedPdf, words: str) -> int:
    return next(piece.page for piece in pdf.drawn if piece.text.startswith(words))


@pytest.mark.parametrize("count", [1, 2, 12, 30, 56])
def test_the_pages_are_two_however_short_the_text(count: int) -> None:
    pdf = drawn(*(paragraph(f"Line {n}.") for n in range(count)))
    assert len(pdf.pdf.pages) == 2
    assert page_of(pdf, "Line 0.") == 0


def test_both_pages_end_near_their_foot_when_there_is_enough_text() -> None:
    pdf = drawn(Heading(1, runs("Title")), *(paragraph(SENTENCE * 3) for _ in range(26)))
    assert lowest(pdf, 0) - BOTTOM < 30
    assert lowest(pdf, 1) - BOTTOM < 30


def test_short_text_is_shared_evenly() -> None:
    pdf = drawn(*(paragraph(f"Line {n} of the text.") for n in range(30)))
    assert abs(lowest(pdf, 0) - lowest(pdf, 1)) < 40


def test_a_page_begins_where_the_plan_asks() -> None:
    asked = Group((Heading(2, runs("Second page")), paragraph(SENTENCE * 6)), new_page=True)
    pdf = drawn(*(paragraph(SENTENCE * 3) for _ in range(8)), asked, *(paragraph(SENTENCE) for _ in range(4)))
    assert page_of(pdf, "Second page") == 1
    assert page_of(pdf, SENTENCE[:12]) == 0


@pytest.mark.parametrize("lines", range(20, 44))
def test_a_heading_never_stands_alone_at_a_foot(lines: int) -> None:
    body = (Heading(2, runs("Heading")), paragraph(SENTENCE * 5), *(paragraph("Line.") for _ in range(44 - lines)))
    pdf = drawn(*(paragraph("Line.") for _ in range(lines)), *body)
    assert page_of(pdf, "Heading") == page_of(pdf, "Ixazomib slows")


def test_what_belongs_together_stays_together() -> None:
    kept = Group((Heading(2, runs("Kept")), *(paragraph(f"Kept {n}.") for n in range(12))), keep=True)
    for before in range(8, 36, 4):
        pdf = drawn(*(paragraph(SENTENCE) for _ in range(before)), kept, *(paragraph("After.") for _ in range(8)))
        assert len({page_of(pdf, f"Kept {n}") for n in range(12)}) == 1


def test_a_header_row_stands_again_on_the_next_page_as_an_artifact() -> None:
    rows = tuple((Cell(runs(f"Row {n}"), "row"), Cell(runs(SENTENCE))) for n in range(28))
    pdf = drawn(Table((Cell(runs("Name")), Cell(runs("What"))), rows, (1, 3)))
    heads = [piece for piece in pdf.drawn if piece.text.strip() == "Name"]
    assert [(piece.page, piece.mcid is None) for piece in heads] == [(0, False), (1, True)]


def test_figures_shrink_and_grow_within_the_theme_but_their_labels_keep_their_floor() -> None:
    for count in (4, 18, 19, 20):
        pdf = drawn(*(FigureBlock(drawing(), runs("What it shows.")) for _ in range(count // 2)),
                    *(paragraph(SENTENCE * 2) for _ in range(count // 2)))  # fmt: skip
        labels = [piece.size for piece in pdf.drawn if piece.text == "Proteins"]
        assert all(10 - 0.01 <= size <= 11 * THEME.handout.fit.figure_most + 0.01 for size in labels)


def test_no_type_is_below_its_floor() -> None:
    pdf = TaggedPdf(render_handout(full_handout(), THEME, "letter"))
    assert min(piece.size for piece in pdf.drawn) >= 10 - 0.01


@pytest.mark.parametrize(("paper", "width", "height"), [("letter", 612, 792), ("a4", 595.28, 841.89)])
def test_nothing_is_drawn_in_the_margins(paper: str, width: float, height: float) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render_handout(full_handout(), THEME, paper))  # pyright: ignore[reportArgumentType]
    for page in document:
        assert page.get_size() == pytest.approx((width, height), abs=0.01)
        image = page.render(scale=1, grayscale=True).to_pil().convert("L")
        left, top, right, bottom = image.point([255 if value < 250 else 0 for value in range(256)]).getbbox()
        assert left >= MARGIN - 1
        assert top >= TOP - 1
        assert right <= width - MARGIN + 1
        assert bottom <= height - 22
    document.close()


def test_too_much_text_names_each_block_its_line_and_the_excess() -> None:
    blocks = [paragraph(f"Part {n}. {SENTENCE * 6}", line=n + 1) for n in range(40)]
    with pytest.raises(ProblemsError) as caught:
        drawn(*blocks)
    problems = caught.value.problems
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
    assert len(drawn(*blocks[:fitting]).pdf.pages) == 2
    with pytest.raises(ProblemsError):
        drawn(*blocks[: fitting + 1])
    assert int(match[3]) == pytest.approx(len(problems) * 80, rel=0.35)


def test_a_panel_higher_than_a_page_is_named() -> None:
    with pytest.raises(ProblemsError, match=r"FIT02 error: 'Ixazomib slows.* mm too high for the room above"):
        drawn(Box("changed", tuple(paragraph(SENTENCE * 6) for _ in range(12))))


def test_a_long_running_foot_takes_two_lines_and_no_more() -> None:
    words = "Information from about 2013, draft, not yet reviewed by a clinician, ask your care team. "
    two = handout(paragraph("Text."), footer=Footer(words * 2, "Page {page} of {pages}"))
    pdf = TaggedPdf(render_handout(two, THEME, "letter"))
    foot = [piece.y for piece in pdf.drawn if piece.artifact == "/Footer" and piece.page == 0]
    assert len(set(foot)) == 2
    assert min(foot) > 20
    with pytest.raises(ProblemsError, match=r"PDF04 error: the running foot 'Information from.*' needs 4 lines"):
        render_handout(handout(paragraph("Text."), footer=Footer(words * 4, "{page}")), THEME, "letter")


def test_a_missing_character_is_named_with_its_place() -> None:
    with pytest.raises(ProblemsError) as caught:
        drawn(paragraph("Fine."), paragraph("An arrow → and a box ☐.", line=7))
    assert [str(problem).split(";")[0] for problem in caught.value.problems] == [
        "content/en.yaml:7:3: PDF01 error: the font Atkinson Hyperlegible has no glyph for '→' (U+2192)",
        "content/en.yaml:7:3: PDF01 error: the font Atkinson Hyperlegible has no glyph for '☐' (U+2610)",
    ]


def test_a_number_wider_than_its_column_is_refused_not_cut() -> None:
    narrow = Grid((Column(2, (Paragraph(runs("1-866-603-6628", 9), "number"),)), Column(10, (paragraph("Text."),))))
    with pytest.raises(ProblemsError, match=r"content/en.yaml:9:3: PDF02 error: '1-866-603-6628' is \d+\.\d mm wider"):
        drawn(narrow)


def test_a_figure_too_wide_for_its_column_is_refused() -> None:
    narrow = Grid((Column(3, (FigureBlock(drawing(), runs("What it shows.", 4)),)), Column(9, (paragraph("Text."),))))
    with pytest.raises(ProblemsError, match=r"content/en.yaml:4:3: PDF03 error: the mechanism figure is \d+\.\d mm"):
        drawn(narrow)


WORD = st.sampled_from(
    ["a", "of", "cell", "protein", "and/or", "1-866-603-6628", "lenalidomide", "M-protein-secreting"]
)
TEXT = st.lists(WORD, min_size=1, max_size=60).map(lambda words: runs(" ".join(words)))
LISTS = st.builds(
    ListBlock,
    st.lists(st.builds(Item, TEXT, st.integers(0, 1)), min_size=1, max_size=6).map(tuple),
    st.sampled_from(["bullet", "checkbox", "number", "none"]),
)
TABLES = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6).map(
    lambda rows: Table(
        (Cell(runs("One")), Cell(runs("Two"))), tuple((Cell(a, "row"), Cell(b)) for a, b in rows), (1.0, 1.0), "Rows"
    )
)
LEAF = st.one_of(
    st.builds(Paragraph, TEXT, st.sampled_from(["body", "lead", "note", "caption", "rule-line"])),
    st.builds(Heading, st.integers(1, 3), st.just(runs("A heading"))),
    LISTS,
    TABLES,
    st.just(FigureBlock(drawing(), runs("What it shows."))),
)
SOME = st.lists(LEAF, min_size=1, max_size=3).map(tuple)
BLOCK = st.one_of(
    LEAF,
    LEAF,
    st.builds(Box, st.sampled_from(["message", "changed", "hotline", "clinic", "plain"]), SOME),
    st.tuples(SOME, SOME).map(lambda two: Grid((Column(6, two[0]), Column(6, two[1])))),
    st.builds(Group, SOME, st.booleans(), st.booleans()),
)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCK, min_size=1, max_size=22))
def test_whatever_the_blocks_they_fit_or_say_that_they_do_not(blocks: list[Block]) -> None:
    plan = handout(*blocks)
    try:
        pdf = TaggedPdf(render_handout(plan, THEME, "letter"))
    except ProblemsError as error:
        assert {problem.code for problem in error.problems} <= {"FIT01", "FIT02"}
        assert all(problem.origin.line for problem in error.problems)
        return
    assert len(pdf.pdf.pages) == 2
    assert pdf.words() == [squeeze(line) for line in plan.words().split("\n")]
    assert_in_place(pdf.drawn)


def assert_in_place(pieces: list[Drawn]) -> None:
    """No text leaves the page's margins or touches other text."""
    for page in (0, 1):
        boxes: list[tuple[float, float, float, float]] = []
        for piece in pieces:
            if piece.page != page or not piece.text.strip():
                continue
            boxes.append((piece.x, piece.y - 0.15 * piece.size, piece.x + piece.ink, piece.y + 0.6 * piece.size))
        for left, bottom, right, top in boxes:
            assert left >= MARGIN - 0.1
            assert right <= WIDTH - MARGIN + 5
            assert bottom >= 20
            assert top <= HEIGHT - TOP + 0.5
        for a, b in combinations(boxes, 2):
            apart = a[2] <= b[0] + 0.5 or b[2] <= a[0] + 0.5 or a[3] <= b[1] + 0.01 or b[3] <= a[1] + 0.01
            assert apart, (a, b)
