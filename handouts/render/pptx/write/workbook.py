"""The numbers behind a chart → the bytes of the workbook that PowerPoint opens when somebody edits the chart's data."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from msgspec import Struct
from xlsxwriter import Workbook

from handouts.figures.shapes import ArmsChart, Chart
from handouts.render.pptx.layout.charts import bar_name, interval
from handouts.render.pptx.template.oxml import legal
from handouts.render.pptx.write.private import bare_workbook
from handouts.render.pptx.write.saving import saved

INTERVAL_COLUMNS = ("low", "high", "minus", "plus", "label")
SHEET = "Sheet1"
MINUS, PLUS = "E", "F"
"""Columns of the lengths of error bars in percentage points."""


class Formula(Struct, frozen=True):
    """A cell that is worked out from others, and its value with the numbers as they are."""

    text: str
    value: float


Value = str | float | Formula | None
Rows = tuple[tuple[Value, ...], ...]


class Sheet(Struct, frozen=True):
    """A sheet by its name, row by row."""

    name: str
    rows: Rows


def column(letter: str, count: int, sheet: str = SHEET) -> str:
    """The cells of a column from its second row on, as a chart names them."""
    return f"{sheet}!${letter}$2:${letter}${1 + count}"


@lru_cache(maxsize=64)
def workbook(sheets: tuple[Sheet, ...]) -> bytes:
    """An .xlsx file of these sheets. Text is never read as a formula or an address."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book: Any = Workbook(out, options)
    for sheet in sheets:
        page: Any = book.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                match value:
                    case str():
                        page.write_string(number, place, legal(value))
                    case Formula(text=text, value=result):
                        page.write_formula(number, place, f"={text}", None, result)
                    case None:
                        pass
                    case _:
                        page.write_number(number, place, value)
    book.close()
    return saved(bare_workbook(out))


def bar_sheets(chart: Chart, *, dense: bool) -> tuple[Sheet, ...]:
    """One row a bar with its interval and label, or for a stacked bar one column a part."""
    return (Sheet(SHEET, _stacked_rows(chart) if chart.stacked else _bar_rows(chart, dense=dense)),)


def arm_sheets(chart: ArmsChart) -> tuple[Sheet, ...]:
    """One row an outcome: a column an arm, then what is written at each bar."""
    words = tuple(f"{arm}, as written" for arm in chart.arms)
    rows = ((row.label, *(value or 0.0 for value in row.values), *row.texts) for row in chart.rows)
    return (Sheet(SHEET, ((None, *chart.arms, *words), *rows)),)


def _stacked_rows(chart: Chart) -> Rows:
    return (
        (None, *(bar.label for bar in chart.bars)),
        (chart.title, *(bar.value for bar in chart.bars)),
        (None, *(bar.text for bar in chart.bars)),
    )


def _bar_rows(chart: Chart, *, dense: bool) -> Rows:
    rows: list[tuple[Value, ...]] = [(None, "%", *INTERVAL_COLUMNS)]
    for bar in chart.bars:
        bounds: tuple[Value, ...] = (None,) * 4
        if (span := interval(bar)) is not None:
            bounds = (bar.low, bar.high, *span)
        rows.append((bar_name(bar, dense=dense), bar.value, *bounds, bar.text))
    return tuple(rows)
