"""Makes decks with plain python-pptx as its manual shows: no alt text, no measuring, its own template. Argument: mode.

Mode `ten` makes ten slides: those of our plan that have a chart, with the same chart, and others to make up ten. Mode
`all` makes all slides of our plan, with their tables and notes. Titles, text and numbers are those of the plan.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from benchmarks.parts.content import edition, load_content, output
from benchmarks.workers.records import recipient
from benchmarks.workers.serve import serve
from handouts.figures.shapes import Chart
from handouts.plan.blocks import FigureBlock, Table, walk, words_of
from handouts.plan.documents import Deck, Slide
from handouts.plan.text import plain

TEN = 10
TITLE_AND_CONTENT, TITLE_ONLY = 1, 5
"""Positions of the layouts of python-pptx's default template."""


class PlainSlide(Struct, frozen=True):
    """What one slide says, as strings and numbers."""

    title: str
    lines: tuple[str, ...]
    charts: tuple[Chart, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    notes: str


def plain_slide(slide: Slide) -> PlainSlide:
    """A slide of our plan without anything of ours in it. Chart and table aside, all words become lines."""
    blocks = list(slide.blocks())
    inner = list(walk(blocks))
    charts = [b.figure.chart for b in inner if isinstance(b, FigureBlock) and isinstance(b.figure.chart, Chart)]
    tables = [tuple(tuple(plain(cell.runs) for cell in row) for row in (b.head, *b.rows))
              for b in inner if isinstance(b, Table)]  # fmt: skip
    lines = words_of(b for b in blocks if not isinstance(b, FigureBlock | Table)).splitlines()
    return PlainSlide(plain(slide.title), tuple(lines), tuple(charts), tuple(tables), words_of(slide.notes))


def ten_of(slides: Sequence[PlainSlide]) -> list[PlainSlide]:
    """All slides with a chart, and the first others, ten together in their order, without tables and notes."""
    others = [slide for slide in slides if not slide.charts][: TEN - sum(bool(slide.charts) for slide in slides)]
    kept = [slide for slide in slides if slide.charts or slide in others]
    return [PlainSlide(slide.title, slide.lines, slide.charts, (), "") for slide in kept]


def deck(slides: Sequence[PlainSlide], author: str) -> bytes:
    """The slides as the bytes of a PowerPoint file."""
    file: Any = Presentation()
    file.core_properties.author = author
    for said in slides:
        full = bool(said.charts or said.tables)
        slide = file.slides.add_slide(file.slide_layouts[TITLE_ONLY if full else TITLE_AND_CONTENT])
        slide.shapes.title.text = said.title
        sides = Inches(0.5), Inches(1.5), Inches(3), Inches(5)
        box = slide.shapes.add_textbox(*sides) if full else slide.placeholders[1]
        box.text_frame.text = "\n".join(said.lines)
        for paragraph in box.text_frame.paragraphs:
            paragraph.font.size = Pt(18)
        for chart in said.charts:
            _add_chart(slide, chart)
        for rows in said.tables:
            _add_table(slide, rows)
        if said.notes:
            slide.notes_slide.notes_text_frame.text = said.notes
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _add_chart(slide: Any, chart: Chart) -> None:
    data: Any = CategoryChartData()
    data.categories = [bar.label for bar in chart.bars]
    data.add_series(chart.title, [bar.value for bar in chart.bars])
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, Inches(4), Inches(1.5), Inches(5.5), Inches(4), data)
    frame.chart.plots[0].has_data_labels = True


def _add_table(slide: Any, rows: Sequence[Sequence[str]]) -> None:
    shape = slide.shapes.add_table(len(rows), len(rows[0]), Inches(0.5), Inches(5), Inches(9), Inches(2))
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            shape.table.cell(y, x).text = words


def main(mode: str) -> None:
    """Serves decks."""
    content = load_content()
    plan: Deck = output("pptx").compose(edition(content), content.templates)
    slides = [plain_slide(slide) for slide in plan.slides]
    if mode == "ten":
        slides = ten_of(slides)

    def make(author: str) -> bytes:
        return deck(slides, author)

    serve(lambda number: recipient(number).name, make)


if __name__ == "__main__":
    main(sys.argv[1])
