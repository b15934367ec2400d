"""Decks before judges that are not ours: the Open XML SDK validator and LibreOffice. `.ci/run` installs both."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from handouts.make import make
from handouts.request import Request

ROOT = Path(__file__).parents[3]
TOPICS = [("content", "ixazomib"), ("tests/topics", "espanol"), ("tests/topics", "longwords")]
VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
OFFICE = shutil.which("soffice")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=TOPICS, ids=[topic for _, topic in TOPICS])
def deck(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    content, topic = request.param
    result = make(Request(date(2026, 11, 22), formats=("pptx",), topics=(topic,), content=ROOT / content))
    path = tmp_path_factory.mktemp(topic) / "deck.pptx"
    path.write_bytes(result.made[0].data)
    return path


@pytest.mark.skipif(VALIDATOR is None, reason="the Open XML SDK validator is not here; .ci/run installs it")
def test_the_open_xml_sdk_finds_no_error(deck: Path) -> None:
    done = subprocess.run([str(VALIDATOR), str(deck)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not here; .ci/run installs it")
def test_libreoffice_shows_every_slide_with_its_title(deck: Path, tmp_path: Path) -> None:
    from pptx import Presentation

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(deck)]
    subprocess.run(command, capture_output=True, timeout=240, check=True)
    pages = pypdfium2.PdfDocument(tmp_path / "deck.pdf")
    slides = list(Presentation(str(deck)).slides)
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        shown = "".join(page.get_textpage().get_text_bounded().split())
        assert "".join(slide.shapes.title.text_frame.text.split()) in shown
