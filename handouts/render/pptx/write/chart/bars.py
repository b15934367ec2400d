"""Response rates as a chart of bars, each with its interval as an error bar and its numbers beside it."""

from __future__ import annotations

from handouts.figures.shapes import Bar, Chart
from handouts.render.pptx.layout.charts import (
    GAP,
    Paper,
    axis_height,
    category_width,
    foot_text,
    head,
    interval,
    plot_width,
    said,
)
from handouts.render.pptx.template.oxml import fill
from handouts.render.pptx.write.chart.parts import (
    CATEGORY_AXIS,
    NO_LEADERS,
    VALUE_AXIS,
    axes,
    filled,
    inner,
    label_flags,
    label_xml,
    numbers,
    run,
    strings,
    text_style,
)

_MAIN, _OTHER = ("accent_mid", "accent"), ("faint", "muted")
"""Fill and edge of a bar: light enough for the interval to be seen on it, its edge dark enough for a copier."""


def bars_xml(chart: Chart, paper: Paper) -> str:
    left = category_width(chart, paper) + GAP
    top = head(chart, paper)
    width, high = plot_width(chart, paper), paper.height - top - axis_height(chart, paper)
    count = len(chart.bars)
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{filled(*(_MAIN if bar.main else _OTHER), paper)}</c:spPr></c:dPt>"
        for i, bar in enumerate(chart.bars)
    )
    labels = "".join(_bar_label(i, bar, width, paper) for i, bar in enumerate(chart.bars))
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{strings("B", 1, ("%",), cell=True)}</c:tx>'
        f'<c:spPr>{filled(*_MAIN, paper)}</c:spPr><c:invertIfNegative val="0"/>{points}'
        f"<c:dLbls>{labels}{text_style(paper, 'ink', part='c:txPr')}{label_flags('outEnd')}{NO_LEADERS}</c:dLbls>"
        f"{_error_bars(chart, paper)}<c:cat>{strings('A', 2, tuple(bar.label for bar in chart.bars))}</c:cat>"
        f"<c:val>{numbers('B', 2, tuple(bar.value for bar in chart.bars))}</c:val></c:ser>"
    )
    gap = 70 if count > 1 else 110
    return (
        f"<c:plotArea>{inner(left, top, width, high, paper)}"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
        f"{axes(paper, foot=foot_text(chart), shown=True)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )


def _bar_label(index: int, bar: Bar, plot_width: float, paper: Paper) -> str:
    """The bar's text, moved to the right of the interval's end so that the two do not cross."""
    reach = max(0.0, (bar.value if bar.high is None else bar.high) - bar.value) / 100 * plot_width
    shift = (reach + GAP) / paper.width
    place = f'<c:layout><c:manualLayout><c:x val="{shift:.5f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    rich = "".join(
        f'<a:p><a:pPr algn="l"/>{run(line, paper, "ink", strong=bar.main and not number)}</a:p>'
        for number, line in enumerate(said(bar))
    )
    return label_xml(index, place, rich, "outEnd")


def _error_bars(chart: Chart, paper: Paper) -> str:
    spans = [interval(bar) for bar in chart.bars]
    if not any(spans):
        return ""
    plus = tuple(span[1] if span else None for span in spans)
    minus = tuple(span[0] if span else None for span in spans)
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{numbers('F', 2, plus)}</c:plus><c:minus>{numbers('E', 2, minus)}</c:minus>"
        f'<c:spPr><a:ln w="22225" cap="flat">{fill("ink", paper.colours)}</a:ln></c:spPr></c:errBars>'
    )
