"""The handout fills its pages by the rules, and says exactly what is too much."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from pdf_samples import THEME, drawing, full_handout, handout, logo, paragraph, runs
from tagtree import TaggedPdf

from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from handouts.plan.documents import Footer
from handouts.problems import ProblemsError
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.handout import render_handout
from handouts.render.pdf.layout.boxes import stack_height
from handouts.render.pdf.layout.fit import fit_pages
from handouts.render.pdf.layout.flow import Builder
from handouts.render.pdf.layout.setting import Typography
from handouts.theme.schema import Fit, Theme

PAGE = THEME.handout
TWO = replace(THEME, handout=replace(PAGE, pages_least=2))
"""A theme that asks for two pages."""
MARGIN, TOP, BOTTOM = PAGE.margin, PAGE.margin_top, PAGE.margin_bottom
WIDTH, HEIGHT = 612, 792
SENTENCE = "Ixazomib slows how myeloma cells recycle their proteins, and so the cells die. "


def drawn(*blocks: Block, theme: Theme = THEME) -> TaggedPdf:
    return TaggedPdf(render_handout(handout(*blocks), theme, "letter"))


def lowest(pdf: TaggedPdf, page: int) -> float:
    return min(piece.y for piece in pdf.drawn if piece.page == page and not piece.artifact)


def page_of(pdf: TaggedPdf, words: str) -> int:
    return next(piece.page for piece in pdf.drawn if piece.text.startswith(words))


@pytest.mark.parametrize("count", [1, 2, 12, 30, 56])
def test_the_pages_are_as_many_as_the_theme_asks_however_short_the_text(count: int) -> None:
    pdf = drawn(*(paragraph(f"Line {n}.") for n in range(count)), theme=TWO)
    assert len(pdf.pdf.pages) == 2
    assert page_of(pdf, "Line 0.") == 0


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (12, 1), (30, 1), (70, 2)])
def test_what_fits_one_page_takes_no_second_one(count: int, pages: int) -> None:
    assert len(drawn(*(paragraph(f"Line {n}.") for n in range(count))).pdf.pages) == pages


def test_both_pages_end_near_their_foot_when_there_is_enough_text() -> None:
    pdf = drawn(Heading(1, runs("Title")), *(paragraph(SENTENCE * 3) for _ in range(26)))
    assert lowest(pdf, 0) - BOTTOM < 30
    assert lowest(pdf, 1) - BOTTOM < 30


@pytest.mark.parametrize("lines", range(9, 75, 5))
def test_text_of_any_length_is_shared_evenly(lines: int) -> None:
    pdf = drawn(*(paragraph(f"Line {n} of the text.") for n in range(lines)), theme=TWO)
    assert abs(lowest(pdf, 0) - lowest(pdf, 1)) < 40


LIMITS = [
    Fit(),
    Fit(space_least=1, space_most=1, figure_least=1, figure_most=1),
    Fit(space_least=1.3, space_most=1.8, figure_least=1.05, figure_most=1.2),
    Fit(space_least=0.4, space_most=0.8, figure_least=0.92, figure_most=0.95),
]


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("count", [2, 6, 10, 12])
def test_the_fitter_keeps_to_the_limits_that_the_theme_names(limits: Fit, count: int) -> None:
    theme = replace(THEME, handout=replace(PAGE, fit=limits))
    blocks = [block for _ in range(count) for block in (paragraph(SENTENCE * 4), FigureBlock(drawing()))]
    boxes = Builder(Typography.for_handout(theme), 690).boxes(blocks, WIDTH - 2 * MARGIN, StructElement("Document"))
    pages = fit_pages(boxes, 690, range(1, 4), limits, "the end")
    for page in pages:
        assert limits.space_least <= page.knobs.space <= limits.space_most
        assert limits.figure_least <= page.knobs.figure <= limits.figure_most
        assert stack_height(page.boxes, page.knobs) <= 690.01
    assert len({page.knobs.figure for page in pages}) == 1


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


@pytest.mark.sampled(3)
@pytest.mark.parametrize("wrap", [
    lambda heading: heading,
    lambda heading: Group((paragraph("Kept."), heading), keep=True),
    lambda heading: Box("plain", (paragraph("In a box."), heading)),
    lambda heading: Grid((Column(12, (paragraph("In a column."), heading)),)),
    lambda heading: Group((heading, Picture(logo("image/png"), ""))),
])  # fmt: skip
def test_a_heading_that_ends_a_container_does_not_stand_alone_either(wrap: Callable[[Block], Block]) -> None:
    for lines in range(24, 42):
        body = (wrap(Heading(2, runs("Heading"))), paragraph(SENTENCE * 5), paragraph("Line.\n" * (44 - lines)))
        pdf = drawn(paragraph("Line.\n" * lines), *body)
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
        drawn(paragraph("Fine."), paragraph("A hospital 東 of 東京.", line=7))
    assert [str(problem) for problem in caught.value.problems] == [
        "content/en.yaml:7:3: PDF01 error: the font Atkinson Hyperlegible has no glyph for '東' (U+6771) and '京' "
        "(U+4EAC), the first of them here; write words of other scripts in Latin letters",
    ]


def test_a_number_wider_than_its_column_is_refused_not_cut() -> None:
    narrow = Grid((Column(2, (Paragraph(runs("1-866-603-6628", 9), "number"),)), Column(10, (paragraph("Text."),))))
    with pytest.raises(ProblemsError, match=r"content/en.yaml:9:3: PDF02 error: '1-866-603-6628' is \d+\.\d mm wider"):
        drawn(narrow)


def test_a_figure_too_wide_for_its_column_is_refused() -> None:
    narrow = Grid((Column(3, (FigureBlock(drawing(), runs("What it shows.", 4)),)), Column(9, (paragraph("Text."),))))
    with pytest.raises(ProblemsError, match=r"content/en.yaml:4:3: PDF03 error: the picture figure is \d+\.\d mm"):
        drawn(narrow)
