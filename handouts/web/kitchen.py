"""Where documents are made: few at a time, equal ones once, the rest waiting in a line that has an end.

In: a key and a function that makes what it names. Out: what the function gave, or `BusyError`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class BusyError(Exception):
    """The line is full; `retry_after` is in how many seconds to come back."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("busy")
        self.retry_after = retry_after


class _Job:
    """Something that is being made, or waits to be, and how many are waiting for it."""

    def __init__(self) -> None:
        self.task: asyncio.Task[Any] | None = None
        self.wanted = 0
        self.begun = False


class Kitchen:
    """Makes things in threads. What is asked for while it is being made is made once; what nobody waits for any more
    leaves the line. What was made is remembered up to a number of bytes where its maker says how many it has.
    """

    def __init__(self, at_once: int, waiting: int, remembered_bytes: int) -> None:
        self._at_once, self._waiting, self._most = at_once, waiting, remembered_bytes
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="making")
        self._turn = asyncio.Semaphore(at_once)
        self._jobs: dict[Hashable, _Job] = {}
        self._remembered: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0

    @property
    def in_line(self) -> int:
        """How many things are being made or wait for it."""
        return len(self._jobs)

    async def made(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int] | None = None) -> T:
        """What `make` gives, which equal keys share; with a `size` in bytes it is remembered. Raises what `make`
        raises, and BusyError.
        """
        if key in self._remembered:
            self._remembered.move_to_end(key)
            return self._remembered[key][0]
        job = self._jobs.get(key)
        if job is None:
            if len(self._jobs) >= self._at_once + self._waiting:
                raise BusyError(max(1, len(self._jobs) // 20))
            job = self._jobs[key] = _Job()
            job.task = asyncio.create_task(self._in_turn(job, make))
            job.task.add_done_callback(lambda done: self._finish(key, job, done, size))
        job.wanted += 1
        assert job.task is not None
        try:
            return await asyncio.shield(job.task)
        finally:
            job.wanted -= 1
            if not job.wanted and not job.begun and not job.task.done():
                self._jobs.pop(key, None)
                job.task.cancel()

    async def _in_turn(self, job: _Job, make: Callable[[], T]) -> T:
        async with self._turn:
            job.begun = True
            return await asyncio.get_running_loop().run_in_executor(self._pool, make)

    def _finish(self, key: Hashable, job: _Job, done: asyncio.Task[Any], size: Callable[[Any], int] | None) -> None:
        if self._jobs.get(key) is job:
            del self._jobs[key]
        # Asking for the exception tells asyncio that somebody has heard of it, also where nobody waits any more.
        if done.cancelled() or done.exception() is not None or size is None:
            return
        found, held = done.result(), size(done.result())
        if held > self._most or key in self._remembered:
            return
        self._remembered[key] = (found, held)
        self._bytes += held
        while self._bytes > self._most:
            _, (_, freed) = self._remembered.popitem(last=False)
            self._bytes -= freed

    def close(self) -> None:
        """Takes on nothing more, and waits for nothing."""
        for job in self._jobs.values():
            if job.task is not None:
                job.task.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
