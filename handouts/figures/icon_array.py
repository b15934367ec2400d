"""Icon array: a count of people out of a group, one disc each, and its key. In: two counts, words. Out: a `Figure`."""

from __future__ import annotations

from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import LEADING, even
from handouts.figures.shapes import Ellipse, Figure, Measure, Shape

PER_ROW = 10
MOST = 300
WIDEST_PITCH = 18.0
NARROWEST_PITCH = 12.0
AISLE = 0.35
"""Extra room after the fifth disc of a row, in parts of the pitch: fives are counted at a glance."""
DISC = 0.84
"""Diameter of a disc in parts of the pitch."""
PEN = 1.0
GAP, ENTRY_GAP = 5.0, 12.0
"""Room above the key, and between its two entries."""
BESIDE = 4.0


@drawn_once
def icon_array(
    count: int,
    of: int,
    *,
    width: float,
    measure: Measure,
    alt: str,
    key: tuple[str, str],
    data: tuple[tuple[str, ...], ...] = (),
    size: float = 10.5,
) -> Figure:
    """Draw `of` people as discs in rows of ten, the first `count` of them filled, the others in outline.

    Outlined discs are those not counted; what became of these people may be unknown. `key` says below what the filled
    and what the outlined are. `width` is the room in points; discs grow with it up to 15 pt, and the figure is no wider
    than it needs. `data` replaces the default row of the two counts.

    Raises ValueError when the counts do not fit each other, `of` is above 300, ten discs do not fit `width`, or a word
    of the key does not.
    """
    if not 0 <= count <= of or of < 1:
        raise ValueError(f"an icon array needs 0 ≤ count ≤ of and of ≥ 1, not {count} of {of}")
    if of > MOST:
        raise ValueError(f"an icon array shows at most {MOST} people, not {of}")
    pitch = min(width / (PER_ROW + AISLE), WIDEST_PITCH)
    if pitch < NARROWEST_PITCH:
        least = NARROWEST_PITCH * (PER_ROW + AISLE)
        raise ValueError(f"ten people in a row need a width of {least:.0f} pt, not {width:.0f}")
    shapes: list[Shape] = []
    for i in range(of):
        column = i % PER_ROW
        left = column * pitch + (pitch * AISLE if column >= PER_ROW // 2 else 0)
        shapes.append(_disc(left + pitch / 2, (i // PER_ROW + 0.5) * pitch, pitch * DISC / 2, filled=i < count))
    foot = -(-of // PER_ROW) * pitch
    entries = [(filled, words) for filled, words in zip((True, False), key, strict=True) if filled or count < of]
    drawn, height, right = _key(entries, foot + GAP, width, measure, size)
    return Figure(
        kind="icon_array",
        width=max(pitch * (PER_ROW + AISLE), right),
        height=height,
        shapes=(*shapes, *drawn),
        alt=alt,
        data=data or ((str(count), str(of)),),
    )


def _disc(x: float, y: float, radius: float, *, filled: bool) -> Ellipse:
    inner = radius - PEN / 2
    fill, stroke = ("accent", "accent") if filled else ("unfilled", "muted")
    return Ellipse(x, y, inner, inner, fill=fill, stroke=stroke, stroke_width=PEN)


def _key(
    entries: list[tuple[bool, str]], top: float, width: float, measure: Measure, size: float
) -> tuple[list[Shape], float, float]:
    """A disc of each kind and what it stands for, in one row where there is room; where that ends below and right."""
    side = size * 0.95
    indent = side + BESIDE
    names = [(filled, even(words, size, width - indent, measure)) for filled, words in entries]
    one_row = sum(indent + name.width for _, name in names) + ENTRY_GAP * (len(names) - 1) <= width
    one_row = one_row and all(len(name.lines) == 1 for _, name in names)
    shapes: list[Shape] = []
    x, y, right = 0.0, top, 0.0
    for filled, name in names:
        shapes.append(_disc(x + side / 2, y + size * LEADING / 2, side / 2, filled=filled))
        shapes += name.labels(x + indent, y)
        right = max(right, x + indent + name.width)
        x, y = (x + indent + name.width + ENTRY_GAP, y) if one_row else (0.0, y + name.height)
    return shapes, y + (size * LEADING if one_row else 0), right
