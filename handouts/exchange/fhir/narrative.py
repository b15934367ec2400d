"""Blocks of a plan → the XHTML that a FHIR narrative may hold, every word of theirs in reading order.

FHIR allows elements of HTML 4's chapters 7 to 11 and 15, links and images, and no section, figure, svg, script or style
sheet (R4 and R5, "Narrative", invariant txt-1). Drawings are said by their alt text, their table and their caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    FigureBlock,
    Grid,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Table,
)
from handouts.plan.direction import reads_right_to_left, runs_right_to_left
from handouts.plan.text import Run, Runs, plain, squeezed
from handouts.theme.fonts import SOFT_HYPHEN

XHTML = "http://www.w3.org/1999/xhtml"

_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (production 2) cannot hold, and FHIR's strings neither."""
_SCOPES = {"column": "col", "row": "row"}


def said(text: str) -> str:
    """A text as FHIR's strings take it: on one line, and with U+FFFD where a character is none."""
    return squeezed(_NO_CHARACTER.sub("\ufffd", text))


def division(content: str, language: str) -> str:
    """The `div` that a narrative is, in a language. Narratives have words (txt-2): give it none that has not."""
    return f'<div xmlns="{XHTML}"{_language(language)}{_direction(language)}>\n{content}\n</div>'


def paragraphs(texts: Iterable[str]) -> str:
    """Texts as paragraphs, without those that say nothing."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in map(said, texts) if text)


def narrated(blocks: Iterable[Block], language: str) -> str:
    """The blocks as XHTML, of a document in this language; "" where they say nothing."""
    return "\n".join(_Narrator(language).blocks(blocks))


def _language(tag: str) -> str:
    """HTML knows `lang` and XML `xml:lang`; FHIR wants both."""
    tag = escape(tag)
    return f' lang="{tag}" xml:lang="{tag}"'


def _direction(language: str) -> str:
    return ' dir="rtl"' if runs_right_to_left(language) else ""


def _around(tag: str, inner: Iterable[str], attributes: str = "") -> Iterator[str]:
    """An element around others, a line for each; nothing around nothing."""
    lines = list(inner)
    if lines:
        yield "\n".join((f"<{tag}{attributes}>", *lines, f"</{tag}>"))


class _Narrator:
    """Writes what a document of one language says."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.right_to_left = runs_right_to_left(language)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                # The viewer's page has the title of the document, and so the first level.
                yield from self.element(f"h{min(block.level, 5) + 1}", block.runs)
            case Paragraph():
                yield from self.element("p", block.runs, block.role if block.role != "body" else "")
            case ListBlock():
                tag = "ol" if block.marker == "number" else "ul"
                yield from _around(tag, (text for item in block.items for text in self.element("li", item.runs)))
            case Table():
                yield from self.table(block)
            case FigureBlock():
                yield from self.figure(block)
            case Picture():
                yield from self.element("p", (Run(block.alt),), "figure")
            case Box():
                yield from _around("div", self.blocks(block.blocks), f' class="{block.role}"')
            case Group():
                yield from self.blocks(block.blocks)
            case Grid():
                yield from self.blocks(inner for column in block.columns for inner in column.blocks)

    def figure(self, block: FigureBlock) -> Iterator[str]:
        yield from self.element("p", (Run(block.figure.alt),), "figure")
        if block.instead:
            yield from self.table(block.instead)
        yield from self.element("p", block.caption, "caption")

    def table(self, table: Table) -> Iterator[str]:
        head, body = [*self.row(table.head)], [text for row in table.rows for text in self.row(row)]
        if not body:
            # HTML 4 has no table without a body.
            head, body = body, head
        summary = f' summary="{escape(said(table.summary))}"' if said(table.summary) else ""
        yield from _around("table", (*_around("thead", head), *_around("tbody", body)), summary)

    def row(self, cells: tuple[Cell, ...]) -> Iterator[str]:
        if any(said(plain(cell.runs)) for cell in cells):
            yield from _around("tr", map(self.cell, cells))

    def cell(self, cell: Cell) -> str:
        tag = "th" if cell.scope else "td"
        scope = f' scope="{_SCOPES[cell.scope]}"' if cell.scope else ""
        return f"<{tag}{scope}{self.turned(cell.runs)}>{self.inline(cell.runs)}</{tag}>"

    def element(self, tag: str, runs: Runs, role: str = "") -> Iterator[str]:
        """The element with the words of the runs; nothing where there are none."""
        if said(plain(runs)):
            named = f' class="{role}"' if role else ""
            yield f"<{tag}{named}{self.turned(runs)}>{self.inline(runs)}</{tag}>"

    def turned(self, runs: Runs) -> str:
        """The direction of a text that runs the other way than the document."""
        right_to_left = reads_right_to_left(runs, self.language)
        return f' dir="{"rtl" if right_to_left else "ltr"}"' if right_to_left != self.right_to_left else ""

    def inline(self, runs: Runs) -> str:
        return "".join(map(self.run, runs))

    def run(self, run: Run) -> str:
        text = _NO_CHARACTER.sub("\ufffd", run.text.replace(SOFT_HYPHEN, ""))
        text = "<br/>\n".join(escape(line, quote=False) for line in text.split("\n"))
        if not text.strip():
            return text
        if run.strong:
            text = f"<b>{text}</b>"
        if run.href:
            text = f'<a href="{escape(run.href)}">{text}</a>'
        if run.lang and run.lang != self.language:
            right_to_left = runs_right_to_left(run.lang)
            turned = f' dir="{"rtl" if right_to_left else "ltr"}"' if right_to_left != self.right_to_left else ""
            text = f"<span{_language(run.lang)}{turned}>{text}</span>"
        return text
