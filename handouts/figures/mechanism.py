"""Drawings of how a medicine works, by name. In: the words of the labels and a width. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from handouts.figures.drawing import Point, line
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import Block, even, least_width
from handouts.figures.proteasome import (
    CAPSULE_TIP,
    CRUMBS_SIDE_TIP,
    CRUMBS_TIP,
    HEAP_SIDE_TIP,
    HEAP_TIP,
    STRAND_SIDE_TIP,
    STRAND_TIP,
    TALL,
    WIDE,
    Stage,
    barrel,
    capsule,
    crumbs,
    dying_cell,
    healthy_cell,
    heap,
    strand_going_in,
    waiting_waste,
)
from handouts.figures.shapes import Figure, Measure, Path, Shape
from handouts.model.picture import LABELS, SUBJECT_LABELS, Drawing

GUTTER, WIDE_GUTTER = 24.0, 36.0
"""Room for the arrow between the two states, in points."""
GAP = 5.0
NOTCH = 12.0
BESIDE = 400.0
"""From this width in points the labels stand beside the cells, below it above and under them."""
LEAST_WIDTH = 196.0
CELL_WIDTH, LEAST_CELL = 148.0, 100.0

Maker = Callable[[Mapping[str, str], str, float, Measure, float], Figure]


def mechanism(
    name: Drawing, labels: Mapping[str, str], *, alt: str, width: float, measure: Measure, size: float = 10.5
) -> Figure:
    """Draw what is called `name`, `width` points wide, its `labels` (`LABELS`, `SUBJECT_LABELS`) at `size` points.

    Raises ValueError for other labels than the drawing's, a width below 196 pt, or words with no room.
    """
    known = *LABELS[name], SUBJECT_LABELS[name]
    if set(labels) != set(known):
        raise ValueError(f"the drawing '{name}' has the labels {', '.join(known)}, not {', '.join(labels)}")
    if width < LEAST_WIDTH:
        raise ValueError(f"the drawing '{name}' needs a width of {LEAST_WIDTH:.0f} pt, not {width:.0f}")
    return DRAWINGS[name](labels, alt, width, measure, size)


class _Labels(Struct, frozen=True):
    """Those of `LABELS`, and the medicine's name."""

    working: str
    waste: str
    recycled: str
    blocked: str
    pile_up: str
    medicine: str


def _proteasome_inhibitor(labels: Mapping[str, str], alt: str, width: float, measure: Measure, size: float) -> Figure:
    return _cells(_Labels(**labels), alt, width, measure, size)


@drawn_once
def _cells(words: _Labels, alt: str, width: float, measure: Measure, size: float) -> Figure:
    longest = max(least_width(t, size, measure) for t in (words.waste, words.recycled, words.pile_up))
    cell = min(CELL_WIDTH, (width - WIDE_GUTTER) * 0.31, (width - WIDE_GUTTER) / 2 - NOTCH - longest)
    if width >= BESIDE and cell >= LEAST_CELL:
        height, shapes = _beside(words, width, cell, measure, size)
    else:
        height, shapes = _stacked(words, width, measure, size)
    return Figure(
        kind="picture",
        width=width,
        height=height,
        shapes=tuple(shapes),
        alt=alt,
        data=tuple((text,) for text in _in_order(words)),
    )


def _in_order(words: _Labels) -> tuple[str, ...]:
    return words.working, words.waste, words.recycled, words.blocked, words.medicine, words.pile_up


DRAWINGS: dict[Drawing, Maker] = {"proteasome-inhibitor": _proteasome_inhibitor}
"""Name in `topic.yaml` → how it is drawn."""


def _stacked(words: _Labels, width: float, measure: Measure, size: float) -> tuple[float, list[Shape]]:
    panel = (width - GUTTER) / 2
    scale = min(panel, CELL_WIDTH) / WIDE
    inset = (panel - WIDE * scale) / 2
    working, blocked, medicine = (
        even(t, size, panel, measure, strong=True) for t in (words.working, words.blocked, words.medicine)
    )
    waste, recycled, pile = (even(t, size, panel, measure) for t in (words.waste, words.recycled, words.pile_up))
    top = max(working.height + waste.height, blocked.height + medicine.height) + 2 + GAP
    foot = top + TALL * scale + GAP
    left, right = Stage(inset, top, scale), Stage(panel + GUTTER + inset, top, scale)
    near, far = panel / 2, panel + GUTTER + panel / 2
    shapes = [
        *_states(left, right),
        *_arrow(panel + GUTTER / 2, top + TALL * scale / 2, GUTTER - 7),
        _upright(near, waste, top - GAP + 1, left.at(STRAND_TIP)),
        _upright(near, recycled, foot - 1, left.at(CRUMBS_TIP)),
        _upright(far, medicine, top - GAP + 1, right.at(CAPSULE_TIP)),
        _upright(far, pile, foot - 1, right.at(HEAP_TIP)),
        *working.labels(near, 0, anchor="middle"),
        *waste.labels(near, top - GAP - waste.height, anchor="middle"),
        *recycled.labels(near, foot, anchor="middle"),
        *blocked.labels(far, 0, anchor="middle"),
        *medicine.labels(far, top - GAP - medicine.height, anchor="middle", fill="accent"),
        *pile.labels(far, foot, anchor="middle"),
    ]
    return foot + max(recycled.height, pile.height), shapes


def _beside(words: _Labels, width: float, cell: float, measure: Measure, size: float) -> tuple[float, list[Shape]]:
    side = (width - WIDE_GUTTER) / 2 - cell - NOTCH
    scale = cell / WIDE
    working, blocked, medicine = (
        even(t, size, cell + WIDE_GUTTER - GAP, measure, strong=True)
        for t in (words.working, words.blocked, words.medicine)
    )
    waste, recycled, pile = (even(t, size, side, measure) for t in (words.waste, words.recycled, words.pile_up))
    top = max(working.height, blocked.height + 2 + medicine.height) + 2 * GAP
    left, right = Stage(side + NOTCH, top, scale), Stage(side + NOTCH + cell + WIDE_GUTTER, top, scale)
    bottom = top + TALL * scale
    near, far = left.x + cell / 2, right.x + cell / 2
    end = width - side
    strand, parts, stack = left.at(STRAND_SIDE_TIP), left.at(CRUMBS_SIDE_TIP), right.at(HEAP_SIDE_TIP)
    waste_top = max(top, strand[1] - waste.height / 2)
    recycled_top = max(waste_top + waste.height + GAP, min(parts[1], bottom) - recycled.height / 2)
    pile_top = max(top, stack[1] - pile.height / 2)
    shapes = [
        *_states(left, right),
        *_arrow(width / 2, (top + bottom) / 2, WIDE_GUTTER - 14),
        _leader((side + 3, waste_top + waste.height / 2), strand),
        _leader((side + 3, recycled_top + recycled.height / 2), parts),
        _upright(far, medicine, top - 2 * GAP + 1, right.at(CAPSULE_TIP)),
        _leader((end - 3, pile_top + pile.height / 2), stack),
        *working.labels(near, 0, anchor="middle"),
        *waste.labels(side, waste_top, anchor="end"),
        *recycled.labels(side, recycled_top, anchor="end"),
        *blocked.labels(far, top - 2 * GAP - medicine.height - 2 - blocked.height, anchor="middle"),
        *medicine.labels(far, top - 2 * GAP - medicine.height, anchor="middle", fill="accent"),
        *pile.labels(end, pile_top),
    ]
    return max(bottom, recycled_top + recycled.height, pile_top + pile.height), shapes


def _states(left: Stage, right: Stage) -> list[Shape]:
    return [
        *healthy_cell(left),
        *waiting_waste(left),
        *barrel(left, strand_going_in(left)),
        *crumbs(left),
        *dying_cell(right),
        *barrel(right, capsule(right)),
        *heap(right),
    ]


def _arrow(x: float, y: float, long: float) -> list[Shape]:
    start, tip, barb = x - long / 2, x + long / 2, long * 0.34
    head = line((tip - barb, y - barb), (tip, y), (tip - barb, y + barb))
    return [Path((*line((start, y), (tip, y)), *head), stroke="muted", stroke_width=2.2)]


def _leader(start: Point, end: Point) -> Shape:
    return Path(line(start, end), stroke="muted", stroke_width=0.8)


def _upright(middle: float, label: Block, y: float, end: Point) -> Shape:
    """A leader from the label centred at `middle`, as upright as its width lets it be."""
    reach = max(0.0, label.width / 2 - 6)
    return _leader((min(max(end[0], middle - reach), middle + reach), y), end)
