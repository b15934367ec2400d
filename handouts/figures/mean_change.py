"""Mean change: how far a measure moved in each arm, with its interval, from the line of no change. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handouts.figures.drawn_once import drawn_once
from handouts.figures.point_plot import draw_points
from handouts.figures.scales import ENGLISH, NumberMarks, linear_axis, reach
from handouts.figures.shapes import Figure, Measure, PointChart, PointRow, Spot


class Change(Struct, frozen=True):
    """The mean change of one arm, None as bounds where no interval is known. `text` says value and interval."""

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@drawn_once
def mean_change(
    changes: Sequence[Change],
    *,
    axis_name: str,
    width: float,
    measure: Measure,
    alt: str,
    sides: tuple[str, str] | None = None,
    head: str = "",
    marks: NumberMarks = ENGLISH,
    title: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `changes` from the top, one row an arm, on an axis that holds 0.

    `axis_name` names measure and unit; `sides` says what a change to the left and to the right is, `head` what the
    texts at the right are. A change without an interval is hollow.

    Raises ValueError for no changes, half an interval or one around another value, or words that leave too little room.
    """
    if not changes:
        raise ValueError("a chart of mean changes needs an arm")
    shown = [reach(change.value, change.low, change.high, change.label) for change in changes]
    rows = tuple(PointRow(c.label, (Spot(c.value, c.low, c.high),), (c.text,)) for c in changes)
    axis = linear_axis(shown, both_sides=sides is not None)
    chart = PointChart(title, (axis_name,), rows, axis, axis_name, 0.0, sides, (head,) if head else ())
    data = tuple((c.label, c.text) for c in changes)
    return draw_points(
        chart, kind="mean_change", width=width, measure=measure, alt=alt, data=data, marks=marks, size=size
    )
