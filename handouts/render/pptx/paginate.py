"""Plan slides → pages that fit: known layouts and slots, measured blocks, lists and tables split where they overflow.

Out are `Page` values with every piece placed, or ProblemsError with all that does not fit and by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from handouts.plan.blocks import Block, FigureBlock, Grid, ListBlock, Paragraph, Picture, Table, runs_of, walk, words_of
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import Run, Runs, first_origin, plain
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.render.pptx.bind import Bound, Spot, known_slots
from handouts.render.pptx.chart_xml import LEAST_PLOT, Paper, needed_height, plot_width
from handouts.render.pptx.layouts import FOOTER_AREA
from handouts.render.pptx.metrics import LINE, line_count, text_width
from handouts.render.pptx.pieces import Drawn, Placed, kind_of, row_heights, stack, too_small
from handouts.render.pptx.text import SCHEMES, allowed
from handouts.theme.schema import DeckTheme

TITLE_LINES = 2
MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Page:
    """One slide as it will be drawn: its plan, its layout, and the placed pieces of each slot in reading order."""

    slide: Slide
    bound: Bound
    placed: dict[str, tuple[Placed, ...]]


def paginate(deck: Deck, layouts: dict[str, Bound], theme: DeckTheme) -> list[Page]:
    """The pages of a deck.

    Raises ProblemsError for unknown layouts and slots, links that a deck may not hold, duplicate titles, and text,
    tables and figures that do not fit their place, each with the excess in millimetres.
    """
    problems: list[Problem] = []
    pages: list[Page] = []
    for number, slide in enumerate(deck.slides, start=1):
        if slide.layout not in layouts:
            message = f"slide {number} '{_name(slide)}' asks for the layout '{slide.layout}'"
            problems.append(error(_origin(slide), "DECK01", message, choose_from(slide.layout, layouts)))
            continue
        found = _structure(slide, number)
        if found:
            problems += found
            continue
        bound = layouts[slide.layout]
        routed = _route(slide, bound)
        for part in _split(routed, bound, theme, deck.meta.language):
            page, wrong = _place(part, bound, theme, number)
            pages.append(page)
            problems += wrong
    problems += _titles(page.slide for page in pages)
    footer = text_width(deck.footer, theme.source)
    if footer > FOOTER_AREA.width:
        message = f"the running foot is {(footer - FOOTER_AREA.width) * MM:.0f} mm too wide: '{deck.footer}'"
        problems.append(error(Origin("deck"), "DECK04", message, "say it in fewer words"))
    if problems:
        raise ProblemsError(problems)
    return pages


def _structure(slide: Slide, number: int) -> list[Problem]:
    known = known_slots(slide.layout)
    problems = [
        error(
            _origin(slide),
            "DECK02",
            f"slide {number} '{_name(slide)}' fills the slot '{slot}', which layout '{slide.layout}' lacks",
            choose_from(slot, known),
        )
        for slot in slide.slots
        if slot not in known and slot != "body"
    ]
    if not plain(slide.title).strip():
        problems.append(error(_origin(slide), "DECK03", f"slide {number} has no title", "give every slide a title"))
    for table in walk(slide.blocks()):
        if isinstance(table, Table) and (not table.rows or any(len(r) != len(table.head) for r in table.rows)):
            message = f"slide {number} '{_name(slide)}' holds a table without rows, or with rows of unequal length"
            problems.append(error(_origin(slide), "DECK05", message, "give every row as many cells as the header"))
    for run in (*slide.title, *runs_of(slide.blocks()), *slide.source):
        if run.href and not allowed(run.href):
            problems.append(
                error(
                    run.origin or _origin(slide),
                    "DECK06",
                    f"slide {number} '{_name(slide)}' links to '{run.href}'",
                    f"start the link with {', '.join(SCHEMES)}",
                )
            )
    return problems


def _route(slide: Slide, bound: Bound) -> Slide:
    """Every block in a slot that can hold it, the slots in reading order, the source as one more."""
    slots: dict[str, list[Block]] = {name: [] for name in bound.spots}
    for slot, blocks in slide.slots.items():
        if slot in slots:
            text_only = bound.spec.slot(slot).kind in ("body", "subTitle") and "picture" in bound.spec.routes
            for block in blocks:
                moved = text_only and isinstance(block, Picture)
                slots[bound.spec.routes["picture"] if moved else slot].append(block)
            continue
        for block in blocks:
            if isinstance(block, Grid) and {"left", "right"} <= slots.keys() and len(block.columns) == 2:
                slots["left"] += block.columns[0].blocks
                slots["right"] += block.columns[1].blocks
            else:
                slots[bound.spec.routes[kind_of(block)]].append(block)
    if slide.source:
        slots["source"].append(Paragraph(slide.source, "source"))
    return replace(slide, slots={name: tuple(blocks) for name, blocks in slots.items() if blocks})


def _place(slide: Slide, bound: Bound, theme: DeckTheme, number: int) -> tuple[Page, list[Problem]]:
    problems: list[Problem] = []
    placed: dict[str, tuple[Placed, ...]] = {}
    title_room = bound.title.area.height
    lines = line_count(slide.title, bound.title.style.size, bound.title.area.width, strong=True)
    high = lines * bound.title.style.size * LINE
    limit = min(title_room, TITLE_LINES * bound.title.style.size * LINE) if bound.spec.master_shapes else title_room
    if high > limit + 0.5:
        problems.append(_excess(slide, number, "title", high - limit, runs=slide.title))
    spots = _areas(slide, bound)
    for name, blocks in slide.slots.items():
        pieces, excess = stack(blocks, spots[name], theme)
        placed[name] = _centred(pieces, spots[name]) if spots[name].area.x < bound.spots[name].area.x else tuple(pieces)
        if excess:
            problems.append(
                _excess(slide, number, f"slot '{name}'", excess, runs=tuple(runs_of(blocks)), text=words_of(blocks))
            )
            continue
        for piece in pieces:
            problems += _figure_problems(piece, slide, number, name, theme)
    return Page(slide, bound, placed), problems


def _areas(slide: Slide, bound: Bound) -> dict[str, Spot]:
    """The layout's spots; a chart or figure without the table or text beside it takes that room as well."""
    spots = dict(bound.spots)
    if bound.spec.name == "Study" and "table" not in slide.slots:
        chart, table = spots["chart"], spots["table"]
        low = table.area.y + table.area.height
        spots["chart"] = replace(chart, area=replace(chart.area, height=low - chart.area.y))
    if bound.spec.name == "Picture" and "body" not in slide.slots:
        figure, body = spots["figure"], spots["body"]
        right = figure.area.x + figure.area.width
        spots["figure"] = replace(figure, area=replace(figure.area, x=body.area.x, width=right - body.area.x))
    if bound.spec.name == "Table" and "note" not in slide.slots:
        table, note = spots["table"], spots["note"]
        low = note.area.y + note.area.height
        spots["table"] = replace(table, area=replace(table.area, height=low - table.area.y))
    return spots


def _centred(pieces: Sequence[Placed], spot: Spot) -> tuple[Placed, ...]:
    """Pieces that have the slide to themselves, moved down so that a third of the free height is above them."""
    low = max((p.area.y + p.area.height for p in pieces), default=spot.area.y)
    shift = max(0.0, spot.area.y + spot.area.height - low) / 3
    return tuple(replace(p, area=replace(p.area, y=p.area.y + shift)) for p in pieces)


def _split(slide: Slide, bound: Bound, theme: DeckTheme, language: str) -> list[Slide]:
    """The slide itself, or as many as its one list or one table needs; the numbering goes into the title."""
    spots = _areas(slide, bound)
    for name, blocks in slide.slots.items():
        if not blocks or not stack(blocks, spots[name], theme)[1]:
            continue
        cut = None
        if bound.spec.name == "Table" and name == "table" and len(blocks) == 1 and isinstance(blocks[0], Table):
            cut = _cut_table(blocks[0], spots[name], theme)
        elif bound.spec.name == "Title and Content" and all(isinstance(b, ListBlock) for b in blocks):
            cut = _cut_lists(blocks, spots[name], theme)
        if cut:
            return [
                replace(
                    slide,
                    title=(*slide.title, Run(_count(i, len(cut), language))),
                    slots={**slide.slots, name: part},
                )
                for i, part in enumerate(cut, start=1)
            ]
    return [slide]


def _cut_table(table: Table, spot: Spot, theme: DeckTheme) -> list[tuple[Block, ...]]:
    head, *rows = row_heights(table, spot.area.width, theme)
    sizes = _balanced(rows, lambda heights: sum(heights) + head, spot.area.height)
    parts: list[tuple[Block, ...]] = []
    start = 0
    for size in sizes:
        parts.append((replace(table, rows=table.rows[start : start + size]),))
        start += size
    return parts


def _cut_lists(blocks: Sequence[Block], spot: Spot, theme: DeckTheme) -> list[tuple[Block, ...]]:
    single = [replace(b, items=(item,)) for b in blocks if isinstance(b, ListBlock) for item in b.items]
    if any(b.marker == "number" for b in single):
        return []
    heights = [_stack_height((b,), spot, theme) + spot.style.before for b in single]
    parts: list[tuple[Block, ...]] = []
    start = 0
    for size in _balanced(heights, sum, spot.area.height):
        parts.append(tuple(single[start : start + size]))
        start += size
    return parts


def _stack_height(blocks: Sequence[Block], spot: Spot, theme: DeckTheme) -> float:
    none = replace(spot, area=replace(spot.area, height=0.0))
    return stack(blocks, none, theme)[1]


def _balanced(heights: list[float], total: Callable[[list[float]], float], room: float) -> list[int]:
    """How many in a row go on each page: as few pages as can be, then as even as can be; [] if one is too high."""
    if any(total([h]) > room for h in heights):
        return []
    best = _greedy(heights, total, room)
    for tenth in range(1, 100):
        tighter = _greedy(heights, total, room * tenth / 100)
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


def _count(number: int, of: int, language: str) -> str:
    if language.casefold().startswith("en"):
        return f" ({number}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{of})"
    return f" ({number}/{of})"


def _figure_problems(placed: Placed, slide: Slide, number: int, slot: str, theme: DeckTheme) -> list[Problem]:
    if not isinstance(placed.piece, Drawn):
        return []
    block = placed.piece.block
    origin = _origin(slide)
    where = f"slide {number} '{_name(slide)}': slot '{slot}'"
    match block:
        case FigureBlock():
            figure = block.figure
            if too_small(figure, placed.area):
                message = f"{where} holds a figure whose labels would be drawn below 12 pt"
                return [error(origin, "DECK04", message, "give it a larger place or draw it with fewer labels")]
            if figure.chart and figure.chart.bars:
                paper = Paper(placed.area.width, placed.area.height, theme.label, "", {})
                if not figure.chart.stacked and plot_width(figure.chart, paper) < LEAST_PLOT:
                    message = f"{where} holds a chart whose labels leave too little width for its bars"
                    return [error(origin, "DECK04", message, "shorten the labels at the bars")]
                short = needed_height(figure.chart, paper) - placed.area.height
                if short > 0.5:
                    return [_excess(slide, number, f"the chart in slot '{slot}'", short)]
        case _:
            pass
    return []


def _titles(slides: Iterable[Slide]) -> list[Problem]:
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    for number, slide in enumerate(slides, start=1):
        title = " ".join(plain(slide.title).split()).casefold()
        if title and title in seen:
            message = f"slide {number} has the title of slide {seen[title]}: '{_name(slide)}'"
            problems.append(error(_origin(slide), "DECK03", message, "give every slide a title of its own"))
        seen.setdefault(title, number)
    return problems


def _excess(slide: Slide, number: int, what: str, points: float, *, runs: Runs = (), text: str = "") -> Problem:
    return error(
        first_origin(runs) or _origin(slide),
        "DECK04",
        f"slide {number} '{_name(slide)}': {what} is {points * MM:.0f} mm ({points:.0f} pt) too high for its place"
        + (f", it begins '{_start(text)}'" if text else ""),
        "say it in fewer words or on two slides",
    )


def _start(text: str) -> str:
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _name(slide: Slide) -> str:
    text = " ".join(plain(slide.title).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _origin(slide: Slide) -> Origin:
    found = first_origin((*slide.title, *runs_of(slide.blocks()), *slide.source))
    return found or Origin("deck")
