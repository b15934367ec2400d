"""Processes of this machine as the workers of a batch: a number in, an executor that starts them out.

Who ends a batch ends its first process, which then lets the workers finish what they have begun.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import SpawnContext
from typing import Any, ClassVar, NoReturn

from handouts.batch.rows.table import Row
from handouts.batch.work.workers import At, Patience, Workers

_AHEAD = 4
"""Chunks of rows that wait for each worker."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_workers(jobs: int, patience: Patience | None = None) -> Workers:
    """So many processes of this machine, each of which is killed when it takes too long."""

    def start() -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        with _signals_wait():
            return _Pool(jobs, context)

    return Workers(start, _AHEAD * jobs, patience or Patience())


class _Pool(ProcessPoolExecutor):
    """Processes that Ctrl-C does not reach: one that ended while it held the queue's lock would stop all others.

    Each tells in memory that it shares with this one which row it is at.
    """

    def __init__(self, jobs: int, context: SpawnContext) -> None:
        self._places = context.RawArray("q", 2 * jobs)
        super().__init__(jobs, mp_context=context, initializer=_begin, initargs=(os.getpid(), self._places))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a call that tells where it is; this may start a process."""
        with _signals_wait():
            return super().submit(_told, fn, *args, **kwargs)

    def at(self) -> list[At]:
        """Where each process is that has begun with a row."""
        lines, done = self._places[::2], self._places[1::2]
        return [At(line, is_warm=bool(rows)) for line, rows in zip(lines, done, strict=True) if line]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes after what they are at; at once where somebody will not wait for that."""
        try:
            super().shutdown(wait, cancel_futures=cancel_futures)
        except BaseException:
            self.kill_workers()
            raise

    def kill_workers(self) -> None:
        """End the processes at once, also those that are stopped and hear of nothing else."""
        for child in multiprocessing.active_children():
            child.kill()


@contextlib.contextmanager
def _signals_wait() -> Generator[None]:
    """Hold Ctrl-C and the terminal's going back for a moment; a process started meanwhile never hears of them."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def ended_like_interrupted() -> Generator[None]:
    """Have a request to end this process, or its terminal's going, do what Ctrl-C does."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in wanted}
    # What is ignored stays so: that is what nohup asks for.
    taken = [number for number in wanted if before[number] is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])


def end_now(status: int) -> NoReturn:
    """End this process and its workers at once: Python's own end would wait for what a worker never reads."""
    for child in multiprocessing.active_children():
        child.kill()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(status)


class _Place:
    """Where this worker tells of itself: the line of its row, and how many it has done."""

    shared: ClassVar[Any] = None
    index: ClassVar[int] = 0


def _begin(parent: int, places: Any) -> None:
    """Have this worker know its place, and end with its parent."""
    _end_with_parent(parent)
    # Processes are numbered as they start, those of a pool one after another. A lock to count them would outlive a pool
    # that is ended at once.
    number = int(multiprocessing.current_process().name.rpartition("-")[2])
    _Place.shared, _Place.index = places, number % (len(places) // 2) * 2


def _told(fn: Callable[..., Any], *args: Any) -> Any:
    """What a function gives that is called with how to tell which row begins."""
    places, index = _Place.shared, _Place.index

    def begins(row: Row) -> None:
        if places[index]:
            places[index + 1] += 1
        places[index] = row.line

    try:
        return fn(*args, begins)
    finally:
        if places[index]:
            places[index + 1] += 1
        places[index] = 0


def _end_with_parent(parent: int) -> None:
    """End this worker when the process that started it is gone, even when that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
