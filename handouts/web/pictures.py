"""Pictures of a PDF's pages, for browsers without a viewer. The bytes of a PDF in, PNG out."""

from __future__ import annotations

import io
import threading

_WIDTH = 1240
"""Pixels across: 12 pt type stays sharp on a tablet of twice the density."""
_ONE = threading.Lock()
"""PDFium keeps its state in the process and is not made for threads."""


def page_picture(data: bytes, page: int) -> bytes | None:
    """One page, counted from 1, as a PNG; None for a page that is not there."""
    import pypdfium2

    with _ONE:
        pdf = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= page <= len(pdf):
                return None
            sheet = pdf[page - 1]
            picture = sheet.render(scale=_WIDTH / sheet.get_width()).to_pil().convert("RGB")  # pyright: ignore
        finally:
            pdf.close()
    held = io.BytesIO()
    picture.quantize(96, dither=0).save(held, "PNG")
    return held.getvalue()
