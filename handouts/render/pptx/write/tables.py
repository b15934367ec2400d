"""A plan's table → a native table: quiet rules, a marked header row, rows as high as their measured text."""

from __future__ import annotations

from handouts.plan.blocks import Cell, Table
from handouts.plan.text import Run, plain
from handouts.render.pptx.layout.paragraphs import Para
from handouts.render.pptx.layout.pieces import CELL_X, Drawn, column_widths
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.write.text import Setting, paragraph

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's built-in style 'No Style, No Grid': the cells' own rules are all that shows."""
URI = "http://schemas.openxmlformats.org/drawingml/2006/table"


def summary(table: Table) -> str:
    """The table's alternative text: what it shows, else what its columns are called."""
    return table.summary or "; ".join(plain(cell.runs) for cell in table.head if cell.runs)


def table_xml(table: Table, drawn: Drawn, area: Area, setting: Setting) -> str:
    """`a:tbl` of a table `area` wide, its rows as high as `drawn` measured them."""
    first_column = ' firstCol="1"' if table.rows and all(row[0].scope == "row" for row in table.rows) else ""
    columns = "".join(f'<a:gridCol w="{oxml.emu(width)}"/>' for width in column_widths(table, area.width, setting.look))
    last = len(table.rows)
    rows = "".join(
        f'<a:tr h="{oxml.emu(high)}">{"".join(_cell(cell, setting, drawn.pad, number, last) for cell in cells)}</a:tr>'
        for number, (cells, high) in enumerate(zip((table.head, *table.rows), drawn.rows, strict=True))
    )
    return (
        f'<a:tbl><a:tblPr firstRow="1"{first_column}><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
    )


def _cell(cell: Cell, setting: Setting, pad: float, row: int, last: int) -> str:
    strong = row == 0 or cell.scope is not None
    align = "r" if cell.align == "right" else "l"
    para = Para(cell.runs or (Run(""),), setting.look.sizes.table, strong=strong)
    heavy = _rule("lnT", "accent", 2.25, setting) if row == 1 else _rule("lnT", "faint", 0.75, setting)
    over = heavy if row else ""
    under = (
        _rule("lnB", "accent", 2.25, setting)
        if row == 0
        else _rule("lnB", "rule" if row == last else "faint", 0.75, setting)
    )
    insets = f'marL="{oxml.emu(CELL_X)}" marR="{oxml.emu(CELL_X)}" marT="{oxml.emu(pad)}" marB="{oxml.emu(pad)}"'
    sides = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR"))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(para, setting, align=align)}</a:txBody>"
        f'<a:tcPr {insets} anchor="{"t" if row else "b"}">{sides}{over}{under}<a:noFill/></a:tcPr></a:tc>'
    )


def _rule(side: str, role: str, width: float, setting: Setting) -> str:
    line = oxml.fill(role, setting.look.palette)
    return (
        f'<a:{side} w="{oxml.emu(width)}" cap="flat" cmpd="sng" algn="ctr">{line}<a:prstDash val="solid"/></a:{side}>'
    )
