"""Printed pages survive a copier: codes are read, and every letter is dark on light, even in two tones."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image
from theme_samples import SCALE, WORKSPACE, drawn, theme_called
from topic_samples import shipped_plans
from vision import SIGHTS, normal

from handouts.render.pdf.card import render_card
from handouts.render.pdf.handout import render_handout
from handouts.theme.sheet import Sheet

COPY_THRESHOLD = 128
DARKEST, PALEST = 0.8, 0.03
"""Shares of a letter's own rectangle that are dark on a copy in black and white."""


@pytest.mark.sampled(2)
def test_the_code_is_read_by_all_and_on_a_copy(theme: str) -> None:
    picture = drawn(theme, "qr")
    right, bottom = picture.left + picture.figure.width, picture.top + picture.figure.height
    code = picture.image.crop(tuple(round(v * SCALE) for v in (picture.left, picture.top, right, bottom)))
    pixels = code.tobytes()
    for see in (normal, *SIGHTS.values()):
        colours = {bytes(colour): bytes(see(colour)) for _, colour in code.getcolors(1 << 24)}  # type: ignore[union-attr]
        seen = b"".join(colours[pixels[start : start + 3]] for start in range(0, len(pixels), 3))
        assert read(Image.frombytes("RGB", code.size, seen)) == ["tel:+12025550143"]
    assert read(two_tones(code)) == ["tel:+12025550143"]


def read(code: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(code)]


def two_tones(image: Image.Image) -> Image.Image:
    """A copy in black and white, without greys."""
    return image.convert("L").point([255 * (value >= COPY_THRESHOLD) for value in range(256)])


@pytest.mark.parametrize("document", ["handout", "card"])
def test_every_letter_is_dark_on_light_on_a_copy_in_black_and_white(theme: str, document: str) -> None:
    plans, chosen = shipped_plans("ixazomib"), theme_called(theme)
    sheet = WORKSPACE.named("sheets", "avery-5371", Sheet)
    handout = document == "handout"
    data = render_handout(plans.handout, chosen, "letter") if handout else render_card(plans.card, chosen, sheet)
    found = shares_of_dark(data)
    assert len(found) > 300
    assert PALEST < min(found) <= max(found) < DARKEST


def shares_of_dark(pdf: bytes, scale: float = 3) -> list[float]:
    """For each letter and digit the dark share of its rectangle, on a copy of two tones."""
    found: list[float] = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        copy = two_tones(page.render(scale=scale).to_pil())
        text, height = page.get_textpage(), page.get_height()
        for index, char in enumerate(text.get_text_range()[: text.count_chars()]):
            if not char.isalnum():
                continue
            left, bottom, right, top = text.get_charbox(index)
            box = copy.crop(tuple(round(v * scale) for v in (left, height - top, right, height - bottom)))
            if box.width > 1 and box.height > 1:
                found.append(box.histogram()[0] / (box.width * box.height))
    document.close()
    return found
