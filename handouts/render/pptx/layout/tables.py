"""How wide the columns and how high the rows of a native table are: a `Table` and a width in, points out.

A table of rows has columns by their weights. One of facts is a row of chips, a label over its value in each, and has
columns as wide as makes it low, as has one in small type, which has many words.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from threading import Lock

from handouts.plan.blocks import Cell, Table
from handouts.plan.text import Runs, plain
from handouts.render.pptx.template.look import DeckLook
from handouts.theme.schema import DECK_FLOOR

CELL_X, SMALL_CELL_X = 7.0, 4.0
CELL_Y, SMALL_CELL_Y = 4.0, 2.0
"""Least insets of a table cell in points, in usual and in small type."""
MOST_CELL_Y, MOST_LARGE_CELL_Y = 9.0, 36.0
"""Points to which free room may widen them, in usual and in large type."""
LARGE_CELL_X = 14.0
"""Insets of the cells of a table in large type, which are tiles."""
SMALL = 14.0
"""Points of the type of a table of many rows, which is to be looked up in rather than read from afar, and of any table
where that saves a slide.
"""
CHIP_X = 10.0
CHIP_Y = 7.0
"""Insets of a chip at its sides, and above its label and below its value."""
STEP = 6.0
"""Points by which a column of a table in small type is widened."""
MOST_CHIP_LINES = 8
"""Lines of a value beyond which chips are as wide as each other."""
# A no-break space parts no words.
_PIECE = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")


def inset(table: Table) -> float:
    """Points at either side of a cell's text."""
    if table.role == "facts":
        return CHIP_X
    return {"large": LARGE_CELL_X, "usual": CELL_X, "small": SMALL_CELL_X}[table.size]


def least_inset(table: Table) -> float:
    """The least points above and below a cell's text."""
    return SMALL_CELL_Y if table.size == "small" else CELL_Y


def most_inset(table: Table) -> float:
    """The most points above and below a cell's text."""
    return MOST_LARGE_CELL_Y if table.size == "large" else MOST_CELL_Y


def text_size(table: Table, row: int, look: DeckLook) -> float:
    """Points of the text in a row, the header being row 0."""
    if table.role == "facts":
        return look.sizes.label if row else max(DECK_FLOOR * look.scale, look.sizes.label * 0.875)
    usual = min(SMALL * look.scale, look.sizes.table) if look.dense else look.sizes.table
    sizes = {"large": look.sizes.body, "usual": usual, "small": min(SMALL * look.scale, look.sizes.label)}
    return sizes[table.size]


def is_strong(table: Table, row: int, cell: Cell) -> bool:
    """Whether all text of a cell is bold: heads are, and of facts the values in place of their labels."""
    if table.role == "facts":
        return row > 0
    return row == 0 or cell.scope is not None


def column_widths(table: Table, width: float, look: DeckLook) -> tuple[float, ...]:
    """Widths in points of a table's columns: by their weights, but none narrower than its longest word if that can be.

    Columns without weights are equal.
    """
    count, least = len(table.head), least_widths(table, look)
    if table.role == "facts":
        return _chip_widths(table, width, least, look)
    if sum(least) > width:
        return _capped(least, width)
    if table.size == "small":
        return _low_widths(table, width, least, look)
    weights = table.widths if len(table.widths) == count and sum(table.widths) > 0 else (1.0,) * count
    wanted = [width * weight / sum(weights) for weight in weights]
    short = sum(max(0.0, low - want) for low, want in zip(least, wanted, strict=True))
    spare = sum(max(0.0, want - low) for low, want in zip(least, wanted, strict=True))
    if not short or not spare:
        return tuple(wanted)
    return tuple(
        low if want < low else want - (want - low) * short / spare for low, want in zip(least, wanted, strict=True)
    )


def _capped(least: Sequence[float], width: float) -> tuple[float, ...]:
    """Widths that fill `width` where not even the longest words fit side by side: what is short stays whole, and the
    longest words alone are broken.
    """
    room, cap = width, width
    for left, low in zip(range(len(least), 0, -1), sorted(least), strict=True):
        cap = room / left
        if low > cap:
            break
        room -= low
    return tuple(min(low, cap) for low in least)


def least_widths(table: Table, look: DeckLook) -> list[float]:
    """Widths in points at which each column has room for its longest word."""
    rows = (table.head, *table.rows)
    return [
        max(_longest_word(table, number, row[n], look) for number, row in enumerate(rows))
        for n in range(len(table.head))
    ]


def _low_widths(table: Table, width: float, least: Sequence[float], look: DeckLook) -> tuple[float, ...]:
    """Widths at which a table is low: room goes from column to column for as long as lines end for it."""

    @cache
    def lines(column: int, steps: int) -> tuple[int, ...]:
        wide = least[column] + steps * STEP - 2 * inset(table)
        return tuple(
            look.metrics.lines(row[column].runs, text_size(table, number, look), wide,
                               strong=is_strong(table, number, row[column]))
            for number, row in enumerate((table.head, *table.rows))
        )  # fmt: skip

    def cost(wider: Sequence[int]) -> float:
        """Lines of the table, and, so that a row gets lower whose cells are equally high, some of each cell."""
        found = [lines(column, steps) for column, steps in enumerate(wider)]
        return sum(map(max, zip(*found, strict=True))) + sum(map(sum, found)) / 10

    columns = range(len(least))
    spare = int((width - sum(least)) // STEP)
    wider = [spare // len(least) + (column < spare % len(least)) for column in columns]
    lowest = cost(wider)
    while True:
        tries = [
            [one + steps * ((at == to) - (at == from_)) for at, one in enumerate(wider)]
            for from_ in columns
            for to in columns
            for steps in range(1, wider[from_] + 1)
            if from_ != to
        ]
        best = min(tries, key=cost, default=wider)
        if cost(best) >= lowest:
            left = (width - sum(least)) / STEP - spare
            return tuple(low + (steps + left / len(wider)) * STEP for low, steps in zip(least, wider, strict=True))
        wider, lowest = best, cost(best)


def _chip_widths(table: Table, width: float, least: Sequence[float], look: DeckLook) -> tuple[float, ...]:
    """Widths at which the values take as few lines as they can; what is left over is shared."""
    values = [[row[n].runs for row in table.rows] for n in range(len(table.head))]
    size = text_size(table, 1, look)
    labels = [look.metrics.width(plain(cell.runs), text_size(table, 0, look)) + 2 * CHIP_X for cell in table.head]
    if sum(map(max, least, labels)) <= width:
        least = list(map(max, least, labels))
    for lines in range(1, MOST_CHIP_LINES + 1):
        wide = [
            max([low, *(_width_in_lines(runs, lines, size, width, look) + 2 * CHIP_X for runs in column)])
            for low, column in zip(least, values, strict=True)
        ]
        if (spare := width - sum(wide)) >= 0:
            return tuple(one + spare / len(wide) for one in wide)
    return (width / len(least),) * len(least)


def _width_in_lines(runs: Runs, lines: int, size: float, most: float, look: DeckLook) -> float:
    """The least width in points, to one point, at which bold text takes so many lines."""
    low, high = 0, int(most)
    while low < high:
        middle = (low + high) // 2
        if middle and look.metrics.lines(runs, size, middle, strong=True) <= lines:
            high = middle
        else:
            low = middle + 1
    return float(high)


def _longest_word(table: Table, number: int, cell: Cell, look: DeckLook) -> float:
    """Width in points that a column needs for the longest word of a cell, which may go on from one run to the next."""
    bold, size = is_strong(table, number, cell), text_size(table, number, look)
    longest = word = 0.0
    for run in cell.runs:
        for piece in _PIECE.findall(run.text):
            if piece[0] in " \t\r\n":
                word = 0.0
            else:
                word += look.metrics.width(piece, size, strong=bold or run.strong)
                longest = max(longest, word)
    return longest + 2 * inset(table) + 0.5


def row_heights(table: Table, width: float, look: DeckLook) -> tuple[float, ...]:
    """Heights in points that the header and each row of a table `width` points wide need at least."""
    return _MEASURED.heights(table, width, look)


class _Measured:
    """Rows that were measured, by the table itself and all that their heights depend on: a deck is laid out anew at
    each size of its text, and most of these leave its tables as they were.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[object, ...], tuple[Table, tuple[float, ...]]] = OrderedDict()
        self._lock = Lock()

    def heights(self, table: Table, width: float, look: DeckLook) -> tuple[float, ...]:
        sizes = look.sizes
        body = sizes.body if table.size == "large" else 0.0
        # To compare tables word by word would take as long as to measure them; one that is kept here keeps its id.
        key = (id(table), width, look.metrics, sizes.label, sizes.table, body, look.dense)
        with self._lock:
            known = self._found.get(key)
        if known is not None:
            return known[1]
        heights = _row_heights(table, width, look)
        with self._lock:
            self._found[key] = table, heights
            if len(self._found) > _MOST_MEASURED:
                self._found.popitem(last=False)
        return heights


_MOST_MEASURED = 512
_MEASURED = _Measured()


def _row_heights(table: Table, width: float, look: DeckLook) -> tuple[float, ...]:
    widths = [w - 2 * inset(table) for w in column_widths(table, width, look)]
    heights: list[float] = []
    for number, row in enumerate((table.head, *table.rows)):
        size = text_size(table, number, look)
        lines = max(
            look.metrics.lines(cell.runs, size, w, strong=is_strong(table, number, cell))
            for cell, w in zip(row, widths, strict=True)
        )
        heights.append(
            lines * size * look.metrics.pitch() + (CHIP_Y if table.role == "facts" else 2 * least_inset(table))
        )
    return tuple(heights)
