"""A YAML file that was read: its value, and where in the text every value and key stands, for messages and editors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct

from handouts.problems import Origin

Plain: TypeAlias = "str | int | Decimal | bool | list[Plain] | dict[str, Plain] | None"
"""What a file holds once read."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys and list positions (from 0) that lead to a value; the empty path is the whole file."""

_MAX_QUOTED = 60
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Span(Struct, frozen=True):
    """Where a value stands: the origin of its first character, and its first and last offset in the text."""

    origin: Origin
    start: int
    end: int


class Document(Struct, frozen=True):
    """A file that was read: its value, its lines, and where every value and key stands.

    `notes` has the offset of the `#` of a note that follows an unquoted value on its line, or an empty one.
    """

    file: str
    value: dict[str, Plain]
    text: str
    spans: Mapping[KeyPath, Span]
    keys: Mapping[KeyPath, Origin]
    notes: Mapping[KeyPath, int] = MappingProxyType({})

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's lines as typed, without their line breaks."""
        return tuple(_LINE_BREAK.split(self.text))

    def origin(self, path: KeyPath) -> Origin:
        """Where the value at `path` begins; for a path the file does not have, where its nearest ancestor begins."""
        return self._span(path).origin

    def key_origin(self, path: KeyPath) -> Origin:
        """Where the key that `path` ends with stands; the value's origin for list items and paths without a key."""
        return self.keys.get(path) or self.origin(path)

    def origin_within(self, path: KeyPath, needle: str, occurrence: int = 0) -> Origin:
        """Where `needle` stands in the source of the value at `path`, or where the value begins when it is not there.

        Blanks in `needle` match any run of blanks and line breaks, so that folded text is found; `occurrence` counts
        from 0.
        """
        span = self._span(path)
        if not needle.strip():
            return span.origin
        pattern = r"\s+".join(re.escape(word).replace("'", "''?").replace('"', r'\\?"') for word in needle.split())
        found = list(re.compile(pattern).finditer(self.text, span.start, span.end))
        if occurrence >= len(found):
            return span.origin
        return origin_at(self.file, self.text, found[occurrence].start())

    def holds(self, path: KeyPath, origin: Origin) -> bool:
        """Whether a place of this file lies in the text of the value at `path`."""
        span = self._span(path)
        end = origin_at(self.file, self.text, span.end)
        return span.origin.file == origin.file and span.origin <= origin < end

    def _span(self, path: KeyPath) -> Span:
        while path not in self.spans:
            path = path[:-1]
        return self.spans[path]


def spell(path: KeyPath) -> str:
    """A path as messages write it, list items counted from 1: `studies.weekly.phase`, `questions, item 3`."""
    text = ""
    for part, before in zip(path, (None, *path), strict=False):
        if isinstance(part, int):
            text += f", item {part + 1}"
        else:
            text += ("" if before is None else ", " if isinstance(before, int) else ".") + excerpt(part)
    return text


def excerpt(text: str) -> str:
    """`text` as messages quote it: cut after 60 characters."""
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"


def origin_at(file: str, text: str, index: int) -> Origin:
    """The line and column, both from 1, of the character at offset `index` of `text`."""
    index = min(index, len(text))
    starts = _line_starts(text)
    line = bisect_right(starts, index)
    return Origin(file, line, index - starts[line - 1] + 1)


# Of a file with thousands of mistakes every one asks.
@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in _LINE_BREAK.finditer(text)))
