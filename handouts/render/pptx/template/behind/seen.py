"""The colours behind a place on a slide: layers and a rectangle in, how well a text stands out from them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from handouts.render.pptx.template.behind.fills import Solid
from handouts.render.pptx.template.behind.layers import Layer
from handouts.render.pptx.template.geometry import overlapping
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.paints import WHITE, Paint
from handouts.theme.colour import contrast

_ACROSS, _DOWN = 20.0, 10.0
"""Points between the places that are looked at: half a word apart, and closer than two lines of the smallest type."""
_MOST = 32
"""The most places along a side."""
_SPECKS = 0.01
"""The share of a ground that text need not stand out from: thin lines, and the edges of what lies beside it."""
_MOST_ALTERNATIVES = 8


class Seen(Struct, frozen=True):
    """The colours behind a place with how much of it they take, the most first."""

    colours: tuple[tuple[str, float], ...]

    @property
    def ground(self) -> str:
        """The colour that most of it has."""
        return self.colours[0][0]

    def contrast(self, ink: str) -> float:
        """The contrast of a text of this colour where it stands out least, specks apart."""
        left = _SPECKS
        least = 21.0
        for ratio, share in sorted((contrast(ink, colour), share) for colour, share in self.colours):
            least = ratio
            left -= share
            if left < 0:
                break
        return least


def seen(layers: Sequence[Layer], area: Area, own: Layer | None = None) -> Seen:
    """What is seen behind a rectangle of a slide; `own` is what the placeholder itself is filled with."""
    columns = max(2, min(_MOST, round(area.width / _ACROSS)))
    rows = max(2, min(_MOST, round(area.height / _DOWN)))
    stack = [*layers, *([own] if own is not None else [])]
    # A drawing of a few hundred pieces has a handful behind any one place.
    boxed = ((one, one.around()) for one in stack)
    reached = [(one, box) for one, box in boxed if one.whole or overlapping(box, area)]
    top = reached[-1][0] if reached else None
    if top is None or (top.whole and isinstance(top.fill, Solid) and _is_one(top.fill.paints)):
        return Seen(((WHITE.rgb if top is None else top.fill.at(0, 0)[0].rgb, 1.0),))
    counted: Counter[Paint] = Counter()
    for column in range(columns):
        x = area.x + area.width * (column + 0.5) / columns
        of_column = [(one, box) for one, box in reached if one.whole or box.x <= x <= box.right]
        for row in range(rows):
            y = area.y + area.height * (row + 0.5) / rows
            here = [one for one, box in of_column if one.whole or box.y <= y <= box.bottom]
            for paint in set(_at(here, x, y)):
                counted[paint] += 1
    total = columns * rows
    return Seen(tuple((paint.rgb, count / total) for paint, count in counted.most_common()))


def _is_one(paints: Sequence[Paint]) -> bool:
    """Whether a fill is of one colour that covers all."""
    return len(paints) == 1 and paints[0].cover >= 1


def _at(layers: Sequence[Layer], x: float, y: float) -> list[Paint]:
    """The colours that may be seen at a place, from the top down to the first that covers all."""
    if not layers:
        return [WHITE]
    top, below = layers[-1], layers[:-1]
    across, down = top.local(x, y)
    covers = top.covers(across, down) if not top.whole else True
    if covers is False:
        return _at(below, x, y)
    paints = top.fill.at(across, down)
    if covers and all(paint.cover >= 1 for paint in paints):
        return list(paints)
    under = _at(below, x, y)
    blended = [paint.over(one) for paint in paints for one in under]
    return _few([*blended, *([] if covers else under)])


def _few(paints: Iterable[Paint]) -> list[Paint]:
    return list(dict.fromkeys(paints))[:_MOST_ALTERNATIVES]
