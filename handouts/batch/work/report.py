"""`batch-report.csv`: outcomes in, a line for each document out, in the order of the rows, and for each print job."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfile

from msgspec import Struct

from handouts.batch.rows.table import short
from handouts.batch.work.work import RowOutcome
from handouts.files.disk import UsageError, reason
from handouts.files.names import BATCH_REPORT

NAME = BATCH_REPORT
_LONGEST = 2**31 - 1
"""Characters of a value, the most that `csv` knows on every system."""
HEADER = ("row", "id", "status", "reason", "file", "sha256")


class BatchReport:
    """A report in the making, which takes its name when it is whole. Raises UsageError where it cannot be written."""

    def __init__(self, folder: Path, making: Path) -> None:
        self._final, self._making = folder / NAME, making
        self.counts = {"made": 0, "kept": 0, "failed": 0}
        try:
            self._stream = making.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self._writer = csv.writer(self._stream, lineterminator="\n")
            self._writer.writerow(HEADER)
        except OSError as bad:
            raise UsageError(f"cannot write to {folder}: {reason(bad)}") from None

    def add(self, outcome: RowOutcome) -> None:
        """A line; `row` is the row's line in the recipients' file."""
        self.counts[outcome.status] += 1
        said = " | ".join(outcome.problems)
        line = (outcome.line, short(outcome.id), outcome.status, said, outcome.file, outcome.sha256)
        try:
            self._writer.writerow([_harmless(str(value)) for value in line])
        except OSError as bad:
            raise UsageError(f"cannot write to {self._final}: {reason(bad)}") from None

    def close(self) -> None:
        """Leave it; a report that did not `finish` has no name."""
        # On a full disk what is not written yet cannot be, and whoever closes it knows already.
        with contextlib.suppress(OSError):
            self._stream.close()

    def finish(self) -> None:
        """Give it its name."""
        try:
            self._stream.close()
            self._making.replace(self._final)
        except OSError as bad:
            raise UsageError(f"cannot write to {self._final}: {reason(bad)}") from None


def add_print_jobs(folder: Path, making: Path, jobs: Iterable[tuple[str, str, str]]) -> None:
    """Lists print jobs below their documents: the file, what is in it, and its SHA-256. Raises OSError."""
    copyfile(folder / NAME, making)
    with making.open("a", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        lines = (("", "", "merged", said, file, digest) for file, said, digest in jobs)
        csv.writer(stream, lineterminator="\n").writerows(lines)
    making.replace(folder / NAME)


class ReportLine(Struct, frozen=True):
    """A document that a finished report lists as there."""

    id: str
    file: str
    sha256: str


def listed(folder: Path) -> Iterator[ReportLine]:
    """The documents of a report that are there, in the order of the rows."""
    with (folder / NAME).open(encoding="utf-8", newline="") as stream:
        for line in _lines(csv.DictReader(stream)):
            if line["status"] in ("made", "kept"):
                yield ReportLine(line["id"], line["file"], line["sha256"])


def _lines(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    """The lines of a report, whose reasons may be longer than a value of a table."""
    while True:
        # The limit is that of all readers, and tables keep theirs.
        most = csv.field_size_limit(_LONGEST)
        try:
            line = next(reader, None)
        finally:
            csv.field_size_limit(most)
        if line is None:
            return
        yield line


# A spreadsheet would take a text that begins like this for a formula, and ids and reasons quote what somebody typed.
def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
