"""`manifest.json`: what a build directory holds, file by file. Entries in, JSON text out; same in, same out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from handouts.problems import Problem

NAME = "manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: where it is, what it holds, how old its information is, and what the checks found."""

    path: str
    format: str
    topic: str
    language: str
    bytes: int
    sha256: str
    unit: str
    count: int
    as_of: str
    review: str
    date: str
    findings: tuple[Problem, ...]

    def plain(self) -> dict[str, Any]:
        """The entry as JSON values; `pages` or `slides` is its count."""
        fields = asdict(self)
        fields[str(fields.pop("unit"))] = fields.pop("count")
        fields["findings"] = [
            {
                "code": found.code,
                "severity": found.severity,
                "file": found.origin.file,
                "line": found.origin.line,
                "column": found.origin.column,
                "message": found.message,
            }
            for found in self.findings
        ]
        return fields


def sha256(data: bytes) -> str:
    """The digest that the manifest lists, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def merged(before: str | None, entries: Iterable[Entry], present: Mapping[str, str]) -> str:
    """The manifest after a build: its entries, and earlier ones whose file is `present` with the same digest.

    A manifest that cannot be read counts as none: it is ours to write, not the user's.
    """
    files = {entry["path"]: entry for entry in _earlier(before) if present.get(entry["path"]) == entry.get("sha256")}
    files |= {entry.path: entry.plain() for entry in entries}
    listed = [files[path] for path in sorted(files)]
    return json.dumps({"version": VERSION, "files": listed}, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def paths_in(before: str | None) -> tuple[str, ...]:
    """The files that an earlier manifest lists."""
    return tuple(entry["path"] for entry in _earlier(before))


def _earlier(text: str | None) -> list[dict[str, Any]]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return []
    files: Any = found.get("files") if isinstance(found, dict) and found.get("version") == VERSION else None
    if not isinstance(files, list):
        return []
    return [entry for entry in files if isinstance(entry, dict) and _is_name(entry.get("path"))]


def _is_name(path: Any) -> bool:
    """Whether it names a file of the manifest's own folder, and none elsewhere."""
    return isinstance(path, str) and path == PurePath(path).name
