"""The numbers behind a chart → the bytes of the workbook that PowerPoint opens when somebody edits the chart's data."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from handouts.figures.shapes import Chart
from handouts.render.pptx.chart_xml import SHEET, interval
from handouts.render.pptx.oxml import legal

INTERVAL_COLUMNS = ("low", "high", "minus", "plus", "label")


def workbook(chart: Chart, created: datetime) -> bytes:
    """An .xlsx file: one row a bar with its interval and label, or for a stacked bar one column a part.

    `minus` and `plus` are the lengths of the error bars in percentage points; text is never read as a formula.
    """
    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": created})
    sheet = book.add_worksheet(SHEET)
    if chart.stacked:
        sheet.write_string(1, 0, legal(chart.title))
        for column, bar in enumerate(chart.bars, start=1):
            sheet.write_string(0, column, legal(bar.label))
            sheet.write_number(1, column, bar.value)
            sheet.write_string(2, column, legal(bar.text))
    else:
        for column, name in enumerate(("%", *INTERVAL_COLUMNS), start=1):
            sheet.write_string(0, column, name)
        for row, bar in enumerate(chart.bars, start=1):
            sheet.write_string(row, 0, legal(bar.label))
            sheet.write_number(row, 1, bar.value)
            span = interval(bar)
            if span and bar.low is not None and bar.high is not None:
                for column, value in enumerate((bar.low, bar.high, *span), start=2):
                    sheet.write_number(row, column, value)
            sheet.write_string(row, 6, legal(bar.text))
    book.close()
    return out.getvalue()
