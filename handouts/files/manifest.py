"""`manifest.json`: what a build directory holds, file by file. Entries in, JSON text out; same in, same out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields

from handouts.files.disk import MANIFEST, UsageError, bytes_if_there, reason
from handouts.problems import Origin, Problem

NAME = "manifest.json"
VERSION = 1


class Entry(Struct, frozen=True):
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
    review_words: str
    date: str
    findings: tuple[Problem, ...]
    inputs: str = ""
    """Digest of all that the file was made from; see `handouts.build.inputs`."""

    def plain(self) -> dict[str, Any]:
        """The entry as JSON values; `pages` or `slides` is its count."""
        plain = asdict(self)
        plain[str(plain.pop("unit"))] = plain.pop("count")
        plain["findings"] = [found.plain() for found in self.findings]
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Entry | None:
        """The entry that `plain` gave; None where a manifest was edited and it is none."""
        unit = "slides" if "slides" in plain else "pages"
        try:
            findings = tuple(_finding(found) for found in plain["findings"])
            names = (field.name for field in fields(cls) if field.name not in {"unit", "count", "bytes", "findings"})
            texts = {name: _text(plain[name]) for name in names}
            return cls(unit=unit, count=_count(plain[unit]), bytes=_count(plain["bytes"]), findings=findings, **texts)
        except (KeyError, TypeError, ValueError):
            return None


def _finding(plain: Mapping[str, Any]) -> Problem:
    file, code, message, instead = (_text(plain[name]) for name in ("file", "code", "message", "instead"))
    return Problem(Origin(file, _count(plain["line"]), _count(plain["column"])), code, "warning", message, instead)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    # JSON can spell halves of characters, which no file name or message of ours has.
    value.encode()
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**15:
        raise TypeError("not a number of anything")
    return value


def manifest_in(out: Path) -> str:
    """The text of an output folder's manifest, empty where there is none. Raises UsageError for what cannot be read."""
    try:
        data = bytes_if_there(out / NAME, MANIFEST)
    except NotADirectoryError:
        return ""
    except OSError as bad:
        raise UsageError(f"cannot read {out / NAME}: {reason(bad)}") from None
    # An entry with a byte that is none of UTF-8 is found out by that, and the others are kept.
    return (data or b"").decode("utf-8", "surrogateescape")


def entries_in(text: str) -> dict[str, Entry]:
    """The entries of an earlier manifest by path; those that cannot be read are left out."""
    found = (Entry.from_plain(plain) for plain in _earlier(text))
    return {entry.path: entry for entry in found if entry is not None}


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
    text = json.dumps({"version": VERSION, "files": listed}, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    # A half of a character that somebody wrote into an entry becomes JSON's escape again.
    return text.encode("utf-8", "backslashreplace").decode()


def paths_in(before: str | None) -> tuple[str, ...]:
    """The files that an earlier manifest lists."""
    return tuple(entry["path"] for entry in _earlier(before))


def _earlier(text: str | None) -> list[dict[str, Any]]:
    try:
        # We write no fractions; JSON's can be infinite, and then no JSON any more.
        found = json.loads(text or "{}", parse_float=_nothing, parse_constant=_nothing)
    except (ValueError, RecursionError):
        return []
    files: Any = found.get("files") if isinstance(found, dict) and found.get("version") == VERSION else None
    if not isinstance(files, list):
        return []
    return [entry for entry in files if isinstance(entry, dict) and _is_name(entry.get("path"))]


def _nothing(_number: str) -> None:
    return None


def _is_name(path: Any) -> bool:
    """Whether it names a file of the manifest's own folder, and none elsewhere."""
    return isinstance(path, str) and path == PurePath(path).name and path.isprintable()
