"""A figure's chart → DrawingML chart XML: response rates as bars with intervals, or exclusive parts as one stacked bar.

The XML is written whole, so that its axis ids, order of elements, label positions and error bars are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.figures.response_bars import part_fills
from handouts.figures.shapes import Bar, Chart
from handouts.render.pptx.colours import readable_on
from handouts.render.pptx.metrics import LINE, text_width, wrap
from handouts.render.pptx.oxml import escape, fill

CATEGORY_AXIS = 111111111
VALUE_AXIS = 222222222
"""Axis ids: positive, as the schema's unsigned integers demand."""

SHEET = "Sheet1"
GAP = 8.0
LABEL_SHARE = 0.36
"""The most of a chart's width that category labels take."""
_MAIN, _OTHER = ("accent_mid", "accent"), ("faint", "muted")
"""Fill and edge of a bar: light enough for the interval to be seen on it, its edge dark enough for a copier."""
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext>'
    "</c:extLst>"
)
LEAST_PLOT = 120.0
"""Points of width below which bars cannot be told apart."""
LEAST_BAR = 20.0
"""Points that a bar and the space around it need in the least."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a chart is drawn on: width and height in points, label size, language and colours by role."""

    width: float
    height: float
    size: float
    language: str
    colours: dict[str, str]


def chart_xml(chart: Chart, paper: Paper, workbook: str) -> str:
    """The `c:chartSpace` of a chart; `workbook` is the relationship id of the embedded workbook."""
    plot = _stacked(chart, paper) if chart.stacked else _bars(chart, paper)
    return (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart, paper)}{plot}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text_style(paper, 'ink')}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def needed_height(chart: Chart, paper: Paper) -> float:
    """Points of height below which the bars of this chart would be too thin to read."""
    if chart.stacked:
        return _head(chart, paper) + 2 * paper.size * LINE + 2 * (paper.size * LINE + GAP)
    label_width = _category_width(chart, paper)
    rows = sum(
        max(LEAST_BAR, len(wrap(bar.label, paper.size, label_width)) * paper.size * LINE + 4) for bar in chart.bars
    )
    return _head(chart, paper) + rows + _axis_height(chart, paper)


def plot_width(chart: Chart, paper: Paper) -> float:
    """Points of width that category labels and bar texts leave for the bars of a chart that is not stacked."""
    right = max(text_width(bar.text, paper.size, strong=True) for bar in chart.bars) + 2 * GAP
    return paper.width - _category_width(chart, paper) - GAP - right


def head_lines(chart: Chart, paper: Paper) -> list[str]:
    """The lines of the title above the bars."""
    return wrap(chart.title, paper.size, paper.width, strong=True) if chart.title else []


def _head(chart: Chart, paper: Paper) -> float:
    lines = len(head_lines(chart, paper))
    return lines * paper.size * LINE + GAP if lines else 0.0


def _foot_text(chart: Chart) -> str:
    """What the whiskers mean, said under the axis where any are drawn."""
    shown = chart.interval_name and any(_interval(bar) for bar in chart.bars)
    return f"I—I {chart.interval_name}" if shown else ""


def _axis_height(chart: Chart, paper: Paper) -> float:
    return (2 if _foot_text(chart) else 1) * (paper.size * LINE + GAP)


def _category_width(chart: Chart, paper: Paper) -> float:
    widest = max(text_width(bar.label, paper.size) for bar in chart.bars)
    return min(widest, paper.width * LABEL_SHARE)


def _title(chart: Chart, paper: Paper) -> str:
    lines = head_lines(chart, paper)
    if not lines:
        return '<c:autoTitleDeleted val="1"/>'
    paras = "".join(
        f'<a:p><a:pPr algn="l"><a:defRPr sz="{round(paper.size * 100)}" b="1"/></a:pPr>'
        f"{_run(line, paper, 'ink', strong=True)}</a:p>"
        for line in lines
    )
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{paras}</c:rich></c:tx>"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/>'
        '</c:manualLayout></c:layout><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _bars(chart: Chart, paper: Paper) -> str:
    left = _category_width(chart, paper) + GAP
    top = _head(chart, paper)
    width, high = plot_width(chart, paper), paper.height - top - _axis_height(chart, paper)
    count = len(chart.bars)
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_filled(*(_MAIN if bar.main else _OTHER), paper)}</c:spPr></c:dPt>"
        for i, bar in enumerate(chart.bars)
    )
    labels = "".join(_bar_label(i, bar, width, paper) for i, bar in enumerate(chart.bars))
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{_strings("B", 1, ("%",), cell=True)}</c:tx>'
        f'<c:spPr>{_filled(*_MAIN, paper)}</c:spPr><c:invertIfNegative val="0"/>{points}'
        f"<c:dLbls>{labels}{_text_style(paper, 'ink', part='c:txPr')}{_label_flags('outEnd')}{_NO_LEADERS}</c:dLbls>"
        f"{_error_bars(chart, paper)}<c:cat>{_strings('A', 2, tuple(bar.label for bar in chart.bars))}</c:cat>"
        f"<c:val>{_numbers('B', 2, tuple(bar.value for bar in chart.bars))}</c:val></c:ser>"
    )
    gap = 70 if count > 1 else 110
    return (
        f"<c:plotArea>{_inner(left, top, width, high, paper)}"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
        f"{_axes(paper, foot=_foot_text(chart), shown=True)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )


def _bar_label(index: int, bar: Bar, plot_width: float, paper: Paper) -> str:
    """The bar's text, moved to the right of the interval's end so that the two do not cross."""
    reach = max(0.0, (bar.value if bar.high is None else bar.high) - bar.value) / 100 * plot_width
    shift = (reach + GAP) / paper.width if reach else 0.0
    place = f'<c:layout><c:manualLayout><c:x val="{shift:.5f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    strong = bar.main
    rich = f"<a:p>{_run(bar.text, paper, 'ink', strong=strong)}</a:p>"
    return _label(index, place, rich, "outEnd")


def _error_bars(chart: Chart, paper: Paper) -> str:
    spans = [_interval(bar) for bar in chart.bars]
    if not any(spans):
        return ""
    plus = tuple(span[1] if span else None for span in spans)
    minus = tuple(span[0] if span else None for span in spans)
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers('F', 2, plus)}</c:plus><c:minus>{_numbers('E', 2, minus)}</c:minus>"
        f'<c:spPr><a:ln w="22225" cap="flat">{fill("ink", paper.colours)}</a:ln></c:spPr></c:errBars>'
    )


def _interval(bar: Bar) -> tuple[float, float] | None:
    if bar.low is None or bar.high is None:
        return None
    return round(bar.value - bar.low, 6), round(bar.high - bar.value, 6)


def interval(bar: Bar) -> tuple[float, float] | None:
    """Percentage points from a bar's value down to and up to the ends of its interval, None without one."""
    return _interval(bar)


def _stacked(chart: Chart, paper: Paper) -> str:
    top = _head(chart, paper)
    width = paper.width
    high = paper.height - top - _outside_rows(chart, paper) * (paper.size * LINE + GAP)
    whole = sum(bar.value for bar in chart.bars) or 1.0
    shades = part_fills([bar.main for bar in chart.bars])
    start = 0.0
    outside = 0
    series = ""
    for i, (bar, shade) in enumerate(zip(chart.bars, shades, strict=True)):
        part = width * bar.value / whole
        lines, inside = _part_lines(bar, part, high, paper)
        place = ""
        if not inside:
            half = text_width(lines[0], paper.size) / 2
            middle = start + part / 2
            shift_x = min(max(middle, half), width - half) - middle
            row = 1 if outside % 2 == 0 else 2
            outside += 1
            shift_y = high / 2 + (row - 0.5) * paper.size * LINE + GAP / 2
            place = (
                f'<c:layout><c:manualLayout><c:x val="{shift_x / paper.width:.5f}"/>'
                f'<c:y val="{shift_y / paper.height:.5f}"/></c:manualLayout></c:layout>'
            )
        role = readable_on(shade, paper.colours) if inside else "ink"
        rich = "".join(f"<a:p>{_run(line, paper, role, strong=n == 0)}</a:p>" for n, line in enumerate(lines))
        column = chr(ord("B") + i)
        series += (
            f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/><c:tx>{_strings(column, 1, (bar.label,), cell=True)}</c:tx>'
            f"<c:spPr>{_filled(shade, 'ink', paper)}</c:spPr>"
            f'<c:invertIfNegative val="0"/><c:dLbls>{_label(0, place, rich, "ctr")}'
            f"{_text_style(paper, role, part='c:txPr')}{_label_flags('ctr')}{_NO_LEADERS}</c:dLbls>"
            f"<c:cat>{_strings('A', 2, (chart.title,))}</c:cat>"
            f"<c:val>{_numbers(column, 2, (bar.value,))}</c:val></c:ser>"
        )
        start += part
    return (
        f"<c:plotArea>{_inner(0, top, width, high, paper)}"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="percentStacked"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="0"/><c:overlap val="100"/><c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'
        f"</c:barChart>{_axes(paper, foot='', shown=False)}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
    )


def _filled(role: str, edge: str, paper: Paper) -> str:
    return f'{fill(role, paper.colours)}<a:ln w="12700">{fill(edge, paper.colours)}</a:ln>'


def _part_lines(bar: Bar, width: float, high: float, paper: Paper) -> tuple[list[str], bool]:
    """The label's lines, and whether they fit inside the part; outside it is one line."""
    room = width - GAP
    words = [word for text in (bar.text, bar.label) for word in text.split()]
    lines = wrap(bar.text, paper.size, room, strong=True) + wrap(bar.label, paper.size, room)
    fits = all(text_width(word, paper.size, strong=True) <= room for word in words)
    if fits and len(lines) * paper.size * LINE <= high - GAP:
        return lines, True
    return [f"{bar.text} {bar.label}"], False


def _outside_rows(chart: Chart, paper: Paper) -> int:
    """How many rows of labels must stand below the bar, two at the most, because their parts are too narrow."""
    whole = sum(bar.value for bar in chart.bars) or 1.0
    least = paper.height - _head(chart, paper) - 2 * (paper.size * LINE + GAP)
    narrow = [b for b in chart.bars if not _part_lines(b, paper.width * b.value / whole, least, paper)[1]]
    return min(2, len(narrow))


def _axes(paper: Paper, *, foot: str, shown: bool) -> str:
    quiet = f'<c:spPr><a:ln w="12700">{fill("rule", paper.colours)}</a:ln></c:spPr>'
    hidden = int(not shown)
    title = ""
    if foot:
        rich = f'<a:p><a:pPr><a:defRPr b="0"/></a:pPr>{_run(foot, paper, "muted", strong=False)}</a:p>'
        title = f'<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{rich}</c:rich></c:tx><c:overlay val="0"/></c:title>'
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{quiet}{_text_style(paper, 'ink')}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{100 if shown else 1}"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="b"/>{title}<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"{quiet}{_text_style(paper, 'muted')}"
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="max"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{25 if shown else 1}"/></c:valAx>'
    )


def _inner(left: float, top: float, width: float, high: float, paper: Paper) -> str:
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left / paper.width:.5f}"/><c:y val="{top / paper.height:.5f}"/>'
        f'<c:w val="{width / paper.width:.5f}"/><c:h val="{high / paper.height:.5f}"/></c:manualLayout></c:layout>'
    )


def _label(index: int, place: str, paragraphs: str, position: str) -> str:
    return (
        f'<c:dLbl><c:idx val="{index}"/>{place}<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{paragraphs}</c:rich>'
        f"</c:tx>{_label_flags(position)}</c:dLbl>"
    )


def _label_flags(position: str) -> str:
    return (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _run(text: str, paper: Paper, role: str, *, strong: bool) -> str:
    return (
        f'<a:r><a:rPr lang="{escape(paper.language)}" sz="{round(paper.size * 100)}" b="{int(strong)}">'
        f"{fill(role, paper.colours)}</a:rPr><a:t>{escape(text)}</a:t></a:r>"
    )


def _text_style(paper: Paper, role: str, *, part: str = "c:txPr") -> str:
    return (
        f'<{part}><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(paper.size * 100)}">'
        f"{fill(role, paper.colours)}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="{escape(paper.language)}"/></a:p></{part}>'
    )


def _reference(column: str, row: int, count: int, *, cell: bool = False) -> str:
    end = "" if cell else f":${column}${row + count - 1}"
    return f"<c:f>{SHEET}!${column}${row}{end}</c:f>"


def _strings(column: str, row: int, values: tuple[str, ...], *, cell: bool = False) -> str:
    cache = "".join(f'<c:pt idx="{i}"><c:v>{escape(value)}</c:v></c:pt>' for i, value in enumerate(values))
    return (
        f"<c:strRef>{_reference(column, row, len(values), cell=cell)}"
        f'<c:strCache><c:ptCount val="{len(values)}"/>{cache}</c:strCache></c:strRef>'
    )


def _numbers(column: str, row: int, values: tuple[float | None, ...]) -> str:
    cache = "".join(
        f'<c:pt idx="{i}"><c:v>{value:.10g}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef>{_reference(column, row, len(values))}<c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{cache}</c:numCache></c:numRef>'
    )
