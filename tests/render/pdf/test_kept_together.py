"""In large print no heading ends a page, a figure is on the page of the words told with it, and no line is alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import drawing, handout, paragraph, runs
from tagtree import Node, TaggedPdf
from test_large_print import SENTENCE, THEME, drawn
from thoroughness import examples
from topic_samples import FOLDERS, shipped_plans

from handouts.plan.blocks import (
    Block,
    Box,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
)
from handouts.problems import ProblemsError
from handouts.render.pdf.handout import render_handout

LEAVES = frozenset({"H1", "H2", "H3", "P", "LI", "TR", "Figure"})


def leaves(pdf: TaggedPdf) -> list[Node]:
    """What is read, piece by piece, of that which is drawn."""
    return [node for node in pdf.tree.walk() if node.tag in LEAVES and node.all_marks()]


def pages(node: Node) -> list[int]:
    return sorted({page for page, _ in node.all_marks()})


def lines(pdf: TaggedPdf, node: Node) -> dict[int, int]:
    """How many lines of an element stand on each page."""
    marks = set(node.all_marks())
    baselines = {(p.page, round(p.y, 1)) for p in pdf.drawn if (p.page, p.mcid) in marks and p.text.strip()}
    return {page: sum(on == page for on, _ in baselines) for page in pages(node)}


def faults_of(pdf: TaggedPdf) -> Iterator[str]:
    """Headings that are parted from what they head, and lines that stand alone."""
    for node, after in pairwise(leaves(pdf)):
        if node.tag.startswith("H") and pages(node) != pages(after)[:1]:
            yield f"the heading '{node.text()}' stands alone on page {pages(node)[-1] + 1}"
    for node in leaves(pdf):
        counts = lines(pdf, node)
        if node.tag in ("P", "LI") and len(counts) > 1 and min(counts.values()) < 2:
            yield f"a line of '{node.text()[:20]}' stands alone"


def parted(pdf: TaggedPdf) -> Iterator[str]:
    """Figures on another page than the words that follow them, where these begin with 'Told'."""
    for node, after in pairwise(leaves(pdf)):
        if node.tag == "Figure" and after.text().startswith("Told") and pages(node) != pages(after)[:1]:
            yield f"the figure before '{after.text()[:20]}'"


def told(number: int, sentences: int) -> Paragraph:
    return paragraph(f"Told {number}. {SENTENCE * sentences}")


def section(number: int, kind: str, sentences: int) -> Block:
    """A section of a kind, with its heading."""
    head, figure = Heading(2, runs(f"Heading {number}")), FigureBlock(drawing())
    match kind:
        case "beside":
            return Grid((Column(6, (head, figure)), Column(6, (told(number, sentences),))))
        case "under":
            return Group((Group((head, figure), keep=True), told(number, sentences)))
        case "box":
            return Box("changed", (head, told(number, sentences)))
        case "list":
            items = tuple(Item(runs(f"Item {n}. {SENTENCE}")) for n in range(sentences))
            return Group((head, ListBlock(items, columns=2)))
        case _:
            return Group((head, told(number, sentences)))


KINDS = st.sampled_from(["beside", "under", "box", "list", "text"])


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(KINDS, st.integers(1, 9)), min_size=1, max_size=14), st.sampled_from(["letter", "a4"]))
def test_nothing_is_parted_from_what_it_belongs_to(sections: list[tuple[str, int]], paper: str) -> None:
    plan = handout(*(section(number, kind, sentences) for number, (kind, sentences) in enumerate(sections)))
    try:
        data = render_handout(plan, THEME, paper)  # pyright: ignore[reportArgumentType]
    except ProblemsError as refused:
        assert {problem.code for problem in refused.problems} == {"FIT01"}
        return
    pdf = TaggedPdf(data)
    assert [*faults_of(pdf), *parted(pdf)] == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("topic", FOLDERS)
def test_no_heading_of_a_topic_ends_a_page_and_no_line_is_alone(topic: str, paper: str) -> None:
    assert list(faults_of(drawn(shipped_plans(topic).handout, paper))) == []


def test_the_judge_sees_a_heading_at_the_foot_of_a_page() -> None:
    plan = handout(paragraph("Line.\n" * 20), *(Heading(2, runs(f"Heading {n}")) for n in range(2)))
    pdf = drawn(plan)
    moved = leaves(pdf)[-1]
    moved.marks = [(1, mcid) for _, mcid in moved.marks]
    assert list(faults_of(pdf)) == ["the heading 'Heading 0' stands alone on page 1"]
