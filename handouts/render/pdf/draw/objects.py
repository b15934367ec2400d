"""The PDF file itself: numbered objects in, the bytes of a whole file out, with cross-references and an ID."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class Ref(int):
    """The number of an object; as text it is a reference to it, such as `12 0 R`."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{int(self)} 0 R"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return str(self)


class PdfFile:
    """Objects in the order in which they were numbered. Each is given as PDF syntax; streams get their own method."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> Ref:
        """The number of an object that will be `put` later."""
        self._bodies.append(b"")
        return Ref(len(self._bodies))

    def put(self, ref: Ref, body: str) -> Ref:
        """Fill a reserved number with PDF syntax (Latin-1)."""
        self._bodies[ref - 1] = body.encode("latin-1")
        return ref

    def add(self, body: str) -> Ref:
        """A new object from PDF syntax (Latin-1)."""
        return self.put(self.reserve(), body)

    def add_stream(self, entries: str, data: bytes, *, encoded: bool = False) -> Ref:
        """A new stream; `entries` are those of its dictionary. It is deflated unless already `encoded`."""
        if not encoded:
            entries, data = entries + "/Filter/FlateDecode", deflated(data)
        ref = self.reserve()
        self._bodies[ref - 1] = stream_body(entries, data)
        return ref

    def put_bytes(self, ref: Ref, body: bytes) -> Ref:
        """Fill a reserved number with an object as it stands in the file."""
        self._bodies[ref - 1] = body
        return ref

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """The objects as PDF syntax, that of number 1 first."""
        return tuple(self._bodies)

    def to_bytes(self, *, root: Ref, info: Ref) -> bytes:
        """The whole file. Its ID is a digest of its contents, so equal contents give equal bytes."""
        parts, offsets, position = [HEADER], list[int](), len(HEADER)
        for number, body in enumerate(self._bodies, 1):
            part = numbered(number, body)
            offsets.append(position)
            parts.append(part)
            position += len(part)
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
        size = len(offsets) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        parts.extend(b"%010d 00000 n \n" % offset for offset in offsets)
        trailer = f"<</Size {size}/Root {root}/Info {info}/ID[<{digest}><{digest}>]>>"
        parts.append(f"trailer\n{trailer}\nstartxref\n{position}\n%%EOF\n".encode("ascii"))
        return b"".join(parts)


@lru_cache(maxsize=64)
def deflated(data: bytes) -> bytes:
    """The data deflated; figures and whole pages come again from document to document."""
    return zlib.compress(data)


def stream_body(entries: str, data: bytes) -> bytes:
    """A stream object; `entries` are those of its dictionary beside its length."""
    head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
    # PDF/A (ISO 19005-2, 6.1.7.1) wants an end-of-line before endstream that is not counted in Length.
    return b"%b%b\nendstream" % (head, data)


def is_stream(body: bytes) -> bool:
    """Whether an object is a stream."""
    return body.endswith(b"\nendstream")


def numbered(number: int, body: bytes) -> bytes:
    """An object as it stands in a file."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)


def text_string(text: str) -> str:
    """A text string for a dictionary: a literal where ASCII is enough, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


@lru_cache(maxsize=20_000)
def number(value: float) -> str:
    """A number in PDF syntax, to a hundredth of a point."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
