"""What one file keeps to itself: ReportLab's private names, and how structure is written in PDF."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from topic_samples import ROOT

SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "handouts").rglob("*.py")}
DRAW = "handouts/render/pdf/draw/"
PRIVATE = f"{DRAW}pdfdoc_private.py"
READER = "handouts/batch/readback/pdf_reader.py"
"""Reads our files back, and shares no code with what writes them."""
OUTSIDE = {
    ("handouts/render/pptx/template/metrics.py", "reportlab.pdfbase.pdfmetrics.stringWidth"),
    ("handouts/theme/truetype.py", "reportlab.pdfbase.ttfonts.TTFontFace"),
}
"""What of ReportLab is used for other things than drawing: metrics."""


def imported(source: str) -> Iterator[str]:
    """Every name that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_one_room_draws_with_reportlab() -> None:
    users = {(file, name) for file, text in SOURCES.items() for name in imported(text) if name.startswith("reportlab")}
    assert {(file, name) for file, name in users if not file.startswith(DRAW)} == OUTSIDE
    assert {file for file, name in users if name.startswith("reportlab.pdfgen.canvas")} >= {f"{DRAW}canvas.py"}


def test_what_the_user_guide_does_not_name_stands_in_one_file() -> None:
    names = re.compile(
        r"\.(_doc|_code|_annotationrefs|_formsinuse|_fontname|Catalog|Pages|idTo\w+|thisPageRef|addForm)\b"
        r"|__(NoDefault|RefOnly|InternalName)__"
    )
    assert {file for file, text in SOURCES.items() if names.search(text)} == {PRIVATE}


def test_only_one_module_writes_structure_elements() -> None:
    syntax = re.compile(r"/(StructElem|MCR|OBJR|ParentTree|Nums|ActualText|Scope|ListNumbering)\b")
    users = {file for file, text in SOURCES.items() if syntax.search(text)}
    assert users - {READER} == {"handouts/render/pdf/draw/tags.py"}


def test_that_module_is_small_and_knows_nothing_but_pdf_objects() -> None:
    text = SOURCES["handouts/render/pdf/draw/tags.py"]
    ours = {name.rsplit(".", 1)[0] for name in imported(text) if name.startswith("handouts")}
    assert ours == {"handouts.render.pdf.draw.pdfdoc_private", "handouts.render.pdf.draw.syntax"}
    assert len(text.splitlines()) < 200


def test_marked_content_is_opened_and_closed_in_one_module() -> None:
    users = {file for file, text in SOURCES.items() if re.search(r"\b(BDC|BMC|EMC)\b", text)}
    assert users - {READER} == {"handouts/render/pdf/draw/canvas.py"}
