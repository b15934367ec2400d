"""Tables: a CSV or JSON Lines file in, one row after another out, as they stand there.

Nothing in a table is evaluated. A row that cannot be read costs itself alone, and is told with its line.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct

from handouts.files.disk import NotAFileError, open_regular, reason
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

COLUMNS = ("id", "name", "address", "phone", "hours", "logo", "lang", "paper", "country")
_ALSO = {"region": "country"}
"""Other names of columns: a contact has its country as `region`."""
REQUIRED = ("id", "name")
_KNOWN = ",".join(COLUMNS)
# Bytes that are not UTF-8 are read as such halves of characters; JSON can also spell them.
_HALVES = re.compile("[\ud800-\udfff]")
_NOT_BYTES_OF_TEXT = re.compile("[\udc80-\udcff\0]")
_SEPARATORS = {";": "';'", "\t": "tabs", "|": "'|'"}
_SEP = re.compile(r"""\ufeff?"?sep=([,;|\t]|\\t)"?[,;|\t]*""", re.IGNORECASE)
"""What Excel reads as the separator of a file, as its first line."""
_OTHER_FILES = {
    "pk\x03\x04": "a spreadsheet (.xlsx or .ods)",
    "\udcd0\udccf\x11": "a spreadsheet (.xls)",
    "%pdf-": "a PDF",
    "{\\rtf": "a text of a word processor (.rtf)",
    "<": "HTML or XML",
}
"""How files of other kinds begin that are given the name of a table, in small letters."""
_MOST_TOLD = 5
"""Unknown columns told one by one."""
_LONGEST_TOLD = 64
"""Characters of a value that a message quotes."""
_LONGEST_ROW = 2_200_000
"""Characters of a row: more than `csv` takes for a value in each column, even where all of them are quotes, doubled."""


class Row(Struct, frozen=True):
    """One row as it stands in the file: its line, its values by `COLUMNS`, and what is wrong with it already.

    `read` is how many bytes of the file were read so far.
    """

    line: int
    values: tuple[str, ...]
    read: int
    problem: Problem | None = None

    @property
    def id(self) -> str:
        """The recipient's id as typed."""
        return self.values[0] if self.values else ""


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file in order, at most one in memory. A name that ends in .jsonl or .ndjson means JSON Lines.

    Raises ProblemsError where the file cannot be read, its header is wrong, or it changed meanwhile.
    """
    try:
        with os.fdopen(open_regular(path), encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            is_json = path.suffix.lower() in (".jsonl", ".ndjson")
            before = _written(stream)
            yield from _json_rows(path, stream) if is_json else _csv_rows(path, stream)
            if _written(stream) != before:
                # One row may be the beginning of an old and the end of a new one.
                message, instead = "changed while its rows were read", "run the command again"
                raise ProblemsError([error(Origin(str(path)), "ROW01", message, instead)])
    except NotAFileError as bad:
        instead = "save the table as a file"
        raise ProblemsError([error(Origin(str(path)), "FILE01", str(bad.strerror), instead)]) from None
    except OSError as bad:
        message = f"cannot be read: {reason(bad)}"
        raise ProblemsError([error(Origin(str(path)), "FILE01", message, "check that the file is there")]) from None


def _written(stream: TextIO) -> tuple[int, int]:
    """When a file was last written, and its size in bytes."""
    found = os.fstat(stream.fileno())
    return found.st_mtime_ns, found.st_size


class _Lines:
    """The lines of a stream, of which those after the first of a row can be had once more.

    `taken` are the lines since `begin`; `number` is the line that was given last. How long a row may be bounds how many
    lines are remembered.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self._left = _LONGEST_ROW

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.is_endless:
            raise csv.Error("field limit of a row")
        line = self._again.popleft() if self._again else _line_of(self._stream)
        if not line:
            raise StopIteration
        self._left -= len(line)
        self.number += 1
        self.taken.append(line)
        return line

    @property
    def is_endless(self) -> bool:
        """Whether the lines taken are more than a row may have."""
        return self._left < 0

    def begin(self) -> int:
        """Forget what was taken; the next line's number."""
        self.taken.clear()
        self._left = _LONGEST_ROW
        return self.number + 1

    def back_to_second(self) -> None:
        """Give all but the first of the lines taken once more."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def _line_of(stream: TextIO) -> str:
    """The next line, empty at the end; of one that is far too long the beginning, which is too long all the same."""
    line = stream.readline(_LONGEST_ROW)
    part = line
    while len(part) == _LONGEST_ROW and not part.endswith(("\n", "\r")):
        part = stream.readline(_LONGEST_ROW)
    return line


def _csv_rows(path: Path, stream: TextIO) -> Iterator[Row]:
    lines = _Lines(stream)
    reader = csv.reader(lines, strict=True)
    columns: list[str] | None = None
    is_first, is_told = True, False
    while True:
        line = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as bad:
            if columns is None:
                _check_is_csv(path, line, lines.taken)
                raise ProblemsError([_not_csv(path, line, bad, lines.taken)]) from None
            read = stream.buffer.tell()
            yield Row(line, (), read, _not_csv(path, line, bad, lines.taken))
            # A quote that is never closed must not take the rows after its own with it; of a row without end, which
            # opens ever new ones, each line would be tried anew.
            if not lines.is_endless:
                lines.back_to_second()
            continue
        if is_first and (separator := _SEP.fullmatch(lines.taken[0].rstrip("\r\n"))):
            # Excel's own way to say what stands between values.
            reader = csv.reader(lines, delimiter=separator[1].replace("\\t", "\t"), strict=True)
            is_first, is_told = False, True
            continue
        is_first = False
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            _check_is_csv(path, line, lines.taken, any_separator=is_told)
            columns = [_ALSO.get(name, name) for name in (cell.strip().lower() for cell in cells)]
            _check_header(path, line, columns)
            continue
        read = stream.buffer.tell()
        if [cell.strip().lower() for cell in cells] == columns:
            yield Row(line, (), read, broken(path, line, "is the header once more", "delete it"))
            continue
        if len(cells) != len(columns):
            ident = dict(zip(columns, cells, strict=False)).get("id", "").strip()
            problem = _other_length(path, line, cells, len(columns), lines.taken)
            yield Row(line, (_HALVES.sub("\N{REPLACEMENT CHARACTER}", ident),), read, problem)
            continue
        yield _row(path, line, dict(zip(columns, cells, strict=True)), read)
    if columns is None:
        raise ProblemsError([error(Origin(str(path)), "ROW01", "is empty", f"begin it with the header {_KNOWN}")])


def _other_length(path: Path, line: int, cells: Sequence[str], wanted: int, taken: Sequence[str]) -> Problem:
    """The problem of a row with more or fewer values than the header has columns."""
    count = len(cells)
    message = f"has {'1 value' if count == 1 else f'{count} values'}; the header has {wanted} columns"
    instead = "quote what holds commas"
    if count > wanted and not cells[-1].strip():
        instead += ", or delete the commas at the end of the line"
    if count < wanted:
        instead = "write a comma for each value that is empty too; a line that goes on from the one above needs quotes"
    if quote := re.search("[“”„«»]", "".join(taken)):
        message += f", and {quote[0]} encloses no value"
        instead = 'enclose values in straight quotes, "'
    return broken(path, line, message, instead)


def _not_csv(path: Path, line: int, bad: csv.Error, taken: Sequence[str]) -> Problem:
    is_long = "field limit" in str(bad)
    if is_long and len(taken) == 1:
        return broken(path, line, f"has a value of more than {csv.field_size_limit():,} characters", "shorten it")
    if is_long or '"' in str(bad) or "unexpected end" in str(bad):
        message = "has a quote that is not closed where its value ends"
        return broken(path, line, message, 'close it there, and write "" for a quote inside a value')
    return broken(path, line, f"is not CSV: {bad}")


def _check_is_csv(path: Path, line: int, taken: Sequence[str], *, any_separator: bool = False) -> None:
    """Name the mistake where the first line is not that of a CSV file at all. Raises ProblemsError.

    With `any_separator` the file said itself what stands between its values.
    """
    first = taken[0]
    origin = Origin(str(path), line, 1)
    for begins, what in _OTHER_FILES.items():
        if first.lstrip().lower().startswith(begins):
            message, instead = f"is {what}, not CSV", "save the table as CSV in UTF-8"
            raise ProblemsError([error(origin, "ROW01", message, instead)])
    if _NOT_BYTES_OF_TEXT.search(first):
        message, instead = "is not UTF-8 text", "save the table as CSV in UTF-8"
        if first.startswith(("\udcff\udcfe", "\udcfe\udcff")) or "\0" in first:
            instead += "; this is UTF-16, which programs call 'Unicode text', or no text at all"
        raise ProblemsError([error(origin, "ROW01", message, instead)])
    if any(quote in first for quote in "“”„«»"):
        message, instead = "has curly quotes, which enclose no value in CSV", 'write straight ones, ", or none'
        raise ProblemsError([error(origin, "ROW01", message, instead)])
    if any_separator:
        return
    if first.lstrip().startswith(("{", "[")):
        message, instead = "is JSON, not CSV", "write one object a line, and name the file with .jsonl at the end"
        raise ProblemsError([error(origin, "ROW01", message, instead)])
    for separator, name in _SEPARATORS.items():
        parts = {part.strip().strip('"').lower() for part in first.split(separator)}
        if len(parts) > 1 and not parts.isdisjoint(COLUMNS):
            message, instead = f"has columns with {name} between", "save the table with commas between"
            raise ProblemsError([error(origin, "ROW01", message, instead)])


def _check_header(path: Path, line: int, columns: Sequence[str]) -> None:
    origin = Origin(str(path), line, 1)
    unknown = [column for column in dict.fromkeys(columns) if column not in COLUMNS]
    problems = [
        error(origin, "ROW01", f"there is no column '{short(column)}'", choose_from(column, COLUMNS))
        for column in unknown[:_MOST_TOLD]
        if column
    ]
    if "" in unknown:
        message = f"column {columns.index('') + 1} has no name"
        problems.append(error(origin, "ROW01", message, f"delete it, or name it; known: {_KNOWN}"))
    if len(unknown) > _MOST_TOLD:
        message = f"there are {len(unknown) - _MOST_TOLD:,} more unknown columns"
        problems.append(error(origin, "ROW01", message, f"known: {_KNOWN}"))
    problems += [
        error(origin, "ROW01", f"the column '{column}' stands twice", "leave one out")
        for column in COLUMNS
        if columns.count(column) > 1
    ]
    problems += [
        error(origin, "ROW01", f"the column '{column}' is missing", f"begin the file with the header {_KNOWN}")
        for column in REQUIRED
        if column not in columns
    ]
    if problems:
        raise ProblemsError(problems)


def _json_rows(path: Path, stream: TextIO) -> Iterator[Row]:
    for line, text in enumerate(iter(lambda: _line_of(stream), ""), 1):
        if not text.strip():
            continue
        read = stream.buffer.tell()
        try:
            values = _json_values(text)
        except ValueError as bad:
            problem = broken(path, line, str(bad), 'write one object a line: {"id": "…", "name": "…"}')
            if _NOT_BYTES_OF_TEXT.search(text):
                problem = broken(path, line, "is not UTF-8 text", "save the file as UTF-8")
            yield Row(line, (), read, problem)
            continue
        yield _row(path, line, values, read, is_spelt=not _NOT_BYTES_OF_TEXT.search(text))


def _json_values(text: str) -> dict[str, str]:
    """The members of one JSON object as text. Raises ValueError with what is wrong."""
    if len(text) >= _LONGEST_ROW:
        raise ValueError(f"has more than {_LONGEST_ROW:,} characters")
    try:
        pairs: Any = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError):
        raise ValueError("is not a JSON object on one line") from None
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        raise ValueError("is not a JSON object")
    values: dict[str, str] = {}
    for name, value in pairs:
        key = _ALSO.get(name, name)
        if key not in COLUMNS:
            raise ValueError(f"has the unknown key '{short(str(key))}' ({choose_from(str(key), COLUMNS)})")
        if key in values:
            raise ValueError(f"has the key '{key}' twice")
        lines = value if key == "address" and isinstance(value, list) else ["" if value is None else value]
        if not all(isinstance(part, str) for part in lines):
            raise ValueError(f"has a '{key}' that is not text")
        values[key] = "\n".join(lines)
    return values


def _row(path: Path, line: int, named: dict[str, str], read: int, *, is_spelt: bool = False) -> Row:
    values = tuple(named.get(column, "").strip() for column in COLUMNS)
    problem = None
    if half := next((found for value in values if (found := _HALVES.search(value))), None):
        problem = broken(path, line, "is not UTF-8 text", "save the file as UTF-8")
        if is_spelt:
            message = f"has half of a character, '{half[0]}'"
            problem = broken(path, line, message, "write the character itself")
        values = tuple(_HALVES.sub("\N{REPLACEMENT CHARACTER}", value) for value in values)
    return Row(line, values, read, problem)


def short(text: str) -> str:
    """A value as messages quote it."""
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"


def broken(path: Path, line: int, message: str, instead: str = "see the row in a text editor") -> Problem:
    """The problem of a row that cannot be read."""
    return error(Origin(str(path), line, 1), "ROW05", message, instead)
