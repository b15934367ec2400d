"""Plan slides → pages that fit: known layouts and slots, measured blocks, split where they overflow.

Out are `SlidePage` values with every piece placed, and all that does not fit and by how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import Block, FigureBlock, Grid, Heading, Paragraph, Picture, Table, runs_of, walk, words_of
from handouts.plan.cutting import passages_in, shortened, without_words
from handouts.plan.documents import Deck, Slide
from handouts.plan.shortening import Enough, counted, of_texts, several_texts, shorter_texts, span
from handouts.plan.text import Run, Runs, first_origin, plain, squeezed
from handouts.problems import Origin, Problem, choose_from, error
from handouts.render.pptx.layout.areas import areas
from handouts.render.pptx.layout.chart_room import needed_height, too_narrow
from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.layout.covers import as_details, ways
from handouts.render.pptx.layout.paragraphs import SCHEMES, Para, allowed
from handouts.render.pptx.layout.pieces import (
    Drawn,
    PlacedPiece,
    TextPiece,
    insets,
    kind_of,
    stack,
    too_small,
)
from handouts.render.pptx.layout.split import numbered, ways_to_part
from handouts.render.pptx.layout.titles import title_excess
from handouts.render.pptx.layout.whole_words import kept_whole
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.layouts import known_slots
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics

MM = 25.4 / 72
TEXT_KINDS = ("body", "subTitle")
"""Placeholders that hold text alone."""


class SlidePage(Struct, frozen=True):
    """One slide as it will be drawn: its plan, its layout, and the placed pieces of each slot in reading order."""

    slide: Slide
    bound: Bound
    placed: dict[str, tuple[PlacedPiece, ...]]


class SlidePages(Struct, frozen=True):
    """The pages of a deck, and what is wrong with them."""

    pages: tuple[SlidePage, ...]
    problems: tuple[Problem, ...]


def paginated(deck: Deck, layouts: Mapping[str, Bound], look: DeckLook, *, advised: bool = False) -> SlidePages:
    """The pages of a deck with what is wrong with them: unknown layouts and slots, links that a deck may not hold,
    duplicate titles, and text, tables and figures that do not fit their place, each with the excess in millimetres.

    Where it is to be `advised`, what makes a slide fit is tried: how many words to cut, and of which text.
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
        routed = _route(slide, layouts[slide.layout])
        made, wrong = maker.pages(routed, number)
        pages += made
        problems += maker.advised(routed, number, wrong, deck.meta.clinic_file) if advised else wrong
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
            text_only = spec.slot(slot).kind in TEXT_KINDS and "picture" in spec.routes
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
        # A title slide has no place of its own for it.
        slots["source" if "source" in slots else spec.routes["text"]].append(Paragraph(slide.source, "source"))
    for slot, other in spec.gives_way.items():
        if slot not in bound.spots:
            blocks = slots.pop(slot)
            slots[other] += as_details(blocks) if slot == "details" else blocks
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
        other = self.layouts[slide.layout].spec.else_as
        moved = bool(other) and not self._has_places(slide)
        page, problems = self._page(slide, number) if moved else self._set_out(slide, number)
        if other and (problems or moved):
            blocks = {name: held for name, held in slide.slots.items() if name != "source"}
            return self.pages(_route(replace(slide, layout=other, slots=blocks), self.layouts[other]), number)
        if not problems:
            return [page], []
        if (tabled := _with_tables(slide)) != slide:
            return self.pages(tabled, number)
        slides, _ = self._leaves(slide, number)
        if len(slides) == 1:
            return [page], problems
        made = [self._page(part, number) for part in numbered(slides, self.language)]
        return [one for one, _ in made], [problem for _, wrong in made for problem in wrong]

    def _set_out(self, slide: Slide, number: int) -> tuple[SlidePage, list[Problem]]:
        """The page of a slide, a cover on a stranger's template in the first way in which it fits."""
        bound = self.layouts[slide.layout]
        found = self._page(slide, number) if bound.room is None else None
        for way in () if bound.room is None else ways(slide, bound, self.look):
            found = self._page(way.slide, number, way.bound)
            if not found[1]:
                break
        return found or self._page(slide, number)

    def advised(self, slide: Slide, number: int, problems: list[Problem], clinic_file: str) -> list[Problem]:
        """The problems of a slide; in place of what is too high for it, once, what to cut of which of its texts."""
        if not any(one.code == _TOO_HIGH for one in problems):
            return problems

        def enough(cuts: Mapping[Origin, int]) -> bool:
            return not self.pages(_cut(slide, cuts), number)[1]

        passages = passages_in(_texts_of(slide))
        own = [one for one in passages if one.origin.file == clinic_file]
        if own and not self.pages(_cut(slide, {one.origin: len(one) for one in own}), number)[1]:
            passages = own
        tries = _Tries(enough)
        if ways := shorter_texts(tries, passages, tries.enough):
            advice, where = of_texts(ways[:2]), ways[0].passage.origin
        elif several := several_texts(tries, passages, [len(passages) - 1], tries.enough):
            advice, where = f"cut about {counted(several.words)} on this slide{span(several)}", several.passage.origin
        else:
            # The parts of one slide have one foot.
            return list({one.message.rpartition("': ")[2]: one for one in reversed(problems)}.values())[::-1]
        first = next(one for one in problems if one.code == _TOO_HIGH)
        return [replace(first, origin=where, instead=advice), *(one for one in problems if one.code != _TOO_HIGH)]

    def _has_places(self, slide: Slide) -> bool:
        """Whether what is drawn on a slide has placeholders that can hold it."""
        spots = self.layouts[slide.layout].spots
        return all(
            spots[name].kind not in TEXT_KINDS or all(kind_of(block) == "text" for block in blocks)
            for name, blocks in slide.slots.items()
        )

    def _leaves(self, slide: Slide, number: int) -> tuple[list[Slide], bool]:
        """The slide, or the parts that it must be split into; and whether all of them fit."""
        if not self._page(slide, number)[1]:
            return [slide], True
        found = [slide]
        for way in ways_to_part(slide, areas(slide, self.layouts[slide.layout], self.look), self.look):
            tried = [self._leaves(part, number) for part in way]
            leaves = [leaf for part, _ in tried for leaf in part]
            if all(fits for _, fits in tried):
                return leaves, True
            found = leaves if len(found) == 1 else found
        return found, False

    def _page(self, slide: Slide, number: int, bound: Bound | None = None) -> tuple[SlidePage, list[Problem]]:
        bound = bound or self.layouts[slide.layout]
        problems = _title_problems(slide, bound, number) + _eyebrow_problems(slide, bound, number)
        placed: dict[str, tuple[PlacedPiece, ...]] = {}
        spots = areas(slide, bound, self.look)
        for name, blocks in slide.slots.items():
            pieces, excess = stack(blocks, spots[name], self.look)
            alone = spots[name].area.width > bound.spots[name].area.width + 1
            placed[name] = tuple(map(_whole, _centred(pieces, spots[name]) if alone else pieces))
            if excess:
                problems.append(
                    _excess(slide, number, f"slot '{name}'", excess, runs=tuple(runs_of(blocks)), text=words_of(blocks))
                )
                continue
            for piece in pieces:
                problems += _figure_problems(piece, slide, number, name, self.look)
        return SlidePage(slide, bound, placed), problems


_TOO_HIGH = "DECK04"
_MOST_TRIES = 120


class _Tries:
    """Counts what is tried of a slide."""

    def __init__(self, enough: Enough) -> None:
        self._enough = enough
        self._left = _MOST_TRIES

    @property
    def exhausted(self) -> bool:
        """Whether enough was tried."""
        return self._left <= 0

    def enough(self, cuts: Mapping[Origin, int]) -> bool:
        """Whether cutting so many words of each text is enough."""
        self._left -= 1
        return self._enough(cuts)


def _texts_of(slide: Slide) -> list[Block]:
    """What is read on a slide, in order."""
    return [Heading(1, slide.title), *slide.blocks()]


def _cut(slide: Slide, cuts: Mapping[Origin, int]) -> Slide:
    """The slide without so many words of each of its texts."""
    slots = {name: shortened(blocks, cuts) for name, blocks in slide.slots.items()}
    kept = {name: blocks for name, blocks in slots.items() if blocks}
    return replace(slide, title=without_words(slide.title, cuts) or slide.title, slots=kept)


def _whole(placed: PlacedPiece) -> PlacedPiece:
    """A text in which no number or name of a study is broken at a hyphen, since its line ends before it."""
    text = placed.piece
    if not isinstance(text, TextPiece):
        return placed
    left, _, right, _ = insets(text)
    font, room = metrics(text.style.font), placed.area.width - left - right

    def whole(para: Para) -> Para:
        runs = kept_whole(para.runs, para.size, room - para.indent, font, strong=para.strong, caps=text.style.caps)
        return para if runs is para.runs else replace(para, runs=runs)

    paras = tuple(map(whole, text.paras))
    return placed if paras == text.paras else replace(placed, piece=replace(text, paras=paras))


def _title_problems(slide: Slide, bound: Bound, number: int) -> list[Problem]:
    excess = title_excess(slide.title, bound)
    return [_excess(slide, number, "title", excess, runs=slide.title)] if excess > 0.5 else []


def _eyebrow_problems(slide: Slide, bound: Bound, number: int) -> list[Problem]:
    spot = bound.eyebrow
    if spot is None or not eyebrow(slide):
        return []
    font = metrics(spot.style.font)
    over = font.lines((Run(eyebrow(slide)),), spot.style.size, spot.area.width) - 1
    high = over * spot.style.size * font.pitch()
    return [_excess(slide, number, f"the name of its part, '{slide.section}',", high)] if over else []


def eyebrow(slide: Slide) -> str:
    """What stands above a slide's title: the part of the deck that it belongs to, unless the title says the same."""
    return "" if slide.section == plain(slide.title) else slide.section


def _centred(pieces: Sequence[PlacedPiece], spot: Spot) -> tuple[PlacedPiece, ...]:
    """Pieces that have the slide to themselves, moved down so that a third of the free height is above them."""
    low = max((p.area.bottom for p in pieces), default=spot.area.y)
    shift = max(0.0, spot.area.bottom - low) / 3
    return tuple(replace(p, area=replace(p.area, y=p.area.y + shift)) for p in pieces)


def _figure_problems(placed: PlacedPiece, slide: Slide, number: int, slot: str, look: DeckLook) -> list[Problem]:
    if not isinstance(placed.piece, Drawn):
        return []
    block = placed.piece.block
    origin = placed.piece.block.asked if isinstance(placed.piece.block, FigureBlock) else None
    origin = origin or _origin(slide)
    where = f"slide {number} '{_name(slide)}': slot '{slot}'"
    match block:
        case FigureBlock():
            figure = block.figure
            if too_small(figure, placed.area, look):
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
    elsewhere = "" if slide.layout == "Title Slide" else " or on two slides"
    of_sources = "give the sources that it names a short: in topic.yaml, or name fewer"
    return error(
        first_origin(runs) or _origin(slide),
        "DECK04",
        f"slide {number} '{_name(slide)}': {what} is {points * MM:.0f} mm ({points:.0f} pt) too high for its place"
        + (f", it begins '{_start(text)}'" if text else ""),
        of_sources if what == "slot 'source'" else f"say it in fewer words{elsewhere}",
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
