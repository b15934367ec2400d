"""Open Packaging: parts with their relationships in, the bytes of a file out, the same on every run; and back.

A part knows its relationships by the names of the parts that they lead to; where those names stand in the file, and
which content type each has, is worked out here alone.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import quoteattr

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"

_LEVEL = 6
_UTF8_NAMES = 0x800
_DEFLATED = 8
_MADE_BY = (3 << 8) | 20
"""Unix, version 2.0 of the format."""
_DATE = (1 << 5) | 1
"""1 January 1980, the earliest date that a member can have; the document's own date is in its core properties."""


@dataclass(frozen=True, slots=True)
class Rel:
    """A relationship: its id within its part, its type, and the part that it leads to, or an address outside."""

    id: str
    type: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its name (`ppt/presentation.xml`, no slash before it), content type, bytes and relationships."""

    name: str
    type: str
    data: bytes
    rels: tuple[Rel, ...] = ()


def office(kind: str) -> str:
    """The type of a relationship of Office's own, such as `slideLayout`."""
    return f"{OFFICE}/{kind}"


def package(parts: Iterable[Part], root: Iterable[Rel]) -> bytes:
    """The file of these parts; `root` holds the package's own relationships."""
    ordered = sorted(parts, key=lambda part: part.name)
    members = [("[Content_Types].xml", _content_types(ordered)), ("_rels/.rels", _relationships("", root))]
    for part in ordered:
        members.append((part.name, part.data))
        if part.rels:
            members.append(_rels_member(part.name, part.rels))
    return zipped(members)


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(source: str, target: str) -> str:
    """The name of the part that `target`, written in the relationships of `source`, leads to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of these members, without a trace of when and where it was written."""
    body: list[bytes] = []
    index: list[bytes] = []
    offset = 0
    for name, data in members:
        checksum, packed = _deflated(data)
        encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8_NAMES
        common = struct.pack(
            "<HHHHHLLLHH", 20, flags, _DEFLATED, 0, _DATE, checksum, len(packed), len(data), len(encoded), 0
        )
        body += (b"PK\x03\x04", common, encoded, packed)
        attributes = struct.pack("<HHHLL", 0, 0, 0, 0o600 << 16, offset)
        index += (b"PK\x01\x02", struct.pack("<H", _MADE_BY), common, attributes, encoded)
        offset += 4 + len(common) + len(encoded) + len(packed)
    directory = b"".join(index)
    count = len(index) // 5
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*body, directory, end))


@lru_cache(maxsize=256)
def _deflated(data: bytes) -> tuple[int, bytes]:
    """Checksum and compressed bytes; those of a template's parts are the same for every deck."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(data), packer.compress(data) + packer.flush()


def _content_types(parts: Iterable[Part]) -> bytes:
    overrides = "".join(f'<Override PartName="/{part.name}" ContentType="{part.type}"/>' for part in parts)
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELS_TYPE}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


@lru_cache(maxsize=256)
def _rels_member(source: str, rels: tuple[Rel, ...]) -> tuple[str, bytes]:
    """The member that holds a part's relationships; a template's parts have the same in every deck."""
    return rels_name(source), _relationships(source, rels)


def _relationships(source: str, rels: Iterable[Rel]) -> bytes:
    lines = "".join(_relationship(source, rel) for rel in rels)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def _relationship(source: str, rel: Rel) -> str:
    if rel.external:
        return f'<Relationship Id="{rel.id}" Type="{rel.type}" Target={quoteattr(rel.target)} TargetMode="External"/>'
    return (
        f'<Relationship Id="{rel.id}" Type="{rel.type}" Target="{_relative(posixpath.dirname(source), rel.target)}"/>'
    )


@lru_cache(maxsize=1024)
def _relative(folder: str, target: str) -> str:
    return posixpath.relpath(target, folder or ".")


def reachable(parts: dict[str, Part], start: Iterable[Rel]) -> Iterator[Part]:
    """The parts that these relationships lead to, directly or through others, each once."""
    seen: set[str] = set()
    waiting = [rel.target for rel in start if not rel.external]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in parts:
            continue
        seen.add(name)
        yield parts[name]
        waiting += [rel.target for rel in parts[name].rels if not rel.external]
