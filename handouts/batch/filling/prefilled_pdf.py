"""A document laid out once and filled often: a file with openings in, its prefilled part and what fills it out.

A prefilled document is the bytes that all recipients' files begin with, and a few objects that are written anew for
each: the pieces of content streams with openings, what the file says of itself, the logo and its place in the structure
tree. They are found in the file that ReportLab saved, by its cross-reference table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import asdict

from handouts.batch.readback.pdf_reader import Pdf, reference
from handouts.plan.blanks import NotOpenError
from handouts.render.pdf.draw.open_canvas import ATTRIBUTES, AUTHOR, LOGO, MARK, OpenCanvas, Opening
from handouts.render.pdf.draw.syntax import HEADER, colour, number, numbered, shown_text, text_string
from handouts.render.pdf.draw.tags import StructElement
from handouts.render.pdf.layout.boxes import Text
from handouts.render.pdf.layout.openings import OpenPicture
from handouts.theme.schema import FIXED_COLOURS

_LETTERS = tuple(
    frozenset(block)
    for block in (
        map(chr, range(0xA0, 0x100)),
        map(chr, range(0x100, 0x140)),
        map(chr, (*range(0x140, 0x180), *range(0x218, 0x21C))),
        "‐‑–—‘’‚“”„•…‹›€™",
    )
)
"""What a prefilled document can have beside ASCII, block by block: the letters and marks of European languages in Latin
letters. Each block makes a handout 2 to 13 kB larger."""

_STREAM = b">>\nstream\n"
_LENGTH = re.compile(rb"/Length [0-9]+")
_SAID = (f"/Author ({AUTHOR})".encode(), f"<rdf:li>{AUTHOR}</rdf:li>".encode())
"""How the author stands in the info dictionary and in the XMP packet. No text of the content can read so there, since
parentheses and angle brackets are escaped in it."""


class EncodedLogo(Struct, frozen=True):
    """A recipient's logo: its image XObject, its size in pixels, and what it shows."""

    body: bytes
    width: int
    height: int
    alt: str


class Filling(Struct, frozen=True):
    """What one recipient fills: the texts with their blanks filled, in order; the author; the logo, if any."""

    texts: Sequence[Text]
    author: str
    logo: EncodedLogo | None = None


class OpenObject(Struct, frozen=True):
    """An object that is written for each recipient; `openings` are those in its content, in the order drawn."""

    number: int
    write: Callable[[Filling], bytes]
    openings: tuple[Opening, ...] = ()
    static: tuple[bytes, ...] = ()
    """The content before the first opening, between openings, and after the last."""
    logo: Literal["", "image", "element"] = ""
    """Which part of the logo it is, if any: the image, or its element in the structure tree."""


def letters_for(text: str) -> str:
    """Every letter of the blocks of which a text has any: the fewer there are, the more recipients share a file."""
    if text.isascii():
        return ""
    return "".join(letter for block in _LETTERS if not block.isdisjoint(text) for letter in sorted(block))


class PrefilledPdf:
    """The static part of a document, once for all who get it, and what writes the rest."""

    def __init__(self, canvas: OpenCanvas) -> None:
        """Of a canvas that is finished."""
        data, _, self._lettering = canvas.saved
        self._colours = {**asdict(canvas.theme.colours), **FIXED_COLOURS}
        file = Pdf(data)
        bodies = [file.body(n) for n in range(1, file.count)]
        opened = (self._opened(n, body, canvas.openings) for n, body in enumerate(bodies, 1))
        self.opened = tuple(one for one in opened if one)
        numbers = {one.number for one in self.opened}
        parts, offsets, position = [HEADER], dict[int, int](), len(HEADER)
        for n, body in enumerate(bodies, 1):
            if n not in numbers:
                parts.append(numbered(n, body))
                offsets[n] = position
                position += len(parts[-1])
        self.prefix = b"".join(parts)
        """The bytes that every document begins with."""
        self._digest = hashlib.sha256(self.prefix)
        self.rows = tuple(_rows(len(bodies), offsets))
        """The cross-reference table: the static rows in pieces, None for a row that each document has of its own."""
        self.table = b"xref\n0 %d\n" % file.count
        """How the cross-reference table begins."""
        root, info = (reference(file.trailer, key) for key in ("Root", "Info"))
        self.trailer = f"trailer\n<</Size {file.count}/Root {root} 0 R/Info {info} 0 R/ID[".encode()
        """What follows the cross-reference table, up to the file's ID."""

    def _opened(self, n: int, body: bytes, openings: Sequence[Opening]) -> OpenObject | None:
        """The object of this number if it is written for each recipient."""
        if body == LOGO:
            return OpenObject(n, _logo_body, logo="image")
        head, stream, data = body.partition(_STREAM)
        if not stream:
            if _SAID[0] in body:
                before, after = body.split(_SAID[0])
                return OpenObject(n, lambda filling: b"%b/Author %b%b" % (before, _text(filling.author), after))
            if found := ATTRIBUTES.search(body):
                opening = openings[int(found[1])]
                return OpenObject(n, _element(opening, body[: found.start()], body[found.end() :]), logo="element")
            return None
        if _SAID[1] in data:
            return OpenObject(n, _stream_of(head, data, _SAID[1], _creator))
        if b"/Filter" in head or not MARK.search(data):
            return None
        pieces = MARK.split(data.removesuffix(b"\nendstream"))
        static, inside = tuple(pieces[::2]), tuple(openings[int(index)] for index in pieces[1::2])
        write = _framed(head)

        def content(filling: Filling) -> bytes:
            parts = [static[0]]
            for opening, after in zip(inside, static[1:], strict=True):
                parts += (self._drawn(opening, filling), after)
            return write(b"".join(parts))

        return OpenObject(n, content, inside, static)

    def _drawn(self, opening: Opening, filling: Filling) -> bytes:
        """What one box draws, placed by itself as on any page."""
        box, height = opening.box, opening.height
        if isinstance(box, OpenPicture):
            logo = _logo(filling)
            across, down = box.size(logo.width, logo.height)
            left = box.at(opening.x, across)
            matrix = f"{across:.5g} 0 0 {down:.5g} {number(left)} {number(height - opening.y - down)}"
            return matrix.encode("ascii")
        text, ops, role = filling.texts[box.index], list[str](), ""
        for line, x, y in text.placed_lines(opening.x, opening.y):
            for part in text.letters(line, x, y):
                if part.role != role:
                    role = part.role
                    ops.append(colour(self._colours[role]))
                pieces = self._lettering.pieces(part.face, part.piece.text)
                ops.append(shown_text(pieces, part.size, part.x, height - part.baseline))
        return "\n".join(ops).encode("ascii")

    def covers(self, filling: Filling) -> bool:
        """Whether the fonts have every character."""
        covers = self._lettering.covers
        for text in filling.texts:
            for line, x, y in text.placed_lines(0, 0):
                if not all(covers(part.face, part.piece.text) for part in text.letters(line, x, y)):
                    return False
        return True

    def fill(self, filling: Filling) -> tuple[bytes, str]:
        """What follows the prefix in one recipient's file, and the SHA-256 of the whole file."""
        parts: list[bytes] = []
        offsets: list[int] = []
        position = len(self.prefix)
        for one in self.opened:
            parts.append(numbered(one.number, one.write(filling)))
            offsets.append(position)
            position += len(parts[-1])
        digest = self._digest.copy()
        objects = b"".join(parts)
        digest.update(objects)
        ident = digest.hexdigest()[:32].encode()
        found = iter(offsets)
        rows = b"".join(b"%010d 00000 n \n" % next(found) if row is None else row for row in self.rows)
        end = b"%b%b%b<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n" % (self.table, rows, self.trailer, ident, ident, position)
        digest.update(end)
        return objects + end, digest.hexdigest()


def _rows(count: int, offsets: dict[int, int]) -> Iterator[bytes | None]:
    joined = b"0000000000 65535 f \n"
    for n in range(1, count + 1):
        if n in offsets:
            joined += b"%010d 00000 n \n" % offsets[n]
            continue
        if joined:
            yield joined
        yield None
        joined = b""
    if joined:
        yield joined


def _framed(head: bytes) -> Callable[[bytes], bytes]:
    """What makes a stream of its data; `head` is its dictionary, whose length changes."""
    before, after = _LENGTH.split(head, maxsplit=1)

    def framed(data: bytes) -> bytes:
        # PDF/A (ISO 19005-2, 6.1.7.1) wants an end-of-line before endstream that is not counted in Length.
        return b"%b/Length %d%b%b%b\nendstream" % (before, len(data), after, _STREAM, data)

    return framed


def _stream_of(head: bytes, data: bytes, said: bytes, say: Callable[[Filling], bytes]) -> Callable[[Filling], bytes]:
    before, after = data.removesuffix(b"\nendstream").split(said)
    write = _framed(head)
    return lambda filling: write(b"%b%b%b" % (before, say(filling), after))


def _creator(filling: Filling) -> bytes:
    return f"<rdf:li>{escape(filling.author)}</rdf:li>".encode()


def _element(opening: Opening, head: bytes, tail: bytes) -> Callable[[Filling], bytes]:
    """What writes the structure element of a logo; its attributes and its alt text stand between head and tail."""
    box = opening.box
    assert isinstance(box, OpenPicture)

    def body(filling: Filling) -> bytes:
        logo = _logo(filling)
        width, height = box.size(logo.width, logo.height)
        element = StructElement("Figure")
        left = box.at(opening.x, width)
        element.set_box(*opening.place.upwards(opening.height, left, opening.y, width, height))
        return b"%b%b/Alt %b%b" % (head, element.attributes.encode(), _text(logo.alt), tail)

    return body


def _text(text: str) -> bytes:
    return text_string(text).encode("ascii")


def _logo(filling: Filling) -> EncodedLogo:
    if filling.logo is None:
        raise NotOpenError
    return filling.logo


def _logo_body(filling: Filling) -> bytes:
    return _logo(filling).body
