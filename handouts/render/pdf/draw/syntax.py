"""Pieces of PDF syntax that ReportLab has no call for: numbers, strings and whole objects as they stand in a file.

Content streams get text by way of these, and so do files that are put together from parts of ReportLab's own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache, lru_cache

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})
# Octal for what is not ASCII: ReportLab encodes forms, unlike pages, as PDFDocEncoding, which moves some bytes.
_BYTES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {ord(c): f"\\{c}" for c in "\\()"}


@lru_cache(maxsize=20_000)
def number(value: float) -> str:
    """A number in PDF syntax, to a hundredth of a point."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def colour(hex_value: str, *, stroke: bool = False) -> str:
    """`#RRGGBB` as the operator that makes it the fill or stroke colour."""
    parts = " ".join(f"{int(hex_value[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))
    return f"{parts} {'RG' if stroke else 'rg'}"


def shown_text(pieces: Iterable[tuple[str, str]], size: float, x: float, y: float) -> str:
    """One line of text, its baseline starting at (x, y) points from the lower left; `pieces` are font names with text
    that `escaped` gave for them.
    """
    shown = " ".join(f"/{font} {number(size)} Tf ({text}) Tj" for font, text in pieces)
    return f"BT {number(x)} {number(y)} Td {shown} ET"


def escaped(data: str) -> str:
    """Bytes, given as characters up to U+00FF, as they stand in a literal string."""
    return data.translate(_BYTES)


def text_string(text: str) -> str:
    """A text string for a dictionary: a literal where ASCII is enough, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@lru_cache(maxsize=64)
def deflated(data: bytes) -> bytes:
    """The data deflated; figures and whole pages come again from document to document."""
    return zlib.compress(data)


def stream_body(entries: str, data: bytes) -> bytes:
    """A stream object; `entries` are those of its dictionary beside its length."""
    head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
    # PDF/A (ISO 19005-2, 6.1.7.1) wants an end-of-line before endstream that is not counted in Length.
    return b"%b%b\nendstream" % (head, data)


def numbered(number: int, body: bytes) -> bytes:
    """An object as it stands in a file."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)
