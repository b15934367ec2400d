"""Dumbbell: how often each harm was seen in two arms, two points and the line between them. Out: a `Figure`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from handouts.figures.drawn_once import drawn_once
from handouts.figures.point_plot import draw_points
from handouts.figures.scales import ENGLISH, NumberMarks, Reach, linear_axis
from handouts.figures.shapes import Figure, Measure, PointChart, PointRow, Spot


class Harm(Struct, frozen=True):
    """One harm: its values in the two arms, on one N or in percent, as numbers and as written.

    `difference` stands in a column of its own; `group` is a head that the harms of a subgroup share.
    """

    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    difference: str = ""
    group: str = ""


@drawn_once
def dumbbell(
    harms: Sequence[Harm],
    *,
    arms: Sequence[str],
    axis_name: str,
    width: float,
    measure: Measure,
    alt: str,
    difference_name: str = "",
    marks: NumberMarks = ENGLISH,
    title: str = "",
    size: float = 10.5,
) -> Figure:
    """Draw `harms` on an axis from 0 in the order given.

    Points of the first arm are filled,
    those of the second hollow. `axis_name` says of how many people; `difference_name` is the head of the differences,
    which are shown when every harm has one.

    Raises ValueError for no harms, other than two arms, a value below 0, differences that only some harms have, or
    words that leave too little room.
    """
    if not harms:
        raise ValueError("a dumbbell chart needs a harm")
    if len(arms) != 2:
        raise ValueError(f"a dumbbell chart compares two arms, not {len(arms)}; a table can hold more")
    for harm in harms:
        if len(harm.values) != 2 or len(harm.texts) != 2:
            raise ValueError(f"'{harm.label}' needs a value and its text for each of the two arms")
        if not min(harm.values) >= 0:
            raise ValueError(f"'{harm.label}' has a value below 0, which no harm can have")
        if not all(text.strip() for text in harm.texts):
            raise ValueError(f"'{harm.label}' has a point without its number in words")
    if len({bool(harm.difference) for harm in harms}) > 1:
        raise ValueError("differences are written for every harm or for none")
    rows = tuple(
        PointRow(
            harm.label,
            tuple(Spot(value, text=text) for value, text in zip(harm.values, harm.texts, strict=True)),
            (harm.difference,) if harm.difference else (),
            harm.group,
        )
        for harm in harms
    )
    axis = linear_axis([Reach(value, value, value) for harm in harms for value in harm.values])
    heads = (difference_name,) if difference_name and harms[0].difference else ()
    chart = PointChart(title, tuple(arms), rows, axis, axis_name, heads=heads)
    data = tuple(
        (*((h.group,) if h.group else ()), h.label, *h.texts, *((h.difference,) if h.difference else ())) for h in harms
    )
    return draw_points(chart, kind="dumbbell", width=width, measure=measure, alt=alt, data=data, marks=marks, size=size)
