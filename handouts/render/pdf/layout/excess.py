"""What to say when boxes do not fit their pages: each block past the end, by how much, and what would make it fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from handouts.plan.blocks import Block
from handouts.plan.leaving_out import first_of, without
from handouts.plan.text import first_origin
from handouts.problems import Origin, Problem, ProblemsError, error
from handouts.render.pdf.layout.boxes import Flow, LayoutBox, heights_of, page_starts, running_edges
from handouts.render.pdf.layout.cutting import cut_stack
from handouts.render.pdf.layout.setting import MM, NOWHERE, Knobs, quoted

T = TypeVar("T")

_ROUND_TO = 5
"""Numbers of words are told in steps of so many."""
_TRIES = 12
"""How often a cut is made larger: boxes that cannot be parted leave holes, so that the first may not be enough."""


class TooLongError(ProblemsError):
    """Raised when boxes do not fit: `excess` says how many points at the least they go past `end`."""

    def __init__(self, problems: Iterable[Problem], excess: float, end: str) -> None:
        super().__init__(problems)
        self.excess = excess
        self.end = end


def too_long(boxes: Sequence[LayoutBox], room: float, pages: int, knobs: Knobs, end: str) -> TooLongError:
    """What to raise for boxes that do not fit on `pages` pages of `room` points, filled as tightly as `knobs` do.

    FIT02 names each part that is higher than a page and cannot be parted; where there is none, FIT01 names each block
    that ends past the last page. Both say the excess in millimetres and about how many words to cut.
    """
    edges = running_edges(boxes, heights_of(boxes, knobs), knobs)
    too_high: list[tuple[float, Problem]] = []
    for start, stop in pairwise(page_starts(boxes)):
        excess = edges[stop - 1][1] - edges[start][0] - _room_from(boxes[start], room, knobs)
        if excess > 1e-6:
            too_high.append((excess, _too_high(boxes[start:stop], excess, knobs, end)))
    if too_high:
        most = max(edges[-1][1] - pages * room, *(excess for excess, _ in too_high))
        return TooLongError((problem for _, problem in too_high), most, end)
    start, foot = _filled(boxes, edges, room, pages, knobs)
    excess = edges[-1][1] - foot
    advice = _advice(_words_to_cut(boxes, room, pages, knobs, excess), excess, "here or before")
    past = [(box.flow, bottom - foot) for box, (_, bottom) in zip(boxes[start:], edges[start:], strict=True)]
    return TooLongError(_past_the_end(past, excess, end, advice), excess, end)


def _past_the_end(past: Sequence[tuple[Flow, float]], excess: float, end: str, advice: str) -> list[Problem]:
    found: dict[tuple[str, Origin | None], Problem] = {}
    for flow, over in past:
        what = f"{flow.says or 'a block'} ends {_mm(over)} mm past {end}; the text is {_mm(excess)} mm too long"
        found[(flow.says, flow.origin)] = error(flow.origin or NOWHERE, "FIT01", what, advice)
    return list(found.values())


def _too_high(boxes: Sequence[LayoutBox], excess: float, knobs: Knobs, end: str) -> Problem:
    """What is wrong where boxes that may not be parted are `excess` points higher than a page."""
    highest = max(boxes, key=lambda box: box.height(knobs)).flow
    what = f"{highest.says or 'a block'} is {_mm(excess)} mm too high for the room above {end} and cannot be parted"
    cut = cut_stack(boxes, knobs, excess)
    advice = _advice(cut.words if cut.points >= excess - 1e-6 else None, excess, "in it")
    return error(highest.origin or NOWHERE, "FIT02", what, f"{advice}, or split it into several blocks")


def laid_out(
    blocks: Sequence[Block], lay_out: Callable[[Sequence[Block]], T], *, clinic_file: str, leading: float
) -> T:
    """What `lay_out` makes of the blocks. `leading` is the height of a line in points.

    Raises its ProblemsError. When that is a TooLongError and all would fit without the words of `clinic_file`, another
    problem names them, since the blocks past the end are then not those that grew.
    """
    try:
        return lay_out(blocks)
    except TooLongError as bad:
        rest = without(blocks, clinic_file)
        if rest == tuple(blocks) or not _fits(rest, lay_out):
            raise
        raise TooLongError([*bad.problems, _clinic(blocks, clinic_file, bad, leading)], bad.excess, bad.end) from None


def _fits(blocks: Sequence[Block], lay_out: Callable[[Sequence[Block]], object]) -> bool:
    try:
        lay_out(blocks)
    except ProblemsError:
        return False
    return True


def _clinic(blocks: Sequence[Block], file: str, bad: TooLongError, leading: float) -> Problem:
    first = first_of(blocks, file)
    what = f"{quoted(first)} and the clinic's other words take the text {_mm(bad.excess)} mm past {bad.end}"
    lines = math.ceil(bad.excess / leading)
    advice = f"shorten them by about {lines} line{'s' if lines > 1 else ''}; without them all fits"
    return error(first_origin(first) or NOWHERE, "FIT01", what, advice)


def _filled(
    boxes: Sequence[LayoutBox], edges: list[tuple[float, float]], room: float, pages: int, knobs: Knobs
) -> tuple[int, float]:
    """Fill each page as far as it goes: the first box past the last page, and where among the edges that page ends."""
    starts = page_starts(boxes)
    start, foot = 0, 0.0
    for _ in range(pages):
        if start == len(boxes):
            break
        foot = edges[start][0] + _room_from(boxes[start], room, knobs)
        start = max(stop for stop in starts if stop == start or (stop > start and edges[stop - 1][1] <= foot))
    return start, foot


def _room_from(first: LayoutBox, room: float, knobs: Knobs) -> float:
    """The room of a page that begins with this box, below a header that stands again."""
    return room - (first.flow.header.height(knobs) if first.flow.header else 0)


def _words_to_cut(boxes: Sequence[LayoutBox], room: float, pages: int, knobs: Knobs, excess: float) -> int | None:
    """How many words to cut so that the rest fits; None when cutting words alone does not help."""
    wanted = excess
    for _ in range(_TRIES):
        cut = cut_stack(boxes, knobs, wanted)
        if cut.points < wanted - 1e-6:
            return None
        left = [(box, height) for box, height in zip(boxes, cut.heights, strict=True) if height > 0]
        rest = [box for box, _ in left]
        edges = running_edges(rest, [height for _, height in left], knobs)
        start, foot = _filled(rest, edges, room, pages, knobs)
        if start == len(rest):
            return cut.words
        wanted += max(edges[-1][1] - foot, 1.0)
    return None


def _advice(words: int | None, excess: float, where: str) -> str:
    if words is None:
        return f"take out {_mm(excess)} mm of figures, lines to write on or whole blocks {where}"
    return f"cut about {math.ceil(words / _ROUND_TO) * _ROUND_TO} words {where}"


def _mm(points: float) -> int:
    return math.ceil(points / MM - 1e-6)
