"""Exclusive parts of one whole as one stacked bar, each part labelled in it, or below it where it is too narrow."""

from __future__ import annotations

from pptx.enum.chart import XL_LABEL_POSITION

from handouts.figures.response_bars import part_fills
from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import GAP, head, outside_rows, part_lines
from handouts.render.pptx.template.colours import readable_on
from handouts.render.pptx.write.chart_parts import ChartDrawing


def draw_stacked(drawing: ChartDrawing, chart: Chart) -> None:
    """Gives a native chart of one category its parts and their labels; its axes are not shown."""
    paper = drawing.paper
    drawing.bar_axes()
    drawing.plot.gap_width, drawing.plot.overlap = 0, 100
    drawing.native.value_axis.maximum_scale, drawing.native.value_axis.major_unit = 1, 1
    drawing.native.value_axis.visible = drawing.native.category_axis.visible = False
    top, width = head(chart, paper), paper.width
    high = paper.height - top - outside_rows(chart, paper) * (paper.line + GAP)
    whole = sum(bar.value for bar in chart.bars) or 1.0
    shades = part_fills([bar.main for bar in chart.bars])
    start = 0.0
    outside = 0
    for bar, shade, series in zip(chart.bars, shades, drawing.plot.series, strict=True):
        part = width * bar.value / whole
        lines, inside = part_lines(bar, part, high, paper)
        shift = None
        if not inside:
            half = paper.text_width(lines[0]) / 2
            middle = start + part / 2
            row = 1 if outside % 2 == 0 else 2
            outside += 1
            across = min(max(middle, half), width - half) - middle
            shift = across / width, (high / 2 + (row - 0.5) * paper.line + GAP / 2) / paper.height
        drawing.painted(series.format, shade, "ink")
        frame = drawing.label(series.points[0], XL_LABEL_POSITION.CENTER, shift)
        role = readable_on(shade, paper.colours) if inside else "ink"
        drawing.say(frame, lines, role, strong=1, align=None)
        start += part
    drawing.place(0, top, width, high)
