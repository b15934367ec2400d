"""Response rates as a chart of bars, each with its interval as an error bar and its numbers beside it."""

from __future__ import annotations

from pptx.enum.chart import XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import (
    GAP,
    Paper,
    axis_height,
    category_width,
    foot_lines,
    interval,
    is_dense,
    plot_width,
    said,
)
from handouts.render.pptx.template.oxml import fill
from handouts.render.pptx.write.chart_parts import NS, ChartDrawing, chart_tag
from handouts.render.pptx.write.private import xml
from handouts.render.pptx.write.workbook import MINUS, PLUS, column

_MAIN, _OTHER, _UNSTATED = "accent_mid", "accent_soft", "unfilled"
"""Fills of bars, all edged in the accent: light enough for the interval to be seen on them. A rate of people whose
number is not stated is hollow, its edge dashed.
"""


def draw_bars(drawing: ChartDrawing, chart: Chart) -> None:
    """Gives a native chart its bars, their labels and intervals, and its axis of percent."""
    paper = drawing.paper
    drawing.bar_axes()
    drawing.plot.gap_width = 55
    values = drawing.native.value_axis
    values.maximum_scale, values.major_unit = 100, 25
    left, width = category_width(chart, paper) + GAP, plot_width(chart, paper)
    foot, dense = axis_height(chart, paper), is_dense(chart, paper)
    if lines := foot_lines(chart, paper):
        drawing.named(values, lines, left, paper.height - len(lines) * paper.line)
    series = drawing.plot.series[0]
    drawing.painted(series.format, _MAIN, "accent")
    for number, bar in enumerate(chart.bars):
        point, stated = series.points[number], interval(bar) is not None
        drawing.painted(point.format, (_MAIN if bar.main else _OTHER) if stated else _UNSTATED, "accent")
        if not stated:
            point.format.line.width = Pt(1.5)
            point.format.line.dash_style = MSO_LINE.DASH
        # To the right of the interval's end, so that the two do not cross.
        reach = max(0.0, (bar.value if bar.high is None else bar.high) - bar.value) / 100 * width
        frame = drawing.label(point, XL_LABEL_POSITION.OUTSIDE_END, ((reach + GAP) / paper.width, 0))
        drawing.say(frame, said(bar, dense=dense), "ink", strong=1, first=None if dense else paper.value_size)
    if bars := _error_bars(chart, paper):
        drawing.native.element.find(f".//{chart_tag('ser')}/{chart_tag('dLbls')}").addnext(xml(bars, NS))
    drawing.place(left, 0, width, paper.height - foot)


def _error_bars(chart: Chart, paper: Paper) -> str:
    spans = [interval(bar) for bar in chart.bars]
    if not any(spans):
        return ""
    plus = tuple(span[1] if span else None for span in spans)
    minus = tuple(span[0] if span else None for span in spans)
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_number_cells(column(PLUS, len(plus)), plus)}</c:plus>"
        f"<c:minus>{_number_cells(column(MINUS, len(minus)), minus)}</c:minus>"
        f'<c:spPr><a:ln w="22225" cap="flat">{fill("ink", paper.colours)}</a:ln></c:spPr></c:errBars>'
    )


def _number_cells(reference: str, values: tuple[float | None, ...]) -> str:
    """`c:numRef` of cells of the workbook, with the numbers that stand in them."""
    cache = "".join(
        f'<c:pt idx="{i}"><c:v>{value:.10g}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{cache}</c:numCache></c:numRef>'
    )
