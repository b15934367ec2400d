"""Templates that name other fonts than they were made with: the strangers', in 4:3 or as wide as screens are."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches
from stranger_templates import DEFAULT, repacked, stranger

from handouts.theme.template_file import TemplateFile

_LATIN = re.compile(rb'<a:latin typeface="[^"]*"')


@cache
def in_font(font: str, *, name: str = DEFAULT, wide: bool = False) -> TemplateFile:
    """A stranger's template with both fonts of its theme replaced, widened to 16:9 where it is to be `wide`."""

    def named(members: dict[str, bytes]) -> None:
        for part in [part for part in members if part.startswith("ppt/theme/")]:
            members[part] = _LATIN.sub(f'<a:latin typeface="{font}"'.encode(), members[part])

    data = _widened(stranger(name).data) if wide else stranger(name).data
    return TemplateFile(repacked(data, named), "hospital.pptx")


@cache
def _widened(data: bytes) -> bytes:
    """As wide as screens are: everything on masters and layouts with it."""
    file: Any = Presentation(io.BytesIO(data))
    file.slide_width = Inches(13.333)
    for tree in (file.slide_master, *file.slide_layouts):
        for shape in tree.shapes:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = Emu(round(shape.left * 4 / 3)), Emu(round(shape.width * 4 / 3))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
