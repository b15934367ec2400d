"""Reads zip files that differ in a few members from one that was read as a whole.

Shares no code with what writes them.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Collection
from zipfile import BadZipFile, ZipFile

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_ENTRY = 46
"""Bytes of a member's entry in the directory before its name; the last four are its offset."""
_END = 22


class LikeFile:
    """What files like one have in common with it: all but the members named in `differing`, and where these stand.

    `members` are those of the one file. Raises ValueError where it cannot be read, or a checksum is wrong.
    """

    def __init__(self, data: bytes, differing: Collection[str]) -> None:
        try:
            with ZipFile(io.BytesIO(data)) as file:
                infos, start = file.infolist(), file.start_dir
                self.members = {info.filename: file.read(info) for info in infos}
        except (BadZipFile, NotImplementedError, EOFError, zlib.error) as bad:
            raise ValueError(str(bad)) from None
        if len(self.members) != len(infos) or not self.members.keys() >= set(differing):
            raise ValueError("its members are not those of its template")
        self._pieces: list[bytes | str] = []
        self._entries: list[tuple[bytes, int, int, bytes, str]] = []
        """Of each member: its entry, the piece that holds it, its place in that, and its name twice."""
        at = piece_at = 0
        entry_at = start
        for info in infos:
            name = info.filename
            at = info.header_offset
            if name in differing:
                self._pieces += (data[piece_at:at], name)
                piece_at = at + _LOCAL.size + len(name.encode()) + info.compress_size
            raw_name = name.encode()
            entry = data[entry_at : entry_at + _ENTRY]
            self._entries.append((entry, len(self._pieces), at - piece_at, raw_name, name))
            entry_at += _ENTRY + len(raw_name)
        self._pieces.append(data[piece_at:start])
        self._end = data[entry_at:]
        if self.read(data) != {name: self.members[name] for name in differing}:
            raise ValueError("its members do not follow each other")

    def read(self, data: bytes) -> dict[str, bytes]:
        """The differing members of a file, every other byte of which was compared. Raises ValueError."""
        members: dict[str, bytes] = {}
        heads: dict[str, tuple[bytes, int]] = {}
        starts: list[int] = []
        at = 0
        for piece in self._pieces:
            starts.append(at)
            if isinstance(piece, str):
                members[piece], end = _member(data, at, piece)
                heads[piece] = data[at + 4 : at + _LOCAL.size], at
                at = end
            elif data.startswith(piece, at):
                at += len(piece)
            else:
                raise ValueError("its static part is not that of its template")
        directory: list[bytes] = []
        for entry, piece, inside, raw_name, name in self._entries:
            if name in heads:
                head, offset = heads[name]
                directory += (entry[:6], head, entry[32:42], offset.to_bytes(4, "little"), raw_name)
            else:
                directory += (entry[:42], (starts[piece] + inside).to_bytes(4, "little"), raw_name)
        index = b"".join(directory)
        if not data.startswith(index, at):
            raise ValueError("its directory is not that of its members")
        size_and_place = struct.pack("<LL", len(index), at)
        if data[at + len(index) :] != self._end[:12] + size_and_place + self._end[20:] or len(self._end) != _END:
            raise ValueError("it does not end as its template does")
        return members


def _member(data: bytes, at: int, name: str) -> tuple[bytes, int]:
    """The bytes of the member that begins at `at`, and where it ends. Raises ValueError."""
    try:
        mark, _, _, method, _, _, checksum, packed_size, size, name_size, more = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size + name_size
        end = start + packed_size
        if mark != b"PK\x03\x04" or more or data[at + _LOCAL.size : start] != name.encode() or end > len(data):
            raise ValueError(f"'{name}' is not where its template has it")
        content = data[start:end]
        if method:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            content = unpacker.decompress(content, size + 1)
            if not unpacker.eof or unpacker.unused_data:
                raise ValueError(f"'{name}' is not whole")
    except (struct.error, zlib.error) as bad:
        raise ValueError(str(bad)) from None
    if len(content) != size or zlib.crc32(content) != checksum:
        raise ValueError(f"'{name}' is not whole")
    return content, end
