"""Response bar: the exclusive parts of one group as one stacked bar, with its key. In: counts. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from handouts.figures.drawing import line
from handouts.figures.drawn_once import drawn_once
from handouts.figures.lettering import LEADING, Block, even
from handouts.figures.shapes import Bar, Chart, Figure, Measure, Path, Rect, Role, Shape

RESPONDED: tuple[Role, ...] = ("accent", "accent_mid", "accent_soft")
OTHERS: tuple[Role, ...] = ("unfilled", "faint", "rule")
CLEARED: tuple[Role, ...] = ("accent_mid", "unfilled", "rule")
"""Parts in which a number stands on a clear ground: a copier makes one of them black, and another is hatched."""
BAR_HEIGHT = 24.0
CUT = 2.0
"""White gap in points between neighbouring parts."""
INSIDE = 2.5
"""Room on either side of a number in its part, in points."""
GAP, COLUMN_GAP = 7.0, 12.0
"""Room between bar and key, and between columns of the key."""
SWATCH, BESIDE = 10.0, 5.0
"""Side of the piece of a part before its name, and the room between the two."""
MOST_LINES = 2
"""Lines of a name in a key of two columns; longer names have the whole width."""
HATCH = 5.0


class ResponsePart(Struct, frozen=True):
    """One exclusive part: its name, its count, the count in words ("12 people") for native charts. `responded` parts
    take the accent.
    """

    label: str
    count: int
    text: str
    responded: bool = True


class _Entry(Struct, frozen=True):
    """A line of the key: the fill of a part, and its name."""

    fill: Role
    name: Block


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

    Their numbers stand in them, their names in a key below, in as many columns as have room. The number of a part too
    narrow for it stands before its name; a part of nobody has neither. The figure's `chart` is the same as a stacked
    native chart, in percent.

    Raises ValueError when the parts do not add up to `of`, when there are more than three parts on either side of
    `responded`, or when a name has a word wider than the figure.
    """
    if of < 1 or min((p.count for p in parts), default=-1) < 0 or sum(p.count for p in parts) != of:
        raise ValueError(f"parts of {', '.join(str(p.count) for p in parts)} people do not add up to {of}")
    fills = part_fills([p.responded for p in parts])
    shapes: list[Shape] = []
    named: list[tuple[Role, str]] = []
    done = 0
    for part, fill in zip(parts, fills, strict=True):
        left, right = (width * n / of for n in (done, done + part.count))
        done += part.count
        if not part.count:
            continue
        cut = min(CUT / 2, (right - left) / 4)
        left, right = left + (cut if left else 0), right - (cut if done < of else 0)
        shapes += _piece(left, 0.5, right - left, BAR_HEIGHT, fill)
        number = str(part.count)
        wide = measure(number, size, strong=True)
        if wide + 2 * INSIDE <= right - left:
            shapes += _number(number, (left + right) / 2, wide, fill, size)
            named.append((fill, part.label))
        else:
            named.append((fill, f"{number} {part.label}".strip()))
    key, foot = _key(named, BAR_HEIGHT + 1 + GAP, width, measure, size)
    bars = tuple(Bar(p.label, 100 * p.count / of, p.text, main=p.responded) for p in parts)
    return Figure(
        kind="part_bar",
        width=width,
        height=foot,
        shapes=(*shapes, *key),
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


def _piece(left: float, top: float, wide: float, high: float, fill: Role) -> list[Shape]:
    """A part, or the piece of one in the key; the part that is not filled is hatched."""
    # A copier may turn every light grey to white: dark edges and stripes stay.
    edge = "accent" if fill in RESPONDED else "muted"
    if fill != "unfilled" or wide < HATCH:
        pen = min(0.9, wide / 2)
        return [Rect(left + pen / 2, top + pen / 2, wide - pen, high - pen, fill=fill, stroke=edge, stroke_width=pen)]
    x, y, w, h = left + 0.5, top + 0.5, wide - 1, high - 1
    stripes: tuple[tuple[str | float, ...], ...] = ()
    for i in range(1, int((w + h) / HATCH) + 1):
        start, end = max(0.0, i * HATCH - w), min(i * HATCH, h)
        stripes += line((x + i * HATCH - start, y + start), (x + i * HATCH - end, y + end))
    return [
        Rect(x, y, w, h, fill=fill),
        Path(stripes, stroke="muted", stroke_width=0.5),
        Rect(x, y, w, h, stroke=edge),
    ]


def _number(text: str, middle: float, wide: float, fill: Role, size: float) -> list[Shape]:
    """A number in the midst of its part, on a clear ground where it could not be read."""
    top = 0.5 + (BAR_HEIGHT - size * LEADING) / 2
    words = Block(((text, True),), size, wide)
    ground = [Rect(middle - wide / 2 - 2, top, wide + 4, size * LEADING, fill="unfilled")]
    return [
        *(ground if fill in CLEARED else ()),
        *words.labels(middle, top, anchor="middle", fill="on_accent" if fill == "accent" else "ink"),
    ]


def _key(
    named: Sequence[tuple[Role, str]], top: float, width: float, measure: Measure, size: float
) -> tuple[list[Shape], float]:
    """The names of the parts, each after a piece of it, row by row; and where they end."""
    rows = _rows([(fill, name) for fill, name in named if name], width, measure, size)
    lefts = [0.0]
    for column in range(len(rows[0]) - 1 if rows else 0):
        lefts.append(
            lefts[-1] + _indent() + max(row[column].name.width for row in rows if column < len(row)) + COLUMN_GAP
        )
    shapes: list[Shape] = []
    y = top
    for row in rows:
        for left, entry in zip(lefts, row, strict=False):
            shapes += _piece(left, y + (size * LEADING - SWATCH) / 2, SWATCH, SWATCH, entry.fill)
            shapes += entry.name.labels(left + _indent(), y)
        y += max(entry.name.height for entry in row) + 1
    return shapes, y


def _indent() -> float:
    return SWATCH + BESIDE


def _rows(named: Sequence[tuple[Role, str]], width: float, measure: Measure, size: float) -> list[list[_Entry]]:
    """The key in one row where all names have room, else in two columns, else one under the other."""
    for columns in sorted({len(named), 2}, reverse=True):
        room = (width - COLUMN_GAP * (columns - 1)) / columns - _indent()
        try:
            entries = [_Entry(fill, even(name, size, room, measure)) for fill, name in named]
        except ValueError:
            continue
        if all(len(one.name.lines) <= (1 if columns > 2 else MOST_LINES) for one in entries):
            return [entries[at : at + columns] for at in range(0, len(entries), columns)]
    return [[_Entry(fill, even(name, size, width - _indent(), measure))] for fill, name in named]
