"""How much room a native chart of any kind needs: the chart and its paper in, points out."""

from __future__ import annotations

from handouts.figures.shapes import ArmsChart, Chart, NativeChart
from handouts.render.pptx.layout import arms, charts, points
from handouts.render.pptx.layout.charts import LEAST_PLOT, Paper

BAR_HEIGHT = 96.0
STACKED_HEIGHT = 230.0
"""The most height in points that a chart takes for each row, unless its words need more, and for one stacked bar."""


def too_narrow(chart: NativeChart, paper: Paper) -> bool:
    """Whether the words leave too little width to tell values apart."""
    match chart:
        case Chart(stacked=True):
            return False
        case Chart():
            return charts.plot_width(chart, paper) < LEAST_PLOT
        case ArmsChart():
            return arms.plot_width(chart, paper) < LEAST_PLOT
        case _:
            return points.plot_width(chart, paper) < LEAST_PLOT or not points.sides_fit(chart, paper)


def needed_height(chart: NativeChart, paper: Paper) -> float:
    """Points of height below which the chart cannot be read."""
    match chart:
        case Chart():
            return charts.needed_height(chart, paper)
        case ArmsChart():
            return arms.needed_height(chart, paper)
        case _:
            return points.needed_height(chart, paper)


def most_height(chart: NativeChart, paper: Paper) -> float:
    """Points of height above which the chart would only be stretched."""
    match chart:
        case Chart(stacked=True):
            return STACKED_HEIGHT
        case Chart():
            rows = len(chart.bars)
        case _:
            rows = len(chart.rows)
    return max(BAR_HEIGHT * (rows + 1), needed_height(chart, paper))
