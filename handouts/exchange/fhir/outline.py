"""Blocks of a plan → the sections of a document: what stands under each heading, and the headings under it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from handouts.plan.blocks import Block, Box, Grid, Group, Heading, walk
from handouts.plan.text import plain

_FIRST = 2
"""The level of the headings that open sections; that of level 1 is the document's own."""


class Part(Struct, eq=False):
    """A section: its heading (None where it has none), what stands under it, and the sections inside it."""

    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list[Block])
    parts: list[Part] = field(default_factory=list["Part"])

    @property
    def title(self) -> str:
        """The words of its heading."""
        return plain(self.heading.runs) if self.heading else ""

    @property
    def level(self) -> int:
        """The level of its heading; 0 without one."""
        return self.heading.level if self.heading else 0


def outlined(blocks: Iterable[Block]) -> Part:
    """The document as one part: what stands before its first section, and its sections, all in reading order.

    A section ends with the block of the plan that its heading stands in; what comes after it and has no heading is a
    section without a title. Within that block it goes on to the next heading, through groups, boxes and the columns of
    a grid, but one that is inside another ends with its grid.
    """
    outline = _Outline()
    for block in blocks:
        outline.begin(block)
    return outline.document


class _Outline:
    """The sections so far; `_open` are the one that is being filled and those that it stands in."""

    def __init__(self) -> None:
        self.document = Part()
        self._open = [self.document]
        self._box: Box | None = None

    def begin(self, block: Block) -> None:
        """Adds a block that stands in no other."""
        self._open = [self.document]
        self._visit(block)

    def _visit(self, block: Block, box: Box | None = None) -> None:
        if not any(map(_opens, walk([block]))):
            self._add(block, box)
            return
        match block:
            case Heading():
                while self._open[-1].level >= block.level:
                    self._open.pop()
                self._open[-1].parts.append(Part(block))
                self._open.append(self._open[-1].parts[-1])
            case Box():
                for inner in block.blocks:
                    self._visit(inner, block)
            case Group():
                for inner in block.blocks:
                    self._visit(inner, box)
            case Grid():
                around = self._open[-1]
                for inner in (inner for column in block.columns for inner in column.blocks):
                    self._visit(inner, box)
                if around.heading and around in self._open:
                    del self._open[self._open.index(around) + 1 :]
            case _:
                self._add(block, box)

    def _add(self, block: Block, box: Box | None) -> None:
        """Adds what opens no section. Of a box that holds sections each of these shows a part."""
        here = _last(self._open[-1]).blocks
        if box is None:
            here.append(block)
        elif box is self._box and here and isinstance(last := here[-1], Box):
            here[-1] = Box(box.role, (*last.blocks, block))
        else:
            here.append(Box(box.role, (block,)))
        self._box = box


def _opens(block: Block) -> bool:
    return isinstance(block, Heading) and block.level >= _FIRST


def _last(part: Part) -> Part:
    """Where words go that come after all that stands in a part."""
    if not part.parts:
        return part
    if part.parts[-1].heading:
        part.parts.append(Part())
    return part.parts[-1]
