"""A figure's chart → a native chart of python-pptx: response rates with intervals, or exclusive parts as one bar.

python-pptx has no call for error bars, for the place of a plot or label, nor for axis ids that the schema allows.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
from msgspec import Struct
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.oxml import legal
from handouts.render.pptx.write.accessibility import spoken
from handouts.render.pptx.write.bars import draw_bars
from handouts.render.pptx.write.chart_parts import ChartDrawing, chart_tag
from handouts.render.pptx.write.stacked import draw_stacked
from handouts.render.pptx.write.workbook import workbook

Inserting = Callable[[XL_CHART_TYPE, CategoryChartData], Any]
"""`insert_chart` of a placeholder, or `add_chart` of a slide's shapes."""


class _Memory(Struct):
    """The XML of a chart that was drawn once, without what ties it to its workbook."""

    drawn: bytes | None = None


@lru_cache(maxsize=64)
def _memory(_chart: Chart, _area: Area, _language: str, _look: DeckLook) -> _Memory:
    """What is remembered of a chart in one place: all decks of a topic have the same."""
    return _Memory()


class _Data(CategoryChartData):
    """A chart's numbers; the workbook behind them also holds the ends of the intervals."""

    def __init__(self, chart: Chart, memory: _Memory) -> None:
        super().__init__()
        self._of = chart
        self._memory = memory

    def xml_bytes(self, chart_type: XL_CHART_TYPE) -> bytes:
        """The XML that the chart begins with."""
        return self._memory.drawn or super().xml_bytes(chart_type)

    @property
    def xlsx_blob(self) -> bytes:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The workbook that opens when somebody edits the chart's data."""
        return workbook(self._of)


def _chart_data(chart: Chart, memory: _Memory) -> CategoryChartData:
    """The numbers of a chart as python-pptx takes them: one series of bars, or a series for each part of one bar."""
    data: Any = _Data(chart, memory)
    if chart.stacked:
        data.categories = [legal(chart.title)]
        for bar in chart.bars:
            data.add_series(legal(bar.label), [bar.value])
    else:
        data.categories = [legal(bar.label) for bar in chart.bars]
        data.add_series("%", [bar.value for bar in chart.bars])
    return data


def add_chart(insert: Inserting, chart: Chart, area: Area, language: str, look: DeckLook) -> Any:
    """Has a native chart inserted that fills an area, and gives it its looks, labels and intervals.

    Returns the graphic frame that `insert` gives.
    """
    memory = _memory(chart, area, language, look)
    kind = XL_CHART_TYPE.BAR_STACKED_100 if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = insert(kind, _chart_data(chart, memory))
    if memory.drawn is None:
        _draw(frame.chart, chart, area, language, look)
        root = copy.copy(frame.chart.element)
        root.remove(root.find(chart_tag("externalData")))
        memory.drawn = etree.tostring(root)
    return frame


def _draw(native: Any, chart: Chart, area: Area, language: str, look: DeckLook) -> None:
    drawing = ChartDrawing(native, chart, Paper(area.width, area.height, language, look))
    drawing.begin()
    if chart.stacked:
        draw_stacked(drawing)
    else:
        draw_bars(drawing)
    drawing.finish()
    spoken(native.element, language)
