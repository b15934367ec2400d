"""Outcomes of several arms as a chart of bars in groups, a series an arm, with its numbers at their ends."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN

from handouts.figures.paired_bars import FILLS
from handouts.figures.shapes import ArmsChart
from handouts.render.pptx.layout.arms import BAR_LINES, ROW_LINES, key_height, label_width, plot_width
from handouts.render.pptx.layout.charts import GAP, head
from handouts.render.pptx.write.chart_parts import ChartDrawing
from handouts.render.pptx.write.paint import coloured


def draw_arms(drawing: ChartDrawing, chart: ArmsChart) -> None:
    """Gives a native chart its bars in the fills of the printed figure, their numbers, and a key above them."""
    paper = drawing.paper
    drawing.bar_axes()
    drawing.plot.gap_width = round(100 * ROW_LINES / BAR_LINES)
    drawing.plot.overlap = 0
    drawing.native.value_axis.maximum_scale = chart.most
    drawing.native.value_axis.visible = False
    for arm, (series, fill) in enumerate(zip(drawing.plot.series, FILLS, strict=False)):
        _painted(drawing, series.format, *fill)
        for number, row in enumerate(chart.rows):
            frame = drawing.label(series.points[number], XL_LABEL_POSITION.OUTSIDE_END, None)
            drawing.say(frame, [row.texts[arm]], "ink", strong=int(arm == 0))
    left, top = label_width(chart, paper) + GAP, head(chart, paper)
    key = key_height(chart, paper)
    drawing.key(0, top, paper.width, key)
    top += key
    drawing.place(left, top, plot_width(chart, paper), paper.height - top)


def _painted(drawing: ChartDrawing, form: Any, fill: str, edge: str, hatched: bool) -> None:
    drawing.painted(form, fill, edge)
    if hatched:
        form.fill.patterned()
        form.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        coloured(form.fill.fore_color, edge, drawing.palette)
        coloured(form.fill.back_color, fill, drawing.palette)
