"""Recipients: a table's row in, the recipient that it describes out, checked on its own.

Rows are data: nothing in them is evaluated, and a bad one stops none of the others.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

from msgspec import Struct

from handouts.batch.rows.names import is_id
from handouts.batch.rows.table import COLUMNS, Row, short
from handouts.batch.rows.wreckage import wrecks_in
from handouts.files.names import folded
from handouts.model.clinic import Clinic
from handouts.model.fit import MisfitsError, fit
from handouts.model.schema_words import fault
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.theme.printing import USUAL


class Recipient(Struct, frozen=True):
    """One row that can be used. `logo` is a path from the table's folder; empty `lang` and `paper` mean the usual.
    `warnings` are what may be amiss with it all the same.
    """

    id: str
    origin: Origin
    clinic: Clinic
    logo: str
    lang: str
    paper: str
    warnings: tuple[Problem, ...] = ()


def recipient(path: Path, row: Row) -> Recipient:
    """The recipient of a row. Raises ProblemsError with all that is wrong with it, at its line."""
    if row.problem:
        raise ProblemsError([row.problem])
    origin = Origin(str(path), row.line, 1)
    cells: dict[str, str] = dict(zip(COLUMNS, row.values, strict=True))
    ident, name, address, phone, hours, logo, lang, paper, country = row.values
    wrecks = tuple(wrecks_in(cells))
    told = [Problem(origin, one.code, one.severity, one.message, one.instead) for one in wrecks]
    problems = [one for one in told if one.severity == "error"]
    spoilt = {one.column for one in wrecks if one.severity == "error"}
    if "id" not in spoilt and not is_id(ident):
        message = f"the id '{short(ident)}' cannot end a file name" if ident else "has no id"
        instead = "write up to 64 of A-Z, a-z, 0-9, '-', '_' and '.', with a letter or digit first and no dot last"
        problems.append(error(origin, "ROW02", message, instead))
    if "paper" not in spoilt and paper not in ("", *USUAL):
        problems.append(error(origin, "ROW04", f"there is no paper '{short(paper)}'", choose_from(paper, USUAL)))
    values: dict[str, Any] = {"schema_version": 1, "name": name}
    values |= {key: text for key, text in (("phone", phone), ("hours", hours), ("country", country.upper())) if text}
    lines = [part.strip() for part in re.split(r"\r\n|\r|\n", address)]
    values["address"] = [part for part in lines if part]
    try:
        if logo:
            # A logo shows the name of whose it is.
            values["logo"] = {"file": logo, "alt": name or "?"}
        clinic = fit(values, Clinic)
    except MisfitsError as bad:
        raise ProblemsError([*problems, *_misfits(origin, bad, spoilt)]) from None
    if problems:
        raise ProblemsError(problems)
    return Recipient(ident, origin, clinic, logo, lang, paper, tuple(told))


def said(row: Row) -> dict[str, str]:
    """What a row says, by the fields that documents show; nothing else than the row has a part in it."""
    _, name, address, phone, hours, *_ = row.values
    given = {"name": name, "phone": phone, "hours": hours}
    given |= {f"address.{index}": line for index, line in enumerate(filter(str.strip, re.split("[\r\n]", address)))}
    return {field: normalize("NFC", text).strip() for field, text in given.items() if text}


def _misfits(origin: Origin, bad: MisfitsError, told: Collection[str]) -> Iterator[Problem]:
    """What does not fit in the columns of which nothing is told yet."""
    for misfit in bad.misfits:
        column = str(misfit.path[0])
        if misfit.path == ("logo", "alt") or column in told:
            continue  # the first is the name
        fragment, advice = fault(misfit)
        said = f"the {column}"
        yield error(
            origin,
            "ROW03",
            "has no name" if column == "name" and not misfit.value else f"{said} {fragment}",
            advice,
        )


class Ids:
    """The ids of a batch, each of which may stand once however some disk spells it; each takes 16 to 32 bytes."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))
        self._count = 0

    def add(self, ident: str) -> bool:
        """Whether the id is new."""
        if not self._put(_key(ident)):
            return False
        self._count += 1
        if 2 * self._count > len(self._table):
            kept, self._table = self._table, array("Q", bytes(16 * len(self._table)))
            for one in kept:
                if one:
                    self._put(one)
        return True

    def __contains__(self, ident: str) -> bool:
        key = _key(ident)
        return self._table[self._place(key)] == key

    def _put(self, key: int) -> bool:
        at = self._place(key)
        is_new = self._table[at] == 0
        self._table[at] = key
        return is_new

    def _place(self, key: int) -> int:
        """Where a key is, or would be put."""
        size = len(self._table)
        at = key % size
        while self._table[at] not in (0, key):
            at = (at + 1) % size
        return at


def _key(ident: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded(ident).encode("utf-8", "replace"), digest_size=8).digest()) or 1
