"""The parts of a presentation as values: names, content types, bytes, and where their relationships lead.

A part knows its relationships by the names of the parts that they lead to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


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


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(source: str, target: str) -> str:
    """The name of the part that `target`, written in the relationships of `source`, leads to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


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
