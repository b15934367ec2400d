"""One page → the parts of one slide: shapes in reading order in the placeholders of its layout, charts, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from handouts.plan.blocks import FigureBlock, Picture, Table
from handouts.render.pptx.layout.charts import Paper
from handouts.render.pptx.layout.fit import Fitted
from handouts.render.pptx.layout.paginate import Page
from handouts.render.pptx.layout.paragraphs import Para
from handouts.render.pptx.layout.pieces import Drawn, Placed, Text, insets, picture_size
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.bind import Spot
from handouts.render.pptx.template.layouts import Area
from handouts.render.pptx.template.parts import XML, Part, Rel, office
from handouts.render.pptx.write.chart.chart import chart_xml
from handouts.render.pptx.write.chart.workbook import TYPE as WORKBOOK_TYPE
from handouts.render.pptx.write.chart.workbook import workbook
from handouts.render.pptx.write.groups import group
from handouts.render.pptx.write.notes import notes_xml
from handouts.render.pptx.write.tables import URI as TABLE_URI
from handouts.render.pptx.write.tables import summary, table_xml
from handouts.render.pptx.write.text import Setting, text_body

ML = "application/vnd.openxmlformats-officedocument.presentationml"
SLIDE_TYPE, NOTES_TYPE = f"{ML}.slide+xml", f"{ML}.notesSlide+xml"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_TEXT_KINDS = ("body", "obj", "subTitle")
_TABLE_KINDS = ("tbl", "obj")
_CHART_KINDS = ("chart", "obj")
_PICTURE_KINDS = ("pic", "obj")
_LOCKED = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'


def slide_name(number: int) -> str:
    """The part of the slide with this number."""
    return f"ppt/slides/slide{number}.xml"


class SlideWriter:
    """Writes the slides of one deck: `write` gives each one's parts; charts and pictures are numbered through."""

    def __init__(self, fit: Fitted, language: str) -> None:
        self.template = fit.template
        self.foot = fit.foot
        self.language = language
        self.charts = count(1)
        self.pictures: dict[bytes, Part] = {}

    def write(self, page: Page, number: int) -> list[Part]:
        """The parts of a slide: itself, its notes, its charts with their workbooks, its pictures."""
        return _Slide(self, page, number).parts()


class _Slide:
    def __init__(self, writer: SlideWriter, page: Page, number: int) -> None:
        self.writer = writer
        self.page = page
        self.number = number
        self.look = writer.template.look
        self.ids: Iterator[int] = count(2)
        self.rels: list[Rel] = [Rel("rId1", office("slideLayout"), page.bound.part)]
        self.more: list[Part] = []

    def parts(self) -> list[Part]:
        bound = self.page.bound
        shapes = [self._title()]
        for name, spot in bound.spots.items():
            placed = self.page.placed.get(name, ())
            free = True
            for item in placed:
                shape, used = self._draw(item, spot, free=free, alone=len(placed) == 1)
                shapes.append(shape)
                free = free and not used
        shapes += self._furniture()
        name = slide_name(self.number)
        notes = f"ppt/notesSlides/notesSlide{self.number}.xml"
        self._relate("notesSlide", notes)
        data = (
            f"{XML}<p:sld {oxml.NS}><p:cSld>{oxml.shape_tree(''.join(shapes))}</p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )
        master = self.writer.template.notes
        said = notes_xml(self.page.slide, master, self.writer.language, self.number)
        back = (Rel("rId1", office("notesMaster"), master.part), Rel("rId2", office("slide"), name))
        return [
            Part(name, SLIDE_TYPE, data.encode(), tuple(self.rels)),
            Part(notes, NOTES_TYPE, said, back),
            *self.more,
        ]

    def _relate(self, kind: str, target: str, *, external: bool = False) -> str:
        key = f"rId{len(self.rels) + 1}"
        self.rels.append(Rel(key, office(kind), target, external))
        return key

    def _link(self, href: str) -> str:
        target = oxml.legal(href)
        known = next((rel.id for rel in self.rels if rel.external and rel.target == target), None)
        return known or self._relate("hyperlink", target, external=True)

    def _setting(self, spot: Spot | None) -> Setting:
        style, coloured = (spot.style, spot.coloured) if spot else (None, False)
        return Setting(self.writer.language, self.look, self._link, style, coloured)

    def _title(self) -> str:
        spot = self.page.bound.title
        para = Para(self.page.slide.title, spot.style.size, spot.style.strong)
        return self._placeholder(spot, "Title", None, text_body([para], self._setting(spot)))

    def _placeholder(self, spot: Spot, name: str, area: Area | None, body: str, fill: str = "") -> str:
        placed = oxml.xfrm(area) if area else ""
        return (
            f"<p:sp><p:nvSpPr>{oxml.named(next(self.ids), name)}{_LOCKED}<p:nvPr><p:ph {spot.reference}/></p:nvPr>"
            f"</p:nvSpPr><p:spPr>{placed}{fill}</p:spPr>{body}</p:sp>"
        )

    def _draw(self, placed: Placed, spot: Spot, *, free: bool, alone: bool) -> tuple[str, bool]:
        """Draws one piece, in its placeholder if that is free and of the right type; says whether it was used."""
        kind = spot.kind
        match placed.piece:
            case Text() as text:
                used = free and kind in _TEXT_KINDS
                return self._text(
                    text,
                    placed.area,
                    spot if used else None,
                    alone=alone and placed.area == spot.area and not spot.grown,
                ), used
            case drawn:
                block = drawn.block
        match block:
            case Table():
                used = free and kind in _TABLE_KINDS
                return self._table(block, drawn, placed.area, spot if used else None), used
            case Picture():
                used = free and kind in _PICTURE_KINDS
                return self._picture(block, placed.area, spot if used else None), used
            case FigureBlock(figure=figure) if figure.chart and figure.chart.bars:
                used = free and kind in _CHART_KINDS
                return self._chart(block, placed.area, spot if used else None), used
            case FigureBlock():
                return group(block.figure, placed.area, self.look, self.writer.language, self.ids), False

    def _text(self, text: Text, area: Area, spot: Spot | None, *, alone: bool) -> str:
        fill = oxml.fill(text.fill, self.look.palette) if text.fill else ""
        if spot is None:
            paras = [replace(p, colour=p.colour or "ink") for p in text.paras]
            body = text_body(paras, self._setting(None), body=_body_properties(text))
            return (
                f'<p:sp><p:nvSpPr>{oxml.named(next(self.ids), "Text")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
                f"<p:spPr>{oxml.xfrm(area)}{oxml.RECTANGLE}{fill}</p:spPr>{body}</p:sp>"
            )
        paras = [replace(p, colour=p.colour or "ink") for p in text.paras] if text.fill else text.paras
        properties = _body_properties(text) if text.fill else "<a:bodyPr/>"
        body = text_body(paras, self._setting(spot), body=properties)
        return self._placeholder(spot, spot.name, None if alone and not text.fill else area, body, fill)

    def _frame(self, name: str, alt: str, area: Area, spot: Spot | None, uri: str, content: str) -> str:
        place = f"<p:ph {spot.reference}/>" if spot else ""
        locks = '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{oxml.named(next(self.ids), name, alt)}{locks}"
            f"<p:nvPr>{place}</p:nvPr></p:nvGraphicFramePr>{oxml.xfrm(area, 'p')}<a:graphic>"
            f'<a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _table(self, table: Table, drawn: Drawn, area: Area, spot: Spot | None) -> str:
        content = table_xml(table, drawn, area, self._setting(None))
        return self._frame("Table", summary(table), area, spot, TABLE_URI, content)

    def _chart(self, block: FigureBlock, area: Area, spot: Spot | None) -> str:
        chart = block.figure.chart
        assert chart is not None
        number = next(self.writer.charts)
        name, book = f"ppt/charts/chart{number}.xml", f"ppt/embeddings/workbook{number}.xlsx"
        paper = Paper(area.width, area.height, self.writer.language, self.look)
        data = chart_xml(chart, paper, "rId1").encode()
        self.more.append(Part(name, CHART_TYPE, data, (Rel("rId1", office("package"), book),)))
        self.more.append(Part(book, WORKBOOK_TYPE, workbook(chart)))
        key = self._relate("chart", name)
        content = f'<c:chart xmlns:c="{CHART_URI}" r:id="{key}"/>'
        return self._frame("Chart", block.figure.alt, area, spot, CHART_URI, content)

    def _picture(self, picture: Picture, area: Area, spot: Spot | None) -> str:
        width, high = picture_size(picture, area.width)
        right = spot is not None and area.x > self.look.width / 2
        box = Area(area.right - width if right else area.x, area.y, width, high)
        data, kind = picture.image.data, picture.image.media
        known = self.writer.pictures
        if data not in known:
            known[data] = Part(f"ppt/media/image{len(known) + 1}.{kind.rpartition('/')[2]}", kind, data)
            self.more.append(known[data])
        key = self._relate("image", known[data].name)
        place = f"<p:ph {spot.reference}/>" if spot else ""
        return (
            f"<p:pic><p:nvPicPr>{oxml.named(next(self.ids), 'Picture', picture.alt)}<p:cNvPicPr>"
            f'<a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr><p:nvPr>{place}</p:nvPr></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f"<p:spPr>{oxml.xfrm(box)}{oxml.RECTANGLE}</p:spPr></p:pic>"
        )

    def _furniture(self) -> list[str]:
        """The layout's footer and slide number, repeated on the slide so that they show.

        Their size, place in the line and font are written out, since not every viewer takes these from a layout.
        """
        shapes: list[str] = []
        footer, number, foot = self.page.bound.footer, self.page.bound.number, self.writer.foot
        if footer and foot.text:
            run = f"<a:r>{self._small(footer, foot.size)}<a:t>{oxml.escape(foot.text)}</a:t></a:r>"
            area = self.page.bound.wide_footer if foot.wide else None
            shapes.append(self._placeholder(footer, "Footer", area, _line(footer, run)))
        if number:
            shown = self.writer.template.first_number + self.number - 1
            start = f'<a:fld id="{oxml.NUMBER_FIELD}" type="slidenum">'
            field = f"{start}{self._small(number)}<a:t>{shown}</a:t></a:fld>"
            shapes.append(self._placeholder(number, "Slide Number", None, _line(number, field)))
        return shapes

    def _small(self, spot: Spot, size: float | None = None) -> str:
        colour = "" if spot.coloured else oxml.fill("muted", self.look.palette)
        face = '<a:latin typeface="+mn-lt"/>' if spot.style.font == self.look.metrics.family.name else ""
        lang = oxml.escape(self.writer.language)
        return f'<a:rPr lang="{lang}" sz="{round((size or spot.style.size) * 100)}">{colour}{face}</a:rPr>'


def _line(spot: Spot, run: str) -> str:
    return f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{spot.style.align}"/>{run}</a:p></p:txBody>'


def _body_properties(text: Text) -> str:
    """`a:bodyPr` of a text box, or of a box around text: its insets written out."""
    sides = zip(("lIns", "tIns", "rIns", "bIns"), insets(text), strict=True)
    inset = " ".join(f'{name}="{oxml.emu(value)}"' for name, value in sides)
    return f'<a:bodyPr wrap="square" {inset}><a:noAutofit/></a:bodyPr>'
