"""Raster images that a clinic file or topic names: judged by their bytes, then drawn anew for the documents.

In: the bytes of a file. Out: an `Image` of our own writing, or a located problem. Content tells formats, no name does.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from handouts.problems import Origin, ProblemsError, error

MAX_SIDE = 4096
"""The most pixels on a side."""
MAX_BYTES = 4_000_000
MAX_SCANS = 50
"""The most passes of a progressive JPEG, each of which is decoded over all its pixels; usual are ten."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers; C4, C8 and CC of the same range are tables and extensions (ITU-T T.81, table B.1).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN = b"\xff\xda"
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND")
"""What tells of a PNG's pixels, colours and orientation; texts, further frames and notes are not unpacked."""
_LEFT_OUT_SEGMENTS = frozenset({0xFE, *range(0xE3, 0xEE), 0xEF})
"""A JPEG's comments, and notes of programs."""

_OTHERS = (
    ((b"GIF87a", b"GIF89a"), "a GIF"),
    ((b"BM",), "a BMP"),
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "a TIFF"),
    ((b"%PDF",), "a PDF"),
    ((b"%!PS", b"\xc5\xd0\xd3\xc6"), "an EPS drawing"),
    ((b"8BPS",), "a Photoshop file"),
    ((b"\0\0\1\0",), "an icon (.ico)"),
    ((b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"), "a JPEG 2000"),
    ((b"\0\0\0\x0cJXL ", b"\xff\x0a"), "a JPEG XL"),
    ((b"\xd7\xcd\xc6\x9a",), "a Windows metafile (.wmf)"),
    ((b"PK\3\4",), "a zip file, or a document"),
)
"""Formats that are not taken, by how they begin."""
_BRANDS = {b"avi": "an AVIF", b"hei": "a HEIC", b"hev": "a HEIC", b"mif": "a HEIC", b"msf": "a HEIC"}
"""Formats of the ISO base media family, by the brand at byte 8 (ISO/IEC 23008-12, 10.2)."""

Media = Literal["image/png", "image/jpeg"]


class ImageCode(StrEnum):
    """Codes of the problems that checking an image can find."""

    FORMAT = "IMAGE01"
    """Neither PNG nor JPEG, whatever its name says."""
    TOO_LARGE = "IMAGE02"
    """More pixels, bytes or passes than a document needs."""
    BROKEN = "IMAGE03"
    """Truncated, damaged or of no size."""
    BLANK = "IMAGE04"
    """Nothing of it would be seen on white paper."""


class Image(Struct, frozen=True):
    """A checked raster image: a PNG or JPEG without metadata, its media type, and its size in pixels, upright.

    Its pixels have 8 bits a channel, in sRGB or grey, with or without transparency.
    """

    data: bytes
    media: Media
    width: int
    height: int


def check_image(data: bytes, origin: Origin, name: str) -> Image:
    """The image that `data` holds, drawn anew. `origin` is where a file names it, `name` how; both are for messages.

    Nothing is decoded before the size that the header states is known to be sane. Of several frames the first counts.
    Raises ProblemsError when the data is not a whole PNG or JPEG, is too large, or cannot be seen.
    """
    if len(data) > MAX_BYTES:
        message = f"the image {name} has {len(data):,} bytes; the most is {MAX_BYTES:,}"
        raise _refused(origin, ImageCode.TOO_LARGE, message, "save it smaller")
    media = _media(data)
    if media is None:
        raise _refused(origin, ImageCode.FORMAT, *_told(data, name))
    size = _png_size(data) if media == "image/png" else _jpeg_size(data)
    if size is None or 0 in size:
        message = f"the image {name} is damaged: its header states no size"
        raise _refused(origin, ImageCode.BROKEN, message, "save it again")
    if max(size) > MAX_SIDE:
        message = f"the image {name} is {size[0]:,} × {size[1]:,} pixels; the most is {MAX_SIDE:,} on a side"
        raise _refused(origin, ImageCode.TOO_LARGE, message, "save it smaller")
    # Within a scan a marker's first byte never stands alone, so this counts no data (T.81, F.1.2.3).
    if media == "image/jpeg" and data.count(_START_OF_SCAN) > MAX_SCANS:
        message = f"the image {name} has more than {MAX_SCANS} scans"
        raise _refused(origin, ImageCode.TOO_LARGE, message, "save it again, not as progressive")
    from handouts.model.pixels import BlankError, redrawn

    try:
        drawn, width, height = redrawn(_bare(data, media), media, size)
    except BlankError:
        message = f"the image {name} is white or transparent all over: nothing of it would be seen on paper"
        instead = "use the version that is made for a light background"
        raise _refused(origin, ImageCode.BLANK, message, instead) from None
    except Exception:
        # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error and more for damaged data.
        message = f"the image {name} is damaged or cut short"
        raise _refused(origin, ImageCode.BROKEN, message, "save it again") from None
    return Image(drawn, media, width, height)


def _refused(origin: Origin, code: ImageCode, message: str, instead: str) -> ProblemsError:
    return ProblemsError([error(origin, code, message, instead)])


def _media(data: bytes) -> Media | None:
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else None


def _told(data: bytes, name: str) -> tuple[str, str]:
    """What is wrong with a file of another format, and what to do."""
    kind = next((what for starts, what in _OTHERS if data.startswith(starts)), None)
    if data[4:8] == b"ftyp":
        kind = _BRANDS.get(data[8:11], "a video, or a picture of its format")
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "a WebP"
    elif data[40:44] == b" EMF":
        kind = "a Windows metafile (.emf)"
    elif kind is None and b"<svg" in data[:4096]:
        kind = "an SVG drawing"
    elif kind is None and b"<html" in data[:4096].lower():
        kind = "a web page, not the picture on it"
    if not data:
        return f"the image {name} is empty, neither PNG nor JPEG", "copy the picture again"
    if kind is None:
        return f"the image {name} is neither PNG nor JPEG", "save it as one of them, not only under another name"
    instead = "open it in a program for pictures and save (export) it as PNG"
    return f"the image {name} is {kind}, neither PNG nor JPEG", instead


def _png_size(data: bytes) -> tuple[int, int] | None:
    # The first chunk is IHDR: length, name, width, height (PNG 3rd edition, 11.2.1).
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    for marker, _, content, _ in _segments(data):
        if marker in _FRAMES and content + 5 <= len(data):
            return int.from_bytes(data[content + 3 : content + 5]), int.from_bytes(data[content + 1 : content + 3])
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """The segments of a JPEG up to its first scan: marker, where it begins, where its content begins, where it ends."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at : at + 2] != _START_OF_SCAN:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
            yield marker, at, at + 4, end
            at = end


def _bare(data: bytes, media: Media) -> bytes:
    """The file without what no pixel needs, so that none of it is unpacked or understood."""
    return _bare_png(data) if media == "image/png" else _bare_jpeg(data)


def _bare_jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    end = 2
    for marker, start, content, end in _segments(data):
        # Of application data, the second kind holds a colour profile, or the list of a file of several pictures.
        many = marker == 0xE2 and not data.startswith(b"ICC_PROFILE\0", content)
        if marker not in _LEFT_OUT_SEGMENTS and not many:
            kept.append(data[start:end])
    return b"".join((*kept, data[end:]))


def _bare_png(data: bytes) -> bytes:
    depth, colour = data[24], data[25]
    kept = [_PNG]
    at = len(_PNG)
    while at + 12 <= len(data):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if name == b"tRNS" and (depth, colour) in _SCALED_KEYS and end - at >= 14:
            kept.append(_scaled_key(data[at + 8 : end - 4], depth))
        elif name in _KEPT_CHUNKS:
            kept.append(data[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(kept)


_SCALED_KEYS = ((2, 0), (4, 0), (16, 2))
"""Depth and kind of colour of PNGs whose transparent colour Pillow compares with pixels of 8 bits as it stands."""


def _scaled_key(key: bytes, depth: int) -> bytes:
    """A `tRNS` chunk with the transparent colour in 8 bits a channel."""
    values = [int.from_bytes(key[at : at + 2]) for at in range(0, len(key) - 1, 2)]
    most = (1 << depth) - 1
    scaled = [value >> 8 if depth == 16 else min(value, most) * 255 // most for value in values]
    content = b"tRNS" + struct.pack(f">{len(scaled)}H", *scaled)
    return struct.pack(">L", len(content) - 4) + content + struct.pack(">L", zlib.crc32(content))
