"""Decks before judges that are not ours: the Open XML SDK validator and LibreOffice. `.ci/run` installs both."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from comparison_samples import bars, changes, effects, harms
from deck_samples import deck as plan_of
from deck_samples import render_deck
from deck_samples import slide as slide_of
from msgspec import Struct
from pptx import Presentation
from pptx.oxml.ns import qn
from stranger_templates import DEFAULT, OURS, STRANGERS, dressed
from topic_samples import FOLDERS, OWN, shipped_plans

from handouts.plan.blocks import FigureBlock
from handouts.theme.schema import Theme
from handouts.theme.template_file import TemplateFile

VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
OFFICE = shutil.which("soffice")
EDGE = 1.5
"""Points by which a glyph's box may stand over its placeholder: rounding, and side bearings."""
SPACES = re.compile(r"[\s\u00a0•]+")
HYPHENS = re.compile("[\ufffe\x02]")
"""How pdfium gives a hyphen at the end of a line."""

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
        text = _squeezed(page.get_textpage().get_text_bounded())
        chart = next(shape.chart for shape in one.shapes if shape.has_chart)
        words = ["".join(t.text for t in p.iter(qn("a:t"))) for p in chart._chartSpace.iter(qn("a:p"))]
        assert [said for said in words if _squeezed(said) not in text] == []


@needs_office
def test_libreoffice_shows_every_slide_with_its_title(deck: Path, shown: pypdfium2.PdfDocument) -> None:
    slides = list(Presentation(str(deck)).slides)
    assert len(shown) == len(slides)
    for page, slide in zip(shown, slides, strict=True):
        assert _squeezed(slide.shapes.title.text_frame.text) in _squeezed(page.get_textpage().get_text_bounded())


@needs_office
def test_no_text_is_drawn_outside_its_box(deck: Path, template: str, shown: pypdfium2.PdfDocument) -> None:
    if template == DEFAULT and not _has_calibri():
        pytest.skip("no font with Calibri's widths is here; .ci/run installs Carlito")
    assert _outside(Presentation(str(deck)), shown) == []


@needs_office
def test_text_that_is_drawn_outside_its_box_is_seen(tmp_path: Path) -> None:
    file: Any = Presentation(_saved(tmp_path, dressed("espanol", OURS)))
    file.slides[2].placeholders[13].text = "palabra " * 400
    file.slides[4].shapes.title.text = "Título " * 30
    deck = tmp_path / "wrong.pptx"
    file.save(str(deck))
    found = _outside(file, _converted(deck))
    assert {line.partition(":")[0] for line in found} == {"slide 3", "slide 5"}


def _outside(file: Any, shown: pypdfium2.PdfDocument) -> list[str]:
    """What a deck's slides draw outside the places where it belongs."""
    width, height = file.slide_width / 12700, file.slide_height / 12700
    outside: list[str] = []
    for number, (page, slide) in enumerate(zip(shown, file.slides, strict=True), start=1):
        glyphs = _Glyphs(page, width, height)
        for box in _boxes(slide):
            outside += [f"slide {number}: '{text}' of {box.name}" for text in glyphs.outside(box)]
        frames = list(_frames(slide))
        outside += [f"slide {number}: '{g.text}' outside every chart and picture" for g in glyphs.left(frames)]
    return outside


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


def _squeezed(text: str) -> str:
    return SPACES.sub("", HYPHENS.sub("-", text))


class _Box(Struct, frozen=True):
    """A place of a slide and the words that belong in it; points from the slide's top left corner."""

    name: str
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, glyph: _Glyph) -> bool:
        return (
            glyph.left >= self.left - EDGE and glyph.right <= self.right + EDGE
            and glyph.top >= self.top - EDGE and glyph.bottom <= self.bottom + EDGE
        )  # fmt: skip


class _Glyph(Struct, frozen=True):
    text: str
    left: float
    top: float
    right: float
    bottom: float


class _Glyphs:
    """What a page draws, in the order of its shapes; each is taken once by the box that its words belong in."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        text = page.get_textpage()
        across, down = width / page.get_width(), height / page.get_height()
        self.all: list[_Glyph] = []
        for index in range(text.count_chars()):
            char = _squeezed(text.get_text_range(index, 1))
            if char:
                left, bottom, right, top = text.get_charbox(index)
                high = page.get_height()
                self.all.append(
                    _Glyph(char, left * across, (high - top) * down, right * across, (high - bottom) * down)
                )
        self.free = [True] * len(self.all)

    def outside(self, box: _Box) -> Iterator[str]:
        """The words of a box that are not drawn, or that stand over its edge."""
        wanted = _squeezed(box.text)
        said = "".join(g.text if free else "\0" for g, free in zip(self.all, self.free, strict=True))
        places = [m.start() for m in re.finditer(re.escape(wanted), said)]
        if not places:
            yield f"{box.text[:60]} (not drawn in one piece)"
            return
        start = next((p for p in places if box.holds(self.all[p])), places[0])
        for at in range(start, start + len(wanted)):
            self.free[at] = False
        if any(not box.holds(glyph) for glyph in self.all[start : start + len(wanted)]):
            yield box.text[:60]

    def left(self, frames: list[_Box]) -> Iterator[_Glyph]:
        """Glyphs that no box took and no chart, drawing or slide number frames."""
        for glyph, free in zip(self.all, self.free, strict=True):
            if free and not any(frame.holds(glyph) for frame in frames):
                yield glyph


def _place(shape: Any) -> tuple[float, float, float, float]:
    left, top, width, height = (value / 12700 for value in (shape.left, shape.top, shape.width, shape.height))
    return left, top, left + width, top + height


def _boxes(slide: Any) -> Iterator[_Box]:
    """Each paragraph of each placeholder with the placeholder's place, and each cell of each table."""
    for shape in slide.shapes:
        if shape.has_table:
            yield from _cells(shape)
        elif shape.has_text_frame and shape.shape_type != 6 and shape._element.find(f".//{qn('a:fld')}") is None:
            for line in shape.text_frame.text.split("\n"):
                yield _Box(shape.name, line.replace("\v", ""), *_place(shape))


def _cells(frame: Any) -> Iterator[_Box]:
    left, top, _, _ = _place(frame)
    x = left
    rights: list[float] = []
    for column in frame.table.columns:
        x += column.width / 12700
        rights.append(x)
    y = top
    for row in frame.table.rows:
        low = y + row.height / 12700
        for number, cell in enumerate(row.cells):
            start = rights[number - 1] if number else left
            if cell.text_frame.text.strip():
                yield _Box("a table's cell", cell.text_frame.text, start, y, rights[number], low)
        y = low


def _frames(slide: Any) -> Iterator[_Box]:
    """Places whose words are not told one by one: charts, drawings, the slide number, bullets."""
    for shape in slide.shapes:
        number = shape.has_text_frame and shape._element.find(f".//{qn('a:fld')}") is not None
        if shape.has_chart or shape.shape_type == 6 or number or (shape.is_placeholder and shape.has_text_frame):
            yield _Box(shape.name, "", *_place(shape))
