"""Open Packaging: parts with their relationships in, the bytes of a file out, the same on every run; and back.

A part knows its relationships by the names of the parts that they lead to; where those names stand in the file, and
which content type each has, is worked out here alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from handouts.render.pptx.zip_file import zipped

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


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
    return zipped(members(parts, root))


def members(parts: Iterable[Part], root: Iterable[Rel]) -> list[tuple[str, bytes]]:
    """The members of the file of these parts in their order, by name."""
    ordered = sorted(parts, key=lambda part: part.name)
    first = [("[Content_Types].xml", _content_types(ordered)), ("_rels/.rels", _relationships("", root))]
    return first + [member for part in ordered for member in members_of(part)]


def members_of(part: Part) -> Iterator[tuple[str, bytes]]:
    """The members that hold a part and, where it has any, its relationships."""
    yield part.name, part.data
    if part.rels:
        yield _rels_member(part.name, part.rels)


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(source: str, target: str) -> str:
    """The name of the part that `target`, written in the relationships of `source`, leads to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


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
