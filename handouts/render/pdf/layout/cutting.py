"""What cutting words would bring: boxes and the points that they are too high in, how many words to cut out.

Words are cut as an author would, from the end backwards; a heading goes when nothing is left below it. Figures with
their captions and lines to write on stay.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from handouts.render.pdf.layout.boxes import LayoutBox, Text, count_words, gap, stack_height
from handouts.render.pdf.layout.containers import GridRow, Panel, Stack
from handouts.render.pdf.layout.pictures import FigureBox
from handouts.render.pdf.layout.setting import Knobs
from handouts.render.pdf.layout.table import TableRow

_ALMOST = 1e-6


class Cut(Struct, frozen=True):
    """The points that a cut brings, the words that it takes, and the height of each box after it; 0 for one that is
    gone.
    """

    points: float
    words: int
    heights: tuple[float, ...]


def cut_stack(boxes: Sequence[LayoutBox], knobs: Knobs, excess: float) -> Cut:
    """Cut words from the end of boxes under each other until that brings `excess` points, or no words are left."""
    heights = [box.height(knobs) for box in boxes]
    points, words = 0.0, 0
    below_gone, at_head = True, True
    for index in reversed(range(len(boxes))):
        if points >= excess - _ALMOST:
            break
        box = boxes[index]
        caption = index > 0 and isinstance(boxes[index - 1], FigureBox)
        if caption or (box.flow.clings and not below_gone):
            below_gone, at_head = False, box.flow.clings
            continue
        freed, cut = _cut(box, knobs, excess - points)
        points, words = points + freed, words + cut
        gone = freed >= heights[index] - _ALMOST
        heights[index] = 0 if gone else heights[index] - freed
        if gone and index:
            points += knobs.space * gap(boxes[index - 1], box)
        # Above a heading, gone or not, begins what another one announces.
        below_gone = gone and (below_gone or at_head)
        at_head = box.flow.clings
    return Cut(points, words, tuple(heights))


def _cut(box: LayoutBox, knobs: Knobs, excess: float) -> tuple[float, int]:
    """The points that cutting words of one box brings, `excess` or more where they allow, and the words it takes."""
    match box:
        case Text():
            lines = min(len(box.lines), math.ceil(excess / box.style.leading - _ALMOST))
            return lines * box.style.leading, count_words(box.lines[len(box.lines) - lines :])
        case Stack() | Panel():
            columns = [(stack_height(box.boxes, knobs), box.boxes)]
        case GridRow():
            columns = [(stack_height(boxes, knobs), boxes) for boxes, _ in box.columns]
        case TableRow():
            columns = [(cell.height(knobs), [cell]) for cell, _ in box.cells]
        case _:
            return 0, 0
    highest = max((height for height, _ in columns), default=0)
    left, words = 0.0, 0
    for height, boxes in columns:
        cut = cut_stack(boxes, knobs, height - highest + excess)
        left, words = max(left, height - cut.points), words + cut.words
    # A box with nothing left in it goes with its padding.
    return box.height(knobs) if left <= _ALMOST else highest - left, words
