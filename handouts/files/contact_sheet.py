"""The PDF of a deck → one picture of all its slides, where pypdfium2 is installed (`handouts[pictures]`)."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

WIDTH = 320
"""Pixels of a slide on the sheet; five fit side by side on a laptop's screen."""
COLUMNS, GAP = 5, 8
MOST_SLIDES = 400

_BACK = "#808080"


def can_draw() -> bool:
    """Whether there is what reads PDFs."""
    return find_spec("pypdfium2") is not None


def contact_sheet(pdf: bytes) -> bytes:
    """A PNG of the slides, row by row, on grey, so that a white slide and a black one have edges."""
    import pypdfium2
    from PIL import Image

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        slides = [_slide(document[at]) for at in range(min(len(document), MOST_SLIDES))]
    finally:
        document.close()
    height = max(slide.height for slide in slides)
    columns = min(COLUMNS, len(slides))
    rows = -(-len(slides) // columns)
    sheet = Image.new("RGB", (GAP + columns * (WIDTH + GAP), GAP + rows * (height + GAP)), _BACK)
    for at, slide in enumerate(slides):
        row, column = divmod(at, columns)
        sheet.paste(slide, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _slide(page: Any) -> Any:
    """A slide as a picture; the page is closed at once, as its library wants it."""
    try:
        return page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").resize(
            (WIDTH, round(WIDTH * page.get_height() / page.get_width()))
        )  # fmt: skip
    finally:
        page.close()
