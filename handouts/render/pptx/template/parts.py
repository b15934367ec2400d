"""The parts of a template as values, and as a file that python-pptx opens.

A part knows its relationships by the names of the parts that they lead to. python-pptx opens files only, so that what
was taken out of a stranger's and added to it is packed once more before it does.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from msgspec import Struct

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a member can have."""


class Rel(Struct, frozen=True):
    """A relationship: its id within its part, its type, and the part that it leads to, or an address outside."""

    id: str
    type: str
    target: str
    external: bool = False


class PackagePart(Struct, frozen=True):
    """A part by its name (`ppt/presentation.xml`, no slash before it), content type, bytes and relationships."""

    name: str
    type: str
    data: bytes
    rels: tuple[Rel, ...] = ()


def office(kind: str) -> str:
    """The type of a relationship of Office's own, such as `slideLayout`."""
    return f"{OFFICE}/{kind}"


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(source: str, target: str) -> str:
    """The name of the part that `target`, written in the relationships of `source`, leads to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def packed(parts: Mapping[str, PackagePart], presentation: str, *, compressed: bool = False) -> bytes:
    """The file of a presentation's parts, the same on every run; only what is kept on a disk need be `compressed`."""
    about = PackagePart("docProps/app.xml", _EXTENDED, _APPLICATION)
    root = (Rel("rId1", office("officeDocument"), presentation), Rel("rId2", office("extended-properties"), about.name))
    ordered = sorted((*parts.values(), about), key=lambda part: part.name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as package:
        for name, data in _members(ordered, root):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr, info.compress_type = 3, 0o600 << 16, package.compression
            package.writestr(info, data)
    return out.getvalue()


def _members(parts: Iterable[PackagePart], root: Iterable[Rel]) -> Iterator[tuple[str, bytes]]:
    overrides = "".join(f'<Override PartName="/{part.name}" ContentType="{part.type}"/>' for part in parts)
    types = (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{_RELS_TYPE}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", types.encode()
    yield "_rels/.rels", _relationships("", root)
    for part in parts:
        yield part.name, part.data
        if part.rels:
            yield rels_name(part.name), _relationships(part.name, part.rels)


def _relationships(source: str, rels: Iterable[Rel]) -> bytes:
    folder = posixpath.dirname(source) or "."
    lines = "".join(
        f'<Relationship Id="{rel.id}" Type="{rel.type}" Target={quoteattr(rel.target)} TargetMode="External"/>'
        if rel.external
        else f'<Relationship Id="{rel.id}" Type="{rel.type}" Target="{posixpath.relpath(rel.target, folder)}"/>'
        for rel in rels
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


_APPLICATION = (
    f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office PowerPoint</Application><AppVersion>16.0000</AppVersion></Properties>"
).encode()
