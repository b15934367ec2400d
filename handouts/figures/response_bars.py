"""Response bar: the exclusive parts of one group as one stacked bar, labelled directly. In: counts. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

from msgspec import Struct

from handouts.figures.drawing import line
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import Block, narrowest, spread, wrap
from handouts.figures.shapes import Bar, Chart, Figure, Measure, Path, Rect, Role, Shape

RESPONDED: tuple[Role, ...] = ("accent", "accent_mid", "accent_soft")
OTHERS: tuple[Role, ...] = ("unfilled", "faint", "rule")
BAR_HEIGHT = 24.0
CUT = 2.0
"""White gap in points between neighbouring parts."""
GAP = 9.0
NEAR, FAR = 7.0, 13.0
"""Room between bar and labels: straight ticks need little, slanted leaders more."""
OVERLAP = 8.0
"""A label that overlaps its part by this much, in points, is tied to it by an upright tick."""
LEADER = 0.8
"""Width of the pen that ties a label to its part."""
MOST_LINES = 4
HATCH = 5.0


class ResponsePart(Struct, frozen=True):
    """One exclusive part: its words, its count, the count in words ("12 people"). `responded` parts take the accent."""

    label: str
    count: int
    text: str
    responded: bool = True


class _Placed(Struct, frozen=True):
    block: Block
    x: float
    tick: float
    """Where its leader leaves the bar."""
    end: float
    """Where its leader meets the label."""


class _Sides(Struct, frozen=True):
    above: tuple[_Placed, ...]
    below: tuple[_Placed, ...]
    cost: float


def exclusive_parts(nested: Sequence[int], of: int) -> tuple[int, ...]:
    """Counts of exclusive parts from cumulative ones, best first: CR, VGPR or better, PR or better, … of `of` people.

    The last part is the rest of the group: (12, 30, 47) of 52 gives (12, 18, 17, 5). Raises ValueError when a category
    counts fewer people than the one within it, or more than there are.
    """
    steps = (0, *nested, of)
    if of < 1 or any(later < earlier for earlier, later in pairwise(steps)):
        raise ValueError(
            f"response counts {', '.join(map(str, nested))} of {of} do not nest: each must hold the one before"
        )
    return tuple(later - earlier for earlier, later in pairwise(steps))


@drawn_once
def response_parts(
    parts: Sequence[ResponsePart],
    *,
    of: int,
    width: float,
    measure: Measure,
    alt: str,
    title: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `parts`, best response first, as one bar `width` points wide that stands for all `of` people.

    Labels are set at `size` points beside their parts, below the bar while there is room and above it otherwise; a part
    of nobody gets no label. The figure's `chart` is the same as a stacked native chart, in percent.

    Raises ValueError when the parts do not add up to `of`, when there are more than three parts on either side of
    `responded`, or when no arrangement gives each label room.
    """
    if of < 1 or min((p.count for p in parts), default=-1) < 0 or sum(p.count for p in parts) != of:
        raise ValueError(f"parts of {', '.join(str(p.count) for p in parts)} people do not add up to {of}")
    fills = part_fills([p.responded for p in parts])
    sides = _arrange(parts, of, width, measure, size)
    top = _room(sides.above) or 0.5
    shapes: list[Shape] = []
    done = 0
    for part, fill in zip(parts, fills, strict=True):
        left, right = (width * n / of for n in (done, done + part.count))
        done += part.count
        if part.count:
            cut = min(CUT / 2, (right - left) / 4)
            shapes += _bar_part(left + (cut if left else 0), right - (cut if done < of else 0), top, fill)
    shapes += _labelled(sides.above, top, -1)
    shapes += _labelled(sides.below, top + BAR_HEIGHT, 1)
    bars = tuple(Bar(p.label, 100 * p.count / of, p.text, main=p.responded) for p in parts)
    return Figure(
        kind="part_bar",
        width=width,
        height=top + BAR_HEIGHT + (_room(sides.below) or 0.5),
        shapes=tuple(shapes),
        alt=alt,
        data=tuple((p.label, str(p.count), str(of)) for p in parts),
        chart=Chart(title, bars, stacked=True),
    )


def part_fills(responded: Sequence[bool]) -> list[Role]:
    """The fill of each part of a bar, in order: shades of the accent for those that responded, greys for the others.

    Raises ValueError for more than three parts on either side.
    """
    fills: list[Role] = []
    for i, one in enumerate(responded):
        row = RESPONDED if one else OTHERS
        rank = list(responded[:i]).count(one)
        if rank >= len(row):
            raise ValueError(
                f"a response bar tells {len(row)} parts of a kind apart; join some of the {len(responded)} given"
            )
        fills.append(row[rank])
    return fills


def _bar_part(left: float, right: float, top: float, fill: Role) -> list[Shape]:
    wide = right - left
    # A copier may turn every light grey to white: dark edges and stripes stay.
    edge = "accent" if fill in RESPONDED else "muted"
    if fill != "unfilled" or wide < HATCH:
        pen = min(0.9, wide / 2)
        return [
            Rect(left + pen / 2, top + pen / 2, wide - pen, BAR_HEIGHT - pen, fill=fill, stroke=edge, stroke_width=pen)
        ]
    x, y, w, h = left + 0.5, top + 0.5, wide - 1, BAR_HEIGHT - 1
    stripes: tuple[tuple[str | float, ...], ...] = ()
    for i in range(1, int((w + h) / HATCH) + 1):
        start, end = max(0.0, i * HATCH - w), min(i * HATCH, h)
        stripes += line((x + i * HATCH - start, y + start), (x + i * HATCH - end, y + end))
    return [
        Rect(x, y, w, h, fill=fill),
        Path(stripes, stroke="muted", stroke_width=0.5),
        Rect(x, y, w, h, stroke=edge),
    ]


def _arrange(parts: Sequence[ResponsePart], of: int, width: float, measure: Measure, size: float) -> _Sides:
    starts = [sum(p.count for p in parts[:i]) * width / of for i in range(len(parts))]
    shown = [(p, x, p.count * width / of) for p, x in zip(parts, starts, strict=True) if p.count]
    best: _Sides | None = None
    for lines in range(1, MOST_LINES + 1):
        blocks = [_block(p, lines, width, measure, size) for p, _, _ in shown]
        for raised in product((False, True), repeat=len(shown)):
            placed = [_side(blocks, shown, width, [r is up for r in raised]) for up in (True, False)]
            if placed[0] is None or placed[1] is None:
                continue
            (above, moved_above), (below, moved_below) = placed[0], placed[1]
            cost = _room(above) + _room(below) + moved_above + moved_below + 6 * sum(raised)
            if best is None or cost < best.cost:
                best = _Sides(above, below, cost)
    if best is None:
        raise ValueError(
            f"{len(shown)} labels do not fit a bar {width:.0f} pt wide at {size:g} pt; shorten their words"
        )
    return best


def _block(part: ResponsePart, lines: int, width: float, measure: Measure, size: float) -> Block:
    value = narrowest(part.text, size, 1, width, measure, strong=True)
    if not part.label:
        return value
    words = narrowest(part.label, size, lines, width, measure)
    return value.over(wrap(part.label, size, max(value.width, words.width), measure))


def _side(
    blocks: Sequence[Block], shown: Sequence[tuple[ResponsePart, float, float]], width: float, here: Sequence[bool]
) -> tuple[tuple[_Placed, ...], float] | None:
    """The labels of one side in order, and how far from their parts they had to move in points; None without room."""
    chosen = [(b, x, w) for b, (_, x, w), on in zip(blocks, shown, here, strict=True) if on]
    wanted = [x if b.width <= w else x + w / 2 - b.width / 2 for b, x, w in chosen]
    xs = spread(wanted, [b.width for b, _, _ in chosen], 0, width, GAP)
    if xs is None:
        return None
    placed = tuple(_Placed(b, x, *_leader(b, x, px, w, width)) for (b, px, w), x in zip(chosen, xs, strict=True))
    return placed, sum(abs(x - want) for x, want in zip(xs, wanted, strict=True)) * 0.4


def _leader(block: Block, x: float, left: float, wide: float, width: float) -> tuple[float, float]:
    """Upright where label and part overlap enough, else slanted from the middle of the part to the label's near end.

    Its pen stays within the figure, however narrow a part at an end is.
    """
    low, high = max(left, x), min(left + wide, x + block.width)
    if high - low >= min(OVERLAP, wide):
        middle = min(max((low + high) / 2, LEADER / 2), width - LEADER / 2)
        return middle, middle
    inset = min(OVERLAP, block.width / 2)
    middle = min(max(left + wide / 2, LEADER / 2), width - LEADER / 2)
    return middle, min(max(middle, x + inset), x + block.width - inset)


def _gap(side: tuple[_Placed, ...]) -> float:
    return NEAR if all(p.tick == p.end for p in side) else FAR


def _room(side: tuple[_Placed, ...]) -> float:
    """Points that the labels of a side and their leaders take."""
    return _gap(side) + max(p.block.height for p in side) if side else 0.0


def _labelled(side: tuple[_Placed, ...], edge: float, down: int) -> list[Shape]:
    shapes: list[Shape] = []
    for p in side:
        gap = _gap(side)
        ends = (p.tick, edge + 1.5 * down), (p.end, edge + (gap - 1) * down)
        shapes.append(Path(line(*ends), stroke="muted", stroke_width=LEADER))
        shapes += p.block.labels(p.x, edge + gap if down > 0 else edge - gap - p.block.height)
    return shapes
