"""One page → one slide: placeholders filled, drawn blocks inserted, the rest removed, shapes in reading order."""

from __future__ import annotations

import copy
import io
from dataclasses import replace
from datetime import datetime
from typing import Any

from handouts.plan.blocks import FigureBlock, Picture, Table
from handouts.render.pptx import oxml
from handouts.render.pptx.bind import Spot
from handouts.render.pptx.charts import add_chart
from handouts.render.pptx.groups import group
from handouts.render.pptx.layouts import Area
from handouts.render.pptx.notes import add_notes, note_lines
from handouts.render.pptx.paginate import Page
from handouts.render.pptx.paragraphs import Para
from handouts.render.pptx.pieces import Placed, Text, insets, picture_size
from handouts.render.pptx.tables import add_table
from handouts.render.pptx.text import Setting, fill_body
from handouts.theme.schema import DeckTheme

_TEXT_KINDS = ("body", "obj", "subTitle")
_TABLE_KINDS = ("tbl", "obj")
_CHART_KINDS = ("chart", "obj")
_PICTURE_KINDS = ("pic", "obj")


class SlideWriter:
    """Writes the slides of one deck into one python-pptx presentation."""

    def __init__(self, deck: Any, theme: DeckTheme, colours: dict[str, str], language: str, created: datetime) -> None:
        self.deck = deck
        self.theme = theme
        self.colours = colours
        self.language = language
        self.created = created

    def write(self, page: Page, footer: str) -> None:
        """Adds the slide of a page with its footer, number and notes."""
        slide = self.deck.slides.add_slide(page.bound.layout)
        free = {p._element.ph_idx: p for p in slide.placeholders}
        done = [self._title(free, page, slide.part)]
        for name, spot in page.bound.spots.items():
            holder = free.pop(spot.idx, None)
            placed = page.placed.get(name, ())
            for item in placed:
                element, used = self._draw(slide, item, spot, holder, alone=len(placed) == 1)
                done.append(element)
                holder = None if used else holder
            if holder is not None:
                _remove(holder._element)
        for surplus in free.values():
            _remove(surplus._element)
        done += [self._furniture(element, footer) for element in page.bound.furniture]
        oxml.order(slide.shapes._spTree, [element for element in done if element is not None])
        add_notes(slide, note_lines(page.slide), self.language)

    def _setting(self, part: Any, spot: Spot | None) -> Setting:
        return Setting(
            self.language,
            part,
            self.colours,
            self.theme,
            spot.style if spot else None,
            spot is not None and spot.coloured,
        )

    def _title(self, free: dict[int, Any], page: Page, part: Any) -> Any:
        spot = page.bound.title
        element = free.pop(spot.idx)._element
        oxml.properties(element).set("name", "Title")
        para = Para(page.slide.title, spot.style.size, spot.style.strong)
        fill_body(element.txBody, [para], self._setting(part, spot))
        return element

    def _draw(self, slide: Any, placed: Placed, spot: Spot, holder: Any, *, alone: bool) -> tuple[Any, bool]:
        """Draws one piece, in its placeholder if that is still free and of the right type; says whether it was used."""
        shapes, kind = slide.shapes, spot.kind
        setting = self._setting(slide.part, None)
        match placed.piece:
            case Text() as text:
                fits = holder is not None and kind in _TEXT_KINDS
                element = self._text(slide, text, placed.area, spot, holder if fits else None, alone=alone)
                return element, fits
            case drawn:
                block = drawn.block
        match block:
            case Table():
                fits = holder is not None and kind in _TABLE_KINDS
                target = holder if fits else None
                return add_table(shapes, target, block, placed.area, setting, pad=drawn.pad), fits
            case Picture():
                fits = holder is not None and kind in _PICTURE_KINDS
                return self._picture(shapes, block, placed.area, holder if fits else None), fits
            case FigureBlock(figure=figure) if figure.chart and figure.chart.bars:
                fits = holder is not None and kind in _CHART_KINDS
                target = holder if fits else None
                return add_chart(shapes, target, figure, placed.area, setting, created=self.created), fits
            case FigureBlock():
                return group(block.figure, placed.area, self.colours, self.language), False

    def _text(self, slide: Any, text: Text, area: Area, spot: Spot, holder: Any, *, alone: bool) -> Any:
        if holder is None:
            return self._text_box(slide, text, area, spot)
        element = holder._element
        oxml.properties(element).set("name", spot.name)
        if not alone or text.fill:
            oxml.move(element, area)
        if text.fill:
            _dress(element, text, self.colours)
        setting = self._setting(slide.part, spot)
        fill_body(element.txBody, text.paras, setting)
        return element

    def _text_box(self, slide: Any, text: Text, area: Area, spot: Spot) -> Any:
        element = oxml.xml(
            f'<p:sp {oxml.NS}><p:nvSpPr><p:cNvPr id="0" name="Text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'{oxml.xfrm(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>'
            "<a:lstStyle/></p:txBody></p:sp>"
        )
        _dress(element, text, self.colours)
        paras = [replace(p, colour=p.colour or "ink") for p in text.paras]
        fill_body(element.txBody, paras, self._setting(slide.part, None))
        return element

    def _picture(self, shapes: Any, picture: Picture, area: Area, holder: Any) -> Any:
        width, high = (oxml.emu(v) for v in picture_size(picture, area.width))
        right = holder is not None and area.x > 480
        x = oxml.emu(area.x + area.width) - width if right else oxml.emu(area.x)
        drawn = shapes.add_picture(io.BytesIO(picture.image.data), x, oxml.emu(area.y), width, high)
        if holder is not None:
            reference = next(holder._element.iter(oxml.tag("p:ph")))
            next(drawn._element.iter(oxml.tag("p:nvPr"))).append(copy.deepcopy(reference))
            _remove(holder._element)
        oxml.describe(drawn._element, "Picture", picture.alt)
        return drawn._element

    def _furniture(self, layout_element: Any, footer: str) -> Any:
        """The layout's footer or slide number, repeated on the slide so that it shows."""
        element = copy.deepcopy(layout_element)
        kind = str(next(element.iter(oxml.tag("p:ph"))).get("type"))
        if kind == "ftr" and not footer:
            return None
        properties = element.find(oxml.tag("p:spPr"))
        for child in list(properties):
            properties.remove(child)
        lang = oxml.escape(self.language)
        if kind == "ftr":
            style = f'sz="{round(self.theme.source * 100)}"'
            look = f'{oxml.fill("muted", self.colours)}<a:latin typeface="+mn-lt"/>'
            run = f'<a:r><a:rPr lang="{lang}" {style}>{look}</a:rPr><a:t>{oxml.escape(footer)}</a:t></a:r>'
            content = f'<a:pPr algn="l"/>{run}'
        else:
            field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            content = f'{field}<a:rPr lang="{lang}"/><a:t>{len(self.deck.slides)}</a:t></a:fld>'
        old = element.find(oxml.tag("p:txBody"))
        new = f"<p:txBody {oxml.NS}><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody>"
        element.replace(old, oxml.xml(new))
        return element


def _dress(element: Any, text: Text, colours: dict[str, str]) -> None:
    """Writes out the insets of a text box, and the fill of a box around text."""
    left, top, right, bottom = (oxml.emu(v) for v in insets(text))
    body = element.find(oxml.tag("p:txBody")).find(oxml.tag("a:bodyPr"))
    body.set("wrap", "square")
    for name, value in zip(("lIns", "tIns", "rIns", "bIns"), (left, top, right, bottom), strict=True):
        body.set(name, str(value))
    for child in list(body):
        body.remove(child)
    body.append(oxml.xml(f"<a:noAutofit {oxml.NS}/>"))
    properties = element.find(oxml.tag("p:spPr"))
    if text.fill:
        properties.append(
            oxml.xml(oxml.fill(text.fill, colours).replace("<a:solidFill>", f"<a:solidFill {oxml.NS}>", 1))
        )


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
