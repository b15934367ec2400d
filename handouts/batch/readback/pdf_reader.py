"""Reads our own PDF files back: a file's bytes in, its text as it is drawn and as the structure tree tells it out.

It shares nothing with what writes them: objects are found by the cross-reference table and parsed as PDF has them, and
text is decoded with the maps that the file's fonts carry.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from mmap import mmap
from typing import Any
from xml.sax.saxutils import unescape

from msgspec import Struct

from handouts.plan.text import squeezed

_START = re.compile(rb"startxref\n([0-9]+)\n%%EOF\n\Z")
_TABLE = re.compile(rb"xref\n0 ([0-9]+)\n")
_ROW = 20
_STREAM = b">>\nstream\n"
_SHOWN = re.compile(
    rb"<</MCID ([0-9]+)>> BDC|(BDC|BMC)\b|(\bEMC\b)|/([A-Za-z0-9_+.]+) [0-9.]+ Tf"
    rb"|\(((?:[^\\()]|\\.)*)\) Tj|/([A-Za-z0-9_.]+) Do\b",
    re.DOTALL,
)
_TOKEN = re.compile(
    rb"\s*(?:(<<|>>|\[|\])|/([^\s()<>\[\]{}/%]*)|\(((?:[^\\()]|\\.)*)\)|<([0-9A-Fa-f\s]*)>"
    rb"|([0-9]+) [0-9]+ R\b|([-+.0-9]+)|(true|false|null)\b)",
    re.DOTALL,
)
_CLOSING = re.compile(rb"\s*(?:>>|\])")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.DOTALL)
_RAW = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_TREE = re.compile(rb"/Type\s*/Pages\b")
_LENGTH = re.compile(rb"/Length ([0-9]+)")
_CREATOR = re.compile(r"<dc:creator><rdf:Seq><rdf:li>(.*?)</rdf:li>", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>\n")
_TEXT_BLOCKS = frozenset(("P", "H1", "H2", "H3", "LBody", "TH", "TD"))
_FORM = "FormXob."
"""How ReportLab begins the name of a form or image."""
_DOC_ENCODING = str.maketrans(
    dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True))
    | dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True))
    | {0xA0: "€"}
)
"""Where PDFDocEncoding differs from Latin-1 (ISO 32000-1, D.2)."""


class Ref(int):
    """The number of an object that is referred to."""

    __slots__ = ()


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


Fonts = Mapping[bytes, Mapping[int, str]]
"""Resource name of a font → the text of each of its bytes."""


class BrokenFileError(Exception):
    """The bytes are not a whole file of ours; the message says what is wrong with them."""


class ShownPiece(Struct, frozen=True):
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
        if opened >= 0 and (length := _LENGTH.search(self.data[start : opened + 2])):
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
        body = self.body(number)
        at = body.find(b">>\nstream\n")
        if at < 0:
            raise BrokenFileError(f"object {number} is not a stream")
        data = body[at + 10 :].removesuffix(b"\nendstream")
        filters = parse(body[: at + 2])["Filter"] if b"/Filter" in body[:at] else []
        try:
            return zlib.decompress(data) if filters in ("FlateDecode", ["FlateDecode"]) else data
        except zlib.error as bad:
            raise BrokenFileError(f"object {number} cannot be inflated: {bad}") from None

    def dictionary(self, number: int) -> Mapping[str, Any]:
        """An object that is a dictionary, or the dictionary of a stream."""
        found = parse(self.body(number))
        if not isinstance(found, dict):
            raise BrokenFileError(f"object {number} is not a dictionary")
        return found

    @cached_property
    def trailer(self) -> Mapping[str, Any]:
        """The trailer dictionary."""
        return parse(self.data[self.trailer_at + 8 :])

    @cached_property
    def root(self) -> Any:
        """The catalog."""
        return self.dictionary(reference(self.trailer, "Root"))

    @cached_property
    def info(self) -> Mapping[str, Any]:
        """The info dictionary."""
        return self.dictionary(reference(self.trailer, "Info"))

    @cached_property
    def xmp(self) -> str:
        """The metadata packet."""
        return self.stream(reference(self.root, "Metadata")).decode("utf-8")

    @cached_property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the page objects."""
        return tuple(self._leaves(reference(self.root, "Pages")))

    def _leaves(self, node: int) -> Iterator[int]:
        body = self.body(node)
        # A job has thousands of pages, whose other entries nobody wants yet.
        if not _TREE.search(body):
            yield node
            return
        for kid in parse(body).get("Kids", ()):
            yield from self._leaves(kid)

    @cached_property
    def fonts(self) -> Fonts:
        """The fonts of the pages, which all share them."""
        found: dict[bytes, Mapping[int, str]] = {}
        for name, number in self.dictionary(self.font_resources(self.pages[0])).items():
            mapped = self.stream(reference(self.dictionary(number), "ToUnicode"))
            found[name.encode()] = {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in _MAPPED.findall(mapped)
            }
        return found

    def font_resources(self, page: int) -> int:
        """The number of the dictionary of a page's fonts."""
        return reference(_entries(self.dictionary(page), "Resources"), "Font")

    def contents(self, page: int) -> tuple[int, ...]:
        """The numbers of a page's content streams."""
        found = self.dictionary(page).get("Contents")
        if isinstance(found, Ref) and self.body(found).startswith(b"["):
            found = parse(self.body(found))
        if not found:
            raise BrokenFileError("a page has no content")
        return tuple(found) if isinstance(found, list) else (found,)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points of a page or form."""
        found = self.dictionary(number)
        box = found.get("MediaBox") or found.get("BBox")
        if not box:
            raise BrokenFileError("a page has no size")
        return float(box[2]), float(box[3])

    def drawn(self, page: int) -> tuple[ShownPiece, ...]:
        """All text of a page in the order in which it is drawn, that of forms where they are shown."""
        data = b"\n".join(self.stream(number) for number in self.contents(page))
        return tuple(self._pieces(data, self.body(page)))

    def form(self, name: str) -> int | None:
        """The number of the form that pages show under a name; None where none does."""
        shown = (shown_by(self.body(page)) for page in self.pages)
        found = (forms.get(prefix + name.encode()) for forms in shown for prefix in (_FORM.encode(), b""))
        return next((number for number in found if number), None)

    def drawn_in(self, form: int) -> tuple[ShownPiece, ...]:
        """All text of a form."""
        return tuple(self._pieces(self.stream(form), self.body(form)))

    def images(self) -> frozenset[int]:
        """The numbers of the raster images that pages show, themselves or in forms."""
        return frozenset(number for page in self.pages for number in self._images(self.body(page)))

    def _images(self, owner: bytes) -> Iterator[int]:
        for number in shown_by(owner).values():
            if self.dictionary(number).get("Subtype") == "Image":
                yield number
            else:
                yield from self._images(self.body(number))

    def _pieces(self, data: bytes, owner: bytes) -> Iterator[ShownPiece]:
        shown = shown_by(owner)
        for piece in pieces(data, self.fonts):
            if isinstance(piece, ShownPiece):
                yield piece
            elif piece in shown and self.dictionary(shown[piece]).get("Subtype") == "Form":
                for inner in self.drawn_in(shown[piece]):
                    yield ShownPiece(None, inner.text)

    def alts(self) -> tuple[str, ...]:
        """What is said of each figure instead of showing it, in the order of the structure tree."""
        return tuple(self._alts(reference(self.dictionary(reference(self.root, "StructTreeRoot")), "K")))

    def _alts(self, number: int) -> Iterator[str]:
        element = self.dictionary(number)
        if element.get("S") == "Figure":
            yield text_of(element, "Alt")
        for kid in _kids(element):
            if isinstance(kid, Ref):
                yield from self._alts(kid)

    def blocks(self) -> tuple[str, ...]:
        """The text of each paragraph, heading, item and cell as the structure tree has them, white space squeezed."""
        texts: dict[tuple[int, int], str] = {}
        for page in self.pages:
            for piece in self.drawn(page):
                if piece.mcid is not None:
                    texts[page, piece.mcid] = texts.get((page, piece.mcid), "") + piece.text
        top = reference(self.dictionary(reference(self.root, "StructTreeRoot")), "K")
        return tuple(text for text in map(squeezed, self._blocks(top, texts)) if text)

    def _blocks(self, number: int, texts: Mapping[tuple[int, int], str]) -> Iterator[str]:
        element = self.dictionary(number)
        if element.get("Type") != "StructElem":
            raise BrokenFileError(f"object {number} is not a structure element")
        if element["S"] in _TEXT_BLOCKS:
            yield self._text(element, texts)
            return
        for kid in _kids(element):
            if isinstance(kid, Ref):
                yield from self._blocks(kid, texts)

    def _text(self, element: Any, texts: Mapping[tuple[int, int], str]) -> str:
        found = ""
        for kid in _kids(element):
            if isinstance(kid, Ref):
                found += self._text(self.dictionary(kid), texts)
            elif isinstance(kid, int):
                found += texts.get((element.get("Pg", 0), kid), "")
            elif kid.get("Type") == "MCR":
                found += texts.get((kid["Pg"], kid["MCID"]), "")
        return found


def parse(data: bytes) -> Any:
    """The first object of some PDF syntax: a dictionary, list, Ref, Name, number, truth value, None, or the bytes of a
    string; of a stream, its dictionary. Raises BrokenFileError. What it gives is shared: nobody may change it.
    """
    at = data.find(_STREAM)
    return _parsed_once(data if at < 0 else data[: at + 2])


@lru_cache(maxsize=256)
def _parsed_once(data: bytes) -> Any:
    # A page is asked for its size, its content, its fonts and its forms; recipients' files have most pages in common.
    return _parsed(data, 0)[0]


def _parsed(data: bytes, at: int) -> tuple[Any, int]:
    found = _TOKEN.match(data, at)
    if found is None:
        raise BrokenFileError(f"its syntax is broken at {data[at : at + 20]!r}")
    text, at = found[found.lastindex or 0], found.end()
    match found.lastindex:
        case 1 if text == b"<<":
            return _dictionary(data, at)
        case 1 if text == b"[":
            items: list[Any] = []
            while not (end := _CLOSING.match(data, at)):
                item, at = _parsed(data, at)
                items.append(item)
            return items, end.end()
        case 2:
            return Name(text.decode("latin-1")), at
        case 3:
            return unescaped(text), at
        case 4:
            return bytes.fromhex(text.decode()), at
        case 5:
            return Ref(text), at
        case 6:
            return (float(text) if b"." in text else int(text)), at
        case 7:
            return {b"true": True, b"false": False, b"null": None}[text], at
        case _:
            raise BrokenFileError("a bracket closes that was never opened")


def _dictionary(data: bytes, at: int) -> tuple[dict[str, Any], int]:
    entries: dict[str, Any] = {}
    while not (end := _CLOSING.match(data, at)):
        key, at = _parsed(data, at)
        if not isinstance(key, Name):
            raise BrokenFileError(f"{key!r} is the key of an entry")
        entries[key], at = _parsed(data, at)
    return entries, end.end()


def reference(dictionary: Mapping[str, Any], key: str) -> int:
    """The number of the object that an entry of a dictionary refers to."""
    found = dictionary.get(key)
    if not isinstance(found, Ref):
        raise BrokenFileError(f"an entry /{key} is missing")
    return found


def _entries(dictionary: Any, key: str) -> Mapping[str, Any]:
    """A dictionary in a dictionary; empty where there is none."""
    found = dictionary.get(key) if isinstance(dictionary, dict) else None
    return found if isinstance(found, dict) else {}


def shown_by(owner: bytes) -> dict[bytes, int]:
    """The forms and images that a page or form names, by their names."""
    shown = _entries(_entries(parse(owner), "Resources"), "XObject")
    return {name.encode(): number for name, number in shown.items()}


def _kids(element: Any) -> Sequence[Any]:
    """The kids of an element in order: references to elements, numbers of marks, dictionaries of marks elsewhere."""
    kids = element.get("K", ())
    return kids if isinstance(kids, list | tuple) else (kids,)


def pieces(data: bytes, fonts: Fonts) -> Iterator[ShownPiece | bytes]:
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
                yield ShownPiece(marks[-1] if marks else None, _decoded(found[5], font))
            case _:
                yield found[6]


def _decoded(data: bytes, font: Mapping[int, str]) -> str:
    try:
        return "".join([font[code] for code in unescaped(data)])
    except KeyError as bad:
        raise BrokenFileError(f"a font does not say what its byte {bad.args[0]} stands for") from None


def unescaped(data: bytes) -> bytes:
    """The bytes of a literal string."""
    if b"\\" not in data:
        return data
    return _ESCAPED.sub(_meant, data)


def _meant(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape[1], 8) & 255,)) if escape[1] else _RAW.get(escape[2], escape[2])


def text_of(dictionary: Mapping[str, Any], key: str) -> str:
    """A text string that stands as an entry of a dictionary."""
    found = dictionary.get(key)
    if not isinstance(found, bytes):
        raise BrokenFileError(f"an entry /{key} is missing")
    return decoded(found)


def decoded(data: bytes) -> str:
    """A text string: UTF-16 where it says so, else PDFDocEncoding."""
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be")
    return data.decode("latin-1").translate(_DOC_ENCODING)


def creator_of(packet: str) -> str:
    """Who made the document, as its metadata packet says."""
    found = _CREATOR.search(packet)
    if found is None:
        raise BrokenFileError("its metadata names nobody")
    return unescape(found[1])
