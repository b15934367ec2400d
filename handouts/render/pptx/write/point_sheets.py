"""A chart of points and where its words stand → the series of an XY chart, and the workbook that holds their cells.

The first sheet is for whoever edits the numbers: a row an outcome, with value and bounds. The second holds, column by
column, where whiskers end and words stand; whiskers are worked out from the first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from xlsxwriter.utility import xl_col_to_name

from handouts.figures.shapes import PointChart
from handouts.render.pptx.layout.points import ROW_LINES, PointRoom, Words
from handouts.render.pptx.write.workbook import SHEET, Formula, Sheet, Value, column

HELPERS = "Words"
HALF_ROW = (1 + ROW_LINES) / 2
"""Half the height in lines of a row with one line of words, the least that a row has."""
Role = Literal["points", "hollow", "edges", "spans", "line", "words"]
"""What a series shows: filled points, hollow ones, the edges of hollow ones, whiskers or joining lines, the line of
comparison, or words.
"""


class XySeries(Struct, frozen=True):
    """One series: its points, each a value and a height in lines, and the cells of its name, values and heights.

    `arm` and `rows` number what values these are; `words` are written at the points. A point of None parts two lines.
    """

    role: Role
    name: str
    points: tuple[tuple[float, float] | None, ...]
    name_cell: str
    values: str
    heights: str
    arm: int = 0
    rows: tuple[int, ...] = ()
    words: tuple[Words, ...] = ()


class _Point(Struct, frozen=True):
    """A point of a helper, and which formulas of the first sheet its coordinates are, if they are any."""

    value: float
    up: float
    formulas: tuple[str, str] = ("", "")


class _Helper(Struct, frozen=True):
    role: Role
    name: str
    points: tuple[_Point | None, ...]
    words: tuple[Words, ...] = ()


def xy_series(chart: PointChart, room: PointRoom) -> tuple[XySeries, ...]:
    """All series in the order in which they are drawn: helpers first, the first arm's points last.

    The edges of hollow points come after these: PowerPoint draws them around the points, while LibreOffice fills them,
    and draws what comes later below.
    """
    listed = [_placed(helper, number) for number, helper in enumerate(_helpers(chart, room))]
    everywhere = range(len(chart.rows))
    if chart.joined:
        filled, hollow = _values(chart, room, 0, everywhere), _values(chart, room, 1, everywhere)
    else:
        stated = [row.spots[0].low is not None for row in chart.rows]
        filled = _values(chart, room, 0, [i for i in everywhere if stated[i]])
        hollow = _values(chart, room, 0, [i for i in everywhere if not stated[i]])
    values = [replace(hollow, role="hollow"), replace(hollow, role="edges"), filled]
    return (*listed, *(one for one in values if one.points))


def sheets(chart: PointChart, room: PointRoom) -> tuple[Sheet, ...]:
    """Both sheets of the workbook."""
    return Sheet(SHEET, _numbers(chart, room)), Sheet(HELPERS, _helper_rows(_helpers(chart, room)))


def _values(chart: PointChart, room: PointRoom, arm: int, rows: Sequence[int]) -> XySeries:
    letter = xl_col_to_name(2 + arm)
    points = tuple((chart.rows[i].spots[arm].value, room.rows[i]) for i in rows)
    cells = f"{SHEET}!${letter}$1", _cells(letter, rows), _cells("B", rows)
    return XySeries("points", chart.series[arm], points, *cells, arm=arm, rows=tuple(rows))


def _cells(letter: str, rows: Sequence[int]) -> str:
    """The cells of some rows of the first sheet, as one name of a whole column or a list of single ones."""
    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
        return f"{SHEET}!${letter}${rows[0] + 2}:${letter}${rows[-1] + 2}"
    listed = ",".join(f"{SHEET}!${letter}${row + 2}" for row in rows)
    return f"({listed})" if len(rows) > 1 else listed


def _placed(helper: _Helper, number: int) -> XySeries:
    name, value, up = (xl_col_to_name(3 * number + i) for i in range(3))
    points = tuple((point.value, point.up) if point else None for point in helper.points)
    count = len(points)
    cells = f"{HELPERS}!${name}$1", column(value, count, HELPERS), column(up, count, HELPERS)
    return XySeries(helper.role, helper.name, points, *cells, words=helper.words)


def _helpers(chart: PointChart, room: PointRoom) -> list[_Helper]:
    """The longest comes first: LibreOffice loses series that stand before a longer one."""
    found = [
        _Helper("words", one.name, tuple(_Point(words.value, words.up) for words in one.words), one.words)
        for one in room.columns
    ]
    if chart.line is not None:
        found.append(_Helper("line", "line", _upright(chart.line, chart, room)))
    if spans := _spans(chart, room):
        found.append(_Helper("spans", "lines", spans))
    return sorted(found, key=lambda helper: -len(helper.points))


def _upright(value: float, chart: PointChart, room: PointRoom) -> tuple[_Point | None, ...]:
    """The line of comparison from the first row to the axis, parted where a group's head stands across it."""
    runs: list[list[int]] = []
    for number, opens in enumerate(chart.opens_group):
        if opens or not runs:
            runs.append([])
        runs[-1].append(number)
    points: list[_Point | None] = []
    for run in runs:
        top = room.rows[run[0]] + HALF_ROW if chart.opens_group[run[0]] else room.rows_top
        points += (_Point(value, top), _Point(value, 0 if run is runs[-1] else room.rows[run[-1]] - HALF_ROW), None)
    return tuple(points[:-1])


def _spans(chart: PointChart, room: PointRoom) -> tuple[_Point | None, ...]:
    """The ends of each whisker, cut off at the ends of the axis, or of each line that joins two points."""
    axis = chart.axis
    points: list[_Point | None] = []
    for number, (row, up) in enumerate(zip(chart.rows, room.rows, strict=True), start=2):
        first = row.spots[0]
        if chart.joined:
            # From edge to edge: viewers differ in whether a line lies over a point or below it.
            mark = room.mark * (axis.high - axis.low)
            ends = _edge(first.value, row.spots[1].value, mark), _edge(row.spots[1].value, first.value, mark)
            c, d = _cell("C", number), _cell("D", number)
            cells = tuple(f"{a}+SIGN({b}-{a})*MIN({mark:.6g},ABS({b}-{a})/2)" for a, b in ((c, d), (d, c)))
        elif first.low is None or first.high is None:
            continue
        else:
            ends = max(first.low, axis.first), min(first.high, axis.last)
            cells = (f"MAX({_cell('D', number)},{axis.first:.12g})", f"MIN({_cell('E', number)},{axis.last:.12g})")
        points += [None] if points else []
        points += [_Point(end, up, (cell, _cell("B", number))) for end, cell in zip(ends, cells, strict=True)]
    return tuple(points)


def _edge(value: float, other: float, mark: float) -> float:
    """From a value towards another by a point's radius, or halfway where that is nearer."""
    return value + math.copysign(min(mark, abs(other - value) / 2), other - value)


def _cell(letter: str, number: int) -> str:
    return f"{SHEET}!{letter}{number}"


def _numbers(chart: PointChart, room: PointRoom) -> tuple[tuple[Value, ...], ...]:
    bounds = chart.series[1:] if chart.joined else ("low", "high")
    heads = chart.heads or ("",) * len(chart.rows[0].cells)
    rows: list[tuple[Value, ...]] = [(None, "height of the row", chart.series[0], *bounds, *heads)]
    for row, up in zip(chart.rows, room.rows, strict=True):
        spot = row.spots[0]
        label = f"{row.group}: {row.label}" if row.group else row.label
        rest = (row.spots[1].value,) if chart.joined else (spot.low, spot.high)
        rows.append((label, up, spot.value, *rest, *row.cells))
    return tuple(rows)


def _helper_rows(helpers: Sequence[_Helper]) -> tuple[tuple[Value, ...], ...]:
    rows: list[tuple[Value, ...]] = [tuple(cell for one in helpers for cell in (one.name, "value", "height"))]
    for number in range(max(len(one.points) for one in helpers)):
        row: list[Value] = []
        for one in helpers:
            point = one.points[number] if number < len(one.points) else None
            text = " ".join(one.words[number].lines) if point and one.words else None
            row += [text, *_coordinates(point)]
        rows.append(tuple(row))
    return tuple(rows)


def _coordinates(point: _Point | None) -> tuple[Value, Value]:
    if point is None:
        return None, None
    value, up = point.formulas
    return (
        Formula(value, point.value) if value else point.value,
        Formula(up, point.up) if up else point.up,
    )
