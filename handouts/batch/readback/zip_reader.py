"""Reads zip files that differ in a few members from one that was read as a whole.

Shares no code with what writes them. A file is taken only if every byte of it is what a deck with such members has:
programs that open zip files pass over most of what their headers say, and so would a comparison of their members.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection, Mapping
from zipfile import BadZipFile, ZipFile

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_ENTRY = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_VERSION, _UNIX, _DEFLATED = 20, 3 << 8, 8
_DATE = (1 << 5) | 1
"""1 January 1980, which all members of our decks have."""
_ATTRIBUTES = 0o600 << 16


class LikeFile:
    """What files like one have in common with it: all but the members named in `differing`, and where these stand.

    `members` are those of the one file. Raises ValueError where it cannot be read, or has a byte that decks do not.
    """

    def __init__(self, data: bytes, differing: Collection[str]) -> None:
        try:
            with ZipFile(io.BytesIO(data)) as file:
                infos, start = file.infolist(), file.start_dir
                self.members = {info.filename: file.read(info) for info in infos}
        except (BadZipFile, EOFError, RuntimeError, struct.error, zlib.error) as bad:
            raise ValueError(str(bad)) from None
        if len(self.members) != len(infos) or not self.members.keys() >= set(differing):
            raise ValueError("its members are not those of its template")
        self._pieces: list[bytes | str] = []
        self._entries: list[tuple[str, int, int, tuple[int, int, int]]] = []
        """Of each member: its name, the piece that holds it, its place in that, its checksum and sizes."""
        piece_at = 0
        for info in infos:
            name, at = info.filename, info.header_offset
            if name in differing:
                self._pieces += (data[piece_at:at], name)
                piece_at = at + _LOCAL.size + len(name.encode()) + info.compress_size
            sizes = (info.CRC, info.compress_size, info.file_size)
            self._entries.append((name, len(self._pieces), at - piece_at, sizes))
        self._pieces.append(data[piece_at:start])
        if _file(self.members) != data:
            raise ValueError("its headers are not those of a deck")

    def read(self, data: bytes) -> dict[str, bytes]:
        """The differing members of a file, every other byte of which was compared. Raises ValueError."""
        members: dict[str, bytes] = {}
        found: dict[str, tuple[int, tuple[int, int, int]]] = {}
        starts: list[int] = []
        at = 0
        for piece in self._pieces:
            starts.append(at)
            if isinstance(piece, str):
                members[piece], sizes, end = _member(data, at, piece)
                found[piece] = at, sizes
                at = end
            elif data.startswith(piece, at):
                at += len(piece)
            else:
                raise ValueError("its static part is not that of its template")
        directory: list[bytes] = []
        for name, piece, inside, sizes in self._entries:
            offset, own = found[name] if name in found else (starts[piece] + inside, sizes)
            directory.append(_entry(name, own, offset))
        if data[at:] != _directory(directory, at):
            raise ValueError("its directory is not that of its members")
        return members


def _member(data: bytes, at: int, name: str) -> tuple[bytes, tuple[int, int, int], int]:
    """The content of the member that begins at `at`, its checksum and sizes, and where it ends. Raises ValueError."""
    try:
        packed_size, size = _LOCAL.unpack_from(data, at)[7:9]
        start = at + _LOCAL.size + len(name.encode())
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data[start : start + packed_size], size + 1)
    except (struct.error, zlib.error) as bad:
        raise ValueError(str(bad)) from None
    local, sizes = _local(name, content)
    if not data.startswith(local, at):
        raise ValueError(f"'{name}' is not whole, or not where its template has it")
    return content, sizes, at + len(local)


def _file(members: Mapping[str, bytes]) -> bytes:
    """The one file that a deck with these members can be."""
    body: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for name, content in members.items():
        local, sizes = _local(name, content)
        entries.append(_entry(name, sizes, at))
        body.append(local)
        at += len(local)
    return b"".join((*body, _directory(entries, at)))


def _local(name: str, content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """A member with its local header, its checksum and sizes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    sizes = (zlib.crc32(content), len(packed), len(content))
    raw = name.encode()
    head = _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, _DEFLATED, 0, _DATE, *sizes, len(raw), 0)
    return head + raw + packed, sizes


def _entry(name: str, sizes: tuple[int, int, int], offset: int) -> bytes:
    """A member's entry in the directory."""
    raw = name.encode()
    made_by = _UNIX | _VERSION
    fields = (made_by, _VERSION, 0, _DEFLATED, 0, _DATE, *sizes, len(raw), 0, 0, 0, 0, _ATTRIBUTES, offset)
    return _ENTRY.pack(b"PK\x01\x02", *fields) + raw


def _directory(entries: Collection[bytes], at: int) -> bytes:
    """The directory that begins at `at`, and the file's end."""
    index = b"".join(entries)
    return index + _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(index), at, 0)
