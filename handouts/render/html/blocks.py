"""Blocks of a plan as HTML elements: headings in order, lists, tables, figures, and what is set off with its name."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from handouts.figures.shapes import Figure, Label
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
    walk,
    words_of,
)
from handouts.plan.documents import Meta
from handouts.plan.text import plain
from handouts.render.html.stylesheet import REM, length
from handouts.render.html.svg import number, svg
from handouts.render.html.text import attribute, direction, escaped, inline
from handouts.theme.schema import Theme

_PHONE = 18.5
"""Rem that a telephone's screen is wide inside the page's margins, 320 CSS pixels in all."""
_READABLE = 0.69
"""Rem. The smallest type of a figure that is made narrower for a small screen: 11 CSS pixels."""
_MODULE = 0.25
"""Rem of a module of a code, so that another screen or a camera across the desk can tell them apart."""
_FEW_COLUMNS = 3
"""So many columns of a table find room on a telephone's screen."""
_LABEL_WORDS = 8
_LINE = '<span class="write"></span>'


class Writer:
    """Writes the blocks of one handout; `rules` are the lines of the style sheet for what is on this page alone."""

    def __init__(self, meta: Meta, theme: Theme) -> None:
        self.meta, self.theme = meta, theme
        self.rules: list[str] = []
        self.has_images = False
        self._level = 0
        self._heading: tuple[str, str] = ("", meta.title)
        self._labels: set[str] = set()
        self._idents = 0
        self._column_widths: set[int] = set()

    def blocks(self, blocks: Iterable[Block]) -> str:
        """The elements of these blocks, in their order."""
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._head(block)
            case Paragraph():
                return self._paragraph(block)
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case FigureBlock():
                return self._figure(block)
            case Picture():
                return self._picture(block)
            case Box():
                return self._box(block)
            case Group():
                inner = self.blocks(block.blocks)
                keep = ' class="keep"' if block.keep else ""
                return f"<div{keep}>{inner}</div>\n" if inner else ""
            case Grid():
                return self._grid(block)

    def _ident(self, kind: str) -> str:
        self._idents += 1
        return f"{kind}{self._idents}"

    def _head(self, block: Heading) -> str:
        # No level is left out below another, and one heading alone is that of the page.
        level = min(block.level, self._level + 1)
        if level == 1 and self._level:
            level = 2
        self._level = level
        ident = self._ident("h")
        self._heading = (ident, plain(block.runs))
        words = inline(block.runs, self.meta)
        return f'<h{level} id="{ident}" class="h{block.level}"{direction(block.runs, self.meta)}>{words}</h{level}>\n'

    def _paragraph(self, block: Paragraph) -> str:
        words = inline(block.runs, self.meta)
        if block.role == "rule-line":
            return f'<p class="line"{direction(block.runs, self.meta)}><span>{words}</span></p>\n'
        role = "" if block.role == "body" else f' class="{block.role}"'
        return f"<p{role}{direction(block.runs, self.meta)}>{words}</p>\n"

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.marker == "number" else "ul"
        classes = [block.marker] if block.marker in {"checkbox", "none"} else []
        classes += ["columns"] if block.columns > 1 else []
        named = f' class="{" ".join(classes)}"' if classes else ""
        items = "".join(
            f"<li{direction(item.runs, self.meta)}>{inline(item.runs, self.meta)}{_LINE * item.write_lines}</li>\n"
            for item in block.items
        )
        return f"<{tag}{named}>\n{items}</{tag}>\n"

    def _table(self, table: Table, also: str = "") -> str:
        caption = table.summary or self._heading[1]
        ident = self._ident("t")
        head = "".join(self._cell(cell, head=True) for cell in table.head)
        rows = "".join(f"<tr>{''.join(self._cell(cell) for cell in row)}</tr>\n" for row in table.rows)
        whole = sum(table.widths) or 1
        shares = [max(1, round(100 * width / whole)) for width in table.widths]
        for share in set(shares) - self._column_widths:
            self.rules.append(f".w{share}{{width:{share}%}}")
        self._column_widths |= set(shares)
        columns = "".join(f'<col class="w{share}">' for share in shares)
        top = f"<thead><tr>{head}</tr></thead>" if table.head else ""
        wide = " wide" if len(shares) > _FEW_COLUMNS else ""
        return (
            f'<div class="scroll{also}"{self._region(caption)} tabindex="0">\n'
            f'<table id="{ident}" class="{table.role}{wide}"><caption>{escaped(caption)}</caption>'
            f"<colgroup>{columns}</colgroup>\n{top}<tbody>\n{rows}</tbody></table></div>\n"
        )

    def _cell(self, cell: Cell, *, head: bool = False) -> str:
        words = inline(cell.runs, self.meta)
        side = ' class="end"' if cell.align == "right" else ""
        scope = cell.scope or ("column" if head else None)
        if scope is None or not words:
            return f"<td{side}>{words}</td>"
        return f'<th scope="{"col" if scope == "column" else "row"}"{side}>{words}</th>'

    def _region(self, label: str) -> str:
        """A name for a part that scrolls, unlike all others: of what it shows, else with its heading, else counted."""
        name = next(
            one
            for one in (label, f"{self._heading[1]}: {label}", *(f"{label} ({again})" for again in range(2, 10_000)))
            if one not in self._labels
        )
        self._labels.add(name)
        return f' role="region"{attribute("aria-label", name)}'

    def _figure(self, block: FigureBlock) -> str:
        figure = block.figure
        caption = f"<figcaption>{inline(block.caption, self.meta)}</figcaption>" if block.caption else ""
        side = ' class="end"' if block.align == "right" else ""
        if figure.image:
            width = figure.width * REM
            drawn = self._image(figure.image.data, figure.image.media, figure.alt, width, figure.width / figure.height)
            return f"<figure{side}>{drawn}{caption}</figure>\n"
        ident = self._ident("f")
        ideal, least = self._widths(figure)
        drawn = svg(figure, self.theme, ident)
        if least <= _PHONE:
            self.rules.append(f"#{ident}{{width:{length(ideal)}}}")
            return f"<figure{side}>{drawn}{caption}</figure>\n"
        self.rules.append(f"#{ident}{{width:{length(ideal)};min-width:{length(min(least, ideal))}}}")
        if block.instead:
            table = self._table(block.instead, " narrow")
            return f'<figure class="roomy">{drawn}{caption}</figure>\n{table}'
        label = self._region(block.figure.alt if len(figure.alt) < 80 else self._heading[1])
        return f'<figure{side}><div class="scroll"{label} tabindex="0">{drawn}</div>{caption}</figure>\n'

    def _widths(self, figure: Figure) -> tuple[float, float]:
        """Rem in which a figure stands best, and the least in which its type can be read."""
        if figure.kind == "qr":
            # 1 unit is a point; its quiet zone is four modules wide.
            side = figure.width * 4 / figure.quiet * _MODULE if figure.quiet else 9.0
            return side, side
        smallest = min((shape.size for shape in figure.shapes if isinstance(shape, Label)), default=0)
        scale = max(1, self.theme.handout.floor / smallest) if smallest else 1
        ideal = figure.width * scale * REM
        least = figure.width * _READABLE / smallest * max(1, self.theme.handout.floor / 12) if smallest else 0
        return ideal, least

    def _picture(self, block: Picture) -> str:
        ratio = block.image.width / block.image.height
        drawn = self._image(block.image.data, block.image.media, block.alt, block.max_height * ratio * REM, ratio)
        side = " end" if block.align == "right" else ""
        return f'<div class="logo{side}">{drawn}</div>\n'

    def _image(self, data: bytes, media: str, alt: str, width: float, ratio: float) -> str:
        self.has_images = True
        pixels = round(width * 16), round(width * 16 / ratio)
        ident = self._ident("i")
        self.rules.append(f"#{ident}{{width:{length(width)}}}")
        size = f'width="{max(1, pixels[0])}" height="{max(1, pixels[1])}"'
        source = f"data:{media};base64,{base64.b64encode(data).decode('ascii')}"
        return f'<img id="{ident}" alt="{escaped(alt)}" {size} src="{source}">'

    def _box(self, block: Box) -> str:
        heading = next((one for one in walk(block.blocks) if isinstance(one, Heading)), None)
        before = self._idents
        inner = self.blocks(block.blocks)
        if not inner:
            return ""
        # A class of its own: `note` is that of small print.
        role = "box by-hand" if str(block.role) == "note" else f"box {block.role}"
        label = plain(heading.runs).strip() if heading else _beginning(block.blocks)
        if block.role == "plain" or not label or label in self._labels:
            return f'<div class="{role}">{inner}</div>\n'
        self._labels.add(label)
        if heading:
            ident = next(f"h{at}" for at in range(before + 1, self._idents + 1) if f'id="h{at}"' in inner)
            return f'<section class="{role}" aria-labelledby="{ident}">\n{inner}</section>\n'
        return f'<aside class="{role}"{attribute("aria-label", label)}>\n{inner}</aside>\n'

    def _grid(self, block: Grid) -> str:
        parts = [(column.span, self.blocks(column.blocks)) for column in block.columns]
        shown = "".join(f'<div class="span{number(span)}">\n{inner}</div>\n' for span, inner in parts if inner)
        return f'<div class="grid">\n{shown}</div>\n' if shown else ""


def _beginning(blocks: Sequence[Block]) -> str:
    """The first words of what has no heading, by which it is told from others."""
    words = words_of(blocks).split()
    return " ".join(words[:_LABEL_WORDS]) + ("…" if len(words) > _LABEL_WORDS else "")
