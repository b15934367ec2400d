"""One page → one slide of python-pptx: text, tables, charts and pictures in the layout's placeholders, and notes."""

from __future__ import annotations

import io
from itertools import count
from typing import Any, NamedTuple

from msgspec.structs import replace
from pptx import Presentation
from pptx.util import Centipoints, Emu

from handouts.plan.blocks import FigureBlock, Picture, Table
from handouts.plan.direction import runs_right_to_left
from handouts.plan.text import Run, Runs
from handouts.problems import Origin, ProblemsError, error
from handouts.render.pptx.layout.fit import Fitted
from handouts.render.pptx.layout.paginate import SlidePage, eyebrow
from handouts.render.pptx.layout.paragraphs import Para
from handouts.render.pptx.layout.pieces import Drawn, PlacedPiece, TextPiece, figure_area, picture_size
from handouts.render.pptx.layout.whole_words import kept_whole
from handouts.render.pptx.template.bind import Bound, Spot
from handouts.render.pptx.template.directions import side
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.oxml import NS, emu, legal, tag
from handouts.render.pptx.write.accessibility import as_field, spoken, told
from handouts.render.pptx.write.charts import Inserting, add_chart
from handouts.render.pptx.write.empties import Empty, empties, layouts_of
from handouts.render.pptx.write.groups import group
from handouts.render.pptx.write.notes import NotesPage
from handouts.render.pptx.write.paint import filled, placed, sides
from handouts.render.pptx.write.private import (
    add_copy,
    drop_slides,
    for_chart,
    for_picture,
    for_table,
    placeholders,
    xml,
)
from handouts.render.pptx.write.tables import fill_table, summary
from handouts.render.pptx.write.text import PLAIN, RunLook, RunStyle, TextWriter, boxed, direct

_TEXT_KINDS = ("body", "obj", "subTitle")
_TABLE_KINDS = ("tbl", "obj")
_CHART_KINDS = ("chart", "obj")
_PICTURE_KINDS = ("pic", "obj")


class Dress(NamedTuple):
    """How what stands in a placeholder looks, and what sets its text so."""

    look: DeckLook
    text: TextWriter


class SlideWriter:
    """Adds the slides of one deck to `presentation`, which is the template's as python-pptx opens it.

    Raises ProblemsError for a template that python-pptx cannot read.
    """

    def __init__(self, fit: Fitted, language: str) -> None:
        self.template = fit.template
        self.foot = fit.foot
        self.language = language
        self._dresses: dict[int, Dress] = {}
        with _Readable(fit.template.file):
            self._empties = empties(fit.template.data)
            self.presentation: Any = Presentation(io.BytesIO(fit.template.data))
            self._layouts = layouts_of(self.presentation)

    def write(self, page: SlidePage, number: int) -> Any:
        """Adds one slide with its notes; `number` is its place in the deck."""
        with _Readable(self.template.file):
            layout, empty = self._layouts[page.bound.part], self._empties.of(page.bound)
        return _Slide(self, page, number, layout, empty).write()

    def dress(self, spot: Spot) -> Dress:
        """The colours of a placeholder: those that can be read on what lies behind it."""
        palette = spot.palette or self.template.look.palette
        if id(palette) not in self._dresses:
            look = self.template.look if spot.palette is None else replace(self.template.look, palette=palette)
            self._dresses[id(palette)] = Dress(look, TextWriter(self.language, look))
        return self._dresses[id(palette)]

    def clear(self) -> None:
        """Takes the slides out again."""
        drop_slides(self.presentation)


class _Readable:
    """Turns whatever python-pptx raises on a stranger's XML into a plain message."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, bad: BaseException | None, trace: object) -> None:
        if not isinstance(bad, Exception) or isinstance(bad, ProblemsError | MemoryError):
            return
        message = f"has a master or layout that cannot be read: {str(bad)[:120] or type(bad).__name__}"
        raise ProblemsError(
            [error(Origin(self.file), "DECK10", message, "repair it in PowerPoint, and save it")]
        ) from None


class _Slide:
    def __init__(self, writer: SlideWriter, page: SlidePage, number: int, layout: Any, empty: Empty) -> None:
        self.writer = writer
        self.page = page
        self.number = number
        self.dress = writer.dress
        self.rtl = runs_right_to_left(writer.language)
        self.slide = add_copy(writer.presentation, layout, number, empty.slide, empty.notes)

    def write(self) -> Any:
        bound = self.page.bound
        shapes = iter(placeholders(self.slide))
        last = self._line(next(shapes), bound.title, self.page.slide.title)
        if bound.eyebrow is not None:
            last = self._eyebrow(next(shapes), bound.eyebrow) or last
        for name, spot in bound.spots.items():
            holder = next(shapes)
            pieces = self.page.placed.get(name, ())
            for item in pieces:
                shape, used = self._draw(item, spot, holder, alone=len(pieces) == 1)
                holder = None if used else holder
                # The order of elements is the order of reading.
                last.element.addnext(shape.element)
                last = shape
            if holder is not None:
                _remove(holder)
        self._furniture(bound, list(shapes))
        notes = self.slide.notes_slide
        page = NotesPage(
            notes, self.writer.language, self.writer.template.notes, directed=self.writer.template.look.directed
        )
        page.fill(self.page.slide, self.number, self.writer.foot.state)
        spoken(self.slide.element, self.writer.language)
        spoken(notes.element, self.writer.language)
        return self.slide

    def _line(self, shape: Any, spot: Spot, runs: Runs) -> Any:
        """Fills a placeholder with words of its own size."""
        style = spot.style
        if spot.grown:
            placed(shape, spot.area)
        room = spot.area.width - style.insets[0] - style.insets[2]
        whole = kept_whole(runs, style.size, room, metrics(style.font), strong=style.strong, caps=style.caps)
        para = Para(whole, style.size, style.strong)
        self.dress(spot).text.fill(shape.text_frame, [para], RunStyle(spot.style, spot.coloured))
        return shape

    def _eyebrow(self, shape: Any, spot: Spot) -> Any:
        """Names the part of the deck above the title; None where the title does."""
        if text := eyebrow(self.page.slide):
            return self._line(shape, spot, (Run(text),))
        _remove(shape)
        return None

    def _draw(self, item: PlacedPiece, spot: Spot, holder: Any, *, alone: bool) -> tuple[Any, bool]:
        """Draws one piece, in its placeholder where that is free and of the right type; says whether it was used."""

        def free(kinds: tuple[str, ...]) -> bool:
            return holder is not None and spot.kind in kinds

        area = item.area
        match item.piece:
            case TextPiece() as text:
                whole = alone and area == spot.area and not spot.grown
                used = free(_TEXT_KINDS)
                return self._text(text, area, spot, holder if used else None, whole=whole), used
            case drawn:
                block = drawn.block
        match block:
            case Table():
                used = free(_TABLE_KINDS)
                return self._table(block, drawn, area, spot, holder if used else None), used
            case Picture():
                used = free(_PICTURE_KINDS)
                return self._picture(block, area, holder if used else None), used
            case FigureBlock(figure=figure) if figure.chart:
                used = free(_CHART_KINDS)
                return self._chart(block, area, spot, holder if used else None), used
            case FigureBlock(figure=figure) if figure.image:
                used = free(_PICTURE_KINDS)
                return self._image(
                    figure.image.data, figure.alt, figure_area(figure, area), holder if used else None
                ), used
            case FigureBlock():
                return self._group(block, area, spot), False

    def _text(self, text: TextPiece, area: Area, spot: Spot, holder: Any, *, whole: bool) -> Any:
        if holder is None:
            shape = self.slide.shapes.add_textbox(*sides(area))
            shape.name = "Text"
        else:
            shape = holder
            if text.fill or not whole:
                placed(shape, area)
        if text.fill:
            filled(shape.fill, text.fill, self.dress(spot).look.palette)
        own = holder is None or text.fill
        if own:
            boxed(shape.text_frame, text)
        paras = [replace(p, colour=p.colour or "ink") for p in text.paras] if own else text.paras
        setting = PLAIN if holder is None else RunStyle(spot.style, spot.coloured and not text.fill)
        self.dress(spot).text.fill(shape.text_frame, paras, setting)
        return shape

    def _table(self, table: Table, drawn: Drawn, area: Area, spot: Spot, holder: Any) -> Any:
        rows, columns = 1 + len(table.rows), len(table.head)
        if holder is None:
            frame = self.slide.shapes.add_table(rows, columns, *sides(area))
        else:
            placed(holder, area)
            frame = for_table(holder).insert_table(rows, columns)
            frame.height = Emu(emu(area.height))
        fill_table(frame.table, table, drawn, area, self.dress(spot).text)
        told(frame, "Table", summary(table))
        return frame

    def _chart(self, block: FigureBlock, area: Area, spot: Spot, holder: Any) -> Any:
        chart = block.figure.chart
        assert chart is not None
        if holder is None:
            insert: Inserting = lambda kind, data: self.slide.shapes.add_chart(kind, *sides(area), data)  # noqa: E731
        else:
            placed(holder, area)
            insert = for_chart(holder).insert_chart
        frame = add_chart(insert, chart, area, self.writer.language, self.dress(spot).look)
        told(frame, "Chart", block.figure.alt)
        return frame

    def _picture(self, picture: Picture, area: Area, holder: Any) -> Any:
        width, high = picture_size(picture, area.width)
        right = holder is not None and area.x > self.writer.template.look.width / 2
        box = Area(area.right - width if right else area.x, area.y, width, high)
        return self._image(picture.image.data, picture.alt, box, holder)

    def _image(self, data: bytes, alt: str, box: Area, holder: Any) -> Any:
        file = io.BytesIO(data)
        if holder is None:
            shape = self.slide.shapes.add_picture(file, *sides(box))
        else:
            placed(holder, box)
            shape = for_picture(holder).insert_picture(file)
            # python-pptx fills the placeholder and crops what stands over; ours stands whole in its own proportions.
            shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
            placed(shape, box)
        told(shape, "Picture", alt)
        return shape

    def _group(self, block: FigureBlock, area: Area, spot: Spot) -> Any:
        tree = self.slide.shapes.element
        ids = count(1 + max(int(node.get("id")) for node in tree.iter(tag("p:cNvPr"))))
        tree.append(xml(group(block.figure, area, self.dress(spot).look, self.writer.language, ids), NS))
        return self.slide.shapes[-1]

    def _furniture(self, bound: Bound, shapes: list[Any]) -> None:
        """The layout's footer and slide number, repeated on the slide so that they show.

        Their size, place in the line and font are written out, since not every viewer takes these from a layout.
        """
        furniture = iter(shapes)
        foot = self.writer.foot
        if bound.footer is not None:
            shape = next(furniture)
            if foot.text:
                self._small(shape, bound.footer, legal(foot.text), foot.size)
                if foot.wide and bound.wide_footer:
                    placed(shape, bound.wide_footer)
            else:
                _remove(shape)
        if bound.number is not None:
            shape = next(furniture)
            shown = self.writer.template.first_number + self.number - 1
            as_field(self._small(shape, bound.number, str(shown), None))

    def _small(self, shape: Any, spot: Spot, text: str, size: float | None) -> Any:
        paragraph = shape.text_frame.paragraphs[0]
        style, rtl, dress = spot.style, self.rtl, self.dress(spot)
        # A number stands at the side that the template has it at: it has no words that begin anywhere.
        align = style.align if spot.kind == "sldNum" else side(style.align, styled=style.rtl, rtl=rtl)
        direct(paragraph, rtl if rtl or dress.look.directed else None, align)
        typeface = "+mn-lt" if spot.style.font == dress.look.metrics.family.name else None
        role = None if spot.coloured else "muted"
        points, font = size or spot.style.size, metrics(spot.style.font)
        if font.closed:
            paragraph.line_spacing = Centipoints(round(points * font.pitch() * 100))
        look = RunLook(self.writer.language, points, None, role, typeface)
        return dress.text.line(paragraph, text, look)


def _remove(shape: Any) -> None:
    shape.element.getparent().remove(shape.element)
