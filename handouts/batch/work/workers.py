"""Who does the work: a way to start an executor in, what does chunks of rows and can be replaced when it breaks out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, Future, wait
from typing import Any

from msgspec import Struct

from handouts.batch.work.work import Order, RowOutcome, Task, work

_LOOK = 0.5
"""Seconds between two looks at a worker."""
_TO_BEGIN = 30.0
"""Seconds that a worker has at least until it is done with its first row: it starts Python and reads the content."""
_GRACE = 10.0
"""Seconds in which workers that have nothing to do are to end."""


class Patience(Struct, frozen=True):
    """How long workers are waited for, in seconds: for whatever comes first, and for each document.

    A worker of a slow machine needs some seconds to start, and a tenth of one for a document that is laid out as a
    whole. What is waited for ten times as long does not come.
    """

    start: float = 120.0
    each: float = 1.0

    def seconds(self, documents: int) -> float:
        """How long a worker may take for so many documents."""
        return self.start + self.each * documents


class At(Struct, frozen=True):
    """The line of the table that a worker is at, and whether it has done any row before: its first one takes longer."""

    line: int
    is_warm: bool


class StuckError(Exception):
    """A worker lives, but did not do what it was given in the time that it had.

    `line` is where it was, 0 where none had begun, and None where nobody knows.
    """

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line


class Workers:
    """An executor that can be replaced when it breaks; `ahead` is how many chunks may wait for it.

    Without `patience` workers may take for ever. An executor with a method `kill_workers` has it called for workers
    that are stuck; one with a method `at`, which gives an `At` for each worker that has begun, is asked for them.
    """

    def __init__(self, start: Callable[[], Executor], ahead: int, patience: Patience | None = None) -> None:
        self._start, self.ahead, self.patience = start, ahead, patience
        self._executor: Executor | None = None
        self._begun: set[Future[list[RowOutcome]]] = set()
        self._longest = _GRACE
        self.cut_off = False
        """Whether workers were ended before they were done, which Python's own end may wait for in vain."""

    def submit(self, order: Order, tasks: Sequence[Task]) -> Future[list[RowOutcome]]:
        """Have the rows done."""
        if self._executor is None:
            self._executor = self._start()
        future = self._executor.submit(work, order, tasks)
        self._begun.add(future)
        future.add_done_callback(self._begun.discard)
        return future

    def outcomes(
        self, future: Future[list[RowOutcome]], documents: int, lines: Collection[int] = ()
    ) -> list[RowOutcome]:
        """What became of the rows, of these lines, that were given first of all.

        Raises StuckError, and whatever the executor does.
        """
        if self.patience is None:
            return future.result()
        # Looks are counted, not seconds: while this process is stopped too, as by Ctrl-Z, a worker loses no time.
        seconds = self.patience.seconds(documents)
        self._longest = max(seconds, self._longest)
        before = looks = 0
        while not wait((future,), _LOOK).done:
            line, is_warm = self._at(lines)
            if is_warm:
                looks += 1
            else:
                before += 1
            if looks >= round(seconds / _LOOK) or before >= round(max(seconds, _TO_BEGIN) / _LOOK):
                raise StuckError(line)
        return future.result()

    def _at(self, lines: Collection[int]) -> tuple[int | None, bool]:
        """Where the worker is that has these lines, as StuckError has it, and whether its time counts in full."""
        at = getattr(self._executor, "at", None)
        if at is None:
            return None, True
        found = next((one for one in at() if one.line in lines), At(0, is_warm=False))
        return found.line, found.is_warm

    def replace(self, *, stuck: bool = False) -> None:
        """Leave a broken executor, or one whose workers are stuck; the next rows get a new one."""
        if self._executor is None:
            return
        self._begun.clear()
        if stuck:
            self._kill()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None

    def close(self) -> None:
        """End the workers; what they have begun they finish, if they do so in time."""
        if self._executor is None:
            return
        watch = threading.Timer(self._longest if self._begun else _GRACE, self._kill)
        watch.daemon = True
        if self.patience:
            watch.start()
        try:
            self._executor.shutdown(wait=True, cancel_futures=True)
        except BaseException:
            self.cut_off = True
            raise
        finally:
            watch.cancel()

    def _kill(self) -> None:
        kill = getattr(self._executor, "kill_workers", None)
        if kill is not None:
            self.cut_off = True
            kill()


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
