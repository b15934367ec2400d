"""Rows spread over workers in chunks: rows in, their outcomes in the order of the rows out.

What workers were lost over is tried again, so that a row costs no other, and itself only when it was given up.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from itertools import islice

from msgspec import Struct

from handouts.batch.rows.names import is_id, stems, taken
from handouts.batch.rows.table import Row
from handouts.batch.work.work import Order, RowOutcome, Task, taken_away
from handouts.batch.work.workers import StuckError, Workers
from handouts.build.request import chosen
from handouts.files.names import folded
from handouts.outputs import FORMATS, OUTPUTS
from handouts.problems import Origin, error

_LOG = logging.getLogger(__name__)

_ROWS_AT_ONCE = {"pages": 32, "slides": 16}
"""Rows that a worker is given at a time, by what their documents are counted in: slides take longer than pages."""
_MOST_DEATHS = 3
"""How many workers a row may cost before it is given up."""


class _Chunk(Struct):
    """Rows for a worker, which may be what it dies of or is stuck over.

    `alone` is set when workers died while it was with them, `late` when a worker was stuck over it.
    """

    tasks: tuple[Task, ...]
    future: Future[list[RowOutcome]] | None = None
    alone: bool = False
    deaths: int = 0
    late: bool = False

    def one_by_one(self, *, alone: bool = False, late: Callable[[Row], bool]) -> list[_Chunk]:
        """A chunk for each row, the last one first; `late` tells for which one the worker was too late."""
        return [_Chunk((task,), alone=alone, late=late(task.row)) for task in reversed(self.tasks)]


def spread(order: Order, workers: Workers, tasks: Iterator[Task]) -> Iterator[tuple[Row, list[RowOutcome]]]:
    """The outcomes of all rows in order, chunk by chunk, with the last row of each."""
    waiting: deque[_Chunk] = deque()
    asked = [output for output in OUTPUTS if output.format in (order.request.formats or FORMATS)]
    at_once = min(_ROWS_AT_ONCE[output.unit] for output in asked)
    of_a_row = len(asked) * len(order.digests)
    while True:
        while len(waiting) < workers.ahead and (rows := tuple(islice(tasks, at_once))):
            waiting.append(_Chunk(rows))
        if not waiting:
            return
        _submit(order, workers, waiting)
        first, given_up, was_tried = waiting[0], "", True
        assert first.future is not None
        try:
            outcomes = workers.outcomes(
                first.future, of_a_row * len(first.tasks), {task.row.line for task in first.tasks}
            )
        except StuckError as bad:
            _LOG.warning("a worker was stuck over %s, and is killed", _named(first))
            workers.replace(stuck=True)
            given_up = _stuck(waiting, bad.line)
            was_tried = bad.line != 0
        except (BrokenExecutor, CancelledError):
            _LOG.warning("workers died while one had %s", _named(first))
            workers.replace()
            given_up = _died(waiting)
        else:
            waiting.popleft()
            yield first.tasks[-1].row, outcomes
        if given_up:
            waiting.popleft()
            (task,) = first.tasks
            _LOG.error("line %d is given up: %s", task.row.line, given_up)
            yield task.row, [_lost(order, task, given_up, was_tried=was_tried)]


def _named(chunk: _Chunk) -> str:
    """Rows by their lines: what they say is their recipients' own, and stays out of logs."""
    first, last = chunk.tasks[0].row.line, chunk.tasks[-1].row.line
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _stuck(waiting: deque[_Chunk], line: int | None) -> str:
    """Have all that workers did not do begun anew; why the first row is given up, if it is.

    `line` is where the first chunk's worker was, as StuckError has it.
    """
    for chunk in _undone(waiting):
        chunk.future = None
    if waiting[0].late:
        return "no worker began with this row in time" if line == 0 else "two workers were stuck over this row"
    waiting.extendleft(waiting.popleft().one_by_one(late=lambda row: not line or row.line == line))
    return ""


def _died(waiting: deque[_Chunk]) -> str:
    """Have all that a dead worker may have had begun anew, each alone; why the first is given up, if it is."""
    first = waiting[0]
    if first.alone and len(first.tasks) > 1:
        waiting.popleft()
        waiting.extendleft(first.one_by_one(alone=True, late=lambda _: first.late))
    elif first.alone:
        first.deaths += 1
        if first.deaths == _MOST_DEATHS:
            return f"{_MOST_DEATHS} workers died while they made this row"
    for chunk in _undone(waiting):
        chunk.future, chunk.alone = None, True
    return ""


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


def _undone(waiting: Iterable[_Chunk]) -> list[_Chunk]:
    """The chunks that were begun and came to nothing."""
    return [chunk for chunk in waiting if chunk.future is not None and not _is_done(chunk.future)]


def _is_done(future: Future[list[RowOutcome]]) -> bool:
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenExecutor)


def _lost(order: Order, task: Task, message: str, *, was_tried: bool) -> RowOutcome:
    """The outcome of a row that is given up. What there is of its documents is taken away, as of any row that fails.

    Where no worker got to it they stay: nobody knows that they are wrong.
    A row with a problem has none: files of its id are those of the row that has it rightly.
    """
    ident = task.row.id
    origin = Origin(str(order.recipients), task.row.line, 1)
    problem = error(origin, "ROW06", message, "run the command again; look at the row if it fails once more")
    if not was_tried:
        return RowOutcome(task.row.line, ident, "failed", (str(problem),))
    # A worker may have given some a name and died over the next.
    named = stems(order.request, chosen(order.request))
    is_own = is_id(ident) and not task.row.problem and not folded(ident).startswith(taken(named))
    made = [f"{stem}-{ident}{output.suffix}" for stem, (output, _) in named.items()] if is_own else []
    gone = taken_away(order.request.out, dict.fromkeys((*task.known, *made)), are_earlier=False)
    return RowOutcome(task.row.line, ident, "failed", (str(problem), *gone))
