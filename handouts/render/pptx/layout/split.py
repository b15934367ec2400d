"""A slide that does not fit → the slides that it becomes: lists and tables go on, what stood side by side follows.

A table goes on with its further rows; one with a row that is too high for a slide, with its further columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from handouts.plan.blocks import Block, Heading, ListBlock, Paragraph, Table
from handouts.plan.documents import Slide
from handouts.plan.text import Run
from handouts.render.pptx.layout.pieces import stack_height
from handouts.render.pptx.layout.tables import row_heights
from handouts.render.pptx.template.bind import Spot
from handouts.render.pptx.template.look import DeckLook

ALONE = "Title and Content"
"""The layout of what has a slide to itself."""


def ways_to_part(slide: Slide, spots: dict[str, Spot], look: DeckLook) -> list[list[Slide]]:
    """The slides that may take the place of one that does not fit, the best way first; [] where there is none."""
    match slide.layout:
        case "Title and Content" | "Content and Note":
            body = slide.slots.get("body", ())
            ways = [_parted(slide, "body", cut(body, spots["body"], look)) for cut in (_cut_text, _cut_table)]
            ways.append(_parted(slide, "body", _cut_columns(body)))
        case "Table":
            parts = _cut_table(slide.slots.get("table", ()), spots["table"], look)
            ways = [_parted(slide, "table", parts), [_left(slide, "table"), _moved(slide, {"note": "body"}, ALONE)]]
            if any(len(one.rows) == 1 for part in parts for one in part if isinstance(one, Table)):
                ways.reverse()
            ways.append(_parted(slide, "table", _cut_columns(slide.slots.get("table", ()))))
        case "Two Content":
            ways = [[_moved(slide, {slot: "body"}, ALONE) for slot in ("left", "right") if slot in slide.slots]]
        case "Study":
            # A chart without its facts would be a picture of nobody.
            ways = [[_left(slide, "facts", "chart"), _moved(slide, {"note": "body"}, ALONE)]]
        case "Picture":
            ways = [[_moved(slide, {"body": "body"}, ALONE), _left(slide, "figure")]]
        case _:
            ways = []
    return [way for way in ways if len(way) > 1 and all(_says_something(part) for part in way)]


def numbered(slides: Sequence[Slide], language: str) -> list[Slide]:
    """The slides with "(1 of 2)" in their titles."""
    count = len(slides)
    if count == 1:
        return list(slides)
    return [replace(s, title=(*s.title, Run(_count(n, count, language)))) for n, s in enumerate(slides, start=1)]


def _count(number: int, of: int, language: str) -> str:
    if language.casefold().startswith("en"):
        return f" ({number}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{of})"
    return f" ({number}/{of})"


def _parted(slide: Slide, slot: str, parts: Sequence[tuple[Block, ...]]) -> list[Slide]:
    return [replace(slide, slots={**slide.slots, slot: part}) for part in parts] if len(parts) > 1 else []


def _moved(slide: Slide, slots: dict[str, str], layout: str) -> Slide:
    """What some slots hold, on a slide of another layout, with the source."""
    moved = {new: slide.slots[old] for old, new in (slots | {"source": "source"}).items() if old in slide.slots}
    return replace(slide, layout=layout, slots=moved)


def _left(slide: Slide, *slots: str) -> Slide:
    """The slide with these slots and the source alone."""
    return replace(slide, slots={slot: slide.slots[slot] for slot in (*slots, "source") if slot in slide.slots})


def _says_something(slide: Slide) -> bool:
    return any(slot != "source" for slot in slide.slots)


def _cut_table(blocks: Sequence[Block], spot: Spot, look: DeckLook) -> list[tuple[Block, ...]]:
    table = blocks[0] if len(blocks) == 1 else None
    if not isinstance(table, Table):
        return []
    head, *rows = row_heights(table, spot.area.width, look)
    parts: list[tuple[Block, ...]] = []
    start = 0
    sizes = _balanced(rows, lambda heights: sum(heights) + head, spot.area.height)
    for size in _in_company(sizes, rows, spot.area.height - head):
        parts.append((replace(table, rows=table.rows[start : start + size]),))
        start += size
    return parts


def _cut_columns(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The left and the right half of a table whose rows have heads, which stand in both, each with the rows that say
    something there; [] where there is none.
    """
    table = blocks[0] if len(blocks) == 1 else None
    if not isinstance(table, Table) or table.role == "facts" or not all(row[0].scope == "row" for row in table.rows):
        return []
    columns = range(1, len(table.head))
    if len(columns) < 2:
        return []
    middle = (len(columns) + 1) // 2
    halves = [_columns(table, columns[:middle]), _columns(table, columns[middle:])]
    return [(half,) for half in halves] if all(half.rows for half in halves) else []


def _columns(table: Table, columns: Sequence[int]) -> Table:
    """A table's heads of rows and these of its columns, without the rows that say nothing in them."""
    kept = (0, *columns)
    said = (r for r in table.rows if any(r[at].runs for at in columns) or not any(cell.runs for cell in r[1:]))
    rows = tuple(tuple(row[at] for at in kept) for row in said)
    widths = tuple(table.widths[at] for at in kept) if len(table.widths) == len(table.head) else ()
    return replace(table, head=tuple(table.head[at] for at in kept), rows=rows, widths=widths)


def _in_company(sizes: list[int], rows: list[float], room: float) -> list[int]:
    """The rows on each page, with no row alone where the page before can spare one that the page has room for."""
    found = list(sizes)
    for page in range(len(found) - 1, 0, -1):
        start = sum(found[:page])
        if found[page] == 1 and found[page - 1] > 2 and sum(rows[start - 1 : start + 1]) <= room:
            found[page - 1], found[page] = found[page - 1] - 1, 2
    return found


def _cut_text(blocks: Sequence[Block], spot: Spot, look: DeckLook) -> list[tuple[Block, ...]]:
    atoms = _atoms(blocks)
    heights = [stack_height(atom, spot, look) + spot.style.before for atom in atoms]
    parts: list[tuple[Block, ...]] = []
    start = 0
    for size in _balanced(heights, sum, spot.area.height):
        parts.append(tuple(block for atom in atoms[start : start + size] for block in atom))
        start += size
    return parts


def _atoms(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """What must stay together: an item, a paragraph, a heading with what follows it; [] where anything else stands."""
    atoms: list[tuple[Block, ...]] = []
    waiting: tuple[Block, ...] = ()
    for block in blocks:
        match block:
            case Heading():
                waiting = (*waiting, block)
                continue
            case Paragraph():
                pieces: list[tuple[Block, ...]] = [(block,)]
            case ListBlock() if block.marker != "number":
                pieces = [(replace(block, items=(item,)),) for item in block.items]
            case _:
                return []
        atoms.append((*waiting, *pieces[0]))
        atoms += pieces[1:]
        waiting = ()
    return [*atoms, waiting] if waiting else atoms


def _balanced(heights: list[float], total: Callable[[list[float]], float], room: float) -> list[int]:
    """How many in a row go on each page: as few pages as can be, then as even as can be; [] if one is too high."""
    if any(total([h]) > room for h in heights):
        return []
    best = _greedy(heights, total, room)
    for hundredth in range(1, 100):
        tighter = _greedy(heights, total, room * hundredth / 100)
        if len(tighter) == len(best):
            return tighter
    return best


def _greedy(heights: list[float], total: Callable[[list[float]], float], room: float) -> list[int]:
    sizes: list[int] = []
    current: list[float] = []
    for h in heights:
        if current and total([*current, h]) > room:
            sizes.append(len(current))
            current = []
        current.append(h)
    return [*sizes, len(current)] if current else sizes
