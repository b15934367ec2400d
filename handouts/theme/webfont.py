"""Font files for web pages: a face and the characters that a page has in, a WOFF 1.0 file out.

WOFF is the tables of the TrueType file, deflated (W3C, WOFF File Format 1.0); of a face whose outlines are many for the
few that are used, the others are left empty. Same in, same bytes out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from handouts.theme.fonts import Family
from handouts.theme.truetype import metrics

_LEFT_OUT = {"DSIG"}
"""A signature is of the file as it was."""
_CHECKSUM_OF_ALL = 0xB1B0AFBA
"""What the words of a whole TrueType file add up to (OpenType, `head.checksumAdjustment`)."""
_WORDS, _SCALE, _X_AND_Y, _TWO_BY_TWO, _MORE = 0x01, 0x08, 0x40, 0x80, 0x20
"""Flags of a part of a compound glyph (OpenType, `glyf`)."""


class WebFont(Struct, frozen=True):
    """One file for `@font-face`; `characters` are those that it is for, None where it is for all that it has."""

    family: str
    strong: bool
    data: bytes
    characters: frozenset[str] | None = None


def web_fonts(family: Family, further: str, characters: Collection[str]) -> tuple[WebFont, ...]:
    """What a page with these characters embeds: both faces whole, since a browser may translate the page into other
    words, and, under the name `further`, what these faces lack of the characters and we have.
    """
    found: list[WebFont] = []
    for face, strong in ((family.regular, False), (family.strong, True)):
        found.append(WebFont(family.name, strong, woff(face.path)))
        own = metrics(face.path).widths
        lacking = frozenset(
            char for char in characters if ord(char) not in own and face.further and face.further.has(char)
        )
        if face.further and lacking:
            found.append(WebFont(further, strong, woff(face.further.path, lacking), lacking))
    return tuple(found)


def woff(path: str, only: Iterable[str] | None = None) -> bytes:
    """The TrueType file at `path` as WOFF; with outlines of these characters alone where `only` is given."""
    tables = _tables(Path(path).read_bytes())
    if only is not None:
        glyphs = metrics(path).glyphs
        _leave_outlines(tables, {0, *(glyphs[ord(char)] for char in only if ord(char) in glyphs)})
    return _packed(tables)


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    found: dict[str, bytes] = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        found[tag.decode("ascii")] = data[offset : offset + length]
    return {tag: table for tag, table in sorted(found.items()) if tag not in _LEFT_OUT}


def _leave_outlines(tables: dict[str, bytes], wanted: Collection[int]) -> None:
    """Empties the outlines of all glyphs but these and the parts that they are made of."""
    (long,) = struct.unpack_from(">h", tables["head"], 50)
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    form, unit = ("L", 1) if long else ("H", 2)
    edges = [edge * unit for edge in struct.unpack_from(f">{count + 1}{form}", tables["loca"])]
    outlines = [tables["glyf"][start:end] for start, end in pairwise(edges)]
    left: set[int] = set()
    waiting = set(wanted)
    while waiting:
        glyph = waiting.pop()
        left.add(glyph)
        waiting.update(set(_parts(outlines[glyph])) - left)
    kept = [_padded(outline) if glyph in left else b"" for glyph, outline in enumerate(outlines)]
    ends = [0]
    for outline in kept:
        ends.append(ends[-1] + len(outline))
    tables["glyf"] = b"".join(kept)
    tables["loca"] = struct.pack(f">{count + 1}{form}", *(end // unit for end in ends))


def _parts(outline: bytes) -> Iterable[int]:
    """The glyphs that a compound one is made of; none of a simple one."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield glyph
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _X_AND_Y else 8 if flags & _TWO_BY_TWO else 0


def _packed(tables: Mapping[str, bytes]) -> bytes:
    """Tables as one WOFF file, with the checksums that the TrueType file of them would have."""
    head = tables["head"]
    tables = {**tables, "head": head[:8] + bytes(4) + head[12:]}
    sums = {tag: _checksum(table) for tag, table in tables.items()}
    start = 12 + 16 * len(tables)
    directory, offset = [_first_words(len(tables))], start
    for tag, table in tables.items():
        directory.append(struct.pack(">4sLLL", tag.encode(), sums[tag], offset, len(table)))
        offset += len(_padded(table))
    whole = sum((_checksum(b"".join(directory)), *sums.values()))
    adjusted = struct.pack(">L", (_CHECKSUM_OF_ALL - whole) & 0xFFFFFFFF)
    tables["head"] = head[:8] + adjusted + head[12:]

    entries: list[bytes] = []
    bodies: list[bytes] = []
    at = 44 + 20 * len(tables)
    for tag, table in tables.items():
        deflated = zlib.compress(table, 9)
        body = deflated if len(deflated) < len(table) else table
        entries.append(struct.pack(">4sLLLL", tag.encode(), at, len(body), len(table), sums[tag]))
        bodies.append(_padded(body))
        at += len(bodies[-1])
    header = struct.pack(">4sLLHHLHHLLLLL", b"wOFF", 0x00010000, at, len(tables), 0, offset, 1, 0, 0, 0, 0, 0, 0)
    return b"".join((header, *entries, *bodies))


def _first_words(count: int) -> bytes:
    """The beginning of a TrueType file with so many tables."""
    power = 1 << (count.bit_length() - 1)
    return struct.pack(">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16)


def _checksum(table: bytes) -> int:
    padded = _padded(table)
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
