"""The vocabulary of figures: plain vector shapes, or an image, with an alt text and the data behind them.

Coordinates are points; the origin is the figure's top left corner, x grows to the right and y downwards. Colours are
roles of the theme ("accent", "ink"), never values, so that one figure serves every theme and medium.
"""

from __future__ import annotations

import math
from typing import Literal, Protocol

from msgspec import Struct

from handouts.model.image import Image

Role = str
"""A colour role that the theme defines, see `handouts.theme.schema.Colours`."""

_ROUNDING = 1e-6

Kind = Literal[
    "icon_array", "part_bar", "rates", "paired_bars", "forest", "dumbbell", "mean_change", "timeline", "picture",
    "qr", "ruler",
]  # fmt: skip


class Measure(Protocol):
    """Width in points of one line of text set at `size` points."""

    def __call__(self, text: str, size: float, *, strong: bool = False) -> float: ...


class Rect(Struct, frozen=True):
    """A rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1
    radius: float = 0


class Ellipse(Struct, frozen=True):
    """An ellipse around its centre."""

    cx: float
    cy: float
    rx: float
    ry: float
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1


class Path(Struct, frozen=True):
    """A path of `("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x, y)` and `("Z",)` commands.

    Strokes have round ends and round corners.
    """

    commands: tuple[tuple[str | float, ...], ...]
    fill: Role | None = None
    stroke: Role | None = None
    stroke_width: float = 1


class Label(Struct, frozen=True):
    """One line of text whose baseline starts, is centred or ends at (x, y)."""

    x: float
    y: float
    text: str
    size: float
    fill: Role = "ink"
    strong: bool = False
    anchor: Literal["start", "middle", "end"] = "start"


Shape = Rect | Ellipse | Path | Label


class Bar(Struct, frozen=True):
    """One bar of a chart. Values are percent; `low` and `high` bound the interval, None where none can be computed.

    `text` says the value, `interval` the bounds, as they are written at the bar; `people` says of how many it is.
    """

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    main: bool = True
    interval: str = ""
    people: str = ""


class Chart(Struct, frozen=True):
    """What a native chart shows: bars of one series on an axis from 0 to 100 percent.

    `stacked` means that the bars are exclusive parts of one whole, drawn as one bar.
    """

    title: str
    bars: tuple[Bar, ...]
    stacked: bool = False
    interval_name: str = ""


class ArmBars(Struct, frozen=True):
    """One outcome of a comparison: a value and its words for each arm. A value of None has words alone.

    `means` explains the label in smaller type. `numbers` stand at the bars in place of the words where a head says of
    how many people they are. Neighbours of one `group` share its head.
    """

    label: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    group: str = ""
    means: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def at_bars(self) -> tuple[str, ...]:
        """What is drawn at the bars."""
        return self.numbers or self.texts


class ArmsChart(Struct, frozen=True):
    """A native chart of bars in groups: one group an outcome, one series an arm, on an axis from 0 to `most`."""

    title: str
    arms: tuple[str, ...]
    rows: tuple[ArmBars, ...]
    most: float


class Axis(Struct, frozen=True):
    """Ends and ticks of an axis; `base` is that of its logarithms, None on an axis in even steps."""

    low: float
    high: float
    ticks: tuple[float, ...]
    base: int | None = None

    def share(self, value: float) -> float:
        """Where a value stands, from 0 at the low end to 1 at the high one."""
        if self.base is None:
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(self.high / self.low)

    @property
    def first(self) -> float:
        """The first value that no viewer takes to lie outside for a rounding of logarithms."""
        return self.low if self.base is None else self.low * (1 + _ROUNDING)

    @property
    def last(self) -> float:
        """The last such value."""
        return self.high if self.base is None else self.high * (1 - _ROUNDING)


class Spot(Struct, frozen=True):
    """One point of a row and the bounds of its interval, None where the source states none.

    `text` is written beside the point.
    """

    value: float
    low: float | None = None
    high: float | None = None
    text: str = ""


class PointRow(Struct, frozen=True):
    """A row of points, one a series, with its words at the right. Neighbours of one `group` share its head."""

    label: str
    spots: tuple[Spot, ...]
    cells: tuple[str, ...] = ()
    group: str = ""


class PointChart(Struct, frozen=True):
    """A native chart of points in rows: one series with intervals, or two whose points are joined.

    `line` is the value of an upright line; `sides` says what lies to its left and right, `gain` which of the two is
    tinted. `heads` are those of the columns of words. A point whose interval is not stated is hollow, and so are all
    points of a second series; `key` says what filled and hollow points of one series are.
    """

    title: str
    series: tuple[str, ...]
    rows: tuple[PointRow, ...]
    axis: Axis
    axis_name: str
    line: float | None = None
    sides: tuple[str, str] | None = None
    heads: tuple[str, ...] = ()
    key: tuple[str, str] | None = None
    gain: Literal["left", "right"] | None = None

    @property
    def joined(self) -> bool:
        """Whether a line joins the two points of each row."""
        return len(self.series) > 1

    @property
    def opens_group(self) -> tuple[bool, ...]:
        """For each row whether its group's head stands above it."""
        before = ("", *(row.group for row in self.rows))
        return tuple(row.group not in {"", last} for row, last in zip(self.rows, before, strict=False))


NativeChart = Chart | ArmsChart | PointChart


class Figure(Struct, frozen=True):
    """A drawing in points, with what it says in words (`alt`) and the rows of data it was drawn from.

    `chart` is present where a medium with native charts should draw it as one. `image` is a raster image that fills the
    figure in place of shapes; with an empty `alt` it is decoration. Raises ValueError for any other blank `alt` and for
    a size that is not above 0.
    """

    kind: Kind
    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str
    data: tuple[tuple[str, ...], ...] = ()
    chart: NativeChart | None = None
    image: Image | None = None
    quiet: float = 0
    """Clear space in points that must stay free of other marks on every side, already inside width and height."""
    by_itself: Figure | None = None
    """The same with the key that another figure has for both, where a page may part them."""

    def __post_init__(self) -> None:
        if not self.alt.strip() and self.image is None:
            raise ValueError(f"the {self.kind} figure has no alt text; say in words what it shows")
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"the {self.kind} figure has no size: {self.width:g} × {self.height:g} pt")
