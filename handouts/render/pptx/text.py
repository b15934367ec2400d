"""Paragraphs → DrawingML text: one `a:p` each, a language on every run, links only where the plan has one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from handouts.plan.text import Run
from handouts.render.pptx import oxml
from handouts.render.pptx.bind import TextStyle
from handouts.render.pptx.paragraphs import Para
from handouts.theme.schema import DeckTheme

SCHEMES = ("http://", "https://", "tel:", "mailto:")
"""What a link may start with."""

_MARKERS = {
    "bullet": '<a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "checkbox": '<a:buFont typeface="Wingdings" pitchFamily="2" charset="2"/><a:buChar char="q"/>',
    "number": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
    "none": "<a:buNone/>",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What drawing text needs to know: the deck's language, the part that holds links, colours by role, sizes.

    `style` is the placeholder's own text style, None outside placeholders, where everything is written out.
    """

    language: str
    part: Any
    colours: dict[str, str]
    theme: DeckTheme
    style: TextStyle | None = None
    coloured: bool = False


def allowed(href: str) -> bool:
    """Whether a link may stand in a deck: web, telephone and mail addresses."""
    return href.casefold().startswith(SCHEMES) and href == href.strip()


def fill_body(body: Any, paras: Iterable[Para], setting: Setting) -> None:
    """Replaces the paragraphs of a `p:txBody` or `a:txBody`."""
    for old in body.findall(oxml.tag("a:p")):
        body.remove(old)
    for para in paras or ():
        body.append(oxml.xml(paragraph(para, setting)))
    if body.find(oxml.tag("a:p")) is None:
        body.append(oxml.xml(f'<a:p {oxml.NS}><a:endParaRPr lang="{oxml.escape(setting.language)}"/></a:p>'))


def paragraph(para: Para, setting: Setting, *, align: str = "l") -> str:
    """`a:p` of one paragraph, its namespaces declared."""
    runs = "".join(_run(run, para, setting) for run in para.runs)
    end = "" if runs else f'<a:endParaRPr lang="{oxml.escape(setting.language)}" sz="{round(para.size * 100)}"/>'
    return f"<a:p {oxml.NS}>{_properties(para, setting, align)}{runs}{end}</a:p>"


def _properties(para: Para, setting: Setting, align: str) -> str:
    style = setting.style
    alignment = f' algn="{align}"' if align != "l" else ""
    inherited = style is not None and style.bulleted
    hanging = para.marker not in (None, "none")
    if hanging and inherited and para.marker == "bullet":
        indent, bullet = "", ""
    elif hanging:
        left = oxml.emu(para.indent)
        colour = '<a:buClr><a:schemeClr val="accent1"/></a:buClr>'
        indent, bullet = f' marL="{left}" indent="-{left}"', colour + _MARKERS[para.marker or "bullet"]
    else:
        indent, bullet = (' marL="0" indent="0"', "<a:buNone/>") if inherited else ("", "")
    space = ""
    if style is None or abs(para.before - style.before) > 0.01:
        space = f'<a:spcBef><a:spcPts val="{round(para.before * 100)}"/></a:spcBef>'
    return f"<a:pPr{indent}{alignment}>{space}{bullet}</a:pPr>" if indent or alignment or space or bullet else ""


def _run(run: Run, para: Para, setting: Setting) -> str:
    if not run.text:
        return ""
    style = setting.style
    lang = f'lang="{oxml.escape(run.lang or setting.language)}"'
    size = f' sz="{round(para.size * 100)}"' if style is None or abs(para.size - style.size) > 0.01 else ""
    strong = run.strong or para.strong
    weight = f' b="{int(strong)}"' if strong != (style is not None and style.strong) else ""
    role = para.colour if not setting.coloured else None
    ink = oxml.fill(role or "ink", setting.colours) if role or style is None else ""
    link = ""
    if run.href and allowed(run.href):
        key = setting.part.relate_to(oxml.legal(run.href), RT.HYPERLINK, is_external=True)
        link = f'<a:hlinkClick r:id="{key}"/>'
    properties = f"{lang}{size}{weight}"
    lines = oxml.legal(run.text).split("\n")
    return f"<a:br><a:rPr {properties}>{ink}</a:rPr></a:br>".join(
        f"<a:r><a:rPr {properties}>{ink}{link}</a:rPr><a:t>{oxml.escape(line)}</a:t></a:r>" if line else ""
        for line in lines
    )
