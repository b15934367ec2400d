"""Whose a file in an output folder is: names of documents in, those that a batch made for recipients out.

The journal knows every id that a batch has begun with; the report, of its last batch, is all that is left without it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from handouts.files.disk import open_regular
from handouts.files.names import BATCH_JOURNAL, BATCH_REPORT, BATCH_STATE, folded


def recipients_files(out: Path, names: Iterable[str]) -> set[str]:
    """Those of the names that a file in the folder has, spelt so that some disk takes it for the same, which is a
    recipient's.
    """
    journal, report = out / BATCH_STATE / BATCH_JOURNAL, out / BATCH_REPORT
    if not journal.exists() and not report.exists():
        return set()
    wanted = {folded(name): name for name in names}
    there = wanted.keys() & {folded(found) for found in os.listdir(out)}  # noqa: PTH208 - paths would cost more
    claimed = set(_in_journal(journal, there)) if there else set[str]()
    if there - claimed:
        claimed.update(_in_report(report, there - claimed))
    return {wanted[name] for name in claimed}


def _in_journal(journal: Path, names: Iterable[str]) -> Iterator[str]:
    """The names that end in an id of the journal: a batch that was killed has not written which files it made."""
    try:
        # SQLite would wait for whoever writes into a pipe.
        os.close(open_regular(journal))
        address = f"{journal.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            for name in names:
                ids = list(_ids_of(name))
                marks = ", ".join("?" * len(ids))
                if database.execute(f"SELECT 1 FROM made WHERE id IN ({marks}) LIMIT 1", ids).fetchone():  # noqa: S608
                    yield name
    except (OSError, sqlite3.Error):
        # The next batch begins a damaged one anew; until then the report says what there is.
        return


def _ids_of(name: str) -> Iterator[str]:
    """The ids, folded, whose documents can have a name: whatever follows one of its hyphens."""
    rest = name.rpartition(".")[0]
    while "-" in rest:
        rest = rest.partition("-")[2]
        yield rest


def _in_report(report: Path, names: set[str]) -> Iterator[str]:
    try:
        with os.fdopen(open_regular(report), encoding="utf-8", errors="replace") as lines:
            for line in map(folded, lines):
                yield from (name for name in names if f",{name}," in line)
    except OSError:
        return
