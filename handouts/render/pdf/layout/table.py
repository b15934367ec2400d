"""Tables: a plan's Table in, one box a row out; the header row is repeated where a page begins inside the table."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.figures.lettering import unbroken_parts
from handouts.plan.blocks import Cell, Table
from handouts.render.pdf.draw.canvas import TaggedCanvas
from handouts.render.pdf.draw.tags import StructElement, scope_attributes, table_attributes
from handouts.render.pdf.layout.boxes import Flow, LayoutBox, Text, set_text
from handouts.render.pdf.layout.setting import Knobs, Typography

_PAD_SIDE = 5.0
_PAD_ABOVE, _PAD_BELOW = 3.0, 3.5


class TableRow(Struct):
    """One row: its cells with their offsets, and the rule below it."""

    cells: Sequence[tuple[Text, float]]
    width: float
    rule: str
    rule_width: float
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        return max((cell.height(knobs) for cell, _ in self.cells), default=0) + _padding(knobs)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the cells, tops aligned, and the rule."""
        top = y + _PAD_ABOVE * knobs.space
        for cell, offset in self.cells:
            cell.draw(canvas, x + offset, top, knobs, 0)
        foot = y + self.height(knobs) - self.rule_width / 2
        canvas.line(x, foot, x + self.width, foot, role=self.rule, width=self.rule_width)


class RepeatedRow(Struct):
    """A header row as it stands again on a later page: an artifact, since it has been read already."""

    row: TableRow
    flow: Flow

    def height(self, knobs: Knobs) -> float:
        """Height in points."""
        return self.row.height(knobs)

    def draw(self, canvas: TaggedCanvas, x: float, y: float, knobs: Knobs, room: float) -> None:
        """Draw the row's cells as artifacts."""
        cells = [(untagged(cell), offset) for cell, offset in self.row.cells]
        replace(self.row, cells=cells).draw(canvas, x, y, knobs, room)


def untagged(text: Text) -> Text:
    """The same text as an artifact."""
    return replace(text, tags=text.tags.without_element())


def table_boxes(table: Table, width: float, parent: StructElement, typography: Typography) -> list[LayoutBox]:
    """Set a table into a column of `width` points: the header row and the body rows. Without a column it is nothing."""
    if not table.head:
        return []
    typography.last_origin = table.asked or typography.last_origin
    element = parent.add("Table", attributes=table_attributes(table.summary))
    widths = _column_widths(table, width, typography)
    style = typography.scale.table
    # PDF/UA wants a body in every table that has a head.
    head_rows, body_rows = element.add("THead" if table.rows else "TBody"), element.add("TBody")

    def row(cells: tuple[Cell, ...], group: StructElement, *, head: bool) -> TableRow:
        line = group.add("TR")
        texts: list[tuple[Text, float]] = []
        offset = 0.0
        for index, (cell, cell_width) in enumerate(zip(cells, widths, strict=True)):
            scope = cell.scope or ("column" if head else None)
            tag = line.add("TH", attributes=scope_attributes(scope)) if scope else line.add("TD")
            left, right = _side_padding(index, len(cells))
            text = set_text(typography, cell.runs, style, cell_width - left - right, tag, strong=scope is not None)
            texts.append((replace(text, align_right=cell.align == "right"), offset + left))
            offset += cell_width
        flow = Flow(says=texts[0][0].flow.says, origin=texts[0][0].flow.origin, clings=head)
        return TableRow(texts, width, "accent" if head else "rule", 1.2 if head else 0.5, flow)

    header = row(table.head, head_rows, head=True)
    header.flow.before = typography.block_space * 0.6
    rows = [row(cells, body_rows, head=False) for cells in table.rows]
    for index, body in enumerate(rows):
        if index:
            body.flow.inside = 1
            body.flow.header = RepeatedRow(header, Flow())
    (rows[-1] if rows else header).flow.after = typography.block_space
    return [header, *rows]


def _column_widths(table: Table, width: float, typography: Typography) -> list[float]:
    """The columns' widths in points: the shares that the plan asks for, but none narrower than its longest word.

    Where not even the longest words have room, the shares alone count.
    """
    size = typography.scale.table.size
    least: list[float] = []
    for index, column in enumerate(zip(table.head, *table.rows, strict=True)):
        words = (
            typography.typesetter.measure(word, size, strong=run.strong or cell.scope is not None or row == 0)
            for row, cell in enumerate(column)
            for run in cell.runs
            for word in unbroken_parts(run.text)
        )
        least.append(max(words, default=0.0) + sum(_side_padding(index, len(table.head))) + 0.01)
    free = range(len(least))
    while free:
        room = width - sum(least[i] for i in range(len(least)) if i not in free)
        total = sum(table.widths[i] for i in free) or 1
        shares = {i: room * table.widths[i] / total for i in free}
        wide = [i for i in free if shares[i] >= least[i]]
        if len(wide) == len(free):
            return [shares.get(i, least[i]) for i in range(len(least))]
        free = wide
    total = sum(table.widths) or 1
    return [width * part / total for part in table.widths]


def _side_padding(index: int, columns: int) -> tuple[float, float]:
    """Free points at the left and right of a cell: none at the table's own edges."""
    return (_PAD_SIDE if index else 0), (_PAD_SIDE if index + 1 < columns else 0)


def _padding(knobs: Knobs) -> float:
    return (_PAD_ABOVE + _PAD_BELOW) * knobs.space
