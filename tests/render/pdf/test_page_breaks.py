"""A page break moves through every place where it may fall in a paragraph, a list, a table and a link, and wherever it
falls, what is read is the plan.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invariants import faults, misplaced
from msgspec.structs import replace
from pdf_samples import THEME, handout, runs
from tagtree import Node, TaggedPdf
from verapdf import PROFILES, failures

from handouts.plan.blocks import Block, Cell, Group, Heading, Item, ListBlock, Paragraph, Table
from handouts.plan.documents import Handout
from handouts.plan.text import Run
from handouts.problems import ProblemsError
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import Fit, HandoutTheme
from handouts.theme.sheet import PAPERS

RIGID = replace(THEME, handout=HandoutTheme(fit=Fit(space_least=1, space_most=1, figure_least=1, figure_most=1)))
"""A theme whose pages cannot stretch, so that the text before a block decides where the page breaks."""
SENTENCE = "Myeloma cells depend on recycling proteins more than other cells do. "
FOREIGN = "Pregunte a su equipo si hay un estudio clínico para usted. "
ADDRESS = "https://example.org/label"


def _items() -> tuple[Item, ...]:
    lengths = (1, 4, 2, 3, 5, 1)
    return tuple(Item(runs(f"Item {n}. {SENTENCE * length}"), n % 2) for n, length in enumerate(lengths))


def _rows() -> tuple[tuple[Cell, ...], ...]:
    link = Run("Where to read more", href=ADDRESS)
    return tuple(
        (Cell(runs(f"Row {n}"), "row"), Cell((*runs(SENTENCE * (1 + n % 3)), link)), Cell(runs(f"{n}"), align="right"))
        for n in range(6)
    )


BLOCKS: dict[str, Block] = {
    "paragraph": Paragraph(runs(SENTENCE * 10)),
    "bullets": ListBlock(_items()),
    "numbers": ListBlock(_items(), "number"),
    "boxes to tick": ListBlock(_items(), "checkbox"),
    "table": Table(tuple(Cell(runs(name)) for name in ("Name", "What", "N")), _rows(), (2, 5, 1), "Rows"),
    "link": Paragraph(
        (
            *runs("Read "),
            Run(SENTENCE * 4, href=ADDRESS),
            Run(SENTENCE * 3, strong=True, href=ADDRESS),
            *runs(f"or {SENTENCE}"),
        )
    ),
    "another language": Paragraph(
        (*runs(SENTENCE), Run(FOREIGN * 4, lang="es"), Run(FOREIGN * 3, href=ADDRESS, lang="es"), *runs(SENTENCE * 2))
    ),
    "links in items": ListBlock(
        tuple(Item((*runs(f"{n}. "), Run(SENTENCE * 4, href=f"{ADDRESS}/{n}"), *runs(SENTENCE))) for n in range(3))
    ),
    "heading": Group((Heading(2, runs("A heading")), Paragraph(runs(SENTENCE * 8)))),
}


def _moving(block: Block, paper: str) -> Iterator[tuple[Handout, bytes]]:
    """Handouts in which ever more lines stand before a block, each as full as it can be."""
    after = 66
    for before in range(18, 49 if paper == "a4" else 45):
        data = None
        while data is None:
            lines = (("Before.\n" * before), ("After.\n" * after))
            plan = handout(
                Heading(1, runs("Title")), Paragraph(runs(lines[0])), block, Paragraph(runs(f"{lines[1]}The end."))
            )
            try:
                data = render_handout(plan, RIGID, paper)  # pyright: ignore[reportArgumentType]
            except ProblemsError:
                after -= 1
        yield plan, data


def _lines(pdf: TaggedPdf, node: Node) -> list[tuple[int, float]]:
    """Page and baseline of each line of an element."""
    marks = set(node.all_marks())
    return sorted({(p.page, round(p.y, 1)) for p in pdf.drawn if (p.page, p.mcid) in marks})


def _parts(pdf: TaggedPdf, name: str) -> list[list[tuple[int, float]]]:
    """The lines of a block, for each part of it between which a page may always end."""
    kinds = {"table": "TR", "bullets": "LI", "numbers": "LI", "boxes to tick": "LI", "links in items": "LI"}
    tag = kinds.get(name, "P")
    nodes = pdf.tree.find(tag) if tag != "P" else [node for node in pdf.tree.find("P") if SENTENCE[:9] in node.text()]
    return [_lines(pdf, node) for node in nodes]


def _allowed(lengths: list[int], name: str) -> set[int]:
    """How many lines of a block may stand on the first page: whole parts, and of a part never one line alone."""
    places = {0, sum(lengths)}
    start = 0
    for index, length in enumerate(lengths):
        if name != "table":
            places |= {start + place for place in range(2, length - 1)}
        start += length
        # A table's header row is followed by another row.
        if name != "table" or index:
            places.add(start)
    return places


def _check(name: str, paper: str, *, every: int) -> None:
    """Check the file of every place; veraPDF judges one in `every`."""
    seen: set[int] = set()
    allowed: set[int] = set()
    width, height = PAPERS[paper]  # pyright: ignore[reportArgumentType]
    shape = RIGID.handout
    frame = (shape.margin, shape.margin_bottom, width - shape.margin, height - shape.margin_top)
    for number, (plan, data) in enumerate(_moving(BLOCKS[name], paper)):
        pdf = TaggedPdf(data)
        assert faults(plan, pdf) == []
        assert list(misplaced(pdf, frame, 20)) == []
        parts = _parts(pdf, name)
        allowed = _allowed([len(part) for part in parts], name)
        on_first = sum(page == 0 for part in parts for page, _ in part)
        seen.add(on_first)
        if name == "table":
            again = [p for p in pdf.drawn if p.text.strip() == "What" and p.mcid is None]
            assert [p.page for p in again] == ([1] if 0 < on_first < sum(map(len, parts)) else [])
        if every and number % every == every // 2:
            assert [failures(data, profile) for profile in PROFILES] == [[], []]
    assert seen == allowed


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", ["paragraph", "bullets", "table", "link", "another language", "heading"])
def test_a_page_break_in_every_place_loses_and_joins_nothing(name: str) -> None:
    _check(name, "letter" if len(name) % 2 else "a4", every=24)


def _columns(count: int, *, before: int = 1) -> TaggedPdf:
    """A handout with a list of so many items in two columns."""
    items = tuple(Item(runs(f"Item {n}. {SENTENCE * (1 + n % 3)}")) for n in range(count))
    plan = handout(Heading(1, runs("Title")), Paragraph(runs("Before.\n" * before)), ListBlock(items, columns=2))
    pdf = TaggedPdf(render_handout(plan, RIGID, "letter"))
    assert faults(plan, pdf) == []
    return pdf


@pytest.mark.parametrize("count", [2, 5, 9])
def test_a_list_in_two_columns_is_one_list_read_down_the_left_and_then_the_right(count: int) -> None:
    pdf = _columns(count)
    (found,) = pdf.tree.find("L")
    assert len(found.find("LI")) == count
    starts = [(p.x, p.y) for p in pdf.drawn if p.text.startswith("Item ")]
    left, right = sorted({round(x) for x, _ in starts})
    sides = [round(x) for x, _ in starts]
    assert sides == sorted(sides) and right - left > 200
    tops = {side: max(y for x, y in starts if round(x) == side) for side in (left, right)}
    assert tops[left] == tops[right]


@pytest.mark.parametrize("before", [10, 18, 26])
def test_a_long_list_in_two_columns_goes_on_over_the_page(before: int) -> None:
    pdf = _columns(20, before=before)
    assert {p.page for p in pdf.drawn if p.text.startswith("Item ")} == {0, 1}
    (found,) = pdf.tree.find("L")
    assert [text.split(".")[0] for text in (node.text() for node in found.find("LBody"))] == [
        f"Item {n}" for n in range(20)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", BLOCKS)
def test_with_a_page_break_in_every_place_a_file_conforms(name: str, paper: str) -> None:
    _check(name, paper, every=3)
