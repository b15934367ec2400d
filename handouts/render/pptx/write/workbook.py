"""The numbers behind a chart → the bytes of the workbook that PowerPoint opens when somebody edits the chart's data."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook

from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import interval
from handouts.render.pptx.template.oxml import legal
from handouts.render.pptx.write.private import bare_workbook
from handouts.render.pptx.write.saving import saved

INTERVAL_COLUMNS = ("low", "high", "minus", "plus", "label")
SHEET = "Sheet1"
MINUS, PLUS = "E", "F"
"""Columns of the lengths of error bars in percentage points."""

Value = str | float | None


@lru_cache(maxsize=64)
def workbook(chart: Chart) -> bytes:
    """An .xlsx file: one row a bar with its interval and label, or for a stacked bar one column a part.

    Text is never read as a formula or an address.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(out, options)
    sheet: Any = book.add_worksheet(SHEET)
    for number, row in enumerate(_stacked_rows(chart) if chart.stacked else _bar_rows(chart)):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, legal(value))
            elif value is not None:
                sheet.write_number(number, column, value)
    book.close()
    return saved(bare_workbook(out))


def _stacked_rows(chart: Chart) -> Sequence[Sequence[Value]]:
    return (
        (None, *(bar.label for bar in chart.bars)),
        (chart.title, *(bar.value for bar in chart.bars)),
        (None, *(bar.text for bar in chart.bars)),
    )


def _bar_rows(chart: Chart) -> Sequence[Sequence[Value]]:
    rows: list[Sequence[Value]] = [(None, "%", *INTERVAL_COLUMNS)]
    for bar in chart.bars:
        span = interval(bar)
        bounds: Sequence[Value] = (bar.low, bar.high, *span) if span else (None,) * 4
        rows.append((bar.label, bar.value, *bounds, bar.text))
    return rows
