"""Element tree → plan blocks: what each element of a template becomes. Makers give figures and pictures by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from handouts.compose.html import BLOCKS, MOST_PROBLEMS, Element
from handouts.plan.blocks import (
    Align,
    Block,
    Box,
    BoxRole,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Marker,
    Paragraph,
    ParagraphRole,
    Picture,
    Table,
    TableRole,
)
from handouts.plan.text import Run, Runs
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

# A note is no part of the text that is reviewed: templates could put anything there.
_BOXES = tuple(role for role in get_args(BoxRole) if role != "note")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINKS = ("https://", "http://", "tel:", "sms:", "mailto:")


class Makers(Struct, frozen=True):
    """What `<figure>` can call for: `figure` gives a drawing or a table by name, `picture` a raster image; None where
    none is.
    """

    figure: Callable[[Element], FigureBlock | Table | None]
    picture: Callable[[Element], Picture | None]


class BlockReader:
    """Reads blocks from an element tree and collects what is wrong with it."""

    def __init__(self, template: str, makers: Makers) -> None:
        self.template = template
        self.makers = makers
        self.problems: list[Problem] = []

    def wrong(self, element: Element, message: str, instead: str) -> None:
        """Notes a mistake of the template. Raises ProblemsError where there are very many."""
        where = f"in line {element.line} of the HTML that it makes: "
        self.problems.append(error(Origin(self.template), "TEMPLATE03", where + message, instead))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ProblemsError(self.problems)

    def blocks(self, parent: Element) -> tuple[Block, ...]:
        """The blocks that an element holds. Loose text between blocks is a mistake; empty paragraphs vanish."""
        found: list[Block] = []
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self.wrong(parent, f"'{child.strip()[:40]}' stands outside a paragraph", "put it in <p>…</p>")
                continue
            block = self.block(child)
            if block is not None:
                found.append(block)
        return tuple(found)

    def block(self, element: Element) -> Block | None:
        """The block of one element, None where it holds nothing."""
        match element.tag:
            case "h1" | "h2" | "h3":
                runs = self.runs(element)
                return Heading(int(element.tag[1]), runs) if runs else None
            case "p":
                return self._paragraph(element)
            case "ul" | "ol":
                return self._list(element)
            case "table":
                return self._table(element)
            case "figure":
                return self._figure(element)
            case "aside" | "section":
                return self._container(element)
            case tag if tag in BLOCKS:
                self.wrong(element, f"<{tag}> stands on its own", "put it inside its list, table or figure")
            case tag:
                self.wrong(element, f"<{tag}> stands outside a paragraph", "put it in <p>…</p>")
        return None

    def runs(self, element: Element, skip: Iterable[str] = ()) -> Runs:
        """The text of an element as runs, white space folded as browsers do."""
        raw = list(self._inline(element, Run("", statements=_told(element)), tuple(skip)))
        folded: list[Run] = []
        after_space = True
        for run in raw:
            text = "\n" if run.text == "\n" else _SPACES.sub(" ", run.text)
            if after_space:
                text = text.lstrip(" ")
            if text:
                after_space = text[-1] in " \n"
                folded.append(run if text == run.text else run.saying(text))
        while folded and not folded[-1].text.rstrip(" \n"):
            folded.pop()
        if folded:
            folded[-1] = folded[-1].saying(folded[-1].text.rstrip(" \n"))
        return tuple(folded)

    def _inline(self, element: Element, style: Run, skip: tuple[str, ...]) -> Iterable[Run]:
        for child in element.children:
            if isinstance(child, str):
                yield style if style.text == child else style.saying(child)
                continue
            if child.tag in skip:
                continue
            if child.tag == "br":
                yield style.saying("\n")
                continue
            if child.tag not in ("strong", "em", "a", "span"):
                self.wrong(child, f"<{child.tag}> stands inside text", "close the paragraph before it")
            at = child.get("data-at")
            inner = Run(
                "",
                strong=style.strong or child.tag in ("strong", "em"),
                href=self._link(child) if child.tag == "a" else style.href,
                lang=child.get("lang") or style.lang,
                statements=(*style.statements, *_told(child)),
                origin=_origin(at) if at else style.origin,
            )
            yield from self._inline(child, inner, skip)

    def _link(self, element: Element) -> str | None:
        href = element.get("href")
        if href.startswith(_LINKS) and not any(c.isspace() or not c.isprintable() for c in href):
            return href
        self.wrong(element, f"'{href}' is not an address to link to", f"begin it with {', '.join(_LINKS)}")
        return None

    def _paragraph(self, element: Element) -> Block | None:
        runs = self.runs(element)
        role = self._one_of(element, get_args(ParagraphRole), "body")
        if not runs:
            return None
        return Paragraph(runs, cast(ParagraphRole, role), optional="data-optional" in element.attributes)

    def _list(self, element: Element) -> Block | None:
        items: list[Item] = []
        for child in element.elements():
            if child.tag != "li":
                self.wrong(child, f"<{child.tag}> stands in a list", "put it in <li>…</li>")
                continue
            runs = self.runs(child)
            if runs:
                items.append(Item(runs, self._whole(child, "data-write-lines", 0, 20)))
        default = "number" if element.tag == "ol" else "bullet"
        marker = self._one_of(element, get_args(Marker), default)
        columns = self._whole(element, "data-columns", 1, 2)
        return ListBlock(tuple(items), cast(Marker, marker), max(1, columns)) if items else None

    def _table(self, element: Element) -> Block | None:
        rows = [row for part in element.elements() for row in (part.elements() if part.tag != "tr" else (part,))]
        cells = [tuple(self._cell(cell, head=index == 0) for cell in row.elements()) for index, row in enumerate(rows)]
        if len(cells) < 2:
            return None
        columns = len(cells[0])
        if not columns:
            self.wrong(rows[0], "the first row of a table has no cells", "write its heads: <tr><th>…</th></tr>")
            return None
        for row, filled in zip(rows, cells, strict=True):
            if len(filled) != columns:
                self.wrong(row, f"a row has {len(filled)} cells, its table {columns}", "give each row as many cells")
                return None
        widths = tuple(
            float(w) for w in element.get("data-widths").split() if re.fullmatch(r"[0-9]{1,4}", w) and int(w)
        )
        if len(widths) != columns:
            if element.get("data-widths"):
                self.wrong(element, f"data-widths has not {columns} numbers", f"write {' '.join('1' * columns)}")
            widths = (1.0,) * columns
        role = cast(TableRole, self._one_of(element, get_args(TableRole), "rows"))
        return Table(cells[0], tuple(cells[1:]), widths, element.get("data-summary"), role=role)

    def _cell(self, element: Element, *, head: bool) -> Cell:
        if element.tag not in ("th", "td"):
            self.wrong(element, f"<{element.tag}> stands in a table row", "use <th> and <td>")
        scope = None if element.tag == "td" else "column" if head else "row"
        return Cell(self.runs(element), scope, _align(element))

    def _figure(self, element: Element) -> Block | None:
        align = _align(element)
        if element.get("data-figure") == "logo":
            picture = self.makers.picture(element)
            return replace(picture, align=align) if picture else None
        block = self.makers.figure(element)
        tables = [self._table(child) for child in element.elements() if child.tag == "table"]
        instead = next((table for table in tables if isinstance(table, Table)), None)
        if block is None:
            return instead
        captions = [child for child in element.elements() if child.tag == "figcaption"]
        caption = self.runs(captions[0]) if captions else ()
        if isinstance(block, Table):
            return Group((Paragraph(caption, "caption"), block), keep=True) if caption else block
        if block.caption and caption:
            caption = (*block.caption, Run(" "), *caption)
        return replace(block, caption=caption or block.caption, align=align, instead=instead or block.instead)

    def _container(self, element: Element) -> Block | None:
        classes = element.classes()
        keep, new_page = (name in element.attributes for name in ("data-keep", "data-new-page"))
        if "grid" in classes:
            grid = self._grid(element)
            return Group((grid,), keep=keep, new_page=new_page) if grid and (keep or new_page) else grid
        blocks = self.blocks(element)
        if not blocks:
            return None
        role = next((c for c in classes if c in _BOXES), None)
        unknown = [c for c in classes if c not in _BOXES and c != "notes"]
        if unknown:
            known = (*_BOXES, "grid", "notes")
            self.wrong(element, f"class '{unknown[0]}' is not known here", choose_from(unknown[0], known))
        if element.tag == "aside" or role:
            return Box(cast(BoxRole, role or "plain"), blocks)
        return Group(blocks, keep=keep, new_page=new_page)

    def _grid(self, element: Element) -> Block | None:
        columns: list[Column] = []
        parts = [(child, self.blocks(child)) for child in element.elements()]
        filled = [(child, blocks) for child, blocks in parts if blocks]
        for child, blocks in filled:
            span = self._whole(child, "data-span", 12 // len(parts), 12)
            columns.append(Column(span, blocks))
        if not columns:
            return None
        if len(columns) < len(parts):
            # A part with nothing in it gives its room to the others.
            total = sum(column.span for column in columns)
            columns = [replace(column, span=max(1, round(12 * column.span / total))) for column in columns]
        if sum(column.span for column in columns) > 12:
            self.wrong(element, "the spans of a grid add up to more than 12", "make data-span add up to 12")
            return None
        return Group(columns[0].blocks) if len(columns) == 1 else Grid(tuple(columns))

    def _one_of(self, element: Element, known: Iterable[str], default: str) -> str:
        for name in element.classes():
            if name in known:
                return name
            self.wrong(element, f"<{element.tag}> has no class '{name}'", choose_from(name, known))
        return default

    def _whole(self, element: Element, name: str, default: int, most: int) -> int:
        text = element.get(name)
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > most:
            self.wrong(element, f"{name}='{text}' is not a whole number up to {most}", f"write {name}='{default}'")
            return default
        return int(text)


def _told(element: Element) -> tuple[str, ...]:
    return tuple(element.get("data-statement").split())


def _align(element: Element) -> Align:
    return "right" if element.get("data-align") == "right" else "left"


def _origin(text: str) -> Origin:
    line, column, file = text.split(":", 2)
    return Origin(file, int(line), int(column))


def read_blocks(element: Element, template: str, makers: Makers) -> tuple[Block, ...]:
    """The blocks of an element. Raises ProblemsError with every mistake of the template."""
    reader = BlockReader(template, makers)
    blocks = reader.blocks(element)
    if reader.problems:
        raise ProblemsError(reader.problems)
    return blocks
