"""Speaker notes: a slide's note blocks → its notes page, plain paragraphs, lists with a bullet character."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.plan.blocks import Block, Box, Column, Grid, Group, ListBlock, Table, texts
from handouts.plan.documents import Slide
from handouts.plan.text import Run, Runs, plain
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.notes_master import NotesPage
from handouts.render.pptx.template.parts import XML

BULLET = "• "
BETWEEN_CELLS = " | "


def note_lines(slide: Slide) -> list[Runs]:
    """One line a paragraph, item or table row; a slide without notes has its own title and source as notes."""
    lines = [line for line in _lines(slide.notes) if plain(line).strip()]
    return lines or [runs for runs in (slide.title, slide.source) if runs]


def notes_xml(slide: Slide, page: NotesPage, language: str, number: int) -> bytes:
    """The notes page of a slide: its picture, its words, its number."""
    lang = oxml.escape(language)
    words = "".join(f"<a:p>{''.join(_run(run, language) for run in runs)}</a:p>" for runs in note_lines(slide))
    field = f'<a:fld id="{oxml.NUMBER_FIELD}" type="slidenum"><a:rPr lang="{lang}"/><a:t>{number}</a:t></a:fld>'
    shapes = ""
    if page.image:
        locks = '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        shapes += (
            f"<p:sp><p:nvSpPr>{oxml.named(2, 'Slide Image')}{locks}<p:nvPr><p:ph {page.image}/></p:nvPr></p:nvSpPr>"
            "<p:spPr/></p:sp>"
        )
    shapes += _text(3, "Notes", page.body, words)
    if page.number:
        shapes += _text(4, "Slide Number", page.number, f"<a:p>{field}</a:p>")
    return (
        f"{XML}<p:notes {oxml.NS}><p:cSld>{oxml.shape_tree(shapes)}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    ).encode()


def _text(number: int, name: str, reference: str, paragraphs: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{oxml.named(number, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {reference}/></p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )


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
