"""Decks before judges that are not ours: the Open XML SDK validator and LibreOffice. `.ci/run` installs both."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from comparison_samples import bars, changes, effects, harms
from deck_samples import deck as plan_of
from deck_samples import render_deck
from deck_samples import slide as slide_of
from pptx import Presentation
from pptx.oxml.ns import qn
from shown_words import outside_boxes, squeezed
from stranger_templates import DEFAULT, OURS, STRANGERS, dressed
from topic_samples import FOLDERS, OWN, shipped_plans

from handouts.plan.blocks import FigureBlock
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.slow
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here; .ci/run installs it")
needs_validator = pytest.mark.skipif(
    VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it"
)


def _has_calibri() -> bool:
    """Whether what stands in for Calibri on this machine has Calibri's widths."""
    if shutil.which("fc-match") is None:
        return False
    found = subprocess.run(["fc-match", "Calibri"], capture_output=True, text=True, check=False, timeout=60)
    return "Carlito" in found.stdout or "Calibri" in found.stdout


@pytest.fixture(scope="module", params=(OURS, *STRANGERS))
def template(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=FOLDERS)
def topic(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def deck(topic: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp(topic) / "deck.pptx"
    path.write_bytes(dressed(topic, template))
    return path


@pytest.fixture(scope="module")
def shown(deck: Path) -> pypdfium2.PdfDocument:
    """The deck as LibreOffice shows it."""
    return _converted(deck)


def _converted(deck: Path) -> pypdfium2.PdfDocument:
    profile = f"-env:UserInstallation=file://{deck.parent}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(deck.parent), str(deck)]
    subprocess.run(command, capture_output=True, timeout=240, check=True)
    return pypdfium2.PdfDocument(deck.with_suffix(".pdf"))


@needs_validator
def test_the_open_xml_sdk_finds_no_error(deck: Path) -> None:
    done = subprocess.run([str(VALIDATOR), str(deck)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_validator
def test_the_open_xml_sdk_finds_no_error_in_a_workbook_behind_a_chart(tmp_path: Path) -> None:
    file: Any = Presentation(_saved(tmp_path, dressed("ixazomib", OURS)))
    chart = next(shape.chart for slide in file.slides for shape in slide.shapes if shape.has_chart)
    book = tmp_path / "book.xlsx"
    book.write_bytes(chart.part.chart_workbook.xlsx_part.blob)
    done = subprocess.run([str(VALIDATOR), str(book)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck of a slide for each kind of comparison."""
    figures = bars(width=504, title=""), effects(width=504), harms(width=504), changes(width=504)
    slides = [slide_of("Study", figure.kind, chart=(FigureBlock(figure),)) for figure in figures]
    path = tmp_path_factory.mktemp("compared") / "deck.pptx"
    path.write_bytes(render_deck(plan_of(*slides), Theme(), OWN))
    return path


@needs_validator
def test_the_open_xml_sdk_finds_no_error_in_comparisons_and_their_workbooks(compared: Path) -> None:
    file: Any = Presentation(str(compared))
    judged = [compared]
    for number, one in enumerate(file.slides):
        chart = next(shape.chart for shape in one.shapes if shape.has_chart)
        judged.append(compared.with_name(f"book{number}.xlsx"))
        judged[-1].write_bytes(chart.part.chart_workbook.xlsx_part.blob)
    for path in judged:
        done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@needs_office
def test_libreoffice_shows_every_word_of_a_comparison(compared: Path) -> None:
    file: Any = Presentation(str(compared))
    shown = _converted(compared)
    for page, one in zip(shown, file.slides, strict=True):
        text = squeezed(page.get_textpage().get_text_bounded())
        chart = next(shape.chart for shape in one.shapes if shape.has_chart)
        words = ["".join(t.text for t in p.iter(qn("a:t"))) for p in chart._chartSpace.iter(qn("a:p"))]
        assert [said for said in words if squeezed(said) not in text] == []


@needs_office
def test_libreoffice_shows_every_slide_with_its_title(deck: Path, shown: pypdfium2.PdfDocument) -> None:
    slides = list(Presentation(str(deck)).slides)
    assert len(shown) == len(slides)
    for page, slide in zip(shown, slides, strict=True):
        assert squeezed(slide.shapes.title.text_frame.text) in squeezed(page.get_textpage().get_text_bounded())


@needs_office
def test_no_text_is_drawn_outside_its_box(deck: Path, template: str, shown: pypdfium2.PdfDocument) -> None:
    if template == DEFAULT and not _has_calibri():
        pytest.skip("no font with Calibri's widths is here; .ci/run installs Carlito")
    assert outside_boxes(Presentation(str(deck)), shown) == []


@needs_office
def test_text_that_is_drawn_outside_its_box_is_seen(tmp_path: Path) -> None:
    file: Any = Presentation(_saved(tmp_path, dressed("espanol", OURS)))
    file.slides[2].placeholders[13].text = "palabra " * 400
    file.slides[4].shapes.title.text = "Título " * 30
    deck = tmp_path / "wrong.pptx"
    file.save(str(deck))
    found = outside_boxes(file, _converted(deck))
    assert {line.partition(":")[0] for line in found} == {"slide 3", "slide 5"}


@needs_office
def test_a_template_that_libreoffice_makes_today_can_be_worn(tmp_path: Path) -> None:
    from flat import made_by_libreoffice

    file = TemplateFile(made_by_libreoffice(str(OFFICE), tmp_path), "made.pptx")
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(render_deck(shipped_plans("espanol").deck, Theme(), file))
    assert len(_converted(deck)) == len(Presentation(str(deck)).slides)


def _saved(folder: Path, data: bytes) -> str:
    path = folder / "deck.pptx"
    path.write_bytes(data)
    return str(path)
