"""Reads our own PDF files back: a file's bytes in, its text as it is drawn and as the structure tree tells it out.

It shares nothing with what writes them: objects are found by the cross-reference table, and text is decoded with the
maps that the file's fonts carry. It knows no more of the format than `objects` writes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from mmap import mmap
from xml.sax.saxutils import unescape

from handouts.plan.text import squeezed

_START = re.compile(rb"startxref\n([0-9]+)\n%%EOF\n\Z")
_TABLE = re.compile(rb"xref\n0 ([0-9]+)\n")
_ROW = 20
_REF = re.compile(rb"([0-9]+) 0 R")
_NAMED = re.compile(rb"/([A-Za-z0-9_]+) ([0-9]+) 0 R")
_SHOWN = re.compile(
    rb"<</MCID ([0-9]+)>> BDC|(BDC|BMC)\b|(\bEMC\b)|/([A-Za-z0-9_]+) [0-9.]+ Tf"
    rb"|\(((?:[^\\()]|\\.)*)\) Tj|/([A-Za-z0-9_]+) Do\b",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_RAW = {b"r": b"\r", b"n": b"\n"}
_LENGTH = re.compile(rb"/Length ([0-9]+)\Z")
_CREATOR = re.compile(r"<dc:creator><rdf:Seq><rdf:li>(.*?)</rdf:li>", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n")
_TEXT_BLOCKS = frozenset((b"P", b"H1", b"H2", b"H3", b"LBody", b"TH", b"TD"))

Fonts = Mapping[bytes, Mapping[int, str]]
"""Resource name of a font → the text of each of its bytes."""


class BrokenFileError(Exception):
    """The bytes are not a whole file of ours; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text as drawn, with the number of its mark on the page; None for artifacts and inside forms."""

    mcid: int | None
    text: str


class Pdf:
    """The objects of one file. Raises BrokenFileError, here or later, where they are not as they should be."""

    def __init__(self, data: bytes | mmap) -> None:
        self.data = data
        self.table_at, count = self._table()
        self.rows_at = data.find(b"\n", self.table_at + 5) + 1
        self.trailer_at = self.rows_at + _ROW * count
        self.count = count
        if data[self.trailer_at : self.trailer_at + 8] != b"trailer\n":
            raise BrokenFileError("its cross-reference table has another length than it says")

    def _table(self) -> tuple[int, int]:
        start = _START.search(self.data, max(0, len(self.data) - 40))
        table = _TABLE.match(self.data, int(start[1])) if start else None
        if start is None or table is None:
            raise BrokenFileError("its end does not lead to its cross-reference table")
        return int(start[1]), int(table[1])

    def body(self, number: int) -> bytes:
        """An object, the data of a stream included."""
        row = self.rows_at + _ROW * number
        try:
            at = int(self.data[row : row + 10])
        except ValueError:
            at = -1
        head = b"%d 0 obj\n" % number
        if not 0 < number < self.count or self.data[at : at + len(head)] != head or at < 0:
            raise BrokenFileError(f"object {number} is not where the cross-reference table says")
        start = at + len(head)
        stop = self.data.find(b"\nendobj\n", start)
        # A stream's own bytes could hold the word that ends an object; its length says where they end.
        opened = self.data.find(b">>\nstream\n", start, stop if stop >= 0 else len(self.data))
        if opened >= 0 and (length := _LENGTH.search(self.data[start:opened])):
            stop = opened + 10 + int(length[1]) + len(b"\nendstream")
        if stop < 0 or self.data[stop : stop + 8] != b"\nendobj\n":
            raise BrokenFileError(f"object {number} does not end where it should")
        return self.data[start:stop]

    def holds(self, number: int, body: bytes) -> bool:
        """Whether an object is just this, for much less than reading it."""
        row = self.rows_at + _ROW * number
        if not 0 < number < self.count or not (at := self.data[row : row + 10]).isdigit():
            return False
        wanted = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        return self.data[int(at) : int(at) + len(wanted)] == wanted

    def stream(self, number: int) -> bytes:
        """The decoded data of a stream."""
        head, found, data = self.body(number).partition(b">>\nstream\n")
        if not found:
            raise BrokenFileError(f"object {number} is not a stream")
        data = data.removesuffix(b"\nendstream")
        return zlib.decompress(data) if b"/Filter/FlateDecode" in head else data

    def named(self, body: bytes, key: bytes) -> int:
        """The number of the object that an entry of a dictionary refers to."""
        found = _reference(key).search(body)
        if found is None:
            raise BrokenFileError(f"an entry /{key.decode()} is missing")
        return int(found[1])

    @cached_property
    def root(self) -> bytes:
        """The catalog."""
        return self.body(self.named(self.data[self.trailer_at :], b"Root"))

    @cached_property
    def info(self) -> bytes:
        """The info dictionary."""
        return self.body(self.named(self.data[self.trailer_at :], b"Info"))

    @cached_property
    def xmp(self) -> str:
        """The metadata packet."""
        return self.stream(self.named(self.root, b"Metadata")).decode("utf-8")

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the page objects."""
        return tuple(self._leaves(self.named(self.root, b"Pages")))

    def _leaves(self, node: int) -> Iterator[int]:
        body = self.body(node)
        if b"/Type/Pages" not in body:
            yield node
            return
        kids = re.search(rb"/Kids\[([^\]]*)\]", body)
        for ref in _REF.finditer(kids[1] if kids else b""):
            yield from self._leaves(int(ref[1]))

    @cached_property
    def fonts(self) -> Fonts:
        """The fonts of the pages, which all share them."""
        resources = self.body(self.named(self.body(self.pages[0]), b"Resources<</Font"))
        found: dict[bytes, Mapping[int, str]] = {}
        for name, number in re.findall(rb"/([A-Za-z0-9_]+) ([0-9]+) 0 R", resources):
            mapped = self.stream(self.named(self.body(int(number)), b"ToUnicode"))
            found[name] = {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in _MAPPED.findall(mapped)
            }
        return found

    def contents(self, page: int) -> tuple[int, ...]:
        """The numbers of a page's content streams."""
        found = re.search(rb"/Contents (?:\[([^\]]*)\]|([0-9]+) 0 R)", self.body(page))
        if found is None:
            raise BrokenFileError("a page has no content")
        return (int(found[2]),) if found[2] else tuple(int(ref[1]) for ref in _REF.finditer(found[1]))

    def drawn(self, page: int) -> tuple[Piece, ...]:
        """All text of a page in the order in which it is drawn, that of forms where they are shown."""
        data = b"\n".join(self.stream(number) for number in self.contents(page))
        return tuple(self._pieces(data, self.body(page)))

    def form(self, name: str) -> int | None:
        """The number of the form that pages show under a name; None where none does."""
        found = (shown_by(self.body(page)).get(name.encode()) for page in self.pages)
        return next((number for number in found if number), None)

    def drawn_in(self, form: int) -> tuple[Piece, ...]:
        """All text of a form."""
        return tuple(self._pieces(self.stream(form), self.body(form)))

    def images(self) -> frozenset[int]:
        """The numbers of the raster images that pages show, themselves or in forms."""
        return frozenset(number for page in self.pages for number in self._images(self.body(page)))

    def _images(self, owner: bytes) -> Iterator[int]:
        for number in shown_by(owner).values():
            if b"/Subtype/Image" in (body := self.body(number))[:200]:
                yield number
            else:
                yield from self._images(body)

    def _pieces(self, data: bytes, owner: bytes) -> Iterator[Piece]:
        shown = shown_by(owner)
        for piece in pieces(data, self.fonts):
            if isinstance(piece, Piece):
                yield piece
            elif piece in shown and b"/Subtype/Form" in self.body(shown[piece])[:200]:
                for inner in self.drawn_in(shown[piece]):
                    yield Piece(None, inner.text)

    def alts(self) -> tuple[str, ...]:
        """What is said of each figure instead of showing it, in the order of the structure tree."""
        tree = self.body(self.named(self.root, b"StructTreeRoot"))
        return tuple(self._alts(self.named(tree, b"K")))

    def _alts(self, number: int) -> Iterator[str]:
        body = self.body(number)
        if body.startswith(b"<</Type/StructElem/S/Figure"):
            yield text_of(body, b"Alt")
        for kid in _kids(body):
            if isinstance(kid, int) and kid > 0:
                yield from self._alts(kid)

    def blocks(self) -> tuple[str, ...]:
        """The text of each paragraph, heading, item and cell as the structure tree has them, white space squeezed."""
        texts: dict[tuple[int, int], str] = {}
        for page in self.pages:
            for piece in self.drawn(page):
                if piece.mcid is not None:
                    texts[page, piece.mcid] = texts.get((page, piece.mcid), "") + piece.text
        tree = self.body(self.named(self.root, b"StructTreeRoot"))
        found = self._blocks(self.named(tree, b"K"), texts)
        return tuple(text for text in map(squeezed, found) if text)

    def _blocks(self, number: int, texts: Mapping[tuple[int, int], str]) -> Iterator[str]:
        body = self.body(number)
        tag = re.match(rb"<</Type/StructElem/S/([A-Za-z0-9]+)", body)
        if tag is None:
            raise BrokenFileError(f"object {number} is not a structure element")
        if tag[1] in _TEXT_BLOCKS:
            yield self._text(body, texts)
            return
        for kid in _kids(body):
            if isinstance(kid, int) and kid > 0:
                yield from self._blocks(kid, texts)

    def _text(self, body: bytes, texts: Mapping[tuple[int, int], str]) -> str:
        page = re.search(rb"/Pg ([0-9]+) 0 R", body.split(b"/K", 1)[0])
        found = ""
        for kid in _kids(body):
            if isinstance(kid, tuple):
                found += texts.get(kid, "")
            elif kid < 0:
                found += texts.get((int(page[1]) if page else 0, -kid - 1), "")
            else:
                found += self._text(self.body(kid), texts)
        return found


def shown_by(owner: bytes) -> dict[bytes, int]:
    """The forms and images that a page or form names, by their names."""
    found = re.search(rb"/XObject<<(.*?)>>", owner)
    return {name: int(number) for name, number in _NAMED.findall(found[1])} if found else {}


def _kids(body: bytes) -> Iterator[int | tuple[int, int]]:
    """The kids of an element in order: numbers of elements, -1 - mcid for marks, (page, mcid) for marks elsewhere."""
    _, found, rest = body.partition(b"/K")
    if not found:
        return
    part = rest[1 : _closing(rest)] if rest.startswith(b"[") else rest
    pattern = rb"<</Type/MCR/Pg ([0-9]+) 0 R/MCID ([0-9]+)>>|<</Type/OBJR[^>]*>>|([0-9]+) 0 R|([0-9]+)"
    for kid in re.finditer(pattern, part):
        if kid[1]:
            yield int(kid[1]), int(kid[2])
        elif kid[3]:
            yield int(kid[3])
        elif kid[4]:
            yield -int(kid[4]) - 1
        if not rest.startswith(b"["):
            return


def _closing(rest: bytes) -> int:
    """Where the array ends with which `rest` begins; none of what we put into it has brackets."""
    return rest.index(b"]")


def pieces(data: bytes, fonts: Fonts) -> Iterator[Piece | bytes]:
    """The text that a content stream draws, piece by piece, and the names of forms and images that it shows."""
    marks: list[int | None] = []
    font: Mapping[int, str] = {}
    for found in _SHOWN.finditer(data):
        match found.lastindex:
            case 1:
                marks.append(int(found[1]))
            case 2:
                marks.append(None)
            case 3:
                if marks:
                    marks.pop()
            case 4:
                if found[4] not in fonts:
                    raise BrokenFileError(f"text is set in a font {found[4].decode()} that the file does not have")
                font = fonts[found[4]]
            case 5:
                yield Piece(marks[-1] if marks else None, _decoded(found[5], font))
            case _:
                yield found[6]


def _decoded(data: bytes, font: Mapping[int, str]) -> str:
    raw = _ESCAPED.sub(lambda match: _RAW.get(match[1], match[1]), data) if b"\\" in data else data
    try:
        return "".join([font[code] for code in raw])
    except KeyError as bad:
        raise BrokenFileError(f"a font does not say what its byte {bad.args[0]} stands for") from None


@cache
def _reference(key: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"/%b ([0-9]+) 0 R" % re.escape(key))


@cache
def _string(key: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"/%b ?(?:\(((?:[^\\()]|\\.)*)\)|<FEFF([0-9A-F]*)>)" % re.escape(key), re.DOTALL)


def text_of(body: bytes, key: bytes) -> str:
    """A text string that stands as an entry of a dictionary."""
    found = _string(key).search(body)
    if found is None:
        raise BrokenFileError(f"an entry /{key.decode()} is missing")
    if found[2] is not None:
        return bytes.fromhex(found[2].decode()).decode("utf-16-be")
    return _ESCAPED.sub(lambda match: _RAW.get(match[1], match[1]), found[1]).decode("latin-1")


def creator_of(packet: str) -> str:
    """Who made the document, as its metadata packet says."""
    found = _CREATOR.search(packet)
    if found is None:
        raise BrokenFileError("its metadata names nobody")
    return unescape(found[1])
