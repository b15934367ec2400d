"""Templates by strangers for the tests: python-pptx's own, in 4:3, and one that LibreOffice made."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pptx
from deck_samples import render_deck
from topic_samples import OWN, shipped_plans

from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

HERE = Path(__file__).parent / "strangers"
sys.path.insert(0, str(HERE))

from flat import packed  # noqa: E402

DEFAULT, LIBREOFFICE, OURS = "python-pptx", "LibreOffice", "ours"
STRANGERS = (DEFAULT, LIBREOFFICE)


@cache
def stranger(name: str) -> TemplateFile:
    """The template of a stranger."""
    if name == DEFAULT:
        return TemplateFile((Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes(), "default.pptx")
    return TemplateFile(packed((HERE / "libreoffice.xml").read_bytes()), "libreoffice.pptx")


@cache
def dressed(topic_id: str, template: str) -> bytes:
    """A topic's deck on a template."""
    return render_deck(shipped_plans(topic_id).deck, Theme(), OWN if template == OURS else stranger(template))


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A zip file with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()
