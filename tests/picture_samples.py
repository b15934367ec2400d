"""Pictures for tests of logos: PNGs chunk by chunk, JPEGs of every kind, and one whose corners tell how it lies."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

from PIL import Image as Pillow
from PIL.Image import Transpose

PNG_MARK = b"\x89PNG\r\n\x1a\n"
RED, GREEN, BLUE, YELLOW = (230, 20, 20), (20, 160, 40), (20, 40, 200), (240, 220, 20)
CORNERS = (RED, GREEN, BLUE, YELLOW)
"""Of `upright`: top left, top right, bottom left, bottom right."""
SECRET = b"40.7128N at the bedside of Jane Doe"
"""What no document may hold of a picture's metadata."""
_AS_STORED = {
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_270,
}  # fmt: skip
"""How a camera held so stores what was upright: the inverse of what shows it."""


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    size: tuple[int, int], depth: int, colour: int, rows: Iterable[bytes], *more: tuple[bytes, bytes]
) -> bytes:  # fmt: skip
    """A PNG of unfiltered rows; `more` are chunks before its pixels."""
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = (chunk(b"IHDR", header), *(chunk(*one) for one in more), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return PNG_MARK + b"".join(chunks)


def with_chunk(data: bytes, name: bytes, content: bytes) -> bytes:
    """A PNG with a further chunk after its header."""
    return data[:33] + chunk(name, content) + data[33:]


def saved(image: Any, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def upright(width: int = 90, height: int = 60, mode: str = "RGB") -> Any:
    """A picture with another colour in each quarter."""
    image = Pillow.new("RGB", (width, height))
    for number, colour in enumerate(CORNERS):
        left, top = width // 2 * (number % 2), height // 2 * (number // 2)
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image.convert(mode)


def held(orientation: int, format: str = "JPEG", **options: Any) -> bytes:
    """`upright` as a camera held like this (Exif 1 to 8) stores it."""
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    image = upright()
    stored = image.transpose(_AS_STORED[orientation]) if orientation in _AS_STORED else image
    return saved(stored, format, exif=exif, **({"quality": 95} if format == "JPEG" else {}), **options)


def corners(image: Any) -> tuple[tuple[int, ...], ...]:
    """The colours in the middle of the quarters, in the order of `CORNERS`."""
    shown = image.convert("RGB")
    return tuple(
        shown.getpixel((shown.width * across // 4, shown.height * down // 4)) for down in (1, 3) for across in (1, 3)
    )


def alike(found: Iterable[Iterable[int]], wanted: Iterable[Iterable[int]], most: int = 8) -> bool:
    """Whether colours differ by no more than that in any channel."""
    pairs = zip(found, wanted, strict=True)
    return all(abs(a - b) <= most for one, other in pairs for a, b in zip(one, other, strict=True))


def ycck(image: Any) -> bytes:
    """A JPEG whose inks are coded as brightness and two colours, as Photoshop's are."""
    inks = image.convert("CMYK").split()
    coded = Pillow.merge("RGB", inks[:3]).convert("YCbCr").split()
    # Pillow inverts on writing what it takes for inks.
    stored = Pillow.merge("CMYK", [c.point(lambda v: 255 - v) for c in coded] + [inks[3]])
    data = saved(stored, "JPEG", quality=97)
    at = data.index(b"Adobe") + 11
    return data[:at] + b"\2" + data[at + 1 :]


ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Where Adobe RGB's red, green and blue lie in XYZ under D50 (Adobe RGB (1998) 2005-05, table B.2)."""
ADOBE_GAMMA = 563 / 256


def adobe_profile() -> bytes:
    """A profile of Adobe RGB: three primaries and a gamma (ICC.1:2022, clauses 7 to 10)."""

    def fixed(values: Iterable[float]) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(ADOBE_GAMMA * 256)) + bytes(2)
    tags = {b"wtpt": b"XYZ " + bytes(4) + fixed((0.9642, 1.0, 0.8249))}
    for name, primary in zip((b"r", b"g", b"b"), ADOBE_RGB, strict=True):
        tags[name + b"XYZ"] = b"XYZ " + bytes(4) + fixed(primary)
        tags[name + b"TRC"] = curve
    tags[b"desc"] = b"desc" + bytes(4) + struct.pack(">I", 10) + b"Wide RGB!\0" + bytes(78)
    tags[b"cprt"] = b"text" + bytes(4) + b"none\0"
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = at + len(body)
    head = struct.pack(">I", size) + bytes(4) + b"\2\x40\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    return head + fixed((0.9642, 1.0, 0.8249)) + bytes(128 - len(head) - 12) + table + body
