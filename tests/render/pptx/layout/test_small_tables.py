"""Tables in small type: columns that make them low, whatever stands in which cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts.plan.blocks import Cell, Table, TableSize
from handouts.plan.text import Run
from handouts.render.pptx.layout.tables import SMALL, column_widths, inset, least_widths
from handouts.render.pptx.template.colours import own_palette
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics
from handouts.theme.schema import Theme

THEME = Theme()
LOOK = DeckLook(THEME.deck, metrics(THEME.deck.font), own_palette(THEME.colours), 960, 540)
WIDTH = 876.0


def table(*rows: tuple[str, ...]) -> Table:
    cells = [tuple(Cell((Run(text),)) for text in row) for row in rows]
    return Table(cells[0], tuple(cells[1:]), (1.0,) * len(rows[0]), "A map", size="small")


LONG = "A trial of many words that say in whom it was and how far it had come when the page was written. " * 3


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_room_goes_to_the_column_that_has_the_words(at: int) -> None:
    words = tuple(LONG if column == at else "Short" for column in range(3))
    widths = column_widths(table(("A", "B", "C"), words), WIDTH, LOOK)
    assert max(widths) == widths[at] > 2 * max(one for column, one in enumerate(widths) if column != at)


@given(st.lists(st.tuples(*[st.sampled_from(["", "Short", "A few words more", LONG])] * 4), min_size=2, max_size=5))
def test_a_table_is_as_wide_as_its_place_and_breaks_no_word(rows: list[tuple[str, ...]]) -> None:
    small = table(*rows)
    widths = column_widths(small, WIDTH, LOOK)
    assert sum(widths) == pytest.approx(WIDTH)
    for row in (small.head, *small.rows):
        for cell, wide in zip(row, widths, strict=True):
            words = [word for run in cell.runs for word in run.text.split()]
            strong = row is small.head
            assert all(LOOK.metrics.width(word, SMALL, strong=strong) <= wide - 2 * inset(small) for word in words)


def test_words_too_long_for_any_columns_share_the_width() -> None:
    widths = column_widths(table(("A" * 60, "B" * 60, "C"), ("a", "b", "c")), 300.0, LOOK)
    assert sum(widths) == pytest.approx(300.0)
    assert min(widths) > 0
    assert widths[0] == pytest.approx(widths[1], rel=0.05)


@given(st.sampled_from(["small", "usual"]), st.integers(1, 3), st.integers(30, 90))
def test_short_words_stay_whole_beside_words_too_long_for_any_columns(size: TableSize, longs: int, length: int) -> None:
    heads = ("Phase", "Registry", *(letter * length for letter in "ABC"[:longs]))
    one = replace(table(heads, ("III", *"–" * (longs + 1))), size=size)
    widths, least = column_widths(one, 500.0, LOOK), least_widths(one, LOOK)
    assert sum(widths) == pytest.approx(500.0)
    assert all(wide >= low - 0.01 for wide, low in zip(widths[:2], least[:2], strict=True))
