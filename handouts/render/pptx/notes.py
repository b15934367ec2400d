"""Speaker notes: a slide's note blocks → plain paragraphs on its notes page, lists with a bullet character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.plan.blocks import Block, Box, Column, Grid, Group, ListBlock, Table, texts
from handouts.plan.documents import Slide
from handouts.plan.text import Run, Runs, plain
from handouts.render.pptx import oxml

BULLET = "• "
BETWEEN_CELLS = " | "


def note_lines(slide: Slide) -> list[Runs]:
    """One line a paragraph, item or table row; a slide without notes has its own title and source as notes."""
    lines = [line for line in _lines(slide.notes) if plain(line).strip()]
    return lines or [runs for runs in (slide.title, slide.source) if runs]


def add_notes(slide: Any, lines: Iterable[Runs], language: str) -> None:
    """Fills the notes page of a python-pptx slide."""
    notes: Any = slide.notes_slide
    body = notes.notes_placeholder._element.txBody
    for old in body.findall(oxml.tag("a:p")):
        body.remove(old)
    for runs in lines:
        body.append(oxml.xml(f"<a:p {oxml.NS}>{''.join(_run(run, language) for run in runs)}</a:p>"))
    for shape in notes.placeholders:
        element = shape._element
        name = str(next(element.iter(oxml.tag("p:ph"))).get("type"))
        if name == "sldNum":
            field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            content = f'{field}<a:rPr lang="{oxml.escape(language)}"/><a:t>‹#›</a:t></a:fld>'
            old = element.find(oxml.tag("p:txBody"))
            if old is not None:
                element.remove(old)
            body = f"<p:txBody {oxml.NS}><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody>"
            element.append(oxml.xml(body))


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


def _run(run: Run, language: str) -> str:
    properties = f'lang="{oxml.escape(run.lang or language)}"' + (' b="1"' if run.strong else "")
    return f"<a:br><a:rPr {properties}/></a:br>".join(
        f"<a:r><a:rPr {properties}/><a:t>{oxml.escape(line)}</a:t></a:r>" if line else ""
        for line in oxml.legal(run.text).split("\n")
    )
