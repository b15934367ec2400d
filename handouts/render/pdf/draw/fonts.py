"""Faces as ReportLab embeds them: which bytes of which font stand for a text, and the font objects that say so.

A face becomes one simple TrueType font for ASCII and the first other characters, and further ones where a document
needs more. What is dear to make is made once a process for equal subsets.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics, ttfonts

from handouts.render.pdf.draw.pdfdoc_private import Document, Ready, fonts_of, number_of, state_of
from handouts.render.pdf.draw.syntax import deflated, escaped, number, stream_body
from handouts.theme.fonts import Face
from handouts.theme.truetype import complete

_LOCK = threading.Lock()
_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5


class EmbeddedFont(ttfonts.TTFont):
    """A face as ReportLab's documents use it."""

    def __init__(self, face: Face) -> None:
        # ASCII readable whatever the machine's settings: readers of files, and `pieces`, count on it.
        super().__init__(face.name, face.path, asciiReadable=face.further is not None, shapable=False)
        complete(self.face)
        self._further = embedded(face.further) if face.further else None
        self._own = frozenset(map(chr, self.face.charToGlyph)) if face.further else frozenset[str]()

    def ascii_font(self, document: Document) -> str:
        """The resource name of the font whose bytes are ASCII: there `splitString` takes each character to itself, one
        by one, for a quarter of what a page costs.
        """
        self.splitString("", document)
        return self.getSubsetInternalName(0, document)[1:]

    def pieces(self, text: str, document: Document) -> list[tuple[str, str]]:
        """The text as (font resource name, escaped literal) pieces; a new piece begins where the font changes.

        Every character must be one that the face has.
        """
        if self._further is None or self._own.issuperset(text):
            return self._of_one(text, document)
        return [
            piece
            for own, part in groupby(text, self._own.__contains__)
            for piece in (self if own else self._further)._of_one("".join(part), document)
        ]

    def _of_one(self, text: str, document: Document) -> list[tuple[str, str]]:
        return [
            (self.getSubsetInternalName(subset, document)[1:], escaped(data.decode("latin-1")))
            for subset, data in self.splitString(text, document)
        ]

    def codes(self, document: Document) -> dict[str, tuple[str, str]]:
        """Each character that the document's fonts have: its font's resource name and its escaped byte."""
        found = self._own_codes(document)
        if self._further and document in self._further.state:
            found = self._further._own_codes(document) | found
        # `splitString` draws this one as a space, which is as wide.
        return found | {"\u00a0": found[" "]}

    def _own_codes(self, document: Document) -> dict[str, tuple[str, str]]:
        assigned = state_of(self, document).assignments
        names = [
            self.getSubsetInternalName(subset, document)[1:] for subset in range((max(assigned.values()) >> 8) + 1)
        ]
        return {chr(code): (names[byte >> 8], escaped(chr(byte & 0xFF))) for code, byte in assigned.items() if code}

    def addObjects(self, doc: Document) -> None:  # noqa: N802
        """Add the font objects, as every font of ReportLab does when its document is saved.

        TTFont's own maps characters above U+FFFF to something else and writes blocks of more than the 100 lines that a
        CMap may have; widths and metrics it formats again for each document.
        """
        state = state_of(self, doc)
        state.frozen = 1
        for index, subset in enumerate(map(tuple, state.subsets)):
            name = self.getSubsetInternalName(index, doc)[1:]
            written = _written(self.face, index, subset)
            descriptor = Ready(written.descriptor % number_of(Ready(written.file), doc).encode())
            refs = (number_of(descriptor, doc).encode(), number_of(Ready(written.to_unicode), doc).encode())
            fonts_of(doc)[name] = Ready(written.font % refs)
        del self.state[doc]


class Lettering(Struct, frozen=True):
    """Which bytes of which fonts stand for characters in a file that is saved."""

    codes: Mapping[Face, Mapping[str, tuple[str, str]]]

    @classmethod
    def of(cls, faces: Iterable[Face], document: Document) -> Lettering:
        """That of a document that is about to be saved."""
        return cls({face: embedded(face).codes(document) for face in faces})

    def covers(self, face: Face, text: str) -> bool:
        """Whether the file's fonts have every character of a text."""
        return self.codes[face].keys() >= set(text)

    def pieces(self, face: Face, text: str) -> list[tuple[str, str]]:
        """The text as (font resource name, escaped literal) pieces, as `EmbeddedFont.pieces` gives them."""
        pieces: list[tuple[str, str]] = []
        for font, byte in map(self.codes[face].__getitem__, text):
            if pieces and pieces[-1][0] == font:
                pieces[-1] = (font, pieces[-1][1] + byte)
            else:
                pieces.append((font, byte))
        return pieces


class _Written(Struct, frozen=True):
    """The objects of one subset but for their references to each other, which `%` fills in."""

    file: bytes
    to_unicode: bytes
    descriptor: bytes
    font: bytes


@lru_cache(maxsize=64)
def _written(face: ttfonts.TTFontFace, index: int, subset: tuple[int, ...]) -> _Written:
    # A subset's name begins with six capitals of its own (ISO 32000-1, 9.6.4).
    name = f"{ttfonts.SUBSETN(index).decode()}+{face.name.decode()}"
    box = " ".join(map(number, face.bbox))
    descriptor = (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {face.flags & ~_NONSYMBOLIC | _SYMBOLIC}/FontBBox[{box}]"
        f"/ItalicAngle {number(face.italicAngle)}/Ascent {number(face.ascent)}/Descent {number(face.descent)}"
        f"/CapHeight {number(face.capHeight)}/StemV {number(face.stemV)}"
        f"/MissingWidth {number(face.defaultWidth)}/FontFile2 %b>>"
    )
    widths = " ".join(number(face.getCharWidth(code)) for code in subset)
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(subset) - 1}/Widths[{widths}]"
        f"/FontDescriptor %b/ToUnicode %b>>"
    )
    with _LOCK:  # the face reads its file through one shared position
        file = bytes(face.makeSubset(list(subset)))
    return _Written(
        stream_body(f"/Length1 {len(file)}/Filter/FlateDecode", deflated(file)),
        stream_body("/Filter/FlateDecode", deflated(to_unicode(name, subset))),
        descriptor.encode(),
        font.encode(),
    )


def to_unicode(name: str, subset: Sequence[int]) -> bytes:
    """The CMap that says what each byte of a font stands for; `subset` are Unicode values by byte, 0 for none."""
    mapped = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for byte, code in enumerate(subset) if code
    ]
    # At most 100 lines belong in one block of a CMap (Adobe Technical Note 5014).
    blocks = "".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
        for part in (mapped[i : i + 100] for i in range(0, len(mapped), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


@cache
def embedded(face: Face) -> EmbeddedFont:
    """A face as a font that ReportLab knows by the face's name."""
    font = EmbeddedFont(face)
    pdfmetrics.registerFont(font)
    return font
