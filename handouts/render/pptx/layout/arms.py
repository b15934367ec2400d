"""How much room the bars of several arms and their words take: an `ArmsChart` and its paper in, points out."""

from __future__ import annotations

from handouts.figures.shapes import ArmsChart
from handouts.render.pptx.layout.charts import GAP, LABEL_SHARE, Paper, head

BAR_LINES = 0.78
"""Height of a bar in lines, so that the numbers at its end and at the next one's do not touch."""
ROW_LINES = 0.45
"""The space between two outcomes in lines."""
SWATCH = 34.0
"""Points that the mark before a name in the key takes, with the space around it."""


def label_width(chart: ArmsChart, paper: Paper) -> float:
    """Points that the outcomes' names take at the left."""
    return min(max(paper.text_width(row.label) for row in chart.rows), paper.width * LABEL_SHARE)


def plot_width(chart: ArmsChart, paper: Paper) -> float:
    """Points of width that names and numbers leave for the bars."""
    numbers = max(paper.text_width(text, strong=True) for row in chart.rows for text in row.texts)
    return paper.width - label_width(chart, paper) - numbers - 3 * GAP


def key_height(chart: ArmsChart, paper: Paper) -> float:
    """Points of height that the arms' names take above the bars: one line, or one for each arm."""
    wide = sum(paper.text_width(arm) + SWATCH for arm in chart.arms)
    return (1 if wide <= paper.width else len(chart.arms)) * paper.line + GAP


def needed_height(chart: ArmsChart, paper: Paper) -> float:
    """Points of height below which the numbers of neighbouring bars would touch."""
    wide = label_width(chart, paper)
    bars = len(chart.arms) * BAR_LINES
    rows = sum(max(bars, len(paper.wrap(row.label, wide))) + ROW_LINES for row in chart.rows)
    return head(chart, paper) + key_height(chart, paper) + rows * paper.line
