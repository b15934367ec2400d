"""Speaker notes: a slide's note blocks → its notes page, plain paragraphs, lists with a bullet character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.plan.blocks import Block, Box, Column, Grid, Group, ListBlock, Table, texts
from handouts.plan.documents import Slide
from handouts.plan.text import Run, Runs, plain
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.oxml import legal, tag
from handouts.render.pptx.write.private import run_xml, xml

BULLET = "• "
BETWEEN_CELLS = " | "
_FOOT, _FOOT_SIZE = 30.0, 10
"""Height of the foot, and size of its type in points."""


def note_lines(slide: Slide) -> list[Runs]:
    """One line a paragraph, item or table row; a slide without notes has its own title and source as notes."""
    lines = [line for line in _lines(slide.notes) if plain(line).strip()]
    return lines or [runs for runs in (slide.title, slide.source) if runs]


def fill_notes(page: Any, slide: Slide, number: int, state: str) -> None:
    """Writes a slide's notes, its number and at the foot the review state into an empty notes page of python-pptx."""
    for field in page.element.iter(tag("a:fld")):
        field[-1].text = str(number)
    frame = page.notes_text_frame
    for line, runs in enumerate(note_lines(slide)):
        paragraph = frame.add_paragraph() if line else frame.paragraphs[0]
        for run in runs:
            _say(paragraph, run)
    if state:
        _foot(page, state)


def _foot(page: Any, state: str) -> None:
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
            f'<a:pPr algn="l"/><a:r><a:rPr sz="{_FOOT_SIZE}00"/><a:t>{oxml.escape(state)}</a:t></a:r></a:p></p:txBody>'
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
