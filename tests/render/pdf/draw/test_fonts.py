"""Text is shown by bytes that the file's own maps say back, whatever and however many characters it has."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdf_samples import AVERY_5371, META, THEME, handout, paragraph, runs
from reportlab.pdfgen.canvas import Canvas
from tagtree import TaggedPdf

from handouts.plan.blocks import Paragraph
from handouts.plan.documents import Card
from handouts.render.pdf.card import render_card
from handouts.render.pdf.draw import fonts
from handouts.render.pdf.draw import pdfdoc_private as private
from handouts.render.pdf.draw.fonts import Lettering, embedded, to_unicode
from handouts.render.pdf.handout import render_handout
from handouts.theme.fonts import family

FAMILY = family("Atkinson Hyperlegible")
EVERY = "".join(sorted(c for c in FAMILY.regular.characters if c.isprintable() and not c.isspace()))
"""Every character of the family that we draw."""


def mapped(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n", cmap)
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs}


def test_characters_above_the_first_plane_are_pairs_of_surrogates() -> None:
    assert mapped(to_unicode("Name", (0, 0x1F600, 0x41))) == {1: "\U0001f600", 2: "A"}


def test_no_block_of_a_cmap_has_more_than_a_hundred_lines() -> None:
    cmap = to_unicode("Name", tuple(range(256)))
    blocks = re.findall(rb"([0-9]+) beginbfchar\n(.*?)endbfchar", cmap, re.DOTALL)
    assert [(int(count), lines.count(b"\n")) for count, lines in blocks] == [(100, 100), (100, 100), (55, 55)]
    assert mapped(cmap) == {code: chr(code) for code in range(1, 256)}


def test_every_character_of_the_family_is_read_back() -> None:
    assert len(EVERY) > 256, "more than one font holds"
    data = render_handout(handout(paragraph(EVERY)), THEME, "letter")
    assert "".join(TaggedPdf(data).words()).replace(" ", "") == EVERY
    assert b"Helvetica" not in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        named = pdf.pages[0].Resources.Font
        assert len({str(font.BaseFont) for font in named.values()}) == len(named) == 4
        assert all(len(font.Widths) == font.LastChar + 1 <= 256 for font in named.values())


def test_forms_show_the_same_text_as_pages() -> None:
    # ReportLab encodes the content of forms in another way than that of pages.
    some = "Łódź – “São” • ½ 8–17 h"
    data = render_card(Card(META, (paragraph(some),), (Paragraph(runs("Back")),)), THEME, AVERY_5371)
    drawn = [piece.text.strip() for piece in TaggedPdf(data).drawn if piece.page == 0]
    assert drawn == [some] * 10
    page = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert page.count("“São” •") == 10


@pytest.mark.parametrize("text", ["plain (a\\b)", "é", "Łódź – “São”", EVERY])
def test_a_saved_file_is_lettered_as_it_was_drawn(text: str) -> None:
    name: Any = embedded(FAMILY.regular).fontName
    canvas = Canvas(io.BytesIO(), pageCompression=0, invariant=1, initialFontName=name)
    document = private.prepare(canvas)
    font = embedded(FAMILY.regular)
    drawn = font.pieces(text, document)
    lettering = Lettering.of((FAMILY.regular,), document)
    assert lettering.covers(FAMILY.regular, text)
    assert lettering.pieces(FAMILY.regular, text) == drawn
    assert not lettering.covers(FAMILY.regular, "Α" if "Α" not in text else "東")


def test_threads_draw_what_one_alone_does() -> None:
    texts = [EVERY[start : start + 40] for start in range(0, 320, 40)]
    alone = [render_handout(handout(paragraph(text)), THEME, "letter") for text in texts]
    fonts._written.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(lambda text: render_handout(handout(paragraph(text)), THEME, "letter"), texts)
        assert list(together) == alone
