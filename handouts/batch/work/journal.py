"""The journal of a batch: which file was made from what, kept beside the files so that a run can go on where it ended.

A SQLite database: its entries are whole after a crash at any moment, and it is searched on disk, not in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path

from handouts.files.disk import UsageError, open_regular, reason
from handouts.files.names import folded

Known = Mapping[str, tuple[str, str]]
"""File name → the digest of its inputs, and its SHA-256."""
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)
"""What SQLite says of a file that is no journal of ours: no database, damaged, or with other columns."""


def _is_damage(bad: sqlite3.Error) -> bool:
    # An entry that is not UTF-8 has no code; of a code the lowest byte tells the kind (sqlite.org/rescode.html).
    return getattr(bad, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _DAMAGED


class Journal:
    """The entries of one output folder, by recipient's id, folded. Raises UsageError where it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._or_usage_error():
            try:
                self._open()
            except sqlite3.DatabaseError as bad:
                if not _is_damage(bad):
                    raise
                self._begin_anew()

    def _open(self) -> None:
        if self._path.exists():
            # SQLite would wait for whoever writes into a pipe.
            os.close(open_regular(self._path))
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS made (id TEXT PRIMARY KEY, files TEXT) WITHOUT ROWID")
        self.is_new = self._database.execute("SELECT id, files FROM made LIMIT 1").fetchone() is None

    def _begin_anew(self) -> None:
        # Without a journal, files that are there are compared with what would be written.
        self._database.close()
        for file in self._path.parent.glob(f"{self._path.name}*"):
            file.unlink()
        self._open()

    @contextlib.contextmanager
    def _or_usage_error(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as bad:
            raise UsageError(f"cannot write to {self._path}: {bad}") from None
        except OSError as bad:
            raise UsageError(f"cannot write to {self._path}: {reason(bad)}") from None

    def known(self, ident: str) -> Known:
        """What was made for a recipient, or one whose id some disk takes for the same; nothing where it is damaged."""
        if self.is_new:
            return {}
        try:
            found = self._database.execute("SELECT files FROM made WHERE id = ?", (folded(ident),)).fetchone()
            entries = json.loads(found[0]) if found else {}
            return {str(name): (str(inputs), str(digest)) for name, (inputs, digest) in entries.items()}
        except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError):
            return {}

    def begin(self, idents: Iterable[str]) -> None:
        """Keep that files of some recipients can be there from now on, whatever becomes of this run."""
        self._write("INSERT OR IGNORE INTO made VALUES (?, '{}')", [(folded(ident),) for ident in idents])

    def record(self, made: Iterable[tuple[str, Known]]) -> None:
        """Keep what was made for some recipients, beside what was known of them, all of it or nothing."""
        rows = [(folded(ident), json.dumps({**self.known(ident), **files})) for ident, files in made]
        self._write("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)

    def _write(self, statement: str, rows: Sequence[tuple[str, ...]]) -> None:
        with self._or_usage_error():
            try:
                self._put(statement, rows)
            except sqlite3.DatabaseError as bad:
                if not _is_damage(bad):
                    raise
                self._begin_anew()
                self._put(statement, rows)

    def _put(self, statement: str, rows: Sequence[tuple[str, ...]]) -> None:
        try:
            self._database.execute("BEGIN")
            self._database.executemany(statement, rows)
            self._database.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Leave the journal."""
        self._database.close()
