"""Plan blocks in reading order → boxes of a column, with their structure elements under one parent."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handouts.plan import blocks as plan
from handouts.plan.text import plain, squeezed
from handouts.render.pdf.draw.tags import StructElement, list_attributes
from handouts.render.pdf.layout.boxes import BULLET, Flow, LayoutBox, Marker, RuleLine, set_text, stack_height
from handouts.render.pdf.layout.containers import LOOKS, GridRow, Panel, Stack, side_padding
from handouts.render.pdf.layout.pictures import figure_box, is_too_wide, picture_box
from handouts.render.pdf.layout.setting import Knobs, Typography
from handouts.render.pdf.layout.table import table_boxes

_GRID_COLUMNS = 12


class Builder:
    """Makes the boxes of one document. `room` is the height of a page: what is meant to stay together but is higher
    than that may be parted.
    """

    def __init__(self, typography: Typography, room: float) -> None:
        self.typography = typography
        self.room = room
        self._heading_level = 0

    def boxes(self, blocks: Sequence[plan.Block], width: float, parent: StructElement) -> list[LayoutBox]:
        """All blocks as boxes of a column of `width` points."""
        made: list[LayoutBox] = []
        for before, block in zip((None, *blocks), blocks, strict=False):
            boxes = self._block(block, width, parent)
            if self.typography.one_column and before is not None:
                self._tie(before, made, block, boxes)
            made += boxes
        return made

    def _tie(
        self, before: plan.Block, above: Sequence[LayoutBox], after: plan.Block, below: Sequence[LayoutBox]
    ) -> None:
        """Keeps a figure and the words told with it on one page: in large print they stand under each other."""
        told = isinstance(before, plan.Paragraph) and _begins(after, plan.FigureBlock)
        shown = _ends(before, plan.FigureBlock) and _begins(after, plan.Paragraph)
        if not (told or shown) or not above or not below:
            return
        first = len(above) - 1
        while first and above[first - 1].flow.clings:
            first -= 1
        last = 0
        while last + 1 < len(below) and below[last].flow.clings:
            last += 1
        if stack_height([*above[first:], *below[: last + 1]], Knobs()) <= self.room:
            above[-1].flow.clings = True

    def _block(self, block: plan.Block, width: float, parent: StructElement) -> Sequence[LayoutBox]:
        made: Sequence[LayoutBox]
        match block:
            case plan.Heading():
                made = self._heading(block, width, parent)
            case plan.Paragraph():
                made = self._paragraph(block, width, parent)
            case plan.ListBlock():
                made = self._list(block, width, parent)
            case plan.Table():
                made = table_boxes(block, width, parent, self.typography)
            case plan.FigureBlock():
                made = self._figure(block, width, parent)
            case plan.Picture():
                made = [picture_box(block, width, parent, self.typography)]
            case plan.Box():
                made = self._panel(block, width, parent)
            case plan.Grid():
                made = self._grid(block, width, parent)
            case plan.Group():
                made = self._group(block, width, parent)
        return made

    def _heading(self, block: plan.Heading, width: float, parent: StructElement) -> list[LayoutBox]:
        # PDF/UA wants levels that never skip one; how a heading looks is another matter.
        level = min(block.level, self._heading_level + 1)
        style = self.typography.scale.of(f"h{block.level}")
        text = set_text(self.typography, block.runs, style, width, parent.add(f"H{level}"))
        if not text.lines:
            return []
        self._heading_level = level
        text.heading = (squeezed(plain(block.runs)), level)
        text.flow.clings = True
        if block.level > 1:
            text.flow.before = max(text.flow.before, self.typography.block_space)
        return [text]

    def _paragraph(self, block: plan.Paragraph, width: float, parent: StructElement) -> list[LayoutBox]:
        typography = self.typography
        style = (
            typography.number_style(block.runs, width) if block.role == "number" else typography.scale.of(block.role)
        )
        text = set_text(typography, block.runs, style, width, parent.add("P"))
        if block.role == "rule-line":
            return [RuleLine(text, typography.writing_space, text.flow)]
        on_card = typography.number_floor > 0
        text.underlined = block.role != "number" and not (on_card and any(run.dials for run in block.runs))
        # What only announces the next block stays with it.
        text.flow.clings = block.role == "eyebrow" or plain(block.runs).rstrip().endswith(":")
        return list(text.slices()) if text.lines else []

    def _list(self, block: plan.ListBlock, width: float, parent: StructElement) -> list[LayoutBox]:
        typography, style = self.typography, self.typography.scale.item
        element = parent.add("L", attributes=list_attributes(block.marker))
        labels = {"bullet": BULLET, "checkbox": "", "none": None}
        indent = self._indent(block)
        aside = block.columns > 1 and not typography.one_column
        column = (width - typography.gutter * (block.columns - 1)) / block.columns if aside else width
        made: list[LayoutBox] = []
        items = [item for item in block.items if plain(item.runs).strip() or item.write_lines]
        for number, item in enumerate(items, 1):
            entry = element.add("LI")
            label = f"{number}." if block.marker == "number" else labels[block.marker]
            marker = None
            if label is not None:
                marker = Marker(label, entry.add("Lbl", actual=None if label else "\N{BALLOT BOX}"))
            text = set_text(typography, item.runs, style, column, entry.add("LBody"), indent=indent)
            text.marker, text.write_lines, text.write_pitch = marker, item.write_lines, typography.writing_space
            text.flow.inside = 0.6 if number > 1 else 0
            if number == len(items):
                text.flow.after = max(style.after, typography.scale.body.after)
            made += [text] if aside else text.slices()
        return self._in_two_columns(made, column) if aside else made

    def _in_two_columns(self, items: Sequence[LayoutBox], column: float) -> list[LayoutBox]:
        """Items side by side, down the left column and then down the right; where they take more than half a page, in
        parts of a quarter, between which a page may end.
        """
        most = self.room / (2 if self._halved(items)[1] <= self.room / 2 else 4)
        rows: list[LayoutBox] = []
        rest = list(items)
        while rest:
            count = len(rest)
            while count > 2 and self._halved(rest[:count])[1] > most:
                count -= 1
            cut, _ = self._halved(rest[:count])
            columns = [(rest[:cut], 0.0), (rest[cut:count], column + self.typography.gutter)]
            flow = replace(self._whole(rest[:count]), before=rest[0].flow.before, after=rest[count - 1].flow.after)
            rows.append(GridRow([one for one in columns if one[0]], replace(flow, inside=0.6 if rows else 0)))
            rest = rest[count:]
        return rows

    def _halved(self, items: Sequence[LayoutBox]) -> tuple[int, float]:
        """How many of these items stand in the left of two columns so that the higher one is lowest, and its height."""
        heights = {
            cut: max(stack_height(items[:cut], Knobs()), stack_height(items[cut:], Knobs()))
            for cut in range(1, len(items) + 1)
        }
        # Of equals the longer left column: readers find no more on the right than on the left.
        cut = min(heights, key=lambda one: (heights[one], -one))
        return cut, heights[cut]

    def _indent(self, block: plan.ListBlock) -> float:
        size = self.typography.scale.item.size
        match block.marker:
            case "bullet":
                return size * 1.05
            case "checkbox":
                return size * 1.45
            case "number":
                widest = self.typography.typesetter.measure(f"{len(block.items)}.", size, strong=True)
                return widest + size * 0.5
            case "none":
                return 0

    def _figure(self, block: plan.FigureBlock, width: float, parent: StructElement) -> list[LayoutBox]:
        typography = self.typography
        if typography.one_column and block.figure.by_itself:
            # In large print a page may end between two figures that share a key.
            block = replace(block, figure=block.figure.by_itself)
        if block.instead and is_too_wide(block.figure, width, typography):
            shown: list[LayoutBox] = [*table_boxes(block.instead, width, parent, typography)]
        else:
            shown = [figure_box(block, width, parent, typography)]
        if not block.caption:
            return shown
        caption = set_text(typography, block.caption, typography.scale.caption, width, parent.add("P"))
        caption.flow.after = max(caption.flow.after, typography.block_space)
        shown[-1].flow.clings, shown[-1].flow.after = True, min(3.0, typography.block_space)
        return [*shown, *caption.slices()]

    def _panel(self, block: plan.Box, width: float, parent: StructElement) -> list[LayoutBox]:
        look, typography = LOOKS[block.role], self.typography
        if typography.one_column and look.fill is None:
            return self._opened(block, width, parent)
        inner = width - sum(side_padding(look, typography.padding))
        self.typography = typography.in_colour(look.text) if look.text else typography
        boxes = self.boxes(block.blocks, inner, parent.add("Div"))
        self.typography = typography
        return [Panel(boxes, look, width, typography.padding, self._whole(boxes))] if boxes else []

    def _opened(self, block: plan.Box, width: float, parent: StructElement) -> list[LayoutBox]:
        """A panel without a tint as a rule above what it holds: in large type it is too high to be kept together."""
        boxes, typography = self.boxes(block.blocks, width, parent.add("Div")), self.typography
        for first in boxes[:1]:
            flow = replace(first.flow, before=typography.block_space)
            boxes[0] = Panel([first], LOOKS["clinic"], width, typography.padding, flow)
        return boxes

    def _grid(self, block: plan.Grid, width: float, parent: StructElement) -> list[LayoutBox]:
        # A code keeps its size in large print, and leaves room for words beside it.
        if self.typography.one_column and not any(map(_is_code, block.columns)):
            return self.boxes([part for column in block.columns for part in column.blocks], width, parent)
        gutter = self.typography.gutter
        pitch = (width + gutter) / _GRID_COLUMNS
        columns: list[tuple[list[LayoutBox], float]] = []
        offset, everything = 0.0, list[LayoutBox]()
        for column in block.columns:
            boxes = self.boxes(column.blocks, pitch * column.span - gutter, parent)
            columns.append((boxes, offset))
            offset += pitch * column.span
            everything += boxes
        return [GridRow(columns, self._whole(everything))] if everything else []

    def _group(self, block: plan.Group, width: float, parent: StructElement) -> list[LayoutBox]:
        boxes = self.boxes(block.blocks, width, parent.add("Sect"))
        if not boxes:
            return []
        if block.keep:
            whole = Stack(boxes, self._whole(boxes))
            if whole.height(Knobs()) <= self.room:
                boxes = list[LayoutBox]([whole])
        first, last = boxes[0].flow, boxes[-1].flow
        first.starts_page = first.starts_page or block.new_page
        first.before = max(first.before, self.typography.block_space)
        if not last.clings:
            last.after = max(last.after, self.typography.block_space)
        return boxes

    def _whole(self, boxes: Sequence[LayoutBox]) -> Flow:
        """The flow of a box that holds these: it is named by the first of them and clings where the last one does."""
        space = self.typography.block_space
        first = next((box.flow for box in boxes if box.flow.says), Flow())
        clings = boxes[-1].flow.clings
        return replace(Flow(space, space), clings=clings, says=first.says, origin=first.origin)


def _begins(block: plan.Block, kind: type[plan.Block]) -> bool:
    """Whether what is first in a block is of a kind."""
    match block:
        case plan.Group() | plan.Box():
            return any(_begins(one, kind) for one in block.blocks[:1])
        case plan.Grid():
            return any(_begins(one, kind) for column in block.columns[:1] for one in column.blocks[:1])
        case _:
            return isinstance(block, kind)


def _ends(block: plan.Block, kind: type[plan.Block]) -> bool:
    """Whether what is last in a block is of a kind."""
    match block:
        case plan.Group() | plan.Box():
            return any(_ends(one, kind) for one in block.blocks[-1:])
        case plan.Grid():
            return any(_ends(one, kind) for column in block.columns[-1:] for one in column.blocks[-1:])
        case _:
            return isinstance(block, kind)


def _is_code(column: plan.Column) -> bool:
    """Whether a column holds a QR code and nothing else."""
    codes = [isinstance(one, plan.FigureBlock) and one.figure.kind == "qr" for one in column.blocks]
    return bool(codes) and all(codes)
