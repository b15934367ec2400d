"""Forest plot: effects of one statistic, each with its interval, around the line of no effect. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from handouts.figures.drawn_once import drawn_once
from handouts.figures.point_plot import draw_points
from handouts.figures.scales import ENGLISH, NumberMarks, linear_axis, ratio_axis, reach
from handouts.figures.shapes import Figure, Measure, PointChart, PointRow, Spot

NO_EFFECT = {"ratio": 1.0, "difference": 0.0}


class Effect(Struct, frozen=True):
    """One effect as its source states it; `low` and `high` are None where it states no interval.

    `text` says value and interval. `others` are further columns, such as the results of both arms; `group` is a head
    that neighbours share.
    """

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    others: tuple[str, ...] = ()
    group: str = ""


@drawn_once
def forest(
    effects: Sequence[Effect],
    *,
    scale: Literal["ratio", "difference"],
    axis_name: str,
    better: tuple[str, str],
    width: float,
    measure: Measure,
    alt: str,
    heads: tuple[str, ...] = (),
    key: tuple[str, str] | None = None,
    gain: Literal["left", "right"] | None = None,
    limits: tuple[float, float] | None = None,
    marks: NumberMarks = ENGLISH,
    title: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `effects` from the top: ratios on a logarithmic axis around 1, differences on an even one around 0.

    `better` says what lies left and right of that line ("favors A"), `gain` which side is tinted. `heads` are those of
    the columns `others` and of the effects' texts, in this order. An effect without an interval is hollow; `key` says
    what filled and hollow ones are. An interval beyond the axis, which `limits` can set, ends in an arrow head.

    Raises ValueError for no effects, a ratio that is not above 0, half an interval or one around another value,
    columns that are not the same in every row, or words that leave too little room.
    """
    if not effects:
        raise ValueError("a forest plot needs an effect")
    columns = {len(effect.others) for effect in effects}
    if len(columns) > 1 or (heads and len(heads) != columns.pop() + 1):
        raise ValueError("every effect of a forest plot has the same columns, and each column has a head or none has")
    shown = [reach(effect.value, effect.low, effect.high, effect.label) for effect in effects]
    axis = ratio_axis(shown, limits) if scale == "ratio" else linear_axis(shown, limits, both_sides=True)
    rows = tuple(PointRow(e.label, (Spot(e.value, e.low, e.high),), (*e.others, e.text), e.group) for e in effects)
    chart = PointChart(title, (axis_name,), rows, axis, axis_name, NO_EFFECT[scale], better, heads, key, gain)
    data = tuple((*((e.group,) if e.group else ()), e.label, *e.others, e.text) for e in effects)
    return draw_points(chart, kind="forest", width=width, measure=measure, alt=alt, data=data, marks=marks, size=size)
