"""Paragraphs → DrawingML text: one `a:p` each, a language on every run, links only where the plan has one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handouts.plan.text import Run
from handouts.render.pptx.layout.paragraphs import Para, allowed
from handouts.render.pptx.template import oxml
from handouts.render.pptx.template.holders import TextStyle
from handouts.render.pptx.template.look import Look

_MARKERS = {
    "bullet": '<a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "checkbox": '<a:buFont typeface="Wingdings" pitchFamily="2" charset="2"/><a:buChar char="q"/>',
    "number": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
    "none": "<a:buNone/>",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What drawing text needs to know: the deck's language, the look, and how a link becomes a relationship's id.

    `style` is the placeholder's own text style, None outside placeholders, where everything is written out.
    """

    language: str
    look: Look
    link: Callable[[str], str]
    style: TextStyle | None = None
    coloured: bool = False


def text_body(paras: Iterable[Para], setting: Setting, *, body: str = "<a:bodyPr/>", align: str = "l") -> str:
    """`p:txBody` of these paragraphs; `body` is its `a:bodyPr`."""
    written = "".join(paragraph(para, setting, align=align) for para in paras)
    empty = f'<a:p><a:endParaRPr lang="{oxml.escape(setting.language)}"/></a:p>'
    return f"<p:txBody>{body}<a:lstStyle/>{written or empty}</p:txBody>"


def paragraph(para: Para, setting: Setting, *, align: str = "l") -> str:
    """`a:p` of one paragraph."""
    runs = "".join(_run(run, para, setting) for run in para.runs)
    end = "" if runs else f'<a:endParaRPr lang="{oxml.escape(setting.language)}" sz="{round(para.size * 100)}"/>'
    return f"<a:p>{_properties(para, setting, align)}{runs}{end}</a:p>"


def _properties(para: Para, setting: Setting, align: str) -> str:
    style = setting.style
    alignment = f' algn="{align}"' if align != "l" else ""
    inherited = style is not None and style.bulleted
    hanging = para.marker not in (None, "none")
    if hanging and inherited and para.marker == "bullet":
        indent, bullet = "", ""
    elif hanging:
        left = oxml.emu(para.indent)
        colour = f"<a:buClr>{setting.look.palette.xml['accent']}</a:buClr>"
        indent, bullet = f' marL="{left}" indent="-{left}"', colour + _MARKERS[para.marker or "bullet"]
    else:
        indent, bullet = (' marL="0" indent="0"', "<a:buNone/>") if inherited else ("", "")
    space = ""
    if style is None or not style.inherits or abs(para.before - style.before) > 0.01:
        space = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
    return f"<a:pPr{indent}{alignment}>{space}{bullet}</a:pPr>" if indent or alignment or space or bullet else ""


def _run(run: Run, para: Para, setting: Setting) -> str:
    if not run.text:
        return ""
    style = setting.style
    lang = f'lang="{oxml.escape(run.lang or setting.language)}"'
    same = style is not None and style.inherits and abs(para.size - style.size) < 0.01
    size = "" if same else f' sz="{round(para.size * 100)}"'
    strong = run.strong or para.strong
    weight = f' b="{int(strong)}"' if strong != (style is not None and style.strong) else ""
    role = para.colour if not setting.coloured else None
    ink = oxml.fill(role or "ink", setting.look.palette) if role or style is None else ""
    link = f'<a:hlinkClick r:id="{setting.link(run.href)}"/>' if run.href and allowed(run.href) else ""
    properties = f"{lang}{size}{weight}"
    lines = oxml.legal(run.text).split("\n")
    return f"<a:br><a:rPr {properties}>{ink}</a:rPr></a:br>".join(
        f"<a:r><a:rPr {properties}>{ink}{link}</a:rPr><a:t>{oxml.escape(line)}</a:t></a:r>" if line else ""
        for line in lines
    )
