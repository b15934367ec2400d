"""The bytes of a picture, font or recording from outside → whether they are one, and nothing that a reader parses.

What a package says of a part is a word: readers go by the bytes. Pictures are of kinds that are pixels or strokes and
cannot name anything outside; drawings in SVG can, and are none of them.
"""

from __future__ import annotations

import re
import zlib

from handouts.render.pptx.template.left_out import AS_PICTURE
from handouts.render.pptx.template.package_file import RefusedError, shown

_BEGINS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc",
    b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0",
)  # fmt: skip
"""PNG, JPEG, GIF, BMP, TIFF in either order of bytes, HD Photo, and metafiles of Windows."""
_GZIP = b"\x1f\x8b"
_HEADER = 512
"""What stands before a PICT, all zeros in packages."""
_MARKUP = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*<([?]xml|!--|!doctype|([\w.-]+:)?svg[\s/>])", re.IGNORECASE)
"""How XML that is a drawing can begin, after a mark of its encoding."""


def check_picture(name: str, content_type: str, data: bytes) -> None:
    """Raises RefusedError for what is no picture of pixels or strokes."""
    if "svg" in content_type.casefold() or _is_markup(data):
        raise RefusedError(f"part {shown(name)} is a drawing (SVG) with no picture beside it", AS_PICTURE)
    if "xml" in content_type.casefold() or not _is_picture(_begin(data)):
        raise RefusedError(f"part {shown(name)} is no picture of a kind that decks hold", "save it as PNG or JPEG")


def check_no_markup(name: str, content_type: str, data: bytes) -> None:
    """Raises RefusedError for a font or recording that is a drawing or another text in truth."""
    if "xml" in content_type.casefold() or data.startswith(_GZIP) or _is_markup(data):
        raise RefusedError(f"part {shown(name)} is neither a font, a sound nor a film", "remove it")


def _is_markup(data: bytes) -> bool:
    return _MARKUP.match(data[:4096].replace(b"\0", b"")) is not None


def _begin(data: bytes) -> bytes:
    """The first bytes of a picture; of a packed metafile (EMZ, WMZ), what it unpacks to."""
    if not data.startswith(_GZIP):
        return data[:1024]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 1024)
    except zlib.error:
        return b""


def _is_picture(begin: bytes) -> bool:
    if begin.startswith(_BEGINS):
        return True
    if begin.startswith(b"RIFF"):
        return begin[8:12] == b"WEBP"
    if begin.startswith(b"\1\0\0\0"):
        return begin[40:44] == b" EMF"
    return not begin[:_HEADER].strip(b"\0") and begin[_HEADER + 10 : _HEADER + 14] == b"\0\x11\2\xff"
