"""Text inside figures: words wrapped to a width and set as labels. In: text and font metrics. Out: `Block`s."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.figures.shapes import Label, Measure, Role

ASCENT = 0.95
"""Room above a baseline that any accented capital needs, in parts of the size."""
DESCENT = 0.25
LEADING = ASCENT + DESCENT

_ROUNDING = 1e-6
_BREAK = re.compile(r"(?<=[-/–—])(?=\w)")
Anchor = Literal["start", "middle", "end"]


class NoRoomError(ValueError):
    """A part of a text that no line can break is wider than its room, in which `fitting` of its characters stand."""

    def __init__(self, part: str, fitting: int, message: str) -> None:
        super().__init__(message)
        self.part = part
        self.fitting = fitting


class Block(Struct, frozen=True):
    """Lines of text, each with its weight, at one size; `width` is that of the widest line in points."""

    lines: tuple[tuple[str, bool], ...]
    size: float
    width: float

    @property
    def height(self) -> float:
        """Points from the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING

    def over(self, other: Block) -> Block:
        """This block with `other`, of the same size, below it."""
        return Block(self.lines + other.lines, self.size, max(self.width, other.width))

    def labels(self, x: float, top: float, *, anchor: Anchor = "start", fill: Role = "ink") -> tuple[Label, ...]:
        """The lines as labels, the first one's top at `top`."""
        step = self.size * LEADING
        return tuple(
            Label(x, top + ASCENT * self.size + i * step, text, self.size, fill, strong, anchor)
            for i, (text, strong) in enumerate(self.lines)
        )


def wrap(text: str, size: float, width: float, measure: Measure, *, strong: bool = False) -> Block:
    """Break `text` into lines of at most `width` points: at spaces, and within a word after a hyphen or slash.

    A no-break space never breaks. Raises ValueError, naming the word, when one word is wider than `width`.
    """
    lines: list[str] = []
    for word in unbroken_parts(text):
        for i, part in enumerate(_pieces(word, size, width, measure, strong=strong)):
            joint = " " if i == 0 else ""
            if lines and measure(lines[-1] + joint + part, size, strong=strong) <= width + _ROUNDING:
                lines[-1] += joint + part
            else:
                lines.append(part)
    return Block(tuple((line, strong) for line in lines), size, _widest(lines, size, measure, strong=strong))


def even(text: str, size: float, width: float, measure: Measure, *, strong: bool = False) -> Block:
    """Like `wrap`, with lines as even as can be: no narrower setting has as few lines. Raises ValueError as `wrap`."""
    return narrowest(
        text, size, len(wrap(text, size, width, measure, strong=strong).lines), width, measure, strong=strong
    )


def narrowest(text: str, size: float, lines: int, width: float, measure: Measure, *, strong: bool = False) -> Block:
    """The narrowest setting of at most `lines` lines, none wider than `width` points.

    More lines are used when `width` leaves no choice. Raises ValueError as `wrap`.
    """
    best = wrap(text, size, width, measure, strong=strong)
    limit = max(lines, len(best.lines))
    least, most = 0.0, best.width
    while most - least > 0.5:
        middle = (least + most) / 2
        try:
            block = wrap(text, size, middle, measure, strong=strong)
        except ValueError:
            least = middle
            continue
        if len(block.lines) <= limit:
            best, most = block, min(middle, block.width)
        else:
            least = middle
    return best


def least_width(text: str, size: float, measure: Measure, *, strong: bool = False) -> float:
    """The least width in points at which `wrap` has room for every word."""
    pieces = (piece for word in unbroken_parts(text) for piece in _BREAK.split(word))
    return max((measure(piece, size, strong=strong) for piece in pieces), default=0.0)


def spread(wanted: Sequence[float], widths: Sequence[float], low: float, high: float, gap: float) -> list[float] | None:
    """Left edges of boxes kept in order and `gap` apart within `low`…`high`, each near its `wanted` left edge.

    The squared distances are least before the ends push back (isotonic regression by pooling neighbours). None when
    the boxes are wider than the room.
    """
    offsets = [sum(widths[:i]) + gap * i for i in range(len(widths))]
    room = high - low - sum(widths) - gap * max(0, len(widths) - 1)
    if room < 0:
        return None
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append((want - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, count), (last, more) = pools[-2], pools[-1]
            pools[-2:] = [((mean * count + last * more) / (count + more), count + more)]
    shifts = [mean for mean, count in pools for _ in range(count)]
    return [min(max(shift, low), low + room) + offset for shift, offset in zip(shifts, offsets, strict=True)]


def unbroken_parts(text: str) -> list[str]:
    """The parts of a text between which a line may end; a no-break space parts none."""
    return [word for word in re.split(r"[ \t\r\n]+", text) if word]


def _pieces(word: str, size: float, width: float, measure: Measure, *, strong: bool) -> list[str]:
    if measure(word, size, strong=strong) <= width + _ROUNDING:
        return [word]
    pieces = _BREAK.split(word)
    for piece in pieces:
        if (wide := measure(piece, size, strong=strong)) > width + _ROUNDING:
            fitting = sum(measure(piece[: n + 1], size, strong=strong) <= width for n in range(len(piece)))
            raise NoRoomError(
                piece, fitting, f"'{piece}' is {wide:.0f} pt wide at {size:g} pt and has {width:.0f} pt of room"
            )
    return pieces


def _widest(lines: Sequence[str], size: float, measure: Measure, *, strong: bool) -> float:
    return max((measure(line, size, strong=strong) for line in lines), default=0.0)
