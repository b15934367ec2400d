"""Documents of one page for tests of print jobs."""

from __future__ import annotations

from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Footer, Handout, Meta
from handouts.plan.text import Run
from handouts.render.pdf.handout import render_handout
from handouts.theme.schema import HandoutTheme, Theme


def one_page(text: str) -> bytes:
    meta = Meta("One", "en", "Nobody", "One", "2026-03-31", "2026", "draft")
    plan = Handout(meta, (Paragraph((Run(text),)),), Footer("Foot", "{page} of {pages}"))
    return render_handout(plan, Theme(handout=HandoutTheme()), "letter")
