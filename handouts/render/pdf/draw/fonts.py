"""Embedded fonts of one document: which byte stands for which character, and the font objects that say so.

Each face becomes one simple TrueType font for ASCII and the first other characters, and further ones when it
needs more.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from handouts.render.pdf.draw.objects import PdfFile, Ref, number
from handouts.theme import truetype
from handouts.theme.fonts import Face

_ASCII = range(32, 127)
_FREE = (*range(127, 256), *range(1, 32))
_LATER = tuple(range(1, 256))
_MOST_TEXTS = 500
_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5
_ESCAPES = {92: "\\\\", 40: "\\(", 41: "\\)", 13: "\\r", 10: "\\n"}


class EmbeddedFace:
    """A face as one document uses it."""

    def __init__(self, face: Face, prefix: str) -> None:
        self.face = face
        self._prefix = prefix
        self._subsets = [[0] * 32 + [code if face.has(chr(code)) else 0 for code in _ASCII]]
        self._free = iter(_FREE)
        self._codes: dict[str, tuple[int, str]] = {}
        self._plain: dict[str, list[tuple[str, str]]] = {}

    def encode(self, text: str) -> list[tuple[str, str]]:
        """The text as (font resource name, escaped literal) pieces; a new piece begins where the font changes.

        Every character must be one that the face has.
        """
        known = self._plain.get(text)
        if known is None:
            if len(self._plain) >= _MOST_TEXTS:
                self._plain.clear()
            known = self._plain[text] = self._encode(text)
        return known

    def _encode(self, text: str) -> list[tuple[str, str]]:
        if text.isascii():
            return [(f"{self._prefix}_0", text.translate(_ESCAPES))]
        pieces: list[tuple[int, str]] = []
        for char in text:
            index, byte = self._codes.get(char) or self._assign(char)
            if pieces and pieces[-1][0] == index:
                pieces[-1] = (index, pieces[-1][1] + byte)
            else:
                pieces.append((index, byte))
        return [(f"{self._prefix}_{index}", encoded) for index, encoded in pieces]

    def _assign(self, char: str) -> tuple[int, str]:
        code = ord(char)
        if 32 <= code < 127:
            place = (0, code)
        else:
            byte = next(self._free, None)
            if byte is None:
                self._subsets.append([0])
                self._free = iter(_LATER)
                byte = next(self._free)
            subset = self._subsets[-1]
            subset.extend([0] * (byte + 1 - len(subset)))
            subset[byte] = code
            place = (len(self._subsets) - 1, byte)
        self._codes[char] = (place[0], chr(place[1]).translate(_ESCAPES))
        return self._codes[char]

    def embed(self, chars: str) -> None:
        """Have these characters in the subset whether or not they are drawn; those that the face lacks are left out."""
        for char in chars:
            if self.face.has(char) and char not in self._codes:
                self._assign(char)

    def covers(self, text: str) -> bool:
        """Whether the subset has every character of a text already."""
        return text.isascii() or all(char in self._codes or char.isascii() for char in text)

    def write(self, pdf: PdfFile) -> dict[str, Ref]:
        """Add the font objects; resource name → font."""
        return {
            f"{self._prefix}_{index}": _write_font(pdf, self.face, index, tuple(subset))
            for index, subset in enumerate(self._subsets)
        }


def _write_font(pdf: PdfFile, face: Face, index: int, subset: tuple[int, ...]) -> Ref:
    metrics = truetype.metrics(face.path)
    # A subset's name begins with six capitals of its own (ISO 32000-1, 9.6.4).
    tag = "AAAA" + chr(65 + index // 26) + chr(65 + index % 26)
    name = f"{tag}+{metrics.postscript_name}"
    file, length, to_unicode = _subset_file(face.path, subset, name)
    file_ref = pdf.add_stream(f"/Length1 {length}/Filter/FlateDecode", file, encoded=True)
    unicode_ref = pdf.add_stream("/Filter/FlateDecode", to_unicode, encoded=True)
    box = " ".join(number(side) for side in metrics.bbox)
    descriptor = pdf.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {metrics.flags & ~_NONSYMBOLIC | _SYMBOLIC}/FontBBox[{box}]"
        f"/ItalicAngle {number(metrics.italic_angle)}/Ascent {number(metrics.ascent)}/Descent {number(metrics.descent)}"
        f"/CapHeight {number(metrics.cap_height)}/StemV {number(metrics.stem_v)}"
        f"/MissingWidth {number(metrics.default_width)}/FontFile2 {file_ref}>>"
    )
    widths = " ".join(number(face.advances[chr(code)]) for code in subset)
    return pdf.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(subset) - 1}/Widths[{widths}]"
        f"/FontDescriptor {descriptor}/ToUnicode {unicode_ref}>>"
    )


@lru_cache(maxsize=64)
def _subset_file(path: str, subset: tuple[int, ...], name: str) -> tuple[bytes, int, bytes]:
    """The deflated subset, its length before that, and the deflated ToUnicode map: the dearest part of a document."""
    data = truetype.subset(path, subset)
    return zlib.compress(data, 9), len(data), zlib.compress(_to_unicode(subset, name).encode("ascii"), 9)


def _to_unicode(subset: tuple[int, ...], name: str) -> str:
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
    )
