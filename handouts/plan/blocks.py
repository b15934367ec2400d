"""Blocks: what a page, slide or card face is made of, in reading order. A template's HTML maps to these one to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from handouts.figures.shapes import Chart, Figure, Label
from handouts.model.image import Image
from handouts.plan.text import Run, Runs, origins, plain
from handouts.problems import Origin

ParagraphRole = Literal["body", "lead", "eyebrow", "caption", "note", "source", "number", "small", "rule-line"]
BoxRole = Literal[
    "message",
    "changed",
    "hotline",
    "non_urgent",
    "urgent",
    "emergency",
    "banner",
    "caution",
    "clinic",
    "note",
    "plain",
]
TableRole = Literal["rows", "facts"]
Align = Literal["left", "right"]
Marker = Literal["bullet", "checkbox", "number", "none"]
Tone = Literal["accent", "caution"]
TableSize = Literal["large", "usual", "small"]


class Heading(Struct, frozen=True):
    """`h1` to `h3`."""

    level: int
    runs: Runs


class Paragraph(Struct, frozen=True):
    """`p`; `role` is its class. A `rule-line` is a label with a ruled line to write on.

    What is `optional` gives up its room on a card where the rest would not fit.
    """

    runs: Runs
    role: ParagraphRole = "body"
    optional: bool = False


class Item(Struct, frozen=True):
    """`li`; `write_lines` ruled lines below it give room to write."""

    runs: Runs
    write_lines: int = 0


class ListBlock(Struct, frozen=True):
    """`ul` or `ol`; on paper in one or two `columns`, where a page has them side by side."""

    items: tuple[Item, ...]
    marker: Marker = "bullet"
    columns: int = 1


class Cell(Struct, frozen=True):
    """`th` or `td`; `scope` says what a header cell heads. `tone` is the ground that a slide gives it."""

    runs: Runs
    scope: Literal["column", "row"] | None = None
    align: Align = "left"
    tone: Tone | None = None


class Table(Struct, frozen=True):
    """`table`: a header row, body rows of as many cells, relative column widths, and a summary for those who listen.

    `draws` are the outcomes whose results it prints, as `study.outcome`. `role` is its class: `facts` are few things in
    a row, each with its name above it. `size` is that of the type of `rows` on a slide. `asked` is the line of a user's
    file, or the template, that asks for it.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    summary: str = ""
    draws: tuple[str, ...] = ()
    role: TableRole = "rows"
    size: TableSize = "usual"
    asked: Origin | None = None


class FigureBlock(Struct, frozen=True):
    """`figure`: the drawing and the caption under it. `draws` are the outcomes that it draws, as `study.outcome`.

    `align` says at which side of its column the drawing stands; `said` are the words of a content file that it shows or
    its alt text says, each with where it stands. `instead` says the same where a place has no room for the drawing.
    `asked` is the line of a user's file, or the template, that asks for it.
    """

    figure: Figure
    caption: Runs = ()
    draws: tuple[str, ...] = ()
    align: Align = "left"
    said: Runs = ()
    instead: Table | None = None
    asked: Origin | None = None


class Picture(Struct, frozen=True):
    """A raster image, such as a clinic's logo; an empty alt marks decoration. `max_height` in points."""

    image: Image
    alt: str
    max_height: float = 40
    align: Align = "left"


class Box(Struct, frozen=True):
    """`aside` or `section` with a role: set off from what surrounds it.

    A `note` is what a clinician adds for one print, and no part of the text that is reviewed; no template makes one.
    """

    role: BoxRole
    blocks: tuple[Block, ...]


class Column(Struct, frozen=True):
    """One part of a grid row; `span` is its share of the twelve grid columns."""

    span: int
    blocks: tuple[Block, ...]


class Grid(Struct, frozen=True):
    """`section class=grid`: parts side by side, read from left to right."""

    columns: tuple[Column, ...]


class Group(Struct, frozen=True):
    """`section`: blocks that belong together; `keep` asks that no page break falls inside."""

    blocks: tuple[Block, ...]
    keep: bool = False
    new_page: bool = False


Block = Heading | Paragraph | ListBlock | Table | FigureBlock | Picture | Box | Grid | Group


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, containers before what they hold."""
    for block in blocks:
        yield block
        match block:
            case Box() | Group():
                yield from walk(block.blocks)
            case Grid():
                for column in block.columns:
                    yield from walk(column.blocks)
            case _:
                pass


def texts(block: Block) -> Iterator[Runs]:
    """The runs that a block itself holds, in reading order; containers hold none."""
    match block:
        case Heading() | Paragraph():
            yield block.runs
        case ListBlock():
            yield from (item.runs for item in block.items)
        case Table():
            yield from (cell.runs for row in (block.head, *block.rows) for cell in row)
        case FigureBlock():
            if block.caption:
                yield block.caption
        case _:
            pass


def with_texts(
    block: Block, text: Callable[[Runs], Runs], picture: Callable[[Picture], Picture] = lambda one: one
) -> Block:
    """The same block, and all that it holds, with other runs for each text, and other pictures."""
    match block:
        case Heading() | Paragraph():
            return replace(block, runs=text(block.runs))
        case ListBlock():
            return replace(block, items=tuple(replace(item, runs=text(item.runs)) for item in block.items))
        case Table():
            return _table_with(block, text)
        case FigureBlock():
            instead = block.instead and _table_with(block.instead, text)
            return replace(block, caption=text(block.caption), instead=instead)
        case Picture():
            return picture(block)
        case Box() | Group():
            return replace(block, blocks=tuple(with_texts(one, text, picture) for one in block.blocks))
        case Grid():
            columns = (
                replace(column, blocks=tuple(with_texts(one, text, picture) for one in column.blocks))
                for column in block.columns
            )
            return replace(block, columns=tuple(columns))


def _table_with(table: Table, text: Callable[[Runs], Runs]) -> Table:
    head, *rows = (tuple(replace(cell, runs=text(cell.runs)) for cell in row) for row in (table.head, *table.rows))
    return replace(table, head=head, rows=tuple(rows))


def texts_of(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Every text of these blocks, in reading order."""
    for block in walk(blocks):
        yield from texts(block)


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """Every run of these blocks, in reading order."""
    for runs in texts_of(blocks):
        yield from runs


def origins_of(blocks: Iterable[Block]) -> frozenset[Origin]:
    """Where all words of these blocks stand that come from a user's file, those in drawings and alt texts too."""
    said = (block.said for block in walk(blocks) if isinstance(block, FigureBlock))
    return origins((*runs_of(blocks), *chain.from_iterable(said)))


def words_of(blocks: Iterable[Block]) -> str:
    """The words of these blocks, a line for each paragraph, item, cell and caption."""
    return "\n".join(text for block in walk(blocks) for runs in texts(block) if (text := plain(runs)))


def drawn_words(block: Table | FigureBlock) -> str:
    """What a table's cells say, or the labels and bars of a drawing; a line for each."""
    if isinstance(block, Table):
        return words_of([block])
    shapes, chart = block.figure.shapes, block.figure.chart
    labels = [shape.text for shape in shapes if isinstance(shape, Label)]
    bars = chart.bars if isinstance(chart, Chart) else ()
    return "\n".join((*labels, *(f"{bar.label} {bar.people} {bar.text} {bar.interval}" for bar in bars)))


def statements_of(blocks: Iterable[Block]) -> frozenset[str]:
    """The ids of all statements of which words stand in these blocks."""
    told: set[str] = set()
    for block in walk(blocks):
        told.update(s for runs in texts(block) for run in runs for s in run.statements)
    return frozenset(told)
