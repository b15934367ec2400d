"""What all kinds of chart are drawn with: title, axes, labels, and what is added to python-pptx's chart XML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import PP_ALIGN
from pptx.util import Centipoints, Pt

from handouts.figures.shapes import NativeChart
from handouts.render.pptx.layout.charts import Paper, head_lines
from handouts.render.pptx.template.oxml import A, legal, tag
from handouts.render.pptx.write.paint import coloured, filled
from handouts.render.pptx.write.private import axis_xml, label_xml, xml

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
NS = f'xmlns:c="{C}" xmlns:a="{A}"'
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext>'
    "</c:extLst>"
)
_CLEAR = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def chart_tag(name: str) -> str:
    """A name of the chart vocabulary in Clark notation."""
    return f"{{{C}}}{name}"


class ChartDrawing:
    """A native chart, the plan's chart that it shows, and the paper that it is drawn on."""

    def __init__(self, native: Any, chart: NativeChart, paper: Paper) -> None:
        self.native = native
        self.chart = chart
        self.paper = paper
        self.palette = paper.colours
        self.plot = native.plots[0]
        self._ground = "<a:noFill/>"

    def begin(self) -> None:
        """Type and title."""
        self.native.has_legend = False
        self.native.font.size = Centipoints(round(self.paper.size * 100))
        coloured(self.native.font.color, "ink", self.palette)
        lines = head_lines(self.chart, self.paper)
        self.native.has_title = bool(lines)
        if lines:
            align = PP_ALIGN.RIGHT if self.paper.rtl else PP_ALIGN.LEFT
            self.say(self.native.chart_title.text_frame, lines, "ink", strong=len(lines), align=align)
        self.plot.vary_by_categories = False

    def say(
        self,
        frame: Any,
        lines: Sequence[str],
        role: str,
        *,
        strong: int = 0,
        align: PP_ALIGN | None = PP_ALIGN.LEFT,
        first: float | None = None,
    ) -> None:
        """Writes lines into an empty frame, so many from the first on `strong`; the `first` is as many points high."""
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.alignment = align
            run = paragraph.add_run()
            run.text = legal(line)
            size = first if first and number == 0 else self.paper.size
            run.font.size = Centipoints(round(size * 100))
            run.font.bold = number < strong
            coloured(run.font.color, role, self.palette)

    def painted(self, form: Any, fill: str, edge: str) -> None:
        """Fills and edges a series or a point."""
        filled(form.fill, fill, self.palette)
        form.line.width = Pt(1)
        coloured(form.line.color, edge, self.palette)

    def label(self, point: Any, position: XL_LABEL_POSITION, shift: tuple[float, float] | None) -> Any:
        """The text frame of a point's label; `shift` moves it from its position, as shares of the chart's sides."""
        label = point.data_label
        label.position = position
        frame = label.text_frame
        element = label_xml(label)
        if shift:
            place = f'<c:x val="{shift[0]:.5f}"/><c:y val="{shift[1]:.5f}"/>'
            layout = f"<c:layout><c:manualLayout>{place}</c:manualLayout></c:layout>"
            element.find(chart_tag("idx")).addnext(xml(layout, NS))
        frame.word_wrap = False
        return frame

    def bar_axes(self) -> None:
        """The axes of bars: names at the left from the top, values below the last bar, both from 0."""
        names, values = self.native.category_axis, self.native.value_axis
        names.reverse_order = True
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.major_tick_mark = XL_TICK_MARK.NONE
        values.has_major_gridlines = False
        values.minimum_scale = 0
        self.axis_looks(names, "ink")
        self.axis_looks(values, "muted", '0"%"')
        # Of python-pptx's two `crosses` one is passed over in silence.
        axis_xml(values).find(chart_tag("crosses")).set("val", "max")

    def axis_looks(self, axis: Any, role: str, number_format: str = "") -> None:
        """The line and the type of an axis, its numbers written in a format of a workbook."""
        axis.format.line.width = Pt(1)
        coloured(axis.format.line.color, "rule", self.palette)
        if number_format:
            axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
        axis.tick_labels.font.size = Centipoints(round(self.paper.size * 100))
        coloured(axis.tick_labels.font.color, role, self.palette)

    def key(self, left: float, top: float, width: float, high: float) -> None:
        """A key in an area of the chart, in points."""
        self.native.has_legend = True
        legend = self.native.legend
        legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        legend.font.size = Centipoints(round(self.paper.size * 100))
        coloured(legend.font.color, "ink", self.palette)
        element = self.native.element.find(f"{chart_tag('chart')}/{chart_tag('legend')}")
        self._laid_out(element, self._area(left, top, width, high), 1)

    def place(self, left: float, top: float, width: float, high: float) -> None:
        """Puts the plot at an area of the chart, in points from its top left corner."""
        inner = '<c:layoutTarget val="inner"/>' + self._area(left, top, width, high)
        self._laid_out(self.native.element.find(f"{chart_tag('chart')}/{chart_tag('plotArea')}"), inner, 0)

    def _area(self, left: float, top: float, width: float, high: float) -> str:
        """An area of the chart in points, as a layout's shares of its sides."""
        paper = self.paper
        numbers = (("x", left / paper.width), ("y", top / paper.height), ("w", width / paper.width),
                   ("h", high / paper.height))  # fmt: skip
        given = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in numbers)
        return f'<c:xMode val="edge"/><c:yMode val="edge"/>{given}'

    def named(self, axis: Any, lines: Sequence[str], left: float, top: float) -> None:
        """Gives an axis the lines of its name at a place of the chart, in points."""
        axis.has_title = True
        self.say(axis.axis_title.text_frame, lines, "muted", align=None)
        place = f'<c:x val="{left / self.paper.width:.5f}"/><c:y val="{top / self.paper.height:.5f}"/>'
        edges = f'<c:xMode val="edge"/><c:yMode val="edge"/>{place}'
        self._laid_out(axis_xml(axis).find(chart_tag("title")), edges, 1)

    def finish(self) -> None:
        """What no call of python-pptx does, on its XML."""
        root = self.native.element
        if self.paper.rtl or self.paper.look.directed:
            self._direct(root)
        for node in root.iter(chart_tag("axId"), chart_tag("crossAx")):
            # It writes negative ids, where the schema has unsigned ones.
            node.set("val", node.get("val").lstrip("-"))
        for labels in root.iter(chart_tag("dLbls")):
            labels.append(xml(_NO_LEADERS, NS))
        title = root.find(f"{chart_tag('chart')}/{chart_tag('title')}")
        if title is not None:
            edge = '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/>'
            self._laid_out(title, edge, 1)
        # XY charts have no `date1904`, after which it belongs.
        root.insert(len(root.findall(chart_tag("date1904"))), xml('<c:roundedCorners val="0"/>', NS))
        root.find(chart_tag("txPr")).addprevious(xml(_CLEAR, NS))
        plot = root.find(f"{chart_tag('chart')}/{chart_tag('plotArea')}")
        plot.append(xml(f"<c:spPr>{self._ground}</c:spPr>", NS))

    def _direct(self, root: Any) -> None:
        """Writes out the direction of every paragraph; what says no alignment of its own is in the middle."""
        for holder in root.iter(chart_tag("rich"), chart_tag("txPr")):
            for paragraph in holder.iterchildren(tag("a:p")):
                properties = paragraph.get_or_add_pPr()
                properties.set("rtl", str(int(self.paper.rtl)))
                if holder.tag == chart_tag("rich") and properties.get("algn") is None:
                    properties.set("algn", "ctr")

    def tint(self, share: float, *, left: bool) -> None:
        """Tints the plot up to a share of its width, from the left or from there on.

        LibreOffice softens the edge of the tint.
        """
        tint = self.palette.shades["accent_tint"]
        halves = (tint.xml(), tint.xml(clear=True)) if left else (tint.xml(clear=True), tint.xml())
        edge = round(share * 100_000)
        stops = ((0, halves[0]), (edge, halves[0]), (edge, halves[1]), (100_000, halves[1]))
        listed = "".join(f'<a:gs pos="{at}">{colour}</a:gs>' for at, colour in stops)
        self._ground = f'<a:gradFill><a:gsLst>{listed}</a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'

    @staticmethod
    def _laid_out(element: Any, content: str, at: int) -> None:
        for old in element.findall(chart_tag("layout")):
            element.remove(old)
        element.insert(at, xml(f"<c:layout><c:manualLayout>{content}</c:manualLayout></c:layout>", NS))
