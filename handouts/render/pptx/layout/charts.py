"""How much room a chart's words and bars take: a `Chart` and the paper that it is drawn on in, points out."""

from __future__ import annotations

from msgspec import Struct

from handouts.figures.lettering import unbroken_parts
from handouts.figures.shapes import Bar, Chart, NativeChart
from handouts.render.pptx.template.colours import Palette
from handouts.render.pptx.template.look import DeckLook

GAP = 8.0
"""Points between a chart's words and its bars."""
LABEL_SHARE = 0.36
"""The most of a chart's width that category labels take."""
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
    def size(self) -> float:
        """Type size of labels in points."""
        return self.look.sizes.label

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

    def wrap(self, text: str, width: float, *, strong: bool = False) -> list[str]:
        """The lines of a label within a width."""
        return self.look.metrics.wrap(text, self.size, width, strong=strong)


def head_lines(chart: NativeChart, paper: Paper) -> list[str]:
    """The lines of the title above the bars."""
    return paper.wrap(chart.title, paper.width, strong=True) if chart.title else []


def head(chart: NativeChart, paper: Paper) -> float:
    """Points of height that the title takes."""
    lines = len(head_lines(chart, paper))
    return lines * paper.line + GAP if lines else 0.0


def needed_height(chart: Chart, paper: Paper) -> float:
    """Points of height below which the bars of this chart would be too thin to read."""
    return _stacked_height(chart, paper) if chart.stacked else _bars_height(chart, paper)


def _bars_height(chart: Chart, paper: Paper) -> float:
    """Points of height below which the bars would be too thin to read."""
    label_width = category_width(chart, paper)
    rows = sum(
        max(LEAST_BAR, max(len(paper.wrap(bar.label, label_width)), len(said(bar))) * paper.line + 4)
        for bar in chart.bars
    )
    return head(chart, paper) + rows + axis_height(chart, paper)


def plot_width(chart: Chart, paper: Paper) -> float:
    """Points of width that category labels and bar texts leave for the bars of a chart that is not stacked."""
    right = max(paper.text_width(line, strong=True) for bar in chart.bars for line in said(bar)) + 2 * GAP
    return paper.width - category_width(chart, paper) - GAP - right


def said(bar: Bar) -> tuple[str, ...]:
    """The lines written at a bar: its value, below it the interval."""
    return (bar.text, bar.interval) if bar.interval else (bar.text,)


def interval(bar: Bar) -> tuple[float, float] | None:
    """Percentage points from a bar's value down to and up to the ends of its interval, None without one."""
    if bar.low is None or bar.high is None:
        return None
    return round(bar.value - bar.low, 6), round(bar.high - bar.value, 6)


def foot_text(chart: Chart) -> str:
    """What the whiskers mean, said under the axis where any are drawn."""
    shown = chart.interval_name and any(interval(bar) for bar in chart.bars)
    return f"I—I {chart.interval_name}" if shown else ""


def axis_height(chart: Chart, paper: Paper) -> float:
    return (2 if foot_text(chart) else 1) * (paper.line + GAP)


def category_width(chart: Chart, paper: Paper) -> float:
    widest = max(paper.text_width(bar.label) for bar in chart.bars)
    return min(widest, paper.width * LABEL_SHARE)


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
