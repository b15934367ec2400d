"""Themes and clinics' colours in whole builds: every theme makes every document, a clinic's accent dresses them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from pptx import Presentation
from topic_samples import CONTENT, ROOT, TODAY, TOPICS

from handouts.build.build import build
from handouts.build.make import make
from handouts.build.request import Request
from handouts.problems import ProblemsError
from handouts.theme.schema import Colours

THEMES = sorted(path.stem for path in (ROOT / "templates" / "themes").glob("*.yaml"))
CLINIC = """\
schema_version: 1
name: Example Cancer Center
address: [1 Example Street, Springfield]
phone: +1-202-555-0187
hours: Monday to Friday, 8:30 to 17:00
"""
BRAND = 'colours:\n  accent: "#8A1538"\n'
PALE = 'colours:\n  accent: "#FFB81C"\n'


def clinic(folder: Path, colours: str) -> Path:
    path = folder / "clinic.yaml"
    path.write_text(CLINIC + colours, "utf-8")
    return path


@pytest.mark.sampled(3)
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("content", [CONTENT, TOPICS], ids=lambda path: path.name)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_makes_every_document_of_every_topic(theme: str, content: Path, paper: str, tmp_path: Path) -> None:
    formats = () if paper == "letter" else ("pdf", "card")
    request = Request(TODAY, formats, paper=paper, theme=theme, clinic=clinic(tmp_path, BRAND), content=content,
                      templates=ROOT / "templates")  # pyright: ignore[reportArgumentType]  # fmt: skip
    made = make(request).made
    assert {one.entry.format for one in made} == set(formats or ("pdf", "pptx", "card"))
    for one in made:
        assert (theme == "default") == (theme not in one.entry.path)
        if one.entry.format == "pdf":
            pages = len(pdfium.PdfDocument(one.data))
            assert one.entry.count == pages
            assert (pages > 2) == (theme == "large-print")


def test_the_manifest_counts_the_pages_of_large_print(tmp_path: Path) -> None:
    asked = Request(TODAY, ("pdf",), ("ixazomib",), theme="large-print", content=CONTENT, templates=ROOT / "templates")
    build(replace(asked, out=tmp_path))
    (entry,) = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert entry["path"] == "ixazomib-en-handout-large-print.pdf"
    assert entry["pages"] == len(pdfium.PdfDocument((tmp_path / entry["path"]).read_bytes())) > 2


def colours_on(data: bytes) -> set[tuple[int, ...]]:
    """The colours that take more than a trace of the first page."""
    image = pdfium.PdfDocument(data)[0].render(scale=2, no_smoothpath=True).to_pil().convert("RGB")
    return {colour for count, colour in image.getcolors(1 << 24) if count > 20}  # type: ignore[misc,union-attr]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.slow
def test_a_clinics_accent_dresses_all_three_documents(tmp_path: Path) -> None:
    request = Request(TODAY, clinic=clinic(tmp_path, BRAND), content=CONTENT, templates=ROOT / "templates")
    made = {one.entry.format: one.data for one in make(request).made}
    for printed in ("pdf", "card"):
        seen = colours_on(made[printed])
        assert rgb("#8A1538") in seen
        assert rgb(Colours().accent) not in seen
    theme = next(p for p in Presentation(io.BytesIO(made["pptx"])).part.package.iter_parts() if "theme1" in p.partname)
    assert b"<a:accent1><a:srgbClr" in theme.blob
    assert b'val="8A1538"' in theme.blob
    assert Colours().accent.lstrip("#").encode() not in theme.blob


def test_a_clinics_pale_accent_stops_the_build_and_nothing_is_written(tmp_path: Path) -> None:
    path = clinic(tmp_path, PALE)
    request = Request(TODAY, clinic=path, content=CONTENT, templates=ROOT / "templates", out=tmp_path / "out")
    with pytest.raises(ProblemsError) as caught:
        build(request)
    said = [str(problem) for problem in caught.value.problems if problem.code.startswith("THEME")]
    assert said[0].startswith(f"{path}:7:11: THEME01 error: accent #FFB81C on ")
    assert all('; write accent: "#' in line for line in said)
    assert not (tmp_path / "out").exists()


def test_a_theme_that_cannot_be_read_is_told_with_the_mistakes_of_the_clinic(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "themes"
    folder.mkdir(parents=True)
    (folder / "pale.yaml").write_text('name: pale\ncolours:\n  ink: "#888888"\n', "utf-8")
    path = clinic(tmp_path, "telephone: 5\n")
    request = Request(TODAY, theme="pale", clinic=path, content=CONTENT, templates=folder.parent, out=tmp_path / "out")
    with pytest.raises(ProblemsError) as caught:
        build(request)
    said = [str(problem) for problem in caught.value.problems if problem.severity == "error"]
    assert any(line.startswith(f"{folder / 'pale.yaml'}:3:8: THEME01 error: ink #888888 on paper") for line in said)
    assert any("clinic.yaml:6:1: SCHEMA01 error" in line for line in said)
