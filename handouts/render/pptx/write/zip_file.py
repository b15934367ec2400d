"""Members by name → a zip file, the same on every run; or one of which some members are written for each copy."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_LEVEL = 6
_UTF8_NAMES = 0x800
_STORED, _DEFLATED = 0, 8
_PACKED_ALREADY = (".png", ".jpeg", ".jpg")
_MADE_BY = struct.pack("<H", (3 << 8) | 20)
"""Unix, version 2.0 of the format."""
_DATE = (1 << 5) | 1
"""1 January 1980, the earliest date that a member can have; the document's own date is in its core properties."""
_OFFSET = struct.Struct("<L")


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it stands in the file, and its entry in the directory before and after its offset."""

    local: bytes
    entry: bytes
    name: bytes


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of these members, without a trace of when and where it was written."""
    return OpenZip(members, ()).filled({})


class OpenZip:
    """A zip file whose members stand in their order, of which those named in `left_open` are written for each copy.

    `head` are the bytes that every copy begins with.
    """

    def __init__(self, members: Iterable[tuple[str, bytes]], left_open: Collection[str]) -> None:
        self._pieces: list[tuple[bytes, list[tuple[bytes, int, bytes]]] | str] = []
        """In turn: members that are the same for all, with their entries and where each begins; and an open one."""
        bodies: list[bytes] = []
        entries: list[tuple[bytes, int, bytes]] = []
        at = self._count = 0
        for name, data in members:
            self._count += 1
            if name in left_open:
                self._pieces += ((b"".join(bodies), entries), name)
                bodies, entries, at = [], [], 0
                continue
            member = _member(name, data)
            bodies.append(member.local)
            entries.append((member.entry, at, member.name))
            at += len(member.local)
        self._pieces.append((b"".join(bodies), entries))
        first = self._pieces[0]
        self.head = first[0] if isinstance(first, tuple) else b""

    def filled(self, data: Mapping[str, bytes]) -> bytes:
        """The file with these bytes in its open members. Raises KeyError for one that has none."""
        body: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for piece in self._pieces:
            if isinstance(piece, str):
                member = _member(piece, data[piece])
                body.append(member.local)
                directory += (member.entry, _OFFSET.pack(offset), member.name)
                offset += len(member.local)
                continue
            same, entries = piece
            body.append(same)
            for entry, at, name in entries:
                directory += (entry, _OFFSET.pack(offset + at), name)
            offset += len(same)
        index = b"".join(directory)
        end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, self._count, self._count, len(index), offset, 0)
        return b"".join((*body, index, end))


def _member(name: str, data: bytes) -> _Member:
    stored = name.endswith(_PACKED_ALREADY)
    checksum, packed = (zlib.crc32(data), data) if stored else _deflated(data)
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8_NAMES
    method = _STORED if stored else _DEFLATED
    common = struct.pack("<HHHHHLLLHH", 20, flags, method, 0, _DATE, checksum, len(packed), len(data), len(encoded), 0)
    attributes = struct.pack("<HHHL", 0, 0, 0, 0o600 << 16)
    return _Member(
        b"".join((b"PK\x03\x04", common, encoded, packed)),
        b"".join((b"PK\x01\x02", _MADE_BY, common, attributes)),
        encoded,
    )


@lru_cache(maxsize=256)
def _deflated(data: bytes) -> tuple[int, bytes]:
    """Checksum and compressed bytes; those of a template's parts are the same for every deck."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()
