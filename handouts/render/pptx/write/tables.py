"""A plan's table → a native table: quiet rules, a marked header row, rows as high as their measured text.

python-pptx has no call for the rules between cells; the rest is its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from handouts.plan.blocks import Cell, Table
from handouts.plan.text import Run, plain
from handouts.render.pptx.layout.paragraphs import Para
from handouts.render.pptx.layout.pieces import Drawn
from handouts.render.pptx.layout.tables import CELL_X, CHIP_X, CHIP_Y, column_widths, is_strong, text_size
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import NS, emu, fill
from handouts.render.pptx.write.paint import filled
from handouts.render.pptx.write.private import cell_xml, table_xml, xml
from handouts.render.pptx.write.text import TextWriter

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's built-in style 'No Style, No Grid': the cells' own rules are all that shows."""
_CHIP_GAP = 8.0
"""Points between two chips."""


def summary(table: Table) -> str:
    """The table's alternative text: what it shows, else what its columns are called."""
    return table.summary or "; ".join(plain(cell.runs) for cell in table.head if cell.runs)


def fill_table(native: Any, table: Table, drawn: Drawn, area: Area, text_writer: TextWriter) -> None:
    """Writes a table into a native one of as many rows and columns, `area` wide, its rows as `drawn` measured them."""
    native.first_row, native.horz_banding = True, False
    native.first_col = bool(table.rows) and all(row[0].scope == "row" for row in table.rows)
    table_xml(native).tblPr.find("{*}tableStyleId").text = NO_STYLE
    for column, width in zip(native.columns, column_widths(table, area.width, text_writer.look), strict=True):
        column.width = Emu(emu(width))
    frames: dict[tuple[int, bool, bool], Any] = {}
    framed = _chip if table.role == "facts" else _frame
    rows = zip(native.rows, drawn.rows, (table.head, *table.rows), strict=True)
    for number, (row, high, cells) in enumerate(rows):
        row.height = Emu(emu(high))
        for place, (shown, cell) in enumerate(zip(row.cells, cells, strict=True), start=1):
            kind = min(number, 2), number == len(table.rows), place == len(cells)
            _say(shown, table, number, cell, text_writer)
            if kind not in frames:
                frames[kind] = framed(shown, kind, drawn.pad, text_writer)
            else:
                element = cell_xml(shown)
                element.replace(element.tcPr, copy.copy(frames[kind]))


def _say(shown: Any, table: Table, row: int, cell: Cell, text_writer: TextWriter) -> None:
    size, strong = text_size(table, row, text_writer.look), is_strong(table, row, cell)
    colour = "muted" if table.role == "facts" and row == 0 else None
    para = Para(cell.runs or (Run(""),), size, strong=strong, colour=colour)
    text_writer.fill(shown.text_frame, [para], align="r" if cell.align == "right" else "l")


def _frame(shown: Any, kind: tuple[int, bool, bool], pad: float, text_writer: TextWriter) -> Any:
    """Gives a cell its insets and rules; returns its `a:tcPr`, for the others of its kind to copy."""
    shown.margin_left = shown.margin_right = Emu(emu(CELL_X))
    shown.margin_top = shown.margin_bottom = Emu(emu(pad))
    shown.vertical_anchor = MSO_ANCHOR.TOP if kind[0] else MSO_ANCHOR.BOTTOM
    properties = cell_xml(shown).tcPr
    properties.extend(xml(line, NS) for line in _rules(*kind[:2], text_writer))
    shown.fill.background()
    return properties


def _chip(shown: Any, kind: tuple[int, bool, bool], _pad: float, text_writer: TextWriter) -> Any:
    """Gives a cell of facts its tint and a gap beside it; returns its `a:tcPr`, for the others of its kind to copy."""
    row, lowest, rightmost = kind
    shown.margin_left = shown.margin_right = Emu(emu(CHIP_X))
    shown.margin_top, shown.margin_bottom = Emu(0 if row else emu(CHIP_Y)), Emu(emu(CHIP_Y) if lowest else 0)
    shown.vertical_anchor = MSO_ANCHOR.TOP
    properties = cell_xml(shown).tcPr
    gap = fill("paper", text_writer.look.palette)
    properties.append(xml('<a:lnL w="0"><a:noFill/></a:lnL>', NS))
    wide = 0 if rightmost else emu(_CHIP_GAP)
    line = "<a:noFill/>" if rightmost else f'{gap}<a:prstDash val="solid"/>'
    properties.append(xml(f'<a:lnR w="{wide}" cap="flat" cmpd="sng" algn="ctr">{line}</a:lnR>', NS))
    for side in ("lnT", "lnB"):
        properties.append(xml(f'<a:{side} w="0"><a:noFill/></a:{side}>', NS))
    filled(shown.fill, "accent_tint", text_writer.look.palette)
    return properties


def _rules(row: int, last: bool, text_writer: TextWriter) -> Iterator[str]:
    """`a:lnL` and so on of a cell: strong below the header, faint between rows."""

    def rule(side: str, role: str, width: float) -> str:
        line = fill(role, text_writer.look.palette)
        start = f'<a:{side} w="{emu(width)}" cap="flat" cmpd="sng" algn="ctr">'
        return f'{start}{line}<a:prstDash val="solid"/></a:{side}>'

    for side in ("lnL", "lnR"):
        yield f'<a:{side} w="0"><a:noFill/></a:{side}>'
    if row:
        yield rule("lnT", "accent", 2.25) if row == 1 else rule("lnT", "faint", 0.75)
    yield rule("lnB", "accent", 2.25) if row == 0 else rule("lnB", "rule" if last else "faint", 0.75)
