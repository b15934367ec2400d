"""A slot's blocks → pieces stacked in its area: text, tables, figures and pictures, each with its rectangle.

Nothing is shrunk: what is higher than the area is reported as the excess in points, and the caller splits or refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

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
from handouts.render.pptx.layout.chart_room import most_height
from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.layout.paragraphs import Para, height, paragraphs
from handouts.render.pptx.layout.tables import least_inset, most_inset, row_heights
from handouts.render.pptx.template.bind import Spot
from handouts.render.pptx.template.holders import TextStyle
from handouts.render.pptx.template.layouts import Area, BlockKind
from handouts.render.pptx.template.look import DeckLook
from handouts.theme.schema import DECK_FLOOR

GAP = 12.0
"""Points between two pieces of a stack."""
BOX_PADDING = 12.0
MOST_LOOSENING = 12.0
"""Points by which free room may widen the cells of a table, and the space between paragraphs."""
LEAST_FIGURE = 90.0
"""Height in points below which a figure cannot be read from the back of a room."""
TOLERANCE = 0.5


class TextPiece(Struct, frozen=True):
    """Paragraphs in a placeholder or text box; `fill` is the colour role of a box around them."""

    paras: tuple[Para, ...]
    style: TextStyle
    fill: str | None = None


class Drawn(Struct, frozen=True):
    """A table, figure or picture. A table's `rows` are their heights in points, with `pad` above and below the text."""

    block: Table | FigureBlock | Picture
    pad: float = 0.0
    rows: tuple[float, ...] = ()


Piece = TextPiece | Drawn


class PlacedPiece(Struct, frozen=True):
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


def stack(blocks: Sequence[Block], spot: Spot, look: DeckLook) -> tuple[list[PlacedPiece], float]:
    """The pieces of these blocks from top to bottom in the spot's area, and by how many points they are too high."""
    area = spot.area
    pieces = _pieces(blocks, spot.style, look, area.width)
    heights = [_height(piece, area.width) for piece in pieces]
    flexible = sum(h is None for h in heights)
    used = sum(h for h in heights if h is not None) + GAP * max(0, len(pieces) - 1)
    room = area.height - used
    if not flexible and room > 0:
        pieces, heights = _loosened(pieces, heights, room)
    excess = max(0.0, flexible * LEAST_FIGURE - room if flexible else -room)
    share = max(LEAST_FIGURE, room / flexible) if flexible else 0.0
    placed: list[PlacedPiece] = []
    top = 0.0
    for piece, h in zip(pieces, heights, strict=True):
        high = h if h is not None else _drawn_height(piece, area.width, share, look)
        placed.append(PlacedPiece(piece, area.part(top, high)))
        top += high + GAP
    first = placed[0].piece if len(placed) == 1 else None
    if isinstance(first, TextPiece) and not first.fill:
        placed[0] = PlacedPiece(first, area)
    return placed, excess if excess > TOLERANCE else 0.0


def stack_height(blocks: Sequence[Block], spot: Spot, look: DeckLook) -> float:
    """Height in points that these blocks need at least in a spot of this width."""
    pieces = _pieces(blocks, spot.style, look, spot.area.width)
    heights = (_height(piece, spot.area.width) for piece in pieces)
    return sum(LEAST_FIGURE if h is None else h for h in heights) + GAP * max(0, len(pieces) - 1)


def _height(piece: Piece, width: float) -> float | None:
    """Height in points that a piece needs at this width; None for a figure, which takes what is left."""
    match piece:
        case TextPiece():
            left, top, right, bottom = insets(piece)
            return height(piece.paras, piece.style, width - left - right) + top + bottom
        case Drawn(block=Table()):
            return sum(piece.rows)
        case Drawn(block=Picture() as picture):
            return picture_size(picture, width)[1]
        case Drawn():
            return None


def insets(text: TextPiece) -> tuple[float, float, float, float]:
    """Left, top, right and bottom space in points between a text's frame and its words."""
    return (BOX_PADDING, BOX_PADDING, BOX_PADDING, BOX_PADDING) if text.fill else text.style.insets


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


def too_small(figure: Figure, area: Area, look: DeckLook) -> bool:
    """Whether a label would be drawn below the deck's smallest type."""
    return figure.chart is None and smallest_label(figure, area) < DECK_FLOOR * look.scale - 0.05


def _drawn_height(piece: Piece, width: float, share: float, look: DeckLook) -> float:
    match piece:
        case Drawn(block=FigureBlock(figure=Figure(chart=None) as figure)):
            return figure_area(figure, Area(0, 0, width, share)).height
        case Drawn(block=FigureBlock(figure=Figure(chart=chart))) if chart is not None:
            return min(share, most_height(chart, Paper(width, share, "", look)))
        case _:
            return share


def _loosened(pieces: list[Piece], heights: list[float | None], free: float) -> tuple[list[Piece], list[float | None]]:
    """Spends free height on wider space between paragraphs and in the rows of tables, each up to its limit."""
    gaps = sum(len(p.paras) - 1 for p in pieces if isinstance(p, TextPiece))
    rows = sum(len(p.rows) for p in pieces if isinstance(p, Drawn) and _is_loose(p))
    if not gaps + rows:
        return pieces, heights
    each = free * 0.8 / (gaps + rows)
    wider = min(MOST_LOOSENING, each)
    loose: list[Piece] = []
    high: list[float | None] = []
    for piece, h in zip(pieces, heights, strict=True):
        match piece:
            case TextPiece() if piece.paras and h is not None:
                rest = tuple(replace(p, before=p.before + wider) for p in piece.paras[1:])
                loose.append(replace(piece, paras=(piece.paras[0], *rest)))
                high.append(h + wider * len(rest))
            case Drawn(block=Table() as table) if _is_loose(piece):
                least = least_inset(table)
                pad = least + min(most_inset(table) - least, each / 2)
                taller = tuple(row + 2 * (pad - least) for row in piece.rows)
                loose.append(replace(piece, pad=pad, rows=taller))
                high.append(sum(taller))
            case _:
                loose.append(piece)
                high.append(h)
    return loose, high


def _is_loose(drawn: Drawn) -> bool:
    """Whether free room may widen its rows: not those of facts, below which a chart takes what is left."""
    return isinstance(drawn.block, Table) and drawn.block.role == "rows"


def _pieces(blocks: Iterable[Block], style: TextStyle, look: DeckLook, width: float) -> list[Piece]:
    pieces: list[Piece] = []
    for block in _flat(blocks):
        match block:
            case Table():
                pieces.append(Drawn(block, least_inset(block), row_heights(block, width, look)))
            case Picture():
                pieces.append(Drawn(block))
            case FigureBlock():
                pieces.append(Drawn(block))
                if block.caption:
                    pieces.append(_text([Paragraph(block.caption, "caption")], style, look))
            case Box() if block.role != "plain":
                fill = "caution_tint" if block.role == "changed" else "accent_tint"
                pieces.append(_text(block.blocks, style, look, fill))
            case _:
                text = _text([block], style, look)
                last = pieces[-1] if pieces else None
                if isinstance(last, TextPiece) and last.fill is None:
                    pieces[-1] = replace(last, paras=last.paras + text.paras)
                elif text.paras:
                    pieces.append(text)
    return [_without_first_space(p) if isinstance(p, TextPiece) else p for p in pieces]


def _text(blocks: Iterable[Block], style: TextStyle, look: DeckLook, fill: str | None = None) -> TextPiece:
    return TextPiece(paragraphs(blocks, style, look.sizes), style, fill)


def _without_first_space(text: TextPiece) -> TextPiece:
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
