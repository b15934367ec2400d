"""Forest plots, dumbbells and mean changes as an XY chart: points, lines between two of them, words as their labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from handouts.figures.shapes import Axis, PointChart
from handouts.render.pptx.layout.points import MARK, PointRoom, Words, name_lines
from handouts.render.pptx.write.chart_parts import NS, ChartDrawing, chart_tag
from handouts.render.pptx.write.paint import coloured, filled
from handouts.render.pptx.write.point_sheets import XySeries
from handouts.render.pptx.write.private import axis_xml, series_xml, xml

SQUARES: dict[str, int] = {"points": 13, "hollow": 9, "edges": 13}
RINGS: dict[str, int] = {"points": 14, "hollow": 11, "edges": MARK}
"""Widths of points by what they are: of equal values a ring lies around the filled point."""
NEAR = 4.0
"""Points between a point's edge and its number."""
_SIDES = {
    "left": (XL_LABEL_POSITION.LEFT, PP_ALIGN.RIGHT),
    "right": (XL_LABEL_POSITION.RIGHT, PP_ALIGN.LEFT),
    "centre": (XL_LABEL_POSITION.CENTER, PP_ALIGN.CENTER),
}


def draw_points(drawing: ChartDrawing, chart: PointChart, room: PointRoom, series: Sequence[XySeries]) -> None:
    """Gives a native XY chart of these series its points, lines, words and axis."""
    for one, native in zip(series, drawing.plot.series, strict=True):
        _refer(series_xml(native), one)
        native.marker.style = XL_MARKER_STYLE.NONE
        match one.role:
            case "spans":
                _line(drawing, native, *(("accent_soft", 6.0) if chart.joined else ("ink", 2.25)))
            case "line":
                _line(drawing, native, "ink", 1.5)
            case "words":
                for number, words in enumerate(one.words):
                    _write(drawing, native.points[number], words)
            case _:
                _mark(drawing, native, chart, one)
    if chart.joined:
        _number(drawing, chart, series)
    if chart.gain and chart.line is not None:
        drawing.tint(chart.axis.share(chart.line), left=chart.gain == "left")
    _axes(drawing, chart, room)
    drawing.place(room.left, room.top, room.width, room.high)


def _refer(element: Any, one: XySeries) -> None:
    """Makes a series name the cells that hold it; python-pptx has places of its own for them."""
    for name, cells in (("tx", one.name_cell), ("xVal", one.values), ("yVal", one.heights)):
        element.find(f"{chart_tag(name)}//{chart_tag('f')}").text = cells


def _line(drawing: ChartDrawing, native: Any, role: str, points: float) -> None:
    native.format.line.width = Pt(points)
    coloured(native.format.line.color, role, drawing.palette)


def _mark(drawing: ChartDrawing, native: Any, chart: PointChart, one: XySeries) -> None:
    marker = native.marker
    marker.style = XL_MARKER_STYLE.CIRCLE if chart.joined else XL_MARKER_STYLE.SQUARE
    marker.size = (RINGS if chart.joined else SQUARES)[one.role]
    if one.role == "edges":
        marker.format.fill.background()
        marker.format.line.width = Pt(2)
        coloured(marker.format.line.color, "muted" if chart.joined else "accent", drawing.palette)
    else:
        filled(marker.format.fill, "accent" if one.role == "points" else "unfilled", drawing.palette)
        marker.format.line.fill.background()


def _number(drawing: ChartDrawing, chart: PointChart, series: Sequence[XySeries]) -> None:
    """Writes the numbers of two points outside of them, on either side."""
    for one, native in zip(series, drawing.plot.series, strict=True):
        if one.role not in {"points", "hollow"}:
            continue
        for number, row in enumerate(chart.rows):
            low = 0 if row.spots[0].value < row.spots[1].value else 1
            spot, left = row.spots[one.arm], one.arm == low
            shift = (-NEAR if left else NEAR, 0.0)
            words = Words((spot.text,), spot.value, 0, "left" if left else "right", shift, strong=one.arm == 0)
            _write(drawing, native.points[number], words)


def _write(drawing: ChartDrawing, point: Any, words: Words) -> None:
    position, align = _SIDES[words.side]
    across, down = words.shift
    shift = (across / drawing.paper.width, down / drawing.paper.height) if across or down else None
    frame = drawing.label(point, position, shift)
    drawing.say(frame, words.lines, "ink", strong=len(words.lines) if words.strong else 0, align=align)


def _axes(drawing: ChartDrawing, chart: PointChart, room: PointRoom) -> None:
    values, rows = drawing.native.category_axis, drawing.native.value_axis
    rows.has_major_gridlines, rows.visible = False, False
    rows.minimum_scale, rows.maximum_scale = 0, room.lines
    axis = chart.axis
    values.minimum_scale, values.maximum_scale = axis.low, axis.high
    values.has_major_gridlines = not chart.joined
    values.major_tick_mark = XL_TICK_MARK.OUTSIDE
    values.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.major_unit = axis.base or axis.ticks[1] - axis.ticks[0]
    drawing.axis_looks(values, "muted", _number_format(axis))
    if not chart.joined:
        values.major_gridlines.format.line.width = Pt(0.75)
        coloured(values.major_gridlines.format.line.color, "faint", drawing.palette)
    if axis.base is not None:
        # python-pptx has no call for logarithms.
        axis_xml(values).find(chart_tag("scaling")).insert(0, xml(f'<c:logBase val="{axis.base}"/>', NS))
    if lines := name_lines(chart, drawing.paper):
        wide = max(map(drawing.paper.text_width, lines))
        left = min(max(0.0, room.left + (room.width - wide) / 2), max(0.0, drawing.paper.width - wide))
        drawing.named(values, lines, left, room.name_top)


def _number_format(axis: Axis) -> str:
    """As few decimals as tell the ticks apart; a true minus sign; 0 without decimals."""
    if axis.base is not None:
        return "General"
    decimals = max(len(f"{tick:.9f}".rstrip("0").partition(".")[2]) for tick in axis.ticks)
    number = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return f"{number};−{number};0"
