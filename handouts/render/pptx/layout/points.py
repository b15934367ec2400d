"""Where the rows, words and axis of a chart of points stand: a `PointChart` and its paper in, points and lines out.

Down, the chart is measured in lines of its type: a row is as many high as its words and the space around them.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.figures.shapes import PointChart
from handouts.render.pptx.layout.charts import GAP, LABEL_SHARE, Paper, head

CELL_SHARE, ONLY_CELL_SHARE = 0.17, 0.26
"""The most of the width that a column of words takes, one of several or the only one, unless its longest word is wider.
"""
ROW_LINES = 0.5
"""The space between two rows in lines."""
MARK = 16
"""Width of the largest point in points, as PowerPoint counts its markers."""
MARKS, SQUARE_MARKS = ("●", "○"), ("■", "□")
"""What stands in words for the points of both series, and for those of one with and without an interval."""
KEY_LINES = 0.3
"""The space below the key, the columns' heads and a group's head in lines."""
NO_BREAK = "\N{NO-BREAK SPACE}"
_SIDE = 8.0
"""Points between the line of comparison and the words on either side of it."""


class Words(Struct, frozen=True):
    """Lines written beside a place of the plot: at a value of its axis and so many lines above its bottom.

    `shift` moves them by points to the right and down.
    """

    lines: tuple[str, ...]
    value: float
    up: float
    side: Literal["left", "right", "centre"] = "right"
    shift: tuple[float, float] = (0.0, 0.0)
    strong: bool = False


class Column(Struct, frozen=True):
    """Words of one kind; a column has a name in the workbook."""

    name: str
    words: tuple[Words, ...]


class PointRoom(Struct, frozen=True):
    """The plot's rectangle in points, how many lines high it is, the middle of each row in lines, and all words."""

    left: float
    top: float
    width: float
    high: float
    lines: float
    rows: tuple[float, ...]
    columns: tuple[Column, ...]
    rows_top: float
    """Where the first row, or its group's head, begins, in lines."""
    mark: float
    """Radius of the edge of a hollow point, as a share of the axis."""
    name_top: float
    """Where the axis' name begins, in points from the top."""


class _Across(Struct, frozen=True):
    """Left end and length of the axis, and where the columns of words begin, in points."""

    left: float
    width: float
    columns: tuple[float, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    heads: tuple[tuple[str, ...], ...]
    labels: tuple[tuple[str, ...], ...]


def plot_width(chart: PointChart, paper: Paper) -> float:
    """Points of width that labels, numbers and columns leave for the axis."""
    return _across(chart, paper).width


def needed_height(chart: PointChart, paper: Paper) -> float:
    """Points of height below which the words of neighbouring rows would touch."""
    lines = sum(_row_lines(chart, paper, _across(chart, paper)))
    return head(chart, paper) + lines * paper.line + _below(chart, paper)


def room(chart: PointChart, paper: Paper) -> PointRoom:
    """Where everything stands on a paper that is as wide and high as the chart needs at the least."""
    across = _across(chart, paper)
    top = head(chart, paper)
    high = paper.height - top - _below(chart, paper)
    heights = _row_lines(chart, paper, across)
    total = sum(heights)
    middles = [total - sum(heights[:i]) - tall / 2 for i, tall in enumerate(heights)]
    columns = {name: list[Words]() for name in ("labels", *(f"column {i + 1}" for i in range(len(across.columns))))}
    rows: list[float] = []
    slots = iter(middles)
    low, end = chart.axis.first, chart.axis.last

    def cell(column: int, lines: tuple[str, ...], up: float, *, strong: bool = False) -> None:
        shift = across.columns[column] - across.left - across.width
        columns[f"column {column + 1}"].append(Words(lines, end, up, shift=(shift, 0), strong=strong))

    if chart.joined:
        columns["key"] = _key(chart, paper, across, next(slots))
    sides = _sides(chart, paper, across)
    if across.heads or sides:
        up = next(slots)
        for number, lines in enumerate(across.heads):
            cell(number, lines, up, strong=True)
        if sides:
            columns["sides"] = [replace(words, up=up) for words in sides]
    for row, opens, label, cells in zip(chart.rows, chart.opens_group, across.labels, across.cells, strict=True):
        if opens:
            group = tuple(paper.wrap(row.group, paper.width, strong=True))
            columns["labels"].append(Words(group, low, next(slots), shift=(-across.left, 0), strong=True))
        up = next(slots)
        rows.append(up)
        columns["labels"].append(Words(label, low, up, shift=(-across.left, 0)))
        for number, lines in enumerate(cells):
            cell(number, lines, up, strong=chart.joined)
    if beyond := _beyond(chart, rows):
        columns["beyond"] = beyond
    name_top = top + high + _tick_height(paper)
    named = tuple(Column(name, tuple(words)) for name, words in columns.items() if words)
    above = sum(heights[: chart.joined + bool(across.heads or sides)])
    return PointRoom(
        across.left,
        top,
        across.width,
        high,
        total,
        tuple(rows),
        named,
        total - above,
        MARK / 2 / across.width,
        name_top,
    )


def _across(chart: PointChart, paper: Paper) -> _Across:
    wide: list[float] = []
    share = ONLY_CELL_SHARE if len(chart.rows[0].cells) == 1 else CELL_SHARE
    for number, texts in enumerate(zip(*(row.cells for row in chart.rows), strict=True)):
        longest = [paper.text_width(word) for text in texts for word in text.split(" ")]
        for name in chart.heads[number : number + 1]:
            longest += [paper.text_width(word, strong=True) for word in name.split(" ")]
        wished = min(max(map(paper.text_width, texts)), paper.width * share)
        wide.append(max(wished, *longest, 0.0) + 1)
    cells = tuple(
        tuple(tuple(paper.wrap(text, w)) for text, w in zip(row.cells, wide, strict=True)) for row in chart.rows
    )
    heads = tuple(tuple(paper.wrap(head, w, strong=True)) for head, w in zip(chart.heads, wide, strict=False))
    right = sum(wide) + 2 * GAP * len(wide)
    starts = tuple(paper.width - right + 2 * GAP + sum(wide[:i]) + 2 * GAP * i for i in range(len(wide)))
    widest = max(paper.text_width(row.label) for row in chart.rows)
    label = min(widest, paper.width * LABEL_SHARE) + 1
    labels = tuple(tuple(paper.wrap(row.label, label)) for row in chart.rows)
    numbers = [paper.text_width(spot.text, strong=True) for row in chart.rows for spot in row.spots if spot.text]
    pad = MARK + max(numbers, default=0.0)
    left = label + GAP + pad
    return _Across(left, paper.width - left - pad - right, starts, cells, heads, labels)


def _row_lines(chart: PointChart, paper: Paper, across: _Across) -> list[float]:
    """The height in lines of the key and the heads, and of each row and each group's head, from the top."""
    heights = [max(len(words.lines) for words in _key(chart, paper, across, 0)) + KEY_LINES] if chart.joined else []
    top = [*map(len, across.heads), *(len(words.lines) for words in _sides(chart, paper, across))]
    heights += [max(top) + KEY_LINES] if top else []
    for row, opens, label, cells in zip(chart.rows, chart.opens_group, across.labels, across.cells, strict=True):
        if opens:
            heights.append(len(paper.wrap(row.group, paper.width, strong=True)) + KEY_LINES)
        heights.append(max(len(label), *map(len, cells), 1) + ROW_LINES)
    return heights


def _key(chart: PointChart, paper: Paper, across: _Across, up: float) -> list[Words]:
    """The names of both series, each after its point, on one line from the left, or below each other."""
    texts = [f"{mark} {name}" for mark, name in zip(MARKS, chart.series, strict=True)]
    wide = [paper.text_width(text, strong=True) + 3 * GAP for text in texts]
    if sum(wide) > paper.width:
        lines = tuple(line for text in texts for line in paper.wrap(text, paper.width, strong=True))
        return [Words(lines, chart.axis.first, up, shift=(-across.left, 0), strong=True)]
    lefts = (0.0, wide[0])
    return [
        Words((text,), chart.axis.first, up, shift=(left - across.left, 0), strong=True)
        for text, left in zip(texts, lefts, strict=True)
    ]


def name_lines(chart: PointChart, paper: Paper) -> list[str]:
    """The lines of the axis' name, and behind it what filled and hollow points are."""
    key = [f"{mark} {text}" for mark, text in zip(SQUARE_MARKS, chart.key or (), strict=False)]
    said = [text for text in (chart.axis_name, *key) if text]
    return paper.wrap("   ".join(said), paper.width) if said else []


def sides_fit(chart: PointChart, paper: Paper) -> bool:
    """Whether no word beside the line of comparison has to be broken."""
    across = _across(chart, paper)
    if chart.sides is None or chart.line is None:
        return True
    at = across.left + across.width * chart.axis.share(chart.line)
    rooms = zip(chart.sides, (at, _right_of(paper, across) - at), strict=True)
    return all(paper.text_width(word) <= free - _SIDE for text, free in rooms for word in text.split(" "))


def _below(chart: PointChart, paper: Paper) -> float:
    """Points of height that the axis takes with its numbers and its name."""
    return _tick_height(paper) + len(name_lines(chart, paper)) * paper.line + GAP / 2


def _tick_height(paper: Paper) -> float:
    return paper.line + GAP


def _sides(chart: PointChart, paper: Paper, across: _Across) -> list[Words]:
    """What lies left and right of the line of comparison, each with an arrow; they stand at the columns' heads."""
    if chart.sides is None or chart.line is None:
        return []
    at = across.left + across.width * chart.axis.share(chart.line)
    rooms: tuple[tuple[Literal["left", "right"], str, float], ...] = (
        ("left", f"◄{NO_BREAK}{chart.sides[0]}", at),
        ("right", f"{chart.sides[1]}{NO_BREAK}►", _right_of(paper, across) - at),
    )
    return [
        Words(
            tuple(paper.wrap(text, free - _SIDE, strong=chart.gain == side)),
            chart.line,
            0.0,
            side,
            strong=chart.gain == side,
        )
        for side, text, free in rooms
    ]


def _right_of(paper: Paper, across: _Across) -> float:
    """Where the room right of the axis ends: at the columns of words, else at the chart's edge."""
    return across.columns[0] - GAP / 2 if across.columns else paper.width


def _beyond(chart: PointChart, rows: list[float]) -> list[Words]:
    """Arrow heads at the ends of the axis, beyond which an interval goes on."""
    found: list[Words] = []
    for row, up in zip(chart.rows, rows, strict=True):
        for spot in row.spots:
            if spot.low is not None and spot.low < chart.axis.low:
                found.append(Words(("◄",), chart.axis.first, up, "centre"))
            if spot.high is not None and spot.high > chart.axis.high:
                found.append(Words(("►",), chart.axis.last, up, "centre"))
    return found
