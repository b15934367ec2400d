"""What every chart's XML is made of: labels, axes, references into the workbook, and the paper that it is drawn on."""

from __future__ import annotations

from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.template.oxml import escape, fill

CATEGORY_AXIS = 111111111
VALUE_AXIS = 222222222
"""Axis ids: positive, as the schema's unsigned integers demand."""

SHEET = "Sheet1"
NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext>'
    "</c:extLst>"
)


def filled(role: str, edge: str, paper: Paper) -> str:
    return f'{fill(role, paper.colours)}<a:ln w="12700">{fill(edge, paper.colours)}</a:ln>'


def axes(paper: Paper, *, foot: str, shown: bool) -> str:
    quiet = f'<c:spPr><a:ln w="12700">{fill("rule", paper.colours)}</a:ln></c:spPr>'
    hidden = int(not shown)
    title = ""
    if foot:
        rich = f'<a:p><a:pPr><a:defRPr b="0"/></a:pPr>{run(foot, paper, "muted", strong=False)}</a:p>'
        title = f'<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{rich}</c:rich></c:tx><c:overlay val="0"/></c:title>'
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"{quiet}{text_style(paper, 'ink')}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{100 if shown else 1}"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="{hidden}"/><c:axPos val="b"/>{title}<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"{quiet}{text_style(paper, 'muted')}"
        f'<c:crossAx val="{CATEGORY_AXIS}"/><c:crosses val="max"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{25 if shown else 1}"/></c:valAx>'
    )


def inner(left: float, top: float, width: float, high: float, paper: Paper) -> str:
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left / paper.width:.5f}"/><c:y val="{top / paper.height:.5f}"/>'
        f'<c:w val="{width / paper.width:.5f}"/><c:h val="{high / paper.height:.5f}"/></c:manualLayout></c:layout>'
    )


def label_xml(index: int, place: str, paragraphs: str, position: str) -> str:
    return (
        f'<c:dLbl><c:idx val="{index}"/>{place}<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{paragraphs}</c:rich>'
        f"</c:tx>{label_flags(position)}</c:dLbl>"
    )


def label_flags(position: str) -> str:
    return (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def run(text: str, paper: Paper, role: str, *, strong: bool) -> str:
    return (
        f'<a:r><a:rPr lang="{escape(paper.language)}" sz="{round(paper.size * 100)}" b="{int(strong)}">'
        f"{fill(role, paper.colours)}</a:rPr><a:t>{escape(text)}</a:t></a:r>"
    )


def text_style(paper: Paper, role: str, *, part: str = "c:txPr") -> str:
    return (
        f'<{part}><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(paper.size * 100)}">'
        f"{fill(role, paper.colours)}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="{escape(paper.language)}"/></a:p></{part}>'
    )


def _reference(column: str, row: int, count: int, *, cell: bool = False) -> str:
    end = "" if cell else f":${column}${row + count - 1}"
    return f"<c:f>{SHEET}!${column}${row}{end}</c:f>"


def strings(column: str, row: int, values: tuple[str, ...], *, cell: bool = False) -> str:
    cache = "".join(f'<c:pt idx="{i}"><c:v>{escape(value)}</c:v></c:pt>' for i, value in enumerate(values))
    return (
        f"<c:strRef>{_reference(column, row, len(values), cell=cell)}"
        f'<c:strCache><c:ptCount val="{len(values)}"/>{cache}</c:strCache></c:strRef>'
    )


def numbers(column: str, row: int, values: tuple[float | None, ...]) -> str:
    cache = "".join(
        f'<c:pt idx="{i}"><c:v>{value:.10g}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef>{_reference(column, row, len(values))}<c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{cache}</c:numCache></c:numRef>'
    )
