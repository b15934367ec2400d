"""Card stock, cards drawn on it, and what they look like on paper, for the tests of cards to share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pypdfium2
from msgspec.structs import replace
from pdf_samples import THEME, card
from PIL import Image, ImageOps
from topic_samples import ROOT

from handouts.files.workspace import Workspace
from handouts.render.pdf.card import render_card
from handouts.theme.printing import Printing
from handouts.theme.sheet import Flip, Sheet

_WORKSPACE = Workspace(ROOT / "content", ROOT / "templates")


@cache
def shipped(name: str) -> Sheet:
    return _WORKSPACE.named("sheets", name, Sheet)


LOPSIDED = replace(shipped("avery-5371"), left=0.3, top=0.4, pitch_x=3.75, pitch_y=2.05)
"""Letter stock whose cards lie in the middle of nothing."""
SHEETS: dict[str, Sheet] = {name: shipped(name) for name in _WORKSPACE.names("sheets")} | {"lopsided": LOPSIDED}
TWO_SIDED = [name for name, sheet in SHEETS.items() if not sheet.fold_over]


@cache
def drawn(name: str, flip: Flip | None = None, start_at: int = 1, count: int | None = None) -> bytes:
    """The sample card on a sheet."""
    return render_card(card(), THEME, SHEETS[name], Printing(flip, start_at, count))


def raster(data: bytes, dpi: int) -> list[Image.Image]:
    """The pages in grey."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return pages


def through_the_paper(back: Image.Image, flip: Flip) -> Image.Image:
    """A back as it shows through the paper, once the printer turned the sheet on that edge."""
    upright = back.height >= back.width
    return ImageOps.mirror(back) if (flip == "long-edge") == upright else ImageOps.flip(back)


def crops(page: Image.Image, sheet: Sheet, dpi: int) -> Iterator[Image.Image]:
    """Each card's place on a front, in the order of the slots."""
    for x, y in sheet.slots():
        yield crop(page, x, y, sheet, dpi)


def crop(page: Image.Image, x: float, y: float, sheet: Sheet, dpi: int) -> Image.Image:
    """The place of one card whose top left corner is there, in points."""
    (width, height), scale = (tuple(round(side * dpi / 72) for side in sheet.card_size)), dpi / 72
    left, top = round(x * scale), round(y * scale)
    return page.crop((left, top, left + width, top + height))


def marks(image: Image.Image) -> Image.Image:
    """What is not paper, as white on black."""
    return image.point([255 if value < 200 else 0 for value in range(256)])
