"""A batch: rows streamed in, spread over an executor's workers, outcomes streamed out into journal and report.

The number of rows in flight is bounded, so that memory does not grow with the table. The executor is given from
outside: this process itself, processes of this machine, or a cluster.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from handouts.batch.rows.names import is_id
from handouts.batch.work.chunks import spread
from handouts.batch.work.journal import Journal
from handouts.batch.work.report import BatchReport
from handouts.batch.work.tasks import tasks
from handouts.batch.work.work import PART, RUN, STATE, FullDiskError, Order, RowOutcome, Task
from handouts.batch.work.workers import Workers
from handouts.files.disk import UsageError, reason
from handouts.files.lock import try_lock
from handouts.files.names import BATCH_JOURNAL

_LOG = logging.getLogger(__name__)
_BEGUN_AT_ONCE = 32
"""Rows that are entered into the journal together before they are given out."""


class Progress(Struct, frozen=True):
    """How far a batch is: bytes of the table read and in all, documents done, and what went wrong last."""

    read: int
    size: int
    done: int
    problems: tuple[str, ...] = ()


class Summary(Struct, frozen=True):
    """How many documents were made, were there already, and failed."""

    made: int
    kept: int
    failed: int


def run(
    order: Order, workers: Workers, tell: Callable[[Progress], None], then: Callable[[Summary], object] | None = None
) -> Summary:
    """Make what is missing of every row's documents. Raises ProblemsError for the table's header, UsageError.

    A run that ends early, for whatever reason, leaves whole files alone, and the next one goes on from there. `then` is
    called with what came of it, before another batch can write to the folder.
    """
    state = order.request.out / STATE
    _prepare(state)
    with _alone(state / "lock"), _running(order, state / RUN):
        _LOG.info("begins %s into %s", order.recipients, order.request.out)
        summary = _run(order, workers, tell, state)
        _LOG.info("ends: %d made, %d there already, %d failed", summary.made, summary.kept, summary.failed)
        if then:
            then(summary)
    # Files are named before they are on the disk for good; a run that says that it is done waits for that where it can.
    if hasattr(os, "sync"):
        os.sync()
    return summary


def _run(order: Order, workers: Workers, tell: Callable[[Progress], None], state: Path) -> Summary:
    with (
        contextlib.closing(Journal(state / BATCH_JOURNAL)) as journal,
        contextlib.closing(BatchReport(order.request.out, state / f"report{PART}")) as report,
        contextlib.closing(workers),
    ):
        size, done = _size(order.recipients), 0
        try:
            for row, outcomes in spread(order, workers, _begun(journal, tasks(order, journal))):
                _record(journal, outcomes)
                for outcome in outcomes:
                    report.add(outcome)
                done += len(outcomes)
                # What is wrong with a row is wrong with each of its documents, and told once.
                said = tuple(dict.fromkeys(said for outcome in outcomes for said in outcome.problems))
                tell(Progress(row.read, size, done, said))
                if order.fail_fast and report.counts["failed"]:
                    break
        except FullDiskError as bad:
            raise UsageError(str(bad)) from None
        report.finish()
    return Summary(**report.counts)


def _begun(journal: Journal, rows: Iterator[Task]) -> Iterator[Task]:
    """Rows whose ids the journal has before any file of theirs has a name."""
    while some := tuple(islice(rows, _BEGUN_AT_ONCE)):
        journal.begin(task.row.id for task in some if is_id(task.row.id) and not task.row.problem)
        yield from some


def _record(journal: Journal, outcomes: Sequence[RowOutcome]) -> None:
    known: dict[str, dict[str, tuple[str, str]]] = {}
    for outcome in outcomes:
        if outcome.status != "failed":
            known.setdefault(outcome.id, {})[outcome.file] = (outcome.inputs, outcome.sha256)
    journal.record(known.items())


def _prepare(state: Path) -> None:
    try:
        state.mkdir(parents=True, exist_ok=True)
    except OSError as bad:
        raise UsageError(f"cannot write to {state.parent}: {reason(bad)}") from None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextlib.contextmanager
def _alone(lock: Path) -> Generator[None]:
    """Let no two batches write to one folder at once, and clear what one that was killed left half-made."""
    try:
        descriptor = try_lock(lock)
    except OSError as bad:
        raise UsageError(f"cannot write to {lock}: {reason(bad)}") from None
    if descriptor is None:
        raise UsageError(f"another batch writes to {lock.parent.parent}; wait for it, or choose another --out")
    with os.fdopen(descriptor):
        _clear(lock.parent)
        try:
            yield
        finally:
            # Of workers that had to be killed, too.
            _clear(lock.parent)


@contextlib.contextmanager
def _running(order: Order, path: Path) -> Generator[None]:
    """Let workers that can outlive the batch write as long as it goes on."""
    if not order.run:
        yield
        return
    try:
        path.write_text(order.run, "ascii")
    except OSError as bad:
        raise UsageError(f"cannot write to {path}: {reason(bad)}") from None
    try:
        yield
    finally:
        # Emptied, not deleted: a network file system can remember for a while that a file is not there.
        with contextlib.suppress(OSError):
            path.write_text("", "ascii")


def _clear(state: Path) -> None:
    for left in state.glob(f"*{PART}"):
        with contextlib.suppress(OSError):
            left.unlink()
