"""Paragraphs → a `TextFrame` of python-pptx: a language on every run, links only where the plan has one.

A look of runs or paragraphs is set once by python-pptx's calls, then copied to all others that look the same.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Centipoints, Emu

from handouts.plan.blocks import Marker
from handouts.plan.direction import reads_right_to_left
from handouts.plan.text import Run
from handouts.render.pptx.layout.paragraphs import Para, allowed
from handouts.render.pptx.layout.pieces import TextPiece, insets
from handouts.render.pptx.template.directions import side
from handouts.render.pptx.template.holders import TextStyle
from handouts.render.pptx.template.look import DeckLook
from handouts.render.pptx.template.metrics import metrics
from handouts.render.pptx.template.oxml import NS, emu, legal, tag
from handouts.render.pptx.write.paint import filled
from handouts.render.pptx.write.private import paragraph_xml, run_xml, xml

_MARKERS: dict[Marker, str] = {
    "bullet": '<a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "checkbox": '<a:buFont typeface="Wingdings" pitchFamily="2" charset="2"/><a:buChar char="q"/>',
    "number": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
    "none": "<a:buNone/>",
}


class RunStyle(Struct, frozen=True):
    """What runs are set in beside their own looks: a placeholder's text style, None where nothing is inherited.

    `coloured` says that the placeholder's colour stands against the roles of paragraphs.
    """

    style: TextStyle | None = None
    coloured: bool = False


PLAIN = RunStyle()
"""Text outside placeholders, where everything is written out."""


class _ParagraphLook(Struct, frozen=True):
    """What a paragraph writes out: space above, indent and the pitch of lines in points, None where it inherits."""

    before: float | None
    align: str | None
    rtl: bool | None
    marker: Marker | None
    indent: float
    pitch: float | None


class RunLook(Struct, frozen=True):
    """What a run writes out: its language, its size in points, its typeface; None where it inherits."""

    lang: str
    size: float | None = None
    strong: bool | None = None
    role: str | None = None
    typeface: str | None = None


class TextWriter:
    """Sets the text of one deck, in its language and look. What it has set once it keeps."""

    def __init__(self, language: str, look: DeckLook) -> None:
        self.language = language
        self.look = look
        self._runs: dict[RunLook, Any] = {}
        self._paragraphs: dict[_ParagraphLook, Any] = {}

    def fill(self, frame: Any, paras: Iterable[Para], setting: RunStyle = PLAIN, *, align: str | None = None) -> None:
        """Writes paragraphs into an empty frame, each in the direction of its words, and aligned as the style is or at
        a side of the frame that is given.
        """
        paragraph = frame.paragraphs[0]
        for number, para in enumerate(paras):
            if number:
                paragraph = frame.add_paragraph()
            self._paragraph(paragraph, para, setting, align)

    def _paragraph(self, paragraph: Any, para: Para, setting: RunStyle, align: str | None) -> None:
        style = setting.style
        inherited = style is not None and style.bulleted
        hanging = para.marker not in (None, "none")
        marker = para.marker if hanging and not (inherited and para.marker == "bullet") else None
        same = style is not None and style.inherits and abs(para.before - style.before) <= 0.01
        rtl = reads_right_to_left(para.runs, self.language)
        directed = rtl or self.look.directed
        if directed and align is None:
            align = "l" if style is None else style.align
            align = side(align, styled=style is not None and style.rtl, rtl=rtl)
        look = _ParagraphLook(
            None if same else para.before,
            align,
            rtl if directed else None,
            "none" if inherited and not hanging else marker,
            para.indent if marker else 0,
            self._pitch(para.size, style),
        )
        element = paragraph_xml(paragraph)
        if look not in self._paragraphs:
            self._set_paragraph(paragraph, look)
            self._paragraphs[look] = copy.copy(element.pPr)
        elif self._paragraphs[look] is not None:
            element.insert(0, copy.copy(self._paragraphs[look]))
        for run in para.runs:
            if run.text:
                self._run(paragraph, run, para, setting)
        if len(element) == 0 or element[-1].tag == tag("a:pPr"):
            element.append(xml(f'<a:endParaRPr sz="{round(para.size * 100)}"/>', NS))

    def _pitch(self, size: float, style: TextStyle | None) -> float | None:
        """Points from line to line of a font whose lines are not set at their natural height; None for others."""
        font = self.look.metrics if style is None else metrics(style.font)
        return size * font.pitch(1 if style is None else style.spacing) if font.closed else None

    def _set_paragraph(self, paragraph: Any, look: _ParagraphLook) -> None:
        if look.pitch is not None:
            paragraph.line_spacing = Centipoints(round(look.pitch * 100))
        if look.before is not None:
            paragraph.space_before = Centipoints(round(look.before * 100))
        direct(paragraph, look.rtl, look.align)
        if look.marker is None:
            return
        # python-pptx has no call for bullets, nor for the indents that hang them.
        properties = paragraph_xml(paragraph).get_or_add_pPr()
        properties.set("marL", str(emu(look.indent)))
        properties.set("indent", str(-emu(look.indent)))
        colour = "" if look.marker == "none" else f"<a:buClr>{self.look.palette.xml['accent']}</a:buClr>"
        properties.extend(list(xml(f"<a:pPr>{colour}{_MARKERS[look.marker]}</a:pPr>", NS)))

    def _run(self, paragraph: Any, run: Run, para: Para, setting: RunStyle) -> None:
        style = setting.style
        same = style is not None and style.inherits and abs(para.size - style.size) < 0.01
        strong = run.strong or para.strong
        role = None if setting.coloured else para.colour
        look = RunLook(
            run.lang or self.language,
            None if same else para.size,
            strong if strong != (style is not None and style.strong) else None,
            role or ("ink" if style is None else None),
            "+mn-lt" if style is None and self.look.directed else None,
        )
        for number, line in enumerate(legal(run.text).split("\n")):
            if number:
                paragraph.add_line_break()
                # A break is as high as its own type; python-pptx gives it none.
                paragraph_xml(paragraph)[-1].append(copy.copy(self._properties(look, paragraph)))
            if line:
                one = self.line(paragraph, line, look)
                if run.href and allowed(run.href):
                    one.hyperlink.address = legal(run.href)

    def line(self, paragraph: Any, text: str, look: RunLook) -> Any:
        """Adds a run without line ends to a paragraph; returns it."""
        one = paragraph.add_run()
        run_xml(one).insert(0, copy.copy(self._properties(look, paragraph)))
        one.text = text
        return one

    def _properties(self, look: RunLook, paragraph: Any) -> Any:
        """`a:rPr` of a look, made by python-pptx in a run that is taken out again."""
        known = self._runs.get(look)
        if known is None:
            one = paragraph.add_run()
            font = one.font
            if look.size is not None:
                font.size = Centipoints(round(look.size * 100))
            font.bold, font.name = look.strong, look.typeface
            if look.role is not None:
                filled(font.fill, look.role, self.look.palette)
            element = run_xml(one)
            known = self._runs[look] = element[0]
            known.set("lang", look.lang)
            element.getparent().remove(element)
        return known


def direct(paragraph: Any, rtl: bool | None, align: str | None) -> None:
    """Writes out a paragraph's direction and its `algn`; None leaves what it inherits."""
    # python-pptx has no call for directions, and none of its alignments is low kashida's or Thai's.
    written = {"algn": align, "rtl": None if rtl is None else str(int(rtl))}
    for name, value in written.items():
        if value is not None:
            paragraph_xml(paragraph).get_or_add_pPr().set(name, value)


def boxed(frame: Any, text: TextPiece) -> None:
    """Writes out the insets of a text box, or of a box around text."""
    frame.word_wrap = True
    frame.margin_left, frame.margin_top, frame.margin_right, frame.margin_bottom = (
        Emu(emu(side)) for side in insets(text)
    )
    frame.auto_size = MSO_AUTO_SIZE.NONE
