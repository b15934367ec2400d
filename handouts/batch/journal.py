"""The journal of a batch: which file was made from what, kept beside the files so that a run can go on where it ended.

A SQLite database: its entries are whole after a crash at any moment, and it is searched on disk, not in memory.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from handouts.disk import UsageError

Known = Mapping[str, tuple[str, str]]
"""File name → the digest of its inputs, and its SHA-256."""


class Journal:
    """The entries of one output folder, by recipient. Raises UsageError where it cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._open()
        except sqlite3.DatabaseError:
            # Without a journal, files that are there are compared with what would be written.
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()
            self._open()

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS made (id TEXT PRIMARY KEY, files TEXT) WITHOUT ROWID")
        self.is_new = self._database.execute("SELECT 1 FROM made LIMIT 1").fetchone() is None

    def known(self, ident: str) -> Known:
        """What was made for a recipient."""
        if self.is_new:
            return {}
        found = self._database.execute("SELECT files FROM made WHERE id = ?", (ident,)).fetchone()
        return {name: (inputs, digest) for name, (inputs, digest) in json.loads(found[0]).items()} if found else {}

    def record(self, made: Iterable[tuple[str, Known]]) -> None:
        """Keep what was made for some recipients, beside what was known of them, all of it or nothing."""
        rows = [(ident, json.dumps({**self.known(ident), **files})) for ident, files in made]
        try:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
            self._database.execute("COMMIT")
        except sqlite3.Error as bad:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise UsageError(f"cannot write to {self._path}: {bad}") from None

    def close(self) -> None:
        """Leave the journal."""
        self._database.close()
