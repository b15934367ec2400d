"""A figure with a chart → a native, editable PowerPoint chart in a placeholder or free on the slide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.shapes.placeholder import ChartPlaceholder
from pptx.util import Emu

from handouts.figures.shapes import Chart, Figure
from handouts.render.pptx import oxml
from handouts.render.pptx.chart_xml import Paper, chart_xml
from handouts.render.pptx.layouts import Area
from handouts.render.pptx.text import Setting
from handouts.render.pptx.workbook import workbook


def paper_of(area: Area, setting: Setting) -> Paper:
    """The chart's drawing area and type."""
    return Paper(area.width, area.height, setting.theme.label, setting.language, setting.colours)


def add_chart(
    shapes: Any, holder: Any | None, figure: Figure, area: Area, setting: Setting, *, created: datetime
) -> Any:
    """Draws a figure's chart into `holder`, a placeholder that is replaced, or freely; returns its graphic frame.

    python-pptx makes the parts and relationships; the chart's XML and workbook are ours.
    """
    chart = figure.chart
    if chart is None:
        raise ValueError("the figure has no chart")
    if holder is None:
        sides = (Emu(oxml.emu(v)) for v in (area.x, area.y, area.width, area.height))
        frame: Any = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *sides, _seed(chart))
    else:
        placeholder: Any = ChartPlaceholder(holder._element, shapes)
        frame = placeholder.insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, _seed(chart))
        oxml.move(frame._element, area)
    part = frame.chart.part
    part.chart_workbook.update_from_xlsx_blob(workbook(chart, created))
    key = part._element.find(oxml.tag("c:externalData")).get(oxml.tag("r:id"))
    new = oxml.xml(chart_xml(chart, paper_of(area, setting), key))
    space = part._element
    for child in list(space):
        space.remove(child)
    for child in list(new):
        space.append(child)
    oxml.describe(frame._element, "Chart", figure.alt)
    return frame._element


def _seed(chart: Chart) -> Any:
    data: Any = CategoryChartData()
    data.categories = [oxml.legal(bar.label) for bar in chart.bars]
    data.add_series("%", [bar.value for bar in chart.bars])
    return data
