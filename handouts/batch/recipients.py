"""Recipients: a CSV or JSON Lines file in, one row after another out, each checked on its own.

Rows are data: nothing in them is evaluated, and a bad one stops none of the others.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO
from unicodedata import normalize

from pydantic import ValidationError

from handouts.disk import reason
from handouts.model.clinic import Clinic, Logo
from handouts.model.schema_words import child_of, fault
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error

COLUMNS = ("id", "name", "address", "phone", "hours", "logo", "lang", "paper")
REQUIRED = ("id", "name")
PAPERS = ("letter", "a4")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row that can be used. `logo` is a path from the table's folder; empty `lang` and `paper` mean the usual."""

    id: str
    origin: Origin
    clinic: Clinic
    logo: str
    lang: str
    paper: str


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file in order, at most one in memory. A name that ends in .jsonl or .ndjson means JSON Lines.

    Raises ProblemsError where the file cannot be read or its header is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            is_json = path.suffix.lower() in (".jsonl", ".ndjson")
            yield from _json_rows(path, stream) if is_json else _csv_rows(path, stream)
    except OSError as bad:
        message = f"cannot be read: {reason(bad)}"
        raise ProblemsError([error(Origin(str(path)), "FILE01", message, "check that the file is there")]) from None


def _csv_rows(path: Path, stream: TextIO) -> Iterator[Row]:
    reader = csv.reader(stream, strict=True)
    columns: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as bad:
            if columns is None:
                raise ProblemsError([_broken(path, line, f"is not CSV: {bad}")]) from None
            yield Row(line, (), stream.buffer.tell(), _broken(path, line, f"is not CSV: {bad}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = [cell.strip().lower() for cell in cells]
            _check_header(path, line, columns)
            continue
        read = stream.buffer.tell()
        if len(cells) != len(columns):
            message = f"has {len(cells)} values; the header has {len(columns)} columns"
            named = dict(zip(columns, cells, strict=False))
            yield Row(
                line, (named.get("id", "").strip(),), read, _broken(path, line, message, "quote what holds commas")
            )
            continue
        yield _row(path, line, dict(zip(columns, cells, strict=True)), read)
    if columns is None:
        raise ProblemsError([error(Origin(str(path)), "ROW01", "is empty", f"begin it with the header {_known()}")])


def _check_header(path: Path, line: int, columns: Sequence[str]) -> None:
    origin = Origin(str(path), line, 1)
    problems = [
        error(origin, "ROW01", f"there is no column '{column}'", choose_from(column, COLUMNS))
        for column in columns
        if column not in COLUMNS
    ]
    problems += [
        error(origin, "ROW01", f"the column '{column}' stands twice", "leave one out")
        for column in COLUMNS
        if columns.count(column) > 1
    ]
    problems += [
        error(origin, "ROW01", f"the column '{column}' is missing", f"begin the file with the header {_known()}")
        for column in REQUIRED
        if column not in columns
    ]
    if problems:
        raise ProblemsError(problems)


def _json_rows(path: Path, stream: TextIO) -> Iterator[Row]:
    for line, text in enumerate(stream, 1):
        if not text.strip():
            continue
        read = stream.buffer.tell()
        try:
            values = _json_values(text)
        except ValueError as bad:
            yield Row(
                line, (), read, _broken(path, line, str(bad), 'write one object a line: {"id": "…", "name": "…"}')
            )
            continue
        yield _row(path, line, values, read)


def _json_values(text: str) -> dict[str, str]:
    """The members of one JSON object as text. Raises ValueError with what is wrong."""
    try:
        pairs: Any = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError):
        raise ValueError("is not a JSON object on one line") from None
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        raise ValueError("is not a JSON object")
    values: dict[str, str] = {}
    for key, value in pairs:
        if key not in COLUMNS:
            raise ValueError(f"has the unknown key '{key}' ({choose_from(str(key), COLUMNS)})")
        if key in values:
            raise ValueError(f"has the key '{key}' twice")
        lines = value if key == "address" and isinstance(value, list) else [value or ""]
        if not all(isinstance(part, str) for part in lines):
            raise ValueError(f"has a '{key}' that is not text")
        values[key] = "\n".join(lines)
    return values


def _row(path: Path, line: int, named: dict[str, str], read: int) -> Row:
    values = tuple(named.get(column, "").strip() for column in COLUMNS)
    problem = None
    if any(_NOT_UTF8.search(value) for value in values):
        problem = _broken(path, line, "is not UTF-8 text", "save the file as UTF-8")
        values = tuple(_NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", value) for value in values)
    return Row(line, values, read, problem)


def recipient(path: Path, row: Row) -> Recipient:
    """The recipient of a row. Raises ProblemsError with all that is wrong with it, at its line."""
    if row.problem:
        raise ProblemsError([row.problem])
    origin = Origin(str(path), row.line, 1)
    ident, name, address, phone, hours, logo, lang, paper = row.values
    problems: list[Problem] = []
    if not _ID.fullmatch(ident):
        message = f"the id '{ident}' cannot end a file name" if ident else "has no id"
        instead = "write up to 64 of A-Z, a-z, 0-9, '-', '_' and '.', with a letter or digit first and no dot last"
        problems.append(error(origin, "ROW02", message, instead))
    if paper not in ("", *PAPERS):
        problems.append(error(origin, "ROW04", f"there is no paper '{paper}'", choose_from(paper, PAPERS)))
    values: dict[str, Any] = {"schema_version": 1, "name": name}
    values |= {key: text for key, text in (("phone", phone), ("hours", hours)) if text}
    lines = [part.strip() for part in re.split(r"\r\n|\r|\n", address)]
    values["address"] = [part for part in lines if part]
    try:
        if logo:
            # A logo shows the name of whose it is.
            values["logo"] = Logo(file=logo, alt=name or "?")
        clinic = Clinic.model_validate(values)
    except ValidationError as bad:
        raise ProblemsError([*problems, *_misfits(origin, bad)]) from None
    if problems:
        raise ProblemsError(problems)
    return Recipient(ident, origin, clinic, logo, lang, paper)


def said(row: Row) -> dict[str, str]:
    """What a row says, by the fields that documents show; nothing else than the row has a part in it."""
    _, name, address, phone, hours, *_ = row.values
    given = {"name": name, "phone": phone, "hours": hours}
    given |= {f"address.{index}": line for index, line in enumerate(filter(str.strip, re.split("[\r\n]", address)))}
    return {field: normalize("NFC", text).strip() for field, text in given.items() if text}


def _misfits(origin: Origin, bad: ValidationError) -> Iterator[Problem]:
    for details in bad.errors(include_url=False):
        column = str(details["loc"][0])
        in_logo = column in ("file", "alt")
        fragment, advice = fault(details, child_of(Logo if in_logo else Clinic, column))
        said = "the logo" if in_logo else f"the {column}"
        yield error(
            origin,
            "ROW03",
            "has no name" if column == "name" and not details["input"] else f"{said} {fragment}",
            advice,
        )


class Ids:
    """The ids of a batch, each of which may stand once whatever its case; each takes 16 to 32 bytes."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))
        self._count = 0

    def add(self, ident: str) -> bool:
        """Whether the id is new."""
        key = int.from_bytes(hashlib.blake2b(ident.casefold().encode("utf-8", "replace"), digest_size=8).digest()) or 1
        if not self._put(key):
            return False
        self._count += 1
        if 2 * self._count > len(self._table):
            kept, self._table = self._table, array("Q", bytes(16 * len(self._table)))
            for one in kept:
                if one:
                    self._put(one)
        return True

    def _put(self, key: int) -> bool:
        size = len(self._table)
        at = key % size
        while (found := self._table[at]) not in (0, key):
            at = (at + 1) % size
        self._table[at] = key
        return found == 0


def _known() -> str:
    return ",".join(COLUMNS)


def _broken(path: Path, line: int, message: str, instead: str = "see the row in a text editor") -> Problem:
    return error(Origin(str(path), line, 1), "ROW05", message, instead)
