"""Who does the work: a way to start an executor in, what does chunks of rows and can be replaced when it breaks out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from typing import Any

from msgspec import Struct

from handouts.batch.work.work import Order, RowOutcome, Task, work

_LOOK = 0.5
"""Seconds between two looks at a worker."""
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


class StuckError(Exception):
    """A worker lives, but did not do what it was given in the time that it had."""


class Workers:
    """An executor that can be replaced when it breaks; `ahead` is how many chunks may wait for it.

    Without `patience` workers may take for ever. An executor with a method `kill_workers` has it called for workers
    that are stuck.
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

    def outcomes(self, future: Future[list[RowOutcome]], documents: int) -> list[RowOutcome]:
        """What became of the rows that were given first of all. Raises StuckError, and whatever the executor does."""
        if self.patience is None:
            return future.result()
        # Looks are counted, not seconds: while this process is stopped too, as by Ctrl-Z, a worker loses no time.
        seconds = self.patience.seconds(documents)
        self._longest = max(seconds, self._longest)
        looks = round(seconds / _LOOK)
        while not wait((future,), _LOOK).done:
            looks -= 1
            if looks <= 0:
                raise StuckError
        return future.result()

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
