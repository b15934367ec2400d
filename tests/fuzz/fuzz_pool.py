"""Has workers run cases until so many are done: a seed and a number in, a result for each out.

A case that does not end, or takes its worker with it, is a result too; a new worker goes on after it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_SECONDS = 90.0
"""How long one case may take by the clock: four times its processor time, for machines on which others work too."""
_STARTING = 120.0
WORKER = Path(__file__).parent / "fuzz_worker.py"
Result = dict[str, Any]


def results(seed: str, count: int, jobs: int) -> Iterator[Result]:
    """What came of the cases 0 to `count` of a seed, in no order."""
    found: queue.Queue[Result | None] = queue.Queue()
    stop = threading.Event()
    threads = [threading.Thread(target=_some, args=(seed, job, count, jobs, found, stop)) for job in range(jobs)]
    for one in threads:
        one.start()
    ended = 0
    try:
        while ended < jobs:
            result = found.get()
            if result is None:
                ended += 1
            else:
                yield result
    finally:
        stop.set()
        for one in threads:
            one.join()


def _some(
    seed: str, first: int, count: int, step: int, found: queue.Queue[Result | None], stop: threading.Event
) -> None:
    try:
        while first < count and not stop.is_set():
            first = _until_it_ends(seed, first, count, step, found, stop)
    finally:
        found.put(None)


def _until_it_ends(
    seed: str, first: int, count: int, step: int, found: queue.Queue[Result | None], stop: threading.Event
) -> int:
    """Runs a worker from a number on; the number with which the next one begins."""
    command = [sys.executable, str(WORKER), seed, str(first), str(step)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(WORKER.parents[2])}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    watch = threading.Timer(_STARTING, running.kill)
    watch.start()
    at: int | None = None
    try:
        assert running.stdout is not None
        for line in running.stdout:
            told: Result = json.loads(line)
            watch.cancel()
            if "begun" in told:
                at = int(told["begun"])
                if at >= count or stop.is_set():
                    return at
                watch = threading.Timer(MOST_SECONDS, running.kill)
                watch.start()
            else:
                at = None
                found.put(told)
    finally:
        watch.cancel()
        running.kill()
        _, said = running.communicate()
    if at is None:
        raise RuntimeError(f"a worker did not begin: {said.decode()[-2000:]}")
    how = f"ended its worker, or took longer than {MOST_SECONDS:g} s; status {running.returncode}"
    found.put({"number": at, "seed": f"{seed}:{at}", "wrong": [how], "said": said.decode("utf-8", "replace")[-2000:],
               "seconds": MOST_SECONDS, "status": None, "mutated": [], "command": [], "kilobytes": 0})  # fmt: skip
    return at + step
