"""How much room a chart's words and bars take: a `Chart` and the paper that it is drawn on in, points out."""

from __future__ import annotations

from msgspec import Struct

from handouts.figures.lettering import unbroken_parts
from handouts.figures.shapes import Bar, Chart, NativeChart
from handouts.plan.direction import runs_right_to_left
from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.look import DeckLook

GAP = 8.0
"""Points between a chart's words and its bars."""
LABEL_SHARE = 0.36
"""The most of a chart's width that the names of outcomes take."""
BAR_LABELS = 0.3
"""The share of a chart's width that the names at bars of rates take: slide after slide has one axis."""
LEAST_PLOT = 120.0
"""Points of width below which bars cannot be told apart."""
LEAST_BAR = 20.0
"""Points that a bar and the space around it need in the least."""


class Paper(Struct, frozen=True):
    """What a chart is drawn on: width and height in points, the language of its words, type and colours."""

    width: float
    height: float
    language: str
    look: DeckLook

    @property
    def rtl(self) -> bool:
        """Whether its words run from right to left."""
        return runs_right_to_left(self.language)

    @property
    def size(self) -> float:
        """Type size of labels in points."""
        return self.look.sizes.label

    @property
    def value_size(self) -> float:
        """Type size of the values at bars of rates in points."""
        return self.look.sizes.body

    @property
    def line(self) -> float:
        """Height of a line of labels in points."""
        return self.size * self.look.metrics.line

    @property
    def colours(self) -> Palette:
        """Colours by role."""
        return self.look.palette

    def text_width(self, text: str, *, strong: bool = False) -> float:
        """Width of a label in points."""
        return self.look.metrics.width(text, self.size, strong=strong)

    def value_width(self, text: str) -> float:
        """Width of a value at its bar in points."""
        return self.look.metrics.width(text, self.value_size, strong=True)

    def wrap(self, text: str, width: float, *, strong: bool = False) -> list[str]:
        """The lines of a label within a width."""
        return self.look.metrics.wrap(text, self.size, width, strong=strong)


def head_lines(chart: NativeChart, paper: Paper) -> list[str]:
    """The lines of the title above the bars; that of rates stands under their axis."""
    above = chart.title if not isinstance(chart, Chart) or chart.stacked else ""
    return paper.wrap(above, paper.width, strong=True) if above else []


def head(chart: NativeChart, paper: Paper) -> float:
    """Points of height that the title takes."""
    lines = len(head_lines(chart, paper))
    return lines * paper.line + GAP if lines else 0.0


def needed_height(chart: Chart, paper: Paper) -> float:
    """Points of height below which the bars of this chart would be too thin to read."""
    return _stacked_height(chart, paper) if chart.stacked else _bars_height(chart, paper)


def _bars_height(chart: Chart, paper: Paper, *, dense: bool = True) -> float:
    """Points of height below which the bars would be too thin to read, or not dense, below which they would stand
    densely.
    """
    room = category_width(chart, paper)
    rows = 0.0
    for bar in chart.bars:
        names = sum(len(paper.wrap(line, room)) for line in bar_name(bar, dense=dense).split("\n"))
        words = paper.line if dense else paper.value_size * paper.look.metrics.line + paper.line * bool(bar.interval)
        rows += max(LEAST_BAR, names * paper.line, words) + (2 if dense else 4)
    return rows + axis_height(chart, paper)


def is_dense(chart: Chart, paper: Paper) -> bool:
    """Whether the bars have no room for names and numbers in two lines each."""
    return paper.height < _bars_height(chart, paper, dense=False)


def bar_name(bar: Bar, *, dense: bool) -> str:
    """What stands at the left of a bar, and below it, or where bars stand densely behind it, of how many people."""
    between = ", " if dense else "\n"
    return f"{bar.label}{between}{bar.people}" if bar.people else bar.label


def plot_width(chart: Chart, paper: Paper) -> float:
    """Points of width that names and words leave for the bars of a chart that is not stacked."""
    dense = is_dense(chart, paper)
    widths = [paper.text_width(line, strong=True) for bar in chart.bars for line in said(bar, dense=dense)]
    right = max(*widths, *(0.0 if dense else paper.value_width(bar.text) for bar in chart.bars)) + 2 * GAP
    return paper.width - category_width(chart, paper) - GAP - right


def said(bar: Bar, *, dense: bool) -> tuple[str, ...]:
    """The lines written at a bar: its value, below it, or where bars stand densely beside it, the interval."""
    if bar.interval and dense:
        return (f"{bar.text} ({bar.interval})",)
    return (bar.text, bar.interval) if bar.interval else (bar.text,)


def interval(bar: Bar) -> tuple[float, float] | None:
    """Percentage points from a bar's value down to and up to the ends of its interval, None without one."""
    if bar.low is None or bar.high is None:
        return None
    return round(bar.value - bar.low, 6), round(bar.high - bar.value, 6)


def foot_lines(chart: Chart, paper: Paper) -> list[str]:
    """What the axis is of, and what the whiskers mean where any are drawn."""
    shown = chart.interval_name and any(interval(bar) for bar in chart.bars)
    said = [*([chart.title] if chart.title else []), *([f"I—I {chart.interval_name}"] if shown else [])]
    return paper.wrap("; ".join(said), paper.width) if said else []


def axis_height(chart: Chart, paper: Paper) -> float:
    """Points of height that the axis of rates takes with its numbers and its name."""
    return paper.line + GAP + len(foot_lines(chart, paper)) * paper.line


def category_width(chart: Chart, paper: Paper) -> float:
    """Points of width of the names at bars of rates."""
    widest = max(paper.text_width(word) for bar in chart.bars for word in f"{bar.label} {bar.people}".split(" "))
    return max(widest, paper.width * BAR_LABELS)


def _stacked_height(chart: Chart, paper: Paper) -> float:
    """Points of height below which the bar would be too thin to read."""
    return head(chart, paper) + 2 * paper.line + 2 * (paper.line + GAP)


def part_lines(bar: Bar, width: float, high: float, paper: Paper) -> tuple[list[str], bool]:
    """The label's lines, and whether they fit inside the part; outside it is one line."""
    room = width - GAP
    words = [word for text in (bar.text, bar.label) for word in unbroken_parts(text)]
    lines = paper.wrap(bar.text, room, strong=True) + paper.wrap(bar.label, room)
    fits = all(paper.text_width(word, strong=True) <= room for word in words)
    if fits and len(lines) * paper.line <= high - GAP:
        return lines, True
    return [f"{bar.text} {bar.label}"], False


def outside_rows(chart: Chart, paper: Paper) -> int:
    """How many rows of labels must stand below the bar, two at the most, because their parts are too narrow."""
    whole = sum(bar.value for bar in chart.bars) or 1.0
    least = paper.height - head(chart, paper) - 2 * (paper.line + GAP)
    narrow = [b for b in chart.bars if not part_lines(b, paper.width * b.value / whole, least, paper)[1]]
    return min(2, len(narrow))
