"""What one file keeps to itself: ReportLab's private names, and how structure is written in PDF."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from topic_samples import ROOT

SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "handouts").rglob("*.py")}
PRIVATE = "handouts/theme/truetype.py"
READER = "handouts/batch/readback/pdf_reader.py"
"""Reads our files back, and shares no code with what writes them."""
PUBLIC = {("handouts/render/pptx/metrics.py", "reportlab.pdfbase.pdfmetrics.stringWidth")}
"""What ReportLab's user guide documents may be used elsewhere."""


def imported(source: str) -> Iterator[str]:
    """Every name that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_private_names_of_reportlab_stand_in_one_file() -> None:
    users = {(file, name) for file, text in SOURCES.items() for name in imported(text) if name.startswith("reportlab")}
    assert {file for file, _ in users - PUBLIC} == {PRIVATE}
    assert users >= PUBLIC


def test_that_file_gives_out_nothing_of_reportlab() -> None:
    tree = ast.parse(SOURCES[PRIVATE])
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    assert [node.name for node in public] == ["metrics", "subset"]
    assert [ast.unparse(node.returns) for node in public if node.returns] == ["Metrics", "bytes"]
    taken = {name for text in SOURCES.values() for name in re.findall(r"\btruetype(?:\.| import )(\w+)", text)}
    assert taken == {"metrics", "subset"}


def test_only_one_module_writes_structure_elements() -> None:
    syntax = re.compile(r"/(StructElem|MCR|OBJR|ParentTree|Nums|ActualText|Scope|ListNumbering)\b")
    users = {file for file, text in SOURCES.items() if syntax.search(text)}
    assert users - {READER} == {"handouts/render/pdf/draw/tags.py"}


def test_that_module_is_small_and_knows_nothing_but_pdf_objects() -> None:
    text = SOURCES["handouts/render/pdf/draw/tags.py"]
    ours = {name.rsplit(".", 1)[0] for name in imported(text) if name.startswith("handouts")}
    assert ours == {"handouts.render.pdf.draw.objects"}
    assert len(text.splitlines()) < 200


def test_marked_content_is_opened_and_closed_in_one_module() -> None:
    users = {file for file, text in SOURCES.items() if re.search(r"\b(BDC|BMC|EMC)\b", text)}
    assert users - {READER} == {"handouts/render/pdf/draw/canvas.py"}
