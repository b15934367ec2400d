"""A plan's table → a native table: quiet rules, a marked header row, grounds of tones, rows as high as their text.

python-pptx has no call for the rules between cells; the rest is its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from handouts.plan.blocks import Cell, Table, Tone, texts
from handouts.plan.direction import reads_right_to_left
from handouts.plan.text import Run, plain
from handouts.render.pptx.layout.paragraphs import Para
from handouts.render.pptx.layout.pieces import Drawn
from handouts.render.pptx.layout.tables import CHIP_X, CHIP_Y, column_widths, inset, is_strong, text_size
from handouts.render.pptx.layout.whole_words import kept_whole
from handouts.render.pptx.template.colours import readable_on
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import NS, emu, fill
from handouts.render.pptx.write.paint import filled
from handouts.render.pptx.write.private import cell_xml, table_xml, xml
from handouts.render.pptx.write.text import TextWriter

APART = 6.0
"""Points of slide that are seen between cells with a ground of their own."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's built-in style 'No Style, No Grid': the cells' own rules are all that shows."""
_CHIP_GAP = 8.0
"""Points between two chips."""


class _Kind(NamedTuple):
    """What the frame of a cell depends on: head (0), first row or further one, and whether it is the last; whether it
    is the first or last of its row; its ground and that of its column's head; whether its table begins at the right.
    """

    row: int
    last: bool
    leftmost: bool
    rightmost: bool
    tone: Tone | None
    head: Tone | None
    mirrored: bool


def summary(table: Table) -> str:
    """The table's alternative text: what it shows, else what its columns are called."""
    return table.summary or "; ".join(plain(cell.runs) for cell in table.head if cell.runs)


def fill_table(native: Any, table: Table, drawn: Drawn, area: Area, text_writer: TextWriter) -> None:
    """Writes a table into a native one of as many rows and columns, `area` wide, its rows as `drawn` measured them."""
    native.first_row, native.horz_banding = True, False
    mirrored = reads_right_to_left((run for runs in texts(table) for run in runs), text_writer.language)
    if mirrored:
        # Its first column is then the rightmost; python-pptx has no call for it.
        table_xml(native).tblPr.set("rtl", "1")
    native.first_col = bool(table.rows) and all(row[0].scope == "row" for row in table.rows)
    table_xml(native).tblPr.find("{*}tableStyleId").text = NO_STYLE
    widths = column_widths(table, area.width, text_writer.look)
    for column, width in zip(native.columns, widths, strict=True):
        column.width = Emu(emu(width))
    frames: dict[_Kind, Any] = {}
    framed = _chip if table.role == "facts" else _frame
    rows = zip(native.rows, drawn.rows, (table.head, *table.rows), strict=True)
    for number, (row, high, cells) in enumerate(rows):
        row.height = Emu(emu(high))
        for at, (shown, cell) in enumerate(zip(row.cells, cells, strict=True)):
            first, rightmost = at == 0, at == len(cells) - 1
            tones = cell.tone, table.head[at].tone
            kind = _Kind(min(number, 2), number == len(table.rows), first, rightmost, *tones, mirrored)
            _say(shown, table, number, cell, text_writer, widths[at] - 2 * inset(table))
            if kind not in frames:
                frames[kind] = framed(shown, kind, (inset(table), drawn.pad), text_writer)
            else:
                element = cell_xml(shown)
                element.replace(element.tcPr, copy.copy(frames[kind]))


def _say(shown: Any, table: Table, row: int, cell: Cell, text_writer: TextWriter, room: float) -> None:
    size, strong = text_size(table, row, text_writer.look), is_strong(table, row, cell)
    colour = "muted" if table.role == "facts" and row == 0 else None
    if cell.tone and row == 0:
        colour = readable_on(cell.tone, text_writer.look.palette)
    runs = kept_whole(cell.runs or (Run(""),), size, room, text_writer.look.metrics, strong=strong)
    para = Para(runs, size, strong=strong, colour=colour)
    text_writer.fill(shown.text_frame, [para], align="r" if cell.align == "right" else None)


def _frame(shown: Any, kind: _Kind, insets: tuple[float, float], text_writer: TextWriter) -> Any:
    """Gives a cell its insets and rules; returns its `a:tcPr`, for the others of its kind to copy."""
    across, down = insets
    shown.margin_left = shown.margin_right = Emu(emu(across))
    shown.margin_top = shown.margin_bottom = Emu(emu(down))
    shown.vertical_anchor = MSO_ANCHOR.TOP if kind.row else MSO_ANCHOR.BOTTOM
    properties = cell_xml(shown).tcPr
    properties.extend(xml(line, NS) for line in _rules(kind, text_writer))
    if kind.tone:
        filled(shown.fill, f"{kind.tone}_tint" if kind.row else kind.tone, text_writer.look.palette)
    else:
        shown.fill.background()
    return properties


def _chip(shown: Any, kind: _Kind, _insets: tuple[float, float], text_writer: TextWriter) -> Any:
    """Gives a cell of facts its tint and a gap beside it; returns its `a:tcPr`, for the others of its kind to copy."""
    shown.margin_left = shown.margin_right = Emu(emu(CHIP_X))
    shown.margin_top, shown.margin_bottom = Emu(0 if kind.row else emu(CHIP_Y)), Emu(emu(CHIP_Y) if kind.last else 0)
    shown.vertical_anchor = MSO_ANCHOR.TOP
    properties = cell_xml(shown).tcPr
    gap = fill("paper", text_writer.look.palette)
    line = f'{gap}<a:prstDash val="solid"/>'
    apart = f'w="{emu(_CHIP_GAP)}" cap="flat" cmpd="sng" algn="ctr">{line}'
    end = 'w="0" cap="flat" cmpd="sng" algn="ctr"><a:noFill/>' if kind.rightmost and not kind.mirrored else apart
    # At which sides a mirrored table has the rules of its cells is nowhere written: there both are a gap.
    start = apart if kind.mirrored else 'w="0"><a:noFill/>'
    for side, rule in (("lnL", start), ("lnR", end), ("lnT", 'w="0"><a:noFill/>'), ("lnB", 'w="0"><a:noFill/>')):
        properties.append(xml(f"<a:{side} {rule}</a:{side}>", NS))
    filled(shown.fill, "accent_tint", text_writer.look.palette)
    return properties


def _rules(kind: _Kind, text_writer: TextWriter) -> Iterator[str]:
    """`a:lnL` and so on of a cell: strong below the header, faint between rows; a tone is set apart at its sides."""

    def rule(side: str, role: str, width: float) -> str:
        line = fill(role, text_writer.look.palette)
        start = f'<a:{side} w="{emu(width)}" cap="flat" cmpd="sng" algn="ctr">'
        return f'{start}{line}<a:prstDash val="solid"/></a:{side}>'

    for side, outermost in (("lnL", kind.leftmost), ("lnR", kind.rightmost)):
        apart = kind.tone and (kind.mirrored or not outermost)
        yield rule(side, "paper", APART) if apart else f'<a:{side} w="0"><a:noFill/></a:{side}>'
    below_head = kind.head or "accent"
    if kind.row:
        yield rule("lnT", below_head, 2.25) if kind.row == 1 else rule("lnT", "faint", 0.75)
    yield rule("lnB", below_head, 2.25) if kind.row == 0 else rule("lnB", "rule" if kind.last else "faint", 0.75)
