"""Plan slides → pages that fit: known layouts and slots, measured blocks, split where they overflow.

Out are `SlidePage` values with every piece placed, or ProblemsError with all that does not fit and by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import Block, FigureBlock, Grid, Paragraph, Picture, Table, runs_of, walk, words_of
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import Runs, first_origin, plain, squeezed
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.render.pptx.layout.chart_room import needed_height, too_narrow
from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.layout.paragraphs import SCHEMES, allowed
from handouts.render.pptx.layout.pieces import GAP, Drawn, PlacedPiece, kind_of, stack, stack_height, too_small
from handouts.render.pptx.layout.split import numbered, ways_to_part
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.layouts import known_slots
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics

MM = 25.4 / 72


class SlidePage(Struct, frozen=True):
    """One slide as it will be drawn: its plan, its layout, and the placed pieces of each slot in reading order."""

    slide: Slide
    bound: Bound
    placed: dict[str, tuple[PlacedPiece, ...]]


class SlidePages(Struct, frozen=True):
    """The pages of a deck, and what is wrong with them."""

    pages: tuple[SlidePage, ...]
    problems: tuple[Problem, ...]


def paginate(deck: Deck, layouts: Mapping[str, Bound], look: DeckLook) -> list[SlidePage]:
    """The pages of a deck. Raises ProblemsError with what `paginated` finds."""
    made = paginated(deck, layouts, look)
    if made.problems:
        raise ProblemsError(made.problems)
    return list(made.pages)


def paginated(deck: Deck, layouts: Mapping[str, Bound], look: DeckLook) -> SlidePages:
    """The pages of a deck with what is wrong with them: unknown layouts and slots, links that a deck may not hold,
    duplicate titles, and text, tables and figures that do not fit their place, each with the excess in millimetres.
    """
    problems: list[Problem] = []
    pages: list[SlidePage] = []
    maker = _Maker(layouts, look, deck.meta.language)
    for number, slide in enumerate(deck.slides, start=1):
        if slide.layout not in layouts:
            message = f"slide {number} '{_name(slide)}' asks for the layout '{slide.layout}'"
            problems.append(error(_origin(slide), "DECK01", message, choose_from(slide.layout, layouts)))
            continue
        found = _structure(slide, number)
        if found:
            problems += found
            continue
        made, wrong = maker.pages(_route(slide, layouts[slide.layout]), number)
        pages += made
        problems += wrong
    problems += title_problems(page.slide for page in pages)
    return SlidePages(tuple(pages), tuple(problems))


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
    spec = bound.spec
    slots: dict[str, list[Block]] = {slot.slot: [] for slot in spec.slots}
    for slot, blocks in slide.slots.items():
        if slot in slots:
            text_only = spec.slot(slot).kind in ("body", "subTitle") and "picture" in spec.routes
            for block in blocks:
                moved = text_only and isinstance(block, Picture)
                slots[spec.routes["picture"] if moved else slot].append(block)
            continue
        for block in blocks:
            if isinstance(block, Grid) and {"left", "right"} <= slots.keys() and len(block.columns) == 2:
                slots["left"] += block.columns[0].blocks
                slots["right"] += block.columns[1].blocks
            else:
                slots[spec.routes[kind_of(block)]].append(block)
    if slide.source:
        slots["source"].append(Paragraph(slide.source, "source"))
    for slot, other in spec.gives_way.items():
        if slot not in bound.spots:
            slots[other] += slots.pop(slot)
    return replace(slide, slots={name: tuple(blocks) for name, blocks in slots.items() if blocks})


def _with_tables(slide: Slide) -> Slide:
    """The slide with tables in place of the figures that one can stand for."""
    slots = {
        name: tuple(one.instead if isinstance(one, FigureBlock) and one.instead else one for one in blocks)
        for name, blocks in slide.slots.items()
    }
    return replace(slide, slots=slots)


class _Maker:
    """Makes the pages of one deck."""

    def __init__(self, layouts: Mapping[str, Bound], look: DeckLook, language: str) -> None:
        self.layouts = dict(layouts)
        self.look = look
        self.language = language

    def pages(self, slide: Slide, number: int) -> tuple[list[SlidePage], list[Problem]]:
        """The pages of a slide: one where it fits, else those of its parts; its own problems where it has none."""
        page, problems = self._page(slide, number)
        if not problems:
            return [page], []
        if (tabled := _with_tables(slide)) != slide:
            return self.pages(tabled, number)
        slides, _ = self._leaves(slide, number)
        if len(slides) == 1:
            return [page], problems
        made = [self._page(part, number) for part in numbered(slides, self.language)]
        return [one for one, _ in made], [problem for _, wrong in made for problem in wrong]

    def _leaves(self, slide: Slide, number: int) -> tuple[list[Slide], bool]:
        """The slide, or the parts that it must be split into; and whether all of them fit."""
        if not self._page(slide, number)[1]:
            return [slide], True
        found = [slide]
        for way in ways_to_part(slide, self._areas(slide), self.look):
            tried = [self._leaves(part, number) for part in way]
            leaves = [leaf for part, _ in tried for leaf in part]
            if all(fits for _, fits in tried):
                return leaves, True
            found = leaves if len(found) == 1 else found
        return found, False

    def _page(self, slide: Slide, number: int) -> tuple[SlidePage, list[Problem]]:
        bound = self.layouts[slide.layout]
        problems = _title_problems(slide, bound, number)
        placed: dict[str, tuple[PlacedPiece, ...]] = {}
        spots = self._areas(slide)
        for name, blocks in slide.slots.items():
            pieces, excess = stack(blocks, spots[name], self.look)
            alone = spots[name].area.x < bound.spots[name].area.x
            placed[name] = _centred(pieces, spots[name]) if alone else tuple(pieces)
            if excess:
                problems.append(
                    _excess(slide, number, f"slot '{name}'", excess, runs=tuple(runs_of(blocks)), text=words_of(blocks))
                )
                continue
            for piece in pieces:
                problems += _figure_problems(piece, slide, number, name, self.look)
        return SlidePage(slide, bound, placed), problems

    def _areas(self, slide: Slide) -> dict[str, Spot]:
        """The layout's spots: each with the room of empty ones, a note as high as its words, the rest above it."""
        bound = self.layouts[slide.layout]
        spots = dict(bound.spots)
        empty = {name: [o for o in others if o not in slide.slots] for name, others in bound.spec.takes.items()}
        for name, others in empty.items():
            for other in others:
                if spots[other].area.right <= spots[name].area.x + 1:
                    right = spots[name].area.right
                    x = spots[other].area.x
                    spots[name] = replace(spots[name], area=replace(spots[name].area, x=x, width=right - x))
        if "note" in spots and "note" in slide.slots:
            note = spots["note"]
            ceiling = min(spot.area.y for spot in bound.spots.values())
            high = min(stack_height(slide.slots["note"], note, self.look), note.area.bottom - ceiling)
            top = note.area.bottom - high
            spots["note"] = replace(note, area=replace(note.area, y=top, height=high))
        for name in bound.spec.takes:
            if name == "note":
                continue
            area = spots[name].area
            below = [spots[other].area for other in bound.spec.takes[name] if spots[other].area.y > area.y + GAP]
            for other in below:
                bottom = other.bottom if "note" in empty[name] else other.y - GAP
                spots[name] = replace(spots[name], area=replace(area, height=max(0.0, bottom - area.y)))
        return spots


def _title_problems(slide: Slide, bound: Bound, number: int) -> list[Problem]:
    excess = title_excess(slide.title, bound)
    return [_excess(slide, number, "title", excess, runs=slide.title)] if excess > 0.5 else []


def title_excess(title: Runs, bound: Bound) -> float:
    """By how many points a title is too high for its place."""
    style = bound.title.style
    _, top, _, bottom = style.insets
    line = style.size * metrics(style.font).line * style.spacing
    return title_lines(title, bound) * line - (bound.title.area.height - top - bottom)


def title_lines(title: Runs, bound: Bound) -> int:
    """How many lines a title takes in its place."""
    style = bound.title.style
    left, _, right, _ = style.insets
    width = bound.title.area.width - left - right
    return metrics(style.font).lines(title, style.size, width, strong=style.strong, caps=style.caps)


def _centred(pieces: Sequence[PlacedPiece], spot: Spot) -> tuple[PlacedPiece, ...]:
    """Pieces that have the slide to themselves, moved down so that a third of the free height is above them."""
    low = max((p.area.bottom for p in pieces), default=spot.area.y)
    shift = max(0.0, spot.area.bottom - low) / 3
    return tuple(replace(p, area=replace(p.area, y=p.area.y + shift)) for p in pieces)


def _figure_problems(placed: PlacedPiece, slide: Slide, number: int, slot: str, look: DeckLook) -> list[Problem]:
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
            if figure.chart:
                paper = Paper(placed.area.width, placed.area.height, "", look)
                if too_narrow(figure.chart, paper):
                    message = f"{where} holds a chart whose labels leave too little width for its values"
                    return [error(origin, "DECK04", message, "shorten the labels at its bars or points")]
                short = needed_height(figure.chart, paper) - placed.area.height
                if short > 0.5:
                    return [_excess(slide, number, f"the chart in slot '{slot}'", short)]
        case _:
            pass
    return []


def title_problems(slides: Iterable[Slide]) -> list[Problem]:
    """Titles that stand on more than one slide."""
    seen: dict[str, int] = {}
    problems: list[Problem] = []
    for number, slide in enumerate(slides, start=1):
        title = squeezed(plain(slide.title)).casefold()
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
    line = squeezed(text.split("\n", 1)[0])
    return line if len(line) <= 40 else f"{line[:39]}…"


def _name(slide: Slide) -> str:
    text = squeezed(plain(slide.title))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _origin(slide: Slide) -> Origin:
    found = first_origin((*slide.title, *runs_of(slide.blocks()), *slide.source))
    return found or Origin("deck")
