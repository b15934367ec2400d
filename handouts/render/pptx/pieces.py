"""A slot's blocks → pieces stacked in its area: text, tables, figures and pictures, each with its rectangle.

Nothing is shrunk: what is higher than the area is reported as the excess in points, and the caller splits or refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handouts.figures.shapes import Figure
from handouts.plan.blocks import (
    Block,
    Box,
    FigureBlock,
    Grid,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Table,
)
from handouts.render.pptx.bind import Spot, TextStyle
from handouts.render.pptx.layouts import Area, BlockKind
from handouts.render.pptx.metrics import LINE, height, line_count
from handouts.render.pptx.paragraphs import Para, paragraphs
from handouts.theme.schema import DECK_FLOOR, DeckTheme

GAP = 12.0
"""Points between two pieces of a stack."""
BOX_PADDING = 12.0
CELL_X = 7.0
CELL_Y = 4.0
"""Least insets of a table cell in points."""
MOST_CELL_Y = 9.0
MOST_LOOSENING = 12.0
"""Points by which free room may widen the cells of a table, and the space between paragraphs."""
BAR_HEIGHT = 84.0
STACKED_HEIGHT = 230.0
"""The most height in points that a chart takes for each bar, and for one stacked bar."""
LEAST_FIGURE = 90.0
"""Height in points below which a figure cannot be read from the back of a room."""
TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in a placeholder or text box; `fill` is the colour role of a box around them."""

    paras: tuple[Para, ...]
    style: TextStyle
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table, figure or picture; `pad` is the space in points above and below the text of a table's cells."""

    block: Table | FigureBlock | Picture
    pad: float = CELL_Y


Piece = Text | Drawn


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the rectangle it gets."""

    piece: Piece
    area: Area


def kind_of(block: Block) -> BlockKind:
    """Which kind of placeholder a block asks for; a container asks for what its first drawn block does, else text."""
    match block:
        case Table():
            return "table"
        case FigureBlock():
            return "figure"
        case Picture():
            return "picture"
        case Box() | Group():
            drawn: list[BlockKind] = [kind for kind in map(kind_of, block.blocks) if kind != "text"]
            return drawn[0] if drawn else "text"
        case _:
            return "text"


def stack(blocks: Sequence[Block], spot: Spot, theme: DeckTheme) -> tuple[list[Placed], float]:
    """The pieces of these blocks from top to bottom in the spot's area, and by how many points they are too high."""
    pieces = _pieces(blocks, spot.style, theme)
    area = spot.area
    fixed = [piece_height(piece, area.width, theme) for piece in pieces]
    flexible = [i for i, h in enumerate(fixed) if h is None]
    used = sum(h for h in fixed if h is not None) + GAP * max(0, len(pieces) - 1)
    if not flexible and used < area.height:
        pieces = _loosen(pieces, area.height - used)
        fixed = [piece_height(piece, area.width, theme) for piece in pieces]
        used = sum(h for h in fixed if h is not None) + GAP * max(0, len(pieces) - 1)
    room = area.height - used
    excess = max(0.0, len(flexible) * LEAST_FIGURE - room if flexible else -room)
    share = max(LEAST_FIGURE, room / len(flexible)) if flexible else 0.0
    placed: list[Placed] = []
    top = 0.0
    for piece, h in zip(pieces, fixed, strict=True):
        high = h if h is not None else _drawn_height(piece, area.width, share)
        placed.append(Placed(piece, area.part(top, high)))
        top += high + GAP
    first = placed[0].piece if len(placed) == 1 else None
    if isinstance(first, Text) and not first.fill:
        placed[0] = Placed(first, area)
    return placed, excess if excess > TOLERANCE else 0.0


def piece_height(piece: Piece, width: float, theme: DeckTheme) -> float | None:
    """Height in points that a piece needs at this width; None for a figure, which takes what is left."""
    match piece:
        case Text():
            left, top, right, bottom = insets(piece)
            return height(piece.paras, width - left - right, piece.style.spacing) + top + bottom
        case Drawn(block=Table() as table):
            return sum(row_heights(table, width, theme, piece.pad))
        case Drawn(block=Picture() as picture):
            return picture_size(picture, width)[1]
        case Drawn():
            return None


def insets(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and bottom space in points between a text's frame and its words."""
    return (BOX_PADDING, BOX_PADDING, BOX_PADDING, BOX_PADDING) if text.fill else text.style.insets


def column_widths(table: Table, width: float) -> tuple[float, ...]:
    """Widths in points of a table's columns by their weights; columns without weights are equal."""
    weights = (
        table.widths if len(table.widths) == len(table.head) and sum(table.widths) > 0 else (1.0,) * len(table.head)
    )
    return tuple(width * weight / sum(weights) for weight in weights)


def row_heights(table: Table, width: float, theme: DeckTheme, pad: float = CELL_Y) -> list[float]:
    """Heights in points of the header and of each row of a table `width` points wide."""
    widths = column_widths(table, width)
    heights: list[float] = []
    for number, row in enumerate((table.head, *table.rows)):
        lines = max(
            line_count(cell.runs, theme.table, w - 2 * CELL_X, strong=number == 0 or cell.scope is not None)
            for cell, w in zip(row, widths, strict=True)
        )
        heights.append(lines * theme.table * LINE + 2 * pad)
    return heights


def picture_size(picture: Picture, width: float) -> tuple[float, float]:
    """Width and height in points at which a picture is drawn: its own proportions within `max_height` and `width`."""
    high = min(picture.max_height, width * picture.image.height / picture.image.width)
    return high * picture.image.width / picture.image.height, high


def figure_area(figure: Figure, area: Area) -> Area:
    """The largest rectangle of the figure's proportions in an area, at the top and centred."""
    scale = min(area.width / figure.width, area.height / figure.height)
    width, high = figure.width * scale, figure.height * scale
    return Area(area.x + (area.width - width) / 2, area.y, width, high)


def smallest_label(figure: Figure, area: Area) -> float:
    """Size in points of the figure's smallest label as drawn in an area; infinity for a figure without labels."""
    scale = figure_area(figure, area).width / figure.width
    sizes = [size for shape in figure.shapes if (size := getattr(shape, "size", None)) is not None]
    return min(sizes) * scale if sizes else float("inf")


def too_small(figure: Figure, area: Area) -> bool:
    """Whether a label would be drawn below the deck's smallest type."""
    return figure.chart is None and smallest_label(figure, area) < DECK_FLOOR - 0.05


def _drawn_height(piece: Piece, width: float, share: float) -> float:
    match piece:
        case Drawn(block=FigureBlock(figure=Figure(chart=None) as figure)):
            return figure_area(figure, Area(0, 0, width, share)).height
        case Drawn(block=FigureBlock(figure=Figure(chart=chart))) if chart is not None:
            return min(share, STACKED_HEIGHT if chart.stacked else BAR_HEIGHT * (len(chart.bars) + 1))
        case _:
            return share


def _loosen(pieces: list[Piece], free: float) -> list[Piece]:
    """Spends free height on wider space between paragraphs and in the rows of tables, each up to its limit."""
    gaps = sum(len(p.paras) - 1 for p in pieces if isinstance(p, Text))
    rows = sum(len(p.block.rows) + 1 for p in pieces if isinstance(p, Drawn) and isinstance(p.block, Table))
    if free <= 0 or not gaps + rows:
        return pieces
    each = free * 0.8 / (gaps + rows)
    wider, pad = min(MOST_LOOSENING, each), CELL_Y + min(MOST_CELL_Y - CELL_Y, each / 2)
    loose: list[Piece] = []
    for piece in pieces:
        match piece:
            case Text() if piece.paras:
                rest = tuple(replace(p, before=p.before + wider) for p in piece.paras[1:])
                loose.append(replace(piece, paras=(piece.paras[0], *rest)))
            case Drawn(block=Table()):
                loose.append(replace(piece, pad=pad))
            case _:
                loose.append(piece)
    return loose


def _pieces(blocks: Iterable[Block], style: TextStyle, theme: DeckTheme) -> list[Piece]:
    pieces: list[Piece] = []
    for block in _flat(blocks):
        match block:
            case Table() | Picture():
                pieces.append(Drawn(block))
            case FigureBlock():
                pieces.append(Drawn(block))
                if block.caption:
                    pieces.append(_text([Paragraph(block.caption, "caption")], style, theme))
            case Box() if block.role != "plain":
                fill = "caution_tint" if block.role == "changed" else "accent_tint"
                pieces.append(_text(block.blocks, style, theme, fill))
            case _:
                text = _text([block], style, theme)
                last = pieces[-1] if pieces else None
                if isinstance(last, Text) and last.fill is None:
                    pieces[-1] = replace(last, paras=last.paras + text.paras)
                elif text.paras:
                    pieces.append(text)
    return [_without_first_space(p) if isinstance(p, Text) else p for p in pieces]


def _text(blocks: Iterable[Block], style: TextStyle, theme: DeckTheme, fill: str | None = None) -> Text:
    return Text(paragraphs(blocks, style, theme), style, fill)


def _without_first_space(text: Text) -> Text:
    if not text.paras:
        return text
    return replace(text, paras=(replace(text.paras[0], before=0.0), *text.paras[1:]))


def _flat(blocks: Iterable[Block]) -> Iterable[Block]:
    """Containers opened, save boxes that hold text alone, which are drawn as boxes."""
    for block in blocks:
        match block:
            case Group():
                yield from _flat(block.blocks)
            case Box() if block.role == "plain" or kind_of(block) != "text":
                yield from _flat(block.blocks)
            case Grid():
                for column in block.columns:
                    yield from _flat(column.blocks)
            case Heading() | Paragraph() | ListBlock() | _:
                yield block
