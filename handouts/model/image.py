"""Raster images that a clinic file names: checked for being a PNG or JPEG of sane size before anything draws them."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from handouts.problems import Origin, ProblemsError, error

MAX_SIDE = 4000
"""The most pixels on a side."""
MAX_BYTES = 4_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers; C4, C8 and CC of the same range are tables and extensions (ITU-T T.81, table B.1).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})

Media = Literal["image/png", "image/jpeg"]


class ImageCode(StrEnum):
    """Codes of the problems that checking an image can find."""

    FORMAT = "IMAGE01"
    """Neither PNG nor JPEG, whatever its name says."""
    TOO_LARGE = "IMAGE02"
    """More pixels or bytes than a document needs."""
    BROKEN = "IMAGE03"
    """Truncated, damaged or of no size."""


@dataclass(frozen=True, slots=True)
class Image:
    """A checked raster image: its bytes as given, media type and size in pixels."""

    data: bytes
    media: Media
    width: int
    height: int


def check_image(data: bytes, origin: Origin, name: str) -> Image:
    """The image that `data` holds. `origin` is where a file names it, `name` how; both are only for messages.

    Nothing is decoded before the size that the header states is known to be sane. Of several frames the first counts.
    Raises ProblemsError when the data is not a whole PNG or JPEG, or is too large.
    """
    if len(data) > MAX_BYTES:
        message = f"the image {name} has {len(data):,} bytes; the most is {MAX_BYTES:,}"
        raise _refused(origin, ImageCode.TOO_LARGE, message, "save it smaller")
    media = _media(data)
    if media is None:
        message = f"the image {name} is neither PNG nor JPEG"
        raise _refused(origin, ImageCode.FORMAT, message, "save it as one of them, not only under another name")
    size = _png_size(data) if media == "image/png" else _jpeg_size(data)
    if size is None or 0 in size:
        message = f"the image {name} is damaged: its header states no size"
        raise _refused(origin, ImageCode.BROKEN, message, "save it again")
    width, height = size
    if max(size) > MAX_SIDE:
        message = f"the image {name} is {width:,} × {height:,} pixels; the most is {MAX_SIDE:,} on a side"
        raise _refused(origin, ImageCode.TOO_LARGE, message, "save it smaller")
    if not _decodes(data, media, size):
        message = f"the image {name} is damaged or cut short"
        raise _refused(origin, ImageCode.BROKEN, message, "save it again")
    return Image(data, media, width, height)


def _refused(origin: Origin, code: ImageCode, message: str, instead: str) -> ProblemsError:
    return ProblemsError([error(origin, code, message, instead)])


def _media(data: bytes) -> Media | None:
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else None


def _png_size(data: bytes) -> tuple[int, int] | None:
    # The first chunk is IHDR: length, name, width, height (PNG 3rd edition, 11.2.1).
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def _decodes(data: bytes, media: Media, size: tuple[int, int]) -> bool:
    # Late, because most runs have no image and Pillow is slow to load.
    from PIL import Image as Pillow

    formats = ["PNG"] if media == "image/png" else ["JPEG"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Pillow.open(io.BytesIO(data), formats=formats) as image:
                # Pillow must not find another, larger picture than the header that was judged.
                if image.size != size:
                    return False
                image.verify()
            with Pillow.open(io.BytesIO(data), formats=formats) as image:
                image.load()
        except Exception:
            # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error and more for damaged data.
            return False
    return True
