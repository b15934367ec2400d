"""Exclusive parts of one whole as one stacked bar, each part labelled in it, or below it where it is too narrow."""

from __future__ import annotations

from handouts.figures.response_bars import part_fills
from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import GAP, Paper, head, outside_rows, part_lines
from handouts.render.pptx.template.colours import readable_on
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


def stacked_xml(chart: Chart, paper: Paper) -> str:
    top = head(chart, paper)
    width = paper.width
    high = paper.height - top - outside_rows(chart, paper) * (paper.line + GAP)
    whole = sum(bar.value for bar in chart.bars) or 1.0
    shades = part_fills([bar.main for bar in chart.bars])
    start = 0.0
    outside = 0
    series = ""
    for i, (bar, shade) in enumerate(zip(chart.bars, shades, strict=True)):
        part = width * bar.value / whole
        lines, inside = part_lines(bar, part, high, paper)
        place = ""
        if not inside:
            half = paper.text_width(lines[0]) / 2
            middle = start + part / 2
            shift_x = min(max(middle, half), width - half) - middle
            row = 1 if outside % 2 == 0 else 2
            outside += 1
            shift_y = high / 2 + (row - 0.5) * paper.line + GAP / 2
            place = (
                f'<c:layout><c:manualLayout><c:x val="{shift_x / paper.width:.5f}"/>'
                f'<c:y val="{shift_y / paper.height:.5f}"/></c:manualLayout></c:layout>'
            )
        role = readable_on(shade, paper.colours) if inside else "ink"
        rich = "".join(f"<a:p>{run(line, paper, role, strong=n == 0)}</a:p>" for n, line in enumerate(lines))
        column = chr(ord("B") + i)
        series += (
            f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/><c:tx>{strings(column, 1, (bar.label,), cell=True)}</c:tx>'
            f"<c:spPr>{filled(shade, 'ink', paper)}</c:spPr>"
            f'<c:invertIfNegative val="0"/><c:dLbls>{label_xml(0, place, rich, "ctr")}'
            f"{text_style(paper, role, part='c:txPr')}{label_flags('ctr')}{NO_LEADERS}</c:dLbls>"
            f"<c:cat>{strings('A', 2, (chart.title,))}</c:cat>"
            f"<c:val>{numbers(column, 2, (bar.value,))}</c:val></c:ser>"
        )
        start += part
    return (
        f"<c:plotArea>{inner(0, top, width, high, paper)}"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="0"/><c:overlap val="100"/><c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'
        f"</c:barChart>{axes(paper, foot='', shown=False)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )
