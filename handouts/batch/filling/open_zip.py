"""A zip file of which some members differ from copy to copy: one whole file in, a file with other members out.

All that stays the same is taken from the one file as it stands there, byte for byte.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping

from msgspec import Struct

_LOCAL, _ENTRY = 30, 46
"""Bytes of a member's local header, and of its entry in the directory, before its name."""
_SIZES_AT, _SIZES = 14, struct.Struct("<LLL")
"""Where a local header has checksum, packed and unpacked size; an entry has them two bytes later."""
_OFFSET = struct.Struct("<L")


class _Heads(Struct, frozen=True):
    """A member's local header and its entry in the directory, each with its name."""

    local: bytes
    entry: bytes


class OpenZip:
    """A zip file whose members in `left_open` are written for each copy; `head` are the bytes that all begin with.

    `whole` has each member packed in one run, without data descriptors or comments, as `zipfile` writes into memory.
    Raises KeyError for an open member that it does not have.
    """

    def __init__(self, whole: bytes, left_open: Collection[str]) -> None:
        self._pieces: list[tuple[bytes, list[tuple[bytes, int]]] | str] = []
        """In turn: members that are the same for all, with their entries and where each begins; and an open one."""
        self._open: dict[str, _Heads] = {}
        with zipfile.ZipFile(io.BytesIO(whole)) as file:
            infos, entry_at = file.infolist(), file.start_dir
            self._count = len(infos)
            for name in left_open:
                file.getinfo(name)
        start = 0
        entries: list[tuple[bytes, int]] = []
        for info in infos:
            name = info.filename.encode()
            entry = whole[entry_at : entry_at + _ENTRY + len(name)]
            entry_at += len(entry)
            if info.filename not in left_open:
                entries.append((entry, info.header_offset - start))
                continue
            self._pieces += ((whole[start : info.header_offset], entries), info.filename)
            packed_at = info.header_offset + _LOCAL + len(name)
            self._open[info.filename] = _Heads(whole[info.header_offset : packed_at], entry)
            start, entries = packed_at + info.compress_size, []
        self._pieces.append((whole[start : file.start_dir], entries))
        first = self._pieces[0]
        self.head = first[0] if isinstance(first, tuple) else b""

    def filled(self, data: Mapping[str, bytes]) -> bytes:
        """The file with these bytes in its open members. Raises KeyError for one that has none."""
        body: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for piece in self._pieces:
            if isinstance(piece, str):
                local, entry = _member(self._open[piece], data[piece])
                body.append(local)
                directory += (entry[: _ENTRY - 4], _OFFSET.pack(offset), entry[_ENTRY:])
                offset += len(local)
                continue
            same, entries = piece
            body.append(same)
            for entry, at in entries:
                directory += (entry[: _ENTRY - 4], _OFFSET.pack(offset + at), entry[_ENTRY:])
            offset += len(same)
        index = b"".join(directory)
        end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, self._count, self._count, len(index), offset, 0)
        return b"".join((*body, index, end))


def _member(heads: _Heads, data: bytes) -> tuple[bytes, bytes]:
    """A member with its header, and its entry, packed as `zipfile` packs."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    sizes = _SIZES.pack(zlib.crc32(data), len(packed), len(data))
    local, entry = heads.local, heads.entry
    after = _SIZES_AT + _SIZES.size
    return (
        b"".join((local[:_SIZES_AT], sizes, local[after:], packed)),
        b"".join((entry[: _SIZES_AT + 2], sizes, entry[after + 2 :])),
    )
