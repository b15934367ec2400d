"""Processes of this machine as the workers of a batch: a number in, an executor that starts them out."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor

from handouts.batch.run import Workers

_AHEAD = 4
"""Chunks of rows that wait for each worker."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def process_workers(jobs: int) -> Workers:
    """So many processes of this machine."""

    def start() -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent, initargs=(os.getpid(),))

    return Workers(start, _AHEAD * jobs)


def _end_with_parent(parent: int) -> None:
    """End this worker when the process that started it is gone, even when that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
