"""A design → its template, a .pptx file made by script: a base, and what each axis does to it."""

from __future__ import annotations

import io
from functools import cache

from matrix_axes import Design
from matrix_bases import base
from matrix_grounds import GROUNDS, INKS
from matrix_letters import LETTERS, anchored, directed, in_font, inset, shown, spaced
from matrix_places import CONTENTS, FEET, TITLES, renamed, sized


@cache
def template(design: Design) -> bytes:
    """The template of a design. Places come before grounds, which are drawn around them."""
    prs = base(design.maker)
    sized(prs, design.size)
    TITLES[design.title](prs)
    CONTENTS[design.content](prs)
    FEET[design.feet](prs)
    if design.font != "Calibri" or design.maker == "LibreOffice":
        in_font(prs, design.font)
    GROUNDS[design.ground](prs)
    INKS[design.ink](prs)
    directed(prs, design.direction)
    anchored(prs, design.anchor)
    inset(prs, design.insets)
    spaced(prs, design.lines)
    LETTERS[design.letters](prs)
    shown(prs, design.shapes)
    renamed(prs, design.names)
    out = io.BytesIO()
    prs.save(out)
    return out.getvalue()
