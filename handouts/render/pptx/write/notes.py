"""Speaker notes: a slide's note blocks → its notes page, plain paragraphs, lists with a bullet character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handouts.plan.blocks import Block, Box, Column, Grid, Group, ListBlock, Table, texts
from handouts.plan.direction import reads_right_to_left, runs_right_to_left
from handouts.plan.documents import Slide
from handouts.plan.text import Run, Runs, plain
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.directions import Aligned, side
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import legal, tag
from handouts.render.pptx.write.private import run_xml, xml
from handouts.render.pptx.write.text import direct

BULLET = "• "
BETWEEN_CELLS = " | "
_FOOT, _FOOT_SIZE = 30.0, 10
"""Height of the foot, and size of its type in points."""


def note_lines(slide: Slide) -> list[Runs]:
    """One line a paragraph, item or table row; a slide without notes has its own title and source as notes."""
    lines = [line for line in _lines(slide.notes) if plain(line).strip()]
    return lines or [runs for runs in (slide.title, slide.source) if runs]


class NotesPage:
    """An empty notes page of python-pptx, the language of a deck, and how the notes master aligns its placeholders.

    `directed` says that every paragraph writes out its direction.
    """

    def __init__(self, page: Any, language: str, styles: Mapping[str, Aligned], *, directed: bool) -> None:
        self.page = page
        self.language = language
        self.styles = styles
        self.directed = directed

    def fill(self, slide: Slide, number: int, state: str) -> None:
        """Writes a slide's notes, its number and at the foot the review state."""
        own = runs_right_to_left(self.language)
        for paragraph in self.page.element.iter(tag("a:p")):
            for field in paragraph.iterchildren(tag("a:fld")):
                field[-1].text = str(number)
                if own or self.directed:
                    properties = paragraph.get_or_add_pPr()
                    properties.set("algn", self.styles.get("sldNum", Aligned()).align)
                    properties.set("rtl", str(int(own)))
        frame = self.page.notes_text_frame
        for line, runs in enumerate(note_lines(slide)):
            paragraph = frame.add_paragraph() if line else frame.paragraphs[0]
            rtl = reads_right_to_left(runs, self.language)
            if rtl or self.directed:
                style = self.styles.get("body", Aligned())
                direct(paragraph, rtl, side(style.align, styled=style.rtl, rtl=rtl))
            for run in runs:
                _say(paragraph, run)
        if state:
            rtl = f' rtl="{int(own)}"' if own or self.directed else ""
            _foot(self.page, state, f'algn="{"r" if own else "l"}"{rtl}')


def _foot(page: Any, state: str, directions: str) -> None:
    """A foot with a place of its own: many masters of notes have none, and python-pptx takes none over."""
    high, wide = (
        float(page.part.package.presentation_part.presentation.element.find(tag("p:notesSz")).get(side)) / 12700
        for side in ("cy", "cx")
    )
    number = 1 + max(int(node.get("id")) for node in page.element.iter(tag("p:cNvPr")))
    idx = 1 + max(int(node.get("idx", "0")) for node in page.element.iter(tag("p:ph")))
    area = Area(wide / 9, high - _FOOT - 8, wide * 4 / 9, _FOOT)
    page.shapes.element.append(
        xml(
            f'<p:sp><p:nvSpPr>{oxml.named(number, "Footer")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="ftr" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr>{oxml.xfrm(area)}{oxml.RECTANGLE}'
            '</p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/><a:lstStyle/><a:p>'
            f"<a:pPr {directions}/>"
            f'<a:r><a:rPr sz="{_FOOT_SIZE}00"/><a:t>{oxml.escape(state)}</a:t></a:r></a:p></p:txBody>'
            "</p:sp>",
            oxml.NS,
        )
    )


def _say(paragraph: Any, run: Run) -> None:
    for number, line in enumerate(legal(run.text).split("\n")):
        if number:
            paragraph.add_line_break()
        if not line:
            continue
        one = paragraph.add_run()
        one.text = line
        if run.strong:
            one.font.bold = True
        if run.lang:
            run_xml(one).get_or_add_rPr().set("lang", run.lang)


def _lines(blocks: Iterable[Block]) -> Iterable[Runs]:
    for block in blocks:
        match block:
            case ListBlock():
                for item in block.items:
                    yield (Run(BULLET), *item.runs)
            case Table():
                for row in (block.head, *block.rows):
                    cells = [cell.runs for cell in row]
                    yield tuple(
                        run for i, runs in enumerate(cells) for run in ((Run(BETWEEN_CELLS), *runs) if i else runs)
                    )
            case Box() | Group():
                yield from _lines(block.blocks)
            case Grid():
                for column in block.columns:
                    yield from _column(column)
            case _:
                yield from texts(block)


def _column(column: Column) -> Iterable[Runs]:
    return _lines(column.blocks)
