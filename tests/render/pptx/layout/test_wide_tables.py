"""A table with a row that is too high for a slide goes on with its further columns, the heads of its rows on each."""

from __future__ import annotations

from deck_samples import deck, para, slide, words
from msgspec.structs import replace
from topic_samples import OWN

from handouts.plan.blocks import Cell, Table
from handouts.plan.documents import Slide
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pptx.layout.fit import fitted
from handouts.render.pptx.template.template import template_of
from handouts.theme.schema import Theme

OURS = template_of(OWN, Theme())


def wide(columns: int, *, scope: bool = True, empty: frozenset[tuple[int, int]] = frozenset()) -> Table:
    """A table with a row that is higher than a slide."""
    head = tuple(Cell(words(f"Head {c}"), "column") for c in range(columns))
    rows = tuple(
        (
            Cell(words(f"Row {r}"), "row" if scope else None),
            *(Cell(() if (r, c) in empty else words(f"cell{r}{c} " + "word " * 70)) for c in range(1, columns)),
        )
        for r in range(3)
    )
    return Table(head, rows, (1.0, *(2.0,) * (columns - 1)), "What the rows compare")


def parts(*slides: Slide) -> list[Table]:
    pages = fitted(deck(*slides), OURS).pages
    blocks = [block for page in pages for slot in page.slide.slots.values() for block in slot]
    return [block for block in blocks if isinstance(block, Table)]


def said(tables: list[Table]) -> list[str]:
    return [plain(cell.runs) for table in tables for row in table.rows for cell in row[1:] if cell.runs]


def test_each_part_has_the_heads_of_its_rows_and_nothing_is_lost_or_said_twice() -> None:
    whole = wide(8)
    for one in (
        slide("Table", "Wide", table=(whole,)),
        slide("Table", "Wide", table=(whole,), note=(para("A note"),)),
        slide("Title and Content", "Wide", body=(whole,)),
    ):
        found = parts(one)
        assert len(found) > 2
        assert sorted(said(found)) == sorted(said([whole]))
        for part in found:
            assert plain(part.head[0].runs) == "Head 0"
            for row in part.rows:
                number = plain(row[0].runs).removeprefix("Row ")
                for cell, head in zip(row[1:], part.head[1:], strict=True):
                    assert plain(cell.runs).startswith(f"cell{number}{plain(head.runs).removeprefix('Head ')} ")
            assert len(part.widths) == len(part.head)


def test_a_row_that_says_nothing_in_a_part_is_not_in_it() -> None:
    found = parts(slide("Table", "Wide", table=(wide(8, empty=frozenset((1, c) for c in range(1, 5))),)))
    for part in found:
        assert all(any(cell.runs for cell in row[1:]) for row in part.rows)
    assert any(plain(row[0].runs) == "Row 1" for part in found for row in part.rows)


def test_a_row_that_is_but_its_head_stays() -> None:
    found = parts(slide("Table", "Wide", table=(wide(8, empty=frozenset((1, c) for c in range(1, 8))),)))
    assert any(plain(row[0].runs) == "Row 1" for part in found for row in part.rows)


def test_a_table_that_fits_with_its_rows_parted_keeps_its_columns() -> None:
    low = replace(wide(4), rows=tuple(tuple(replace(c, runs=words("x")) for c in row) for row in wide(4).rows) * 9)
    assert all(len(part.head) == 4 for part in parts(slide("Table", "Long", table=(low,))))


def test_one_whose_rows_have_no_heads_is_refused() -> None:
    try:
        parts(slide("Table", "Wide", table=(wide(8, scope=False),)))
    except ProblemsError as refused:
        assert {problem.code for problem in refused.problems} == {"DECK04"}
    else:
        raise AssertionError("columns without heads were parted")
