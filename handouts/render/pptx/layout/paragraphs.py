"""Blocks of text → paragraphs with every size and indent settled, so that measuring and drawing cannot disagree."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from handouts.plan.blocks import Block, Box, Grid, Group, Heading, ListBlock, Marker, Paragraph
from handouts.plan.text import Run, Runs
from handouts.render.pptx.template.holders import TextStyle
from handouts.render.pptx.template.look import DeckSizes
from handouts.render.pptx.template.metrics import metrics

LIST_INDENT = 18.0
"""Points from the left edge to an item's text where the placeholder itself has no bullets."""
SCHEMES = ("http://", "https://", "tel:", "sms:", "mailto:")
"""What a link may start with."""


class Para(Struct, frozen=True):
    """One paragraph: `size`, `indent` and `before` in points; `colour` None means the placeholder's own."""

    runs: Runs
    size: float
    strong: bool = False
    colour: str | None = None
    marker: Marker | None = None
    indent: float = 0
    before: float = 0


def allowed(href: str) -> bool:
    """Whether a link may stand in a deck: addresses of the web, of telephones and of mail."""
    return href.casefold().startswith(SCHEMES) and href == href.strip()


def height(paras: Iterable[Para], style: TextStyle, width: float) -> float:
    """Height in points of these paragraphs in a column `width` points wide, the space above each included."""
    font = metrics(style.font)
    line = font.pitch(style.spacing)
    total = 0.0
    for para in paras:
        count = font.lines(para.runs, para.size, width - para.indent, strong=para.strong, caps=style.caps)
        total += para.before + count * para.size * line
    return total


def paragraphs(blocks: Iterable[Block], style: TextStyle, theme: DeckSizes) -> tuple[Para, ...]:
    """The paragraphs of these blocks in reading order, as the placeholder's style and the theme's sizes set them.

    Tables, figures and pictures have none. A list's `marker` is kept; other paragraphs have none.
    """
    return tuple(para for block in blocks for para in _of(block, style, theme))


def _of(block: Block, style: TextStyle, theme: DeckSizes) -> Iterable[Para]:
    match block:
        case Heading():
            yield Para(block.runs, style.size, strong=True, colour="accent", before=style.before * 1.5)
        case Paragraph():
            yield _paragraph(block, style, theme)
        case ListBlock():
            indent = 0.0 if block.marker == "none" else max(style.indent, LIST_INDENT)
            for item in block.items:
                yield Para(item.runs, style.size, style.strong, None, block.marker, indent, style.before)
        case Box() | Group():
            yield from paragraphs(block.blocks, style, theme)
        case Grid():
            for column in block.columns:
                yield from paragraphs(column.blocks, style, theme)
        case _:
            pass


def _paragraph(block: Paragraph, style: TextStyle, theme: DeckSizes) -> Para:
    body = Para(block.runs, style.size, style.strong, None, None, 0, style.before)
    match block.role:
        case "lead":
            body = replace(body, strong=True)
        case "number":
            body = replace(body, size=style.size * 1.6, strong=True, colour="accent")
        case "caption":
            body = replace(body, size=min(style.size, (theme.label + theme.source) / 2), colour="muted")
        case "eyebrow" | "small":
            body = replace(body, size=min(style.size, theme.label), colour="muted")
        case "note":
            body = replace(body, size=min(style.size, theme.table), colour="muted")
        case "source":
            body = replace(
                body, size=min(style.size, theme.source), colour="muted", before=min(style.before, theme.source / 4)
            )
        case "rule-line":
            body = replace(body, runs=(*block.runs, Run(" ____________________")))
        case "body":
            pass
    return body
