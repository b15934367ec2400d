"""The numbers behind a chart → the bytes of the workbook that PowerPoint opens when somebody edits the chart's data."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import interval
from handouts.render.pptx.template.oxml import R, escape
from handouts.render.pptx.template.parts import XML, Part, Rel, office
from handouts.render.pptx.write.chart.parts import SHEET
from handouts.render.pptx.write.package import package

INTERVAL_COLUMNS = ("low", "high", "minus", "plus", "label")
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BOOK = (
    f'{XML}<workbook {_NS} xmlns:r="{R}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
).encode()
_STYLES = (
    f'{XML}<styleSheet {_NS}><fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
).encode()

Value = str | float | None


def workbook(chart: Chart) -> bytes:
    """An .xlsx file: one row a bar with its interval and label, or for a stacked bar one column a part.

    `minus` and `plus` are the lengths of the error bars in percentage points; text is never read as a formula.
    """
    rows = _stacked_rows(chart) if chart.stacked else _bar_rows(chart)
    words: dict[str, int] = {}
    lines = "".join(_row(number, row, words) for number, row in enumerate(rows, start=1))
    sheet = f"{XML}<worksheet {_NS}><sheetData>{lines}</sheetData></worksheet>".encode()
    parts = (
        Part("xl/workbook.xml", f"{_ML}.sheet.main+xml", _BOOK, _book_rels()),
        Part("xl/worksheets/sheet1.xml", f"{_ML}.worksheet+xml", sheet),
        Part("xl/styles.xml", f"{_ML}.styles+xml", _STYLES),
        Part("xl/sharedStrings.xml", f"{_ML}.sharedStrings+xml", _shared(words)),
    )
    return package(parts, (Rel("rId1", office("officeDocument"), "xl/workbook.xml"),))


def _book_rels() -> tuple[Rel, ...]:
    kinds = ("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")
    return tuple(Rel(f"rId{n}", office(kind), f"xl/{name}.xml") for n, (kind, name) in enumerate(kinds, start=1))


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


def _row(number: int, row: Sequence[Value], words: dict[str, int]) -> str:
    cells = "".join(
        _cell(f"{chr(ord('A') + column)}{number}", value, words)
        for column, value in enumerate(row)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: str | float, words: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{words.setdefault(value, len(words))}</v></c>'
    return f'<c r="{place}"><v>{value:.10g}</v></c>'


def _shared(words: dict[str, int]) -> bytes:
    items = "".join(f'<si><t xml:space="preserve">{escape(word)}</t></si>' for word in words)
    return f'{XML}<sst {_NS} count="{len(words)}" uniqueCount="{len(words)}">{items}</sst>'.encode()
