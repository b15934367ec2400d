"""Large print: nothing below 18 pt, one column, as many pages as that needs, and the same words in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from invariants import faults
from msgspec.structs import replace
from pdf_samples import drawing, full_handout, handout, paragraph, runs
from tagtree import TaggedPdf, squeeze
from topic_samples import FOLDERS, shipped_plans

from handouts.model.load import load
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
    Table,
    texts,
    walk,
)
from handouts.plan.documents import Handout
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pdf.handout import render_handout
from handouts.theme.legible import legible
from handouts.theme.schema import Theme

FILE = Path(__file__).parents[3] / "templates" / "themes" / "large-print.yaml"
THEME = legible(load(FILE.name, FILE.read_bytes(), Theme))
SENTENCE = "Ixazomib slows how myeloma cells recycle their proteins, and so the cells die. "


def drawn(plan: Handout, paper: str = "letter") -> TaggedPdf:
    return TaggedPdf(render_handout(plan, THEME, paper))  # pyright: ignore[reportArgumentType]


def bullets(*items: str) -> ListBlock:
    return ListBlock(tuple(Item(runs(item)) for item in items))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("topic", FOLDERS)
def test_every_topic_is_set_whole_with_all_type_at_18_points_or_more(topic: str, paper: str) -> None:
    plan = shipped_plans(topic).handout
    pdf = drawn(plan, paper)
    assert THEME.handout.pages_least <= len(pdf.pdf.pages) <= THEME.handout.pages_most
    # Labels of figures are in forms, whose scale is in what shows them: `size` is as printed.
    assert min(piece.size for piece in pdf.drawn if piece.text.strip()) >= 18 - 0.01
    said = [squeeze(plain(words)) for block in walk(plan.blocks) for words in texts(_printed(block))]
    assert [text for text in pdf.tree.blocks() if text] == [text for text in said if text]


def _printed(block: Block) -> Block:
    """A line of time has no room in type so large; a table says the same."""
    if isinstance(block, FigureBlock) and block.figure.kind == "timeline" and block.instead:
        return block.instead
    return block


def test_a_table_that_stands_for_a_figure_keeps_its_caption() -> None:
    small = replace(drawing(), alt="A drawing that has no room")
    wide = replace(small, width=small.width * 4)
    head = (Cell(runs("When"), "column"), Cell(runs("What"), "column"))
    table = Table(head, ((Cell(runs("Day 1"), "row"), Cell(runs("A first cup"))),), (1.0, 2.0), "When to do what")
    plan = handout(paragraph("Read this."), FigureBlock(wide, runs("Seen from above."), instead=table))
    pdf = drawn(plan)
    assert [text for text in pdf.tree.blocks() if text] == [
        "Read this.", "When", "What", "Day 1", "A first cup", "Seen from above."
    ]  # fmt: skip
    assert faults(plan, pdf) == []


def test_every_page_is_well_filled() -> None:
    pdf = drawn(shipped_plans("ixazomib").handout)
    content = [(p.page, p.y) for p in pdf.drawn if p.artifact is None] + [(s.page, s.y) for s in pdf.shown]
    lowest = [min(y for on, y in content if on == page) for page in range(len(pdf.pdf.pages))]
    assert max(lowest[:-1]) < 792 / 4
    # Where the text ends, it ends; but not on a page that is mostly empty.
    assert lowest[-1] < 792 / 2


def test_the_foot_counts_the_pages_that_there_are() -> None:
    pdf = drawn(full_handout())
    count = len(pdf.pdf.pages)
    assert count > 2
    feet = [" ".join(p.text.strip() for p in pdf.drawn if p.page == page and p.artifact) for page in range(count)]
    found = [re.search(r"Page (\d+) of (\d+)", foot) for foot in feet]
    assert [(match[1], match[2]) for match in found if match] == [(str(n), str(count)) for n in range(1, count + 1)]


@pytest.mark.parametrize("sentences", [12, 40, 70])
def test_pages_are_as_few_as_the_text_needs(sentences: int) -> None:
    plan = handout(*(paragraph(SENTENCE) for _ in range(sentences)))
    pages = len(drawn(plan).pdf.pages)
    assert (pages > THEME.handout.pages_least) == (sentences > 20)
    if sentences <= 20:
        return
    fewer = replace(THEME.handout, pages_most=pages - 1)
    with pytest.raises(ProblemsError, match="FIT01"):
        render_handout(plan, replace(THEME, handout=fewer), "letter")


def test_too_much_for_the_most_pages_is_an_error_that_names_the_last_of_them() -> None:
    with pytest.raises(ProblemsError, match=r"FIT01 error: .* past the end of page 8; .* cut about \d+ words"):
        drawn(handout(*(paragraph(SENTENCE * 4) for _ in range(60))))


def test_parts_of_a_grid_stand_under_each_other() -> None:
    grid = Grid((Column(6, (Heading(2, runs("Left")), paragraph("One."))), Column(6, (bullets("Two"),))))
    pdf = drawn(handout(grid))
    left, two = (next(p for p in pdf.drawn if p.text.startswith(word)) for word in ("Left", "Two"))
    assert left.y > two.y
    assert two.x < 300
    assert pdf.tree.blocks() == ["Left", "One.", "Two"]


def test_columns_with_nothing_in_them_stand_beside_words_and_figures() -> None:
    left, right = (
        Grid(columns)
        for columns in (
            (Column(6, ()), Column(6, (paragraph("Right."),))), (Column(6, (paragraph("Left."),)), Column(6, ()))
        )
    )  # fmt: skip
    figure = FigureBlock(replace(drawing(), alt="A drawing"))
    plan = handout(paragraph("Before."), left, right, paragraph("Between."), left, figure, right, figure)
    pdf = drawn(plan)
    assert faults(plan, pdf) == []


def test_a_list_in_two_columns_is_one_column() -> None:
    items = tuple(Item(runs(f"Item {n}. {SENTENCE}")) for n in range(6))
    pdf = drawn(handout(ListBlock(items, columns=2)))
    assert len({round(p.x) for p in pdf.drawn if p.text.startswith("Item")}) == 1


def test_a_box_without_a_tint_goes_on_over_the_page() -> None:
    long = Box("changed", (Heading(2, runs("Since")), bullets(*(f"{n}. {SENTENCE}" for n in range(30)))))
    pdf = drawn(handout(paragraph("Before."), long))
    items = {p.page for p in pdf.drawn if re.match(r"\d+\. Ix", p.text)}
    assert items == {0, 1, 2}
    assert [node.tag for node in pdf.tree.find("Div")] == ["Div"]


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    head = tuple(Cell(runs(text)) for text in ("Study", "Seen"))
    row = (Cell(runs("Zweitmedikamentosinstudie"), "row"), Cell(runs(SENTENCE)))
    pdf = drawn(handout(Table(head, (row,), (1, 9))))
    assert any(piece.text.strip() == "Zweitmedikamentosinstudie" for piece in pdf.drawn)


def test_a_column_is_as_wide_as_words_that_stay_together() -> None:
    kept = "12 345 de cada 100 000"
    head = tuple(Cell(runs(text)) for text in ("Seen", "Study"))
    row = (Cell(runs(kept.replace(" ", "\N{NO-BREAK SPACE}")), "row"), Cell(runs(SENTENCE)))
    pdf = drawn(handout(Table(head, (row,), (1, 9))))
    assert any(piece.text.strip() == kept for piece in pdf.drawn)


@pytest.mark.parametrize("style", ["body", "footer", "caption"])
def test_a_large_print_theme_with_smaller_type_is_refused(style: str) -> None:
    text = f"handout:\n  large_print: true\n  scale:\n    {style}: {{size: 17.5, leading: 22}}\n"
    with pytest.raises(ProblemsError, match=r"SCHEMA07 error: handout .*; the least is 18 pt|sets .* 18 pt"):
        load("theme.yaml", FILE.read_text("utf-8").split("  scale:")[0] + text[text.index("  scale:") :], Theme)


def test_more_pages_at_the_least_than_at_the_most_are_refused() -> None:
    with pytest.raises(
        ProblemsError, match=r"theme.yaml:1:1: SCHEMA07 error: .*4 pages or more, and for 3 at the most"
    ):
        load("theme.yaml", "handout: {pages_least: 4, pages_most: 3}\n", Theme)
