"""A figure's chart → a native chart of python-pptx: rates, parts of one bar, bars of several arms, or points.

python-pptx has no call for error bars, for the place of a plot or label, nor for axis ids that the schema allows.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from handouts.figures.shapes import ArmsChart, Chart, NativeChart
from handouts.render.pptx.layout.charts import Paper, bar_name, is_dense
from handouts.render.pptx.layout.points import room
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.oxml import legal
from handouts.render.pptx.write.accessibility import spoken
from handouts.render.pptx.write.arms import draw_arms
from handouts.render.pptx.write.bars import draw_bars
from handouts.render.pptx.write.chart_parts import ChartDrawing, chart_tag
from handouts.render.pptx.write.point_sheets import sheets, xy_series
from handouts.render.pptx.write.points import draw_points
from handouts.render.pptx.write.stacked import draw_stacked
from handouts.render.pptx.write.workbook import Sheet, arm_sheets, bar_sheets, workbook

Inserting = Callable[[XL_CHART_TYPE, CategoryChartData | XyChartData], Any]
"""`insert_chart` of a placeholder, or `add_chart` of a slide's shapes."""


class _Memory(Struct):
    """The XML of a chart that was drawn once, without what ties it to its workbook."""

    drawn: bytes | None = None


@lru_cache(maxsize=64)
def _memory(_chart: NativeChart, _area: Area, _language: str, _look: DeckLook) -> _Memory:
    """What is remembered of a chart in one place: all decks of a topic have the same."""
    return _Memory()


class _Remembered:
    """A chart's data that begins as what is remembered, over a workbook of ours."""

    _sheets: tuple[Sheet, ...]
    _memory: _Memory

    def behind(self, sheets: tuple[Sheet, ...], memory: _Memory) -> None:
        """Sets the workbook and what is remembered."""
        self._sheets, self._memory = sheets, memory

    def xml_bytes(self, chart_type: XL_CHART_TYPE) -> bytes:
        """The XML that the chart begins with."""
        return self._memory.drawn or super().xml_bytes(chart_type)  # pyright: ignore[reportAttributeAccessIssue]

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook that opens when somebody edits the chart's data."""
        return workbook(self._sheets)


class _Categories(_Remembered, CategoryChartData):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Series of values by category."""


class _Points(_Remembered, XyChartData):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Series of points."""


def _chart_data(chart: NativeChart, paper: Paper, memory: _Memory) -> tuple[XL_CHART_TYPE, Any]:
    """The numbers of a chart as python-pptx takes them, and the type of chart that they make."""
    data: Any
    match chart:
        case Chart(stacked=True):
            data, kind = _Categories(), XL_CHART_TYPE.BAR_STACKED_100
            data.categories = [legal(chart.title)]
            for bar in chart.bars:
                data.add_series(legal(bar.label), [bar.value])
            data.behind(bar_sheets(chart, dense=False), memory)
        case Chart():
            data, kind = _Categories(), XL_CHART_TYPE.BAR_CLUSTERED
            dense = is_dense(chart, paper)
            data.categories = [legal(bar_name(bar, dense=dense)) for bar in chart.bars]
            data.add_series("%", [bar.value for bar in chart.bars])
            data.behind(bar_sheets(chart, dense=dense), memory)
        case ArmsChart():
            data, kind = _Categories(), XL_CHART_TYPE.BAR_CLUSTERED
            data.categories = [legal(row.label) for row in chart.rows]
            for number, arm in enumerate(chart.arms):
                # A value that is not known has its words at the axis, which a bar that is not there would not have.
                data.add_series(legal(arm), [row.values[number] or 0.0 for row in chart.rows])
            data.behind(arm_sheets(chart), memory)
        case _:
            data, kind = _Points(), XL_CHART_TYPE.XY_SCATTER
            where = room(chart, paper)
            for one in xy_series(chart, where):
                added = data.add_series(legal(one.name))
                for point in one.points:
                    added.add_data_point(*(point or (None, None)))
            data.behind(sheets(chart, where), memory)
    return kind, data


def add_chart(insert: Inserting, chart: NativeChart, area: Area, language: str, look: DeckLook) -> Any:
    """Has a native chart inserted that fills an area, and gives it its looks, labels and intervals.

    Returns the graphic frame that `insert` gives.
    """
    memory = _memory(chart, area, language, look)
    paper = Paper(area.width, area.height, language, look)
    frame = insert(*_chart_data(chart, paper, memory))
    if memory.drawn is None:
        _draw(frame.chart, chart, paper)
        root = copy.copy(frame.chart.element)
        root.remove(root.find(chart_tag("externalData")))
        memory.drawn = etree.tostring(root)
    return frame


def _draw(native: Any, chart: NativeChart, paper: Paper) -> None:
    drawing = ChartDrawing(native, chart, paper)
    drawing.begin()
    match chart:
        case Chart(stacked=True):
            draw_stacked(drawing, chart)
        case Chart():
            draw_bars(drawing, chart)
        case ArmsChart():
            draw_arms(drawing, chart)
        case _:
            where = room(chart, paper)
            draw_points(drawing, chart, where, xy_series(chart, where))
    drawing.finish()
    spoken(native.element, paper.language)
