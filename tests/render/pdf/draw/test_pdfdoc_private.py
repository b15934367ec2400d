"""Each name of ReportLab that its user guide does not name does what we use it for; another release may not."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import reportlab
from pdf_samples import AVERY_5371, THEME, card, full_handout
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from handouts.render.pdf.draw import pdfdoc_private as private
from handouts.render.pdf.draw.fonts import embedded
from handouts.render.pdf.draw.syntax import stream_body
from handouts.theme.fonts import family

FACE = family("Atkinson Hyperlegible").regular


def canvas() -> tuple[Canvas, Any]:
    name: Any = embedded(FACE).fontName
    made = Canvas(io.BytesIO(), pageCompression=0, invariant=1, pdfVersion=(1, 7), initialFontName=name)
    return made, private.prepare(made)


def saved(made: Canvas) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made.getpdfdata()))


def test_this_is_the_release_that_was_read() -> None:
    assert reportlab.Version.startswith("5.1.")


def test_streams_are_deflated_once_and_end_with_a_line_of_their_own() -> None:
    made, _ = canvas()
    for _ in range(2):
        made.addLiteral("0 0 9 9 re f")
        made.showPage()
    data = made.getpdfdata()
    streams = re.findall(rb"/Length ([0-9]+)[^>]*>>\nstream\n(.*?)\nendstream\n", data, re.DOTALL)
    assert len(streams) == 2 == data.count(b"/FlateDecode")
    assert streams[0] == streams[1]
    assert all(int(length) == len(content) for length, content in streams)


def test_a_page_can_be_referred_to_before_it_is_finished() -> None:
    made, document = canvas()
    refs = [private.page_reference(document)]
    made.showPage()
    refs.append(private.page_reference(document))
    made.showPage()
    assert [private.number_of(ref, document) for ref in refs] == [
        private.number_of(page, document) for page in document.Pages.pages
    ]


def test_the_last_annotation_is_that_of_the_last_link() -> None:
    made, document = canvas()
    for address in ("https://one.example", "https://two.example"):
        made.linkURL(address, (0, 0, 9, 9))
    ref = private.last_annotation(made)
    made.showPage()
    number = int(private.number_of(ref, document).split()[0])
    assert saved(made).get_object(number, 0).A.URI == "https://two.example"


def test_entries_that_reportlab_does_not_know_reach_page_and_catalog() -> None:
    made, document = canvas()
    made.showPage()
    private.add_entries(private.finished_page(document), StructParents=7, Tabs="/S")
    private.add_entries(private.catalog(document), OutputIntents=pdfdoc.PDFArray(["/Here"]))
    found = saved(made)
    assert (found.pages[0].StructParents, found.pages[0].Tabs) == (7, "/S")
    assert list(found.Root.OutputIntents) == ["/Here"]
    # Instances were given them, not the library.
    assert "StructParents" not in pdfdoc.PDFPage.__NoDefault__
    assert "OutputIntents" not in pdfdoc.PDFCatalog.__NoDefault__


def test_forms_and_images_that_are_ready_are_shown_by_their_names() -> None:
    made, document = canvas()
    private.add_form(document, "Drawn", (20, 30), b"0 0 9 9 re f")
    entries = "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
    private.add_image(document, "Grey", stream_body(entries, b"\x80"))
    for name in ("Drawn", "Grey"):
        assert made.hasForm(name)
        made.doForm(name)
    made.showPage()
    found = saved(made)
    shown = found.pages[0].Resources.XObject
    assert shown["/FormXob.Drawn"].read_bytes().strip() == b"0 0 9 9 re f"
    assert [float(side) for side in shown["/FormXob.Drawn"].BBox] == [0, 0, 20, 30]
    assert shown["/FormXob.Grey"].read_raw_bytes() == b"\x80"


def test_an_open_stream_is_a_page_s_or_a_form_s_content_as_it_stands() -> None:
    made, document = canvas()
    made.beginForm("Open", 0, 0, 9, 9)
    made.addLiteral("replaced")
    made.endForm(Contents=private.OpenStream(b"\0007\000"))
    made.doForm("Open")
    made.showPage()
    page = private.finished_page(document)
    page.Contents = pdfdoc.PDFArray([pdfdoc.PDFStream(content=page.stream), private.OpenStream(b"open")])
    found = saved(made)
    form = found.pages[0].Resources.XObject["/FormXob.Open"]
    assert (form.Subtype, form.read_raw_bytes()) == ("/Form", b"\0007\000")
    assert [stream.read_bytes()[-5:].strip() for stream in found.pages[0].Contents] == [b"Do", b"open"]


def test_a_font_says_which_bytes_it_gave_to_characters_and_stands_among_the_fonts() -> None:
    made, document = canvas()
    font = embedded(FACE)
    font.splitString("é", document)
    name = font.getSubsetInternalName(0, document)[1:]
    state = private.state_of(font, document)
    assert state.assignments[ord("A")] == ord("A")
    assert state.subsets[0][state.assignments[ord("é")]] == ord("é")
    made.showPage()
    made.getpdfdata()
    assert set(private.fonts_of(document)) == {name}


SETTINGS = {
    "RL_pdfComments": "1",
    "RL_pdfMultiLine": "1",
    "RL_pageCompression": "1",
    "RL_useA85": "1",
    "RL_ttfAsciiReadable": "0",
    "RL_documentLang": "xx",
    "RL_canvas_basefontname": "Courier",
    "SOURCE_DATE_EPOCH": "1",
}


@pytest.mark.parametrize("document", ["handout", "card"])
def test_no_setting_of_the_machine_reaches_a_file(document: str, tmp_path: Path) -> None:
    from handouts.render.pdf.card import render_card
    from handouts.render.pdf.handout import render_handout

    makers = {
        "handout": lambda: render_handout(full_handout(), THEME, "letter"),
        "card": lambda: render_card(card(), THEME, AVERY_5371),
    }
    calls = {"handout": "h(s.full_handout(), s.THEME, 'letter')", "card": "c(s.card(), s.THEME, s.AVERY_5371)"}
    (tmp_path / ".reportlab_settings").write_text("canvas_baseColor = (1, 0, 0)\ninvariant = 0\n", "utf-8")
    script = (
        "import sys, pdf_samples as s\nfrom handouts.render.pdf.card import render_card as c\n"
        "from handouts.render.pdf.handout import render_handout as h\n"
        f"sys.stdout.buffer.write({calls[document]})"
    )
    path = os.pathsep.join(str(Path(__file__).parents[up]) for up in (1, 3, 4))
    environment = {**os.environ, **SETTINGS, "PYTHONPATH": path, "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout == makers[document]()
