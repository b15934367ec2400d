"""A plan's table → a native table: quiet rules, a marked header row, rows as high as their measured text."""

from __future__ import annotations

from typing import Any

from pptx.shapes.placeholder import TablePlaceholder
from pptx.util import Emu

from handouts.plan.blocks import Cell, Table
from handouts.plan.text import Run
from handouts.render.pptx import oxml
from handouts.render.pptx.layouts import Area
from handouts.render.pptx.paragraphs import Para
from handouts.render.pptx.pieces import CELL_X, column_widths, row_heights
from handouts.render.pptx.text import Setting, paragraph

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's built-in style 'No Style, No Grid': the cells' own rules are all that shows."""


def add_table(shapes: Any, holder: Any | None, table: Table, area: Area, setting: Setting, *, pad: float) -> Any:
    """Draws a table into `holder`, a placeholder that is replaced, or freely; returns its graphic frame element.

    `pad` is the space in points above and below the text of each cell.
    """
    rows, columns = len(table.rows) + 1, len(table.head)
    if holder is None:
        frame: Any = shapes.add_table(rows, columns, *(Emu(oxml.emu(v)) for v in (area.x, area.y, area.width, 1)))
    else:
        frame = TablePlaceholder(holder._element, shapes).insert_table(rows, columns)
    heights = row_heights(table, area.width, setting.theme, pad)
    oxml.move(frame._element, Area(area.x, area.y, area.width, sum(heights)))
    _flag(frame.table, table)
    for column, width in zip(frame.table.columns, column_widths(table, area.width), strict=True):
        column.width = Emu(oxml.emu(width))
    for number, (row, cells) in enumerate(zip(frame.table.rows, (table.head, *table.rows), strict=True)):
        row.height = Emu(oxml.emu(heights[number]))
        for slot, cell in zip(row.cells, cells, strict=True):
            _fill_cell(slot._tc, cell, setting, pad, header=number == 0, last=number == rows - 1)
    oxml.describe(frame._element, "Table", table.summary or "; ".join(_words(c) for c in table.head if c.runs))
    return frame._element


def _flag(native: Any, table: Table) -> None:
    properties = native._tbl.tblPr
    for name in list(properties.attrib):
        del properties.attrib[name]
    properties.set("firstRow", "1")
    if table.rows and all(row[0].scope == "row" for row in table.rows):
        properties.set("firstCol", "1")
    for child in list(properties):
        properties.remove(child)
    properties.append(oxml.xml(f"<a:tableStyleId {oxml.NS}>{NO_STYLE}</a:tableStyleId>"))


def _fill_cell(tc: Any, cell: Cell, setting: Setting, pad: float, *, header: bool, last: bool) -> None:
    strong = header or cell.scope is not None
    align = "r" if cell.align == "right" else "l"
    para = Para(cell.runs or (Run(""),), setting.theme.table, strong=strong)
    fragment = paragraph(para, setting, align=align)
    body = f"<a:txBody {oxml.NS}><a:bodyPr/><a:lstStyle/>{fragment}</a:txBody>"
    under = (
        _rule("lnB", "accent", 2.25, setting) if header else _rule("lnB", "rule" if last else "faint", 0.75, setting)
    )
    insets = f'marL="{oxml.emu(CELL_X)}" marR="{oxml.emu(CELL_X)}" marT="{oxml.emu(pad)}" marB="{oxml.emu(pad)}"'
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR"))
    anchor = "b" if header else "t"
    over = (
        "" if header else _rule("lnT", "accent", 2.25, setting) if _second(tc) else _rule("lnT", "faint", 0.75, setting)
    )
    properties = f'<a:tcPr {oxml.NS} {insets} anchor="{anchor}">{none}{over}{under}<a:noFill/></a:tcPr>'
    for child in list(tc):
        tc.remove(child)
    tc.append(oxml.xml(body))
    tc.append(oxml.xml(properties))


def _second(tc: Any) -> bool:
    row = tc.getparent()
    return row.getparent().findall(row.tag).index(row) == 1


def _rule(side: str, role: str, width: float, setting: Setting) -> str:
    line = oxml.fill(role, setting.colours)
    return (
        f'<a:{side} w="{oxml.emu(width)}" cap="flat" cmpd="sng" algn="ctr">{line}<a:prstDash val="solid"/></a:{side}>'
    )


def _words(cell: Cell) -> str:
    return "".join(run.text for run in cell.runs)
