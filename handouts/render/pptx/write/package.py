"""Open Packaging: parts with their relationships in, the bytes of a file out, the same on every run.

Where names of parts stand in the file, and which content type each has, is worked out here alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from handouts.render.pptx.template.parts import PACKAGE, XML, Part, Rel, rels_name
from handouts.render.pptx.write.zip_file import zipped

CORE = f"{PACKAGE}/relationships/metadata/core-properties"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


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
