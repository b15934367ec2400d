"""A batch: rows streamed in, spread over an executor's workers, outcomes streamed out into journal and report.

The number of rows in flight is bounded, so that memory does not grow with the table. The executor is given from
outside: this process itself, processes of this machine, or a cluster.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from handouts.batch.rows.recipients import Ids
from handouts.batch.rows.table import Row, read_rows
from handouts.batch.work.journal import Journal
from handouts.batch.work.report import Report
from handouts.batch.work.work import PART, STATE, FullDiskError, Order, Outcome, Task, work
from handouts.files.disk import UsageError, reason
from handouts.outputs import FORMATS, OUTPUTS
from handouts.problems import Origin, error

_ROWS_AT_ONCE = {"pages": 32, "slides": 16}
"""Rows that a worker is given at a time, by what their documents are counted in: slides take longer than pages."""
_MOST_DEATHS = 3
"""How many workers a row may cost before it is given up."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: bytes of the table read and in all, documents done, and what went wrong last."""

    read: int
    size: int
    done: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents were made, were there already, and failed."""

    made: int
    kept: int
    failed: int


@dataclass(slots=True)
class _Chunk:
    """Rows for a worker. `alone` is set when workers died while it was with them: it may be what kills them."""

    tasks: tuple[Task, ...]
    future: Future[list[Outcome]] | None = None
    alone: bool = False
    deaths: int = 0


class Workers:
    """An executor that can be replaced when it breaks; `ahead` is how many chunks may wait for it."""

    def __init__(self, start: Callable[[], Executor], ahead: int) -> None:
        self._start, self.ahead = start, ahead
        self._executor: Executor | None = None
        self.cut_off = False
        """Whether somebody would not wait for what was begun."""

    def submit(self, order: Order, tasks: Sequence[Task]) -> Future[list[Outcome]]:
        """Have the rows done."""
        if self._executor is None:
            self._executor = self._start()
        return self._executor.submit(work, order, tasks)

    def replace(self) -> None:
        """Leave a broken executor; the next rows get a new one."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def close(self) -> None:
        """End the workers; what they have begun they finish."""
        try:
            if self._executor is not None:
                self._executor.shutdown(wait=True, cancel_futures=True)
        except BaseException:
            self.cut_off = True
            raise


class InProcess(Executor):
    """An executor that does everything at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of a call."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as bad:
            future.set_exception(bad)
        return future


def run(order: Order, workers: Workers, tell: Callable[[Progress], None]) -> Summary:
    """Make what is missing of every row's documents. Raises ProblemsError for the table's header, UsageError.

    A run that ends early, for whatever reason, leaves whole files alone, and the next one goes on from there.
    """
    out = order.request.out
    state = out / STATE
    _prepare(state)
    with (
        _alone(state / "lock"),
        contextlib.closing(Journal(state / "journal.sqlite")) as journal,
        contextlib.closing(Report(out, state / f"report{PART}")) as report,
        contextlib.closing(workers),
    ):
        size, done = _size(order.recipients), 0
        try:
            for row, outcomes in _outcomes(order, workers, _tasks(order, journal)):
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
    # Files are named before they are on the disk for good; a run that says that it is done waits for that where it can.
    if hasattr(os, "sync"):
        os.sync()
    return Summary(**report.counts)


def _tasks(order: Order, journal: Journal) -> Iterator[Task]:
    ids = Ids()
    for row in read_rows(order.recipients):
        if row.id and row.problem is None and not ids.add(row.id):
            origin = Origin(str(order.recipients), row.line, 1)
            message = f"the id '{row.id}' stands in an earlier row"
            instead = "give each row an id of its own; upper and lower case count as the same"
            yield Task(replace(row, problem=error(origin, "ROW02", message, instead)), {})
        else:
            yield Task(row, journal.known(row.id))


def _outcomes(order: Order, workers: Workers, tasks: Iterator[Task]) -> Iterator[tuple[Row, list[Outcome]]]:
    """The outcomes of all rows in order, chunk by chunk, with the last row of each."""
    waiting: deque[_Chunk] = deque()
    asked = [output for output in OUTPUTS if output.format in (order.request.formats or FORMATS)]
    at_once = min(_ROWS_AT_ONCE[output.unit] for output in asked)
    while True:
        while len(waiting) < workers.ahead and (rows := tuple(islice(tasks, at_once))):
            waiting.append(_Chunk(rows))
        if not waiting:
            return
        _submit(order, workers, waiting)
        first = waiting[0]
        assert first.future is not None
        try:
            outcomes = first.future.result()
        except (BrokenExecutor, CancelledError):
            workers.replace()
            one, *others = first.tasks
            if first.alone and others:
                waiting.popleft()
                waiting.extendleft(_Chunk((task,), alone=True) for task in reversed(first.tasks))
            elif first.alone:
                first.deaths += 1
                if first.deaths == _MOST_DEATHS:
                    waiting.popleft()
                    yield one.row, [_lost(order, one)]
            for chunk in waiting:
                if chunk.future is not None and not _is_done(chunk.future):
                    chunk.future, chunk.alone = None, True
            continue
        waiting.popleft()
        yield first.tasks[-1].row, outcomes


def _submit(order: Order, workers: Workers, waiting: Iterable[_Chunk]) -> None:
    """Give workers what waits; what must be alone only when it is the first, and nothing beside it."""
    for index, chunk in enumerate(waiting):
        if chunk.future is None and not (chunk.alone and index):
            try:
                chunk.future = workers.submit(order, chunk.tasks)
            except BrokenExecutor as bad:
                chunk.future = Future()
                chunk.future.set_exception(bad)
        if chunk.alone:
            return


def _is_done(future: Future[list[Outcome]]) -> bool:
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenExecutor)


def _lost(order: Order, task: Task) -> Outcome:
    origin = Origin(str(order.recipients), task.row.line, 1)
    problem = error(origin, "ROW06", f"{_MOST_DEATHS} workers died while they made this row", "run the command again")
    return Outcome(task.row.line, task.row.id, "failed", (str(problem),))


def _record(journal: Journal, outcomes: Sequence[Outcome]) -> None:
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
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    try:
        stream = lock.open("w")
    except OSError as bad:
        raise UsageError(f"cannot write to {lock}: {reason(bad)}") from None
    with stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(
                f"another batch writes to {lock.parent.parent}; wait for it, or choose another --out"
            ) from None
        for left in lock.parent.glob(f"*{PART}"):
            with contextlib.suppress(OSError):
                left.unlink()
        yield
