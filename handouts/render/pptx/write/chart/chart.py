"""A figure's chart → DrawingML chart XML: response rates as bars with intervals, or exclusive parts as one stacked bar.

The XML is written whole, so that its axis ids, order of elements, label positions and error bars are ours.
"""

from __future__ import annotations

from handouts.figures.shapes import Chart
from handouts.render.pptx.layout.charts import Paper, head_lines
from handouts.render.pptx.template.oxml import A, R
from handouts.render.pptx.template.parts import XML
from handouts.render.pptx.write.chart import bars, stacked
from handouts.render.pptx.write.chart.parts import run, text_style

NS = f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{A}" xmlns:r="{R}"'


def chart_xml(chart: Chart, paper: Paper, workbook: str) -> str:
    """The chart's part; `workbook` is the relationship id of the embedded workbook."""
    plot = stacked.stacked_xml(chart, paper) if chart.stacked else bars.bars_xml(chart, paper)
    return (
        f'{XML}<c:chartSpace {NS}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart, paper)}{plot}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_style(paper, 'ink')}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _title(chart: Chart, paper: Paper) -> str:
    lines = head_lines(chart, paper)
    if not lines:
        return '<c:autoTitleDeleted val="1"/>'
    paras = "".join(
        f'<a:p><a:pPr algn="l"><a:defRPr sz="{round(paper.size * 100)}" b="1"/></a:pPr>'
        f"{run(line, paper, 'ink', strong=True)}</a:p>"
        for line in lines
    )
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{paras}</c:rich></c:tx>"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/>'
        '</c:manualLayout></c:layout><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )
