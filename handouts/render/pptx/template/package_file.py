"""A file from outside → the members of a package, read one by one within limits, or what kind of file it is instead.

What the file says of itself is judged before anything of it is unpacked, and what nobody asks for never is.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from urllib.parse import quote, unquote

from handouts.theme.template_file import MAX_BYTES

MAX_MEMBERS = 5000
MAX_UNPACKED = 400_000_000
"""The most bytes that all members may unpack to, sample slides and their pictures among them."""
MAX_KEPT = 100_000_000
"""The most bytes of what a deck takes over: a master's pictures have tens of megabytes."""
MAX_RATIO = 300
"""How many times its size a file may unpack to; XML alone comes to 30."""
SMALL = 20_000_000
"""What unpacks to less than this may be as well packed as it likes."""
MAX_NAME = 250

SAVE_AS = "open it in PowerPoint and save it as an ordinary presentation (.pptx)"
UNLOCK = "open it in PowerPoint, take the password off (File, Info, Protect Presentation), and save it as .pptx"

_ZIP = b"PK\3\4"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\1\2"
_MAX_ENTRIES = 10 * MAX_MEMBERS
"""Workbooks of sample charts have entries of their own, which can be taken for the file's."""
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED_FLAGS = 0x2041
"""Encrypted, strongly encrypted, or with an encrypted directory (APPNOTE 6.3.10, 4.4.4)."""
_IN_OLE = (
    ("EncryptedPackage", "has a password, or its use is restricted", UNLOCK),
    ("PowerPoint Document", "is an old PowerPoint file (.ppt, .pps, .pot)", SAVE_AS),
    ("WordDocument", "is an old Word document (.doc), not a PowerPoint file", SAVE_AS),
    ("Workbook", "is an old Excel workbook (.xls), not a PowerPoint file", SAVE_AS),
)
"""What a compound file is by the name of a stream in it (MS-PPT, 2.1; MS-OFFCRYPTO, 2.2)."""
_BEGINS = (
    (b"%PDF", "is a PDF, not a PowerPoint file"),
    (b"{\\rtf", "is an RTF document, not a PowerPoint file"),
    (b"\x89PNG", "is a picture, not a PowerPoint file"),
    (b"\xff\xd8\xff", "is a picture, not a PowerPoint file"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive, not a PowerPoint file"),
    (b"Rar!", "is a RAR archive, not a PowerPoint file"),
    (b"\x1f\x8b", "is a gzip archive, not a PowerPoint file"),
)
_ODP = "application/vnd.oasis.opendocument.presentation"


class RefusedError(Exception):
    """A file is not taken: what is wrong with it, in one or several messages, and what to do instead."""

    def __init__(self, message: str, instead: str, *more: str) -> None:
        self.messages, self.instead = (message, *more), instead
        super().__init__(message)


def key_of(name: str) -> str:
    """What two names of one part have in common: case does not count, nor whether a character is percent-encoded."""
    return unquote(name).casefold()


class Members:
    """The members of a package by name, each unpacked when it is asked for. Raises RefusedError for any other file."""

    def __init__(self, data: bytes) -> None:
        _check_kind(data)
        # Each entry of the directory is made an object of: they are counted before.
        if (count := data.count(_ENTRY)) > _MAX_ENTRIES:
            raise RefusedError(f"has about {count:,} parts; the most is {MAX_MEMBERS:,}", SAVE_AS)
        try:
            self._package = zipfile.ZipFile(io.BytesIO(data))
            infos = self._package.infolist()
        except Exception as bad:
            # zipfile raises what its parsers do: BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError...
            reason = f"is cut short or damaged: {str(bad)[:100] or type(bad).__name__}"
            raise RefusedError(reason, "copy or download it again") from None
        self._infos = {key_of(info.filename): info for info in infos if not info.is_dir()}
        self._left = MAX_KEPT
        _check_infos(infos, len(data))

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self._infos

    def size(self, name: str) -> int:
        """The bytes that a member unpacks to. Raises KeyError."""
        return self._infos[key_of(name)].file_size

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises KeyError without one, RefusedError for one that is damaged or too much."""
        info = self._infos[key_of(name)]
        self._left -= info.file_size
        if self._left < 0:
            message = f"its masters and layouts unpack to more than {MAX_KEPT // 1_000_000} MB"
            raise RefusedError(message, "make the pictures on them smaller")
        try:
            return self._package.read(info)
        except Exception as bad:
            reason = f"is damaged: part {shown(name)}: {str(bad)[:100] or type(bad).__name__}"
            raise RefusedError(reason, SAVE_AS) from None


def reason_of(bad: Exception) -> str:
    """What a reader of a part says is wrong, without the name that it has for bytes in memory."""
    said = re.sub(r" [(]<string>, line [0-9]+[)]$", "", str(bad))
    return said[:120] or type(bad).__name__


def shown(name: str) -> str:
    """A part's name as messages show it."""
    return name if len(name) <= 80 else f"{name[:40]}…{name[-30:]}"


def safe_name(name: str) -> str:
    """A part's name as a package writes it: a path of ASCII letters, other characters percent-encoded (OPC, 6.2.2)."""
    return quote(unquote(name), safe="/-._~")


def _check_kind(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        message = f"has {len(data) / 1e6:.0f} MB; the most is {MAX_BYTES // 1_000_000} MB"
        raise RefusedError(message, "make its pictures smaller")
    if data.startswith(_OLE):
        for stream, message, instead in _IN_OLE:
            if stream.encode("utf-16-le") in data:
                raise RefusedError(message, instead)
        raise RefusedError("is an old Office file, or has a password", f"take the password off, then {SAVE_AS}")
    if not data.startswith(_ZIP):
        raise RefusedError(_other_kind(data), SAVE_AS)


def _other_kind(data: bytes) -> str:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        return "is empty, not a PowerPoint file"
    if head.startswith((b"<!doctype html", b"<html")):
        return "is a web page, perhaps one to sign in at, not a PowerPoint file"
    if head.startswith(b"{") and b'"doc_id"' in head:
        return "is a link to Google Slides, not a PowerPoint file"
    if b"<pkg:package" in head:
        return "is a presentation written as one XML file"
    return next((kind for begin, kind in _BEGINS if data.startswith(begin)), "is not a PowerPoint file")


def _check_infos(infos: list[zipfile.ZipInfo], packed: int) -> None:
    if len(infos) > MAX_MEMBERS:
        raise RefusedError(f"has {len(infos):,} parts; the most is {MAX_MEMBERS:,}", SAVE_AS)
    if any(info.flag_bits & _LOCKED_FLAGS for info in infos):
        raise RefusedError("has a password", UNLOCK)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED:
        message = f"unpacks to {unpacked / 1e6:,.0f} MB; the most is {MAX_UNPACKED // 1_000_000} MB"
        raise RefusedError(message, SAVE_AS)
    if unpacked > SMALL and unpacked > MAX_RATIO * packed:
        times = f"{unpacked / packed:,.0f} times its size; the most is {MAX_RATIO} times"
        raise RefusedError(f"unpacks to {unpacked / 1e6:,.0f} MB, {times}", SAVE_AS)
    names = [info.filename for info in infos]
    for name in names:
        if len(name) > MAX_NAME:
            raise RefusedError(f"has a part whose name has {len(name):,} characters; the most is {MAX_NAME}", SAVE_AS)
        decoded = unquote(name)
        if ".." in decoded.replace("\\", "/").split("/") or decoded.startswith("/"):
            raise RefusedError(f"has a part whose name leads out of the file: {shown(name)}", SAVE_AS)
    doubled = len(names) - len({key_of(name) for name in names})
    if doubled:
        raise RefusedError("has parts whose names are doubled, or differ in case alone", SAVE_AS)
    if any(info.compress_type not in _STORED_OR_DEFLATED for info in infos):
        raise RefusedError("is packed in a way that no PowerPoint file is", SAVE_AS)
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for one, following in pairwise(ordered):
        if one.header_offset + one.compress_size > following.header_offset:
            raise RefusedError(f"has parts that lie in each other: {shown(one.filename)}", SAVE_AS)


def other_package(members: Members) -> str | None:
    """What a package without content types is, where it can be told."""
    if "mimetype" in members and members.size("mimetype") < 200:
        kind = members.read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(_ODP):
            return "is an OpenDocument presentation (.odp, .otp)"
        if kind.startswith("application/vnd.oasis.opendocument"):
            return "is an OpenDocument file, but not a presentation"
    if "Index/Document.iwa" in members or "index.apxl" in members or "Index.zip" in members:
        return "is a Keynote presentation (.key)"
    return None
