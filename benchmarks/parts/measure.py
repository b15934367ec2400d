"""What a process costs: whole commands from start to end, and documents one after the other in a process that lives on.

All contestants of a run take turns, so that whatever else the machine does hits them alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from msgspec import Struct, field

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""getrusage(2) gives the peak of resident memory in bytes on macOS, in KiB elsewhere."""


class Command(Struct, frozen=True):
    """A program with its arguments, where it runs, and what it needs in its environment."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict[str, str])

    def start(self, **pipes: Any) -> subprocess.Popen[str]:
        """The running process."""
        environment = {**os.environ, **self.environment}
        # Python keeps the bytecode of what it has imported once, unless the shell forbids it; users' machines do not.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return subprocess.Popen(list(self.arguments), cwd=self.folder, env=environment, text=True, **pipes)


class Costs(Struct):
    """What was seen of one contestant, in seconds and bytes; `memory` is the highest peak of a whole process."""

    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])
    size: list[float] = field(default_factory=list[float])
    memory: int = 0

    @property
    def milliseconds(self) -> float:
        """Median of the wall clock."""
        return median(self.wall) * 1000

    @property
    def cpu_milliseconds(self) -> float:
        """Median of the processor's time, of all threads."""
        return median(self.cpu) * 1000

    @property
    def kilobytes(self) -> float:
        """Median of the documents' sizes, in 1000 bytes."""
        return median(self.size) / 1000


class FailedError(Exception):
    """A contestant's process ended with a fault; holds what it said."""


def run_cold(command: Command, costs: Costs | None = None) -> None:
    """Runs a command to its end and adds what it took to `costs`. Raises FailedError."""
    with tempfile.TemporaryFile("w+") as said:
        start = perf_counter()
        process = command.start(stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        memory, cpu = _reap(process)
        wall = perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise FailedError(f"{' '.join(command.arguments)}\n{said.read()}")
    if costs is not None:
        costs.wall.append(wall)
        costs.cpu.append(cpu)
        costs.memory = max(costs.memory, memory)


def own_peak() -> int:
    """Peak memory of this process in bytes: the least that can be told of a child, which begins as its copy."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


class Worker:
    """A contestant's process that makes documents on demand, see `benchmarks.workers.serve`."""

    def __init__(self, command: Command) -> None:
        self.costs = Costs()
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._process = command.start(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said)
        self._next = 0
        self._answer()

    def make(self, count: int, *, measured: bool = True) -> None:
        """Makes the next `count` documents. Raises FailedError."""
        seen = self._ask({"make": [self._next, count]})
        self._next += count
        if measured:
            self.costs.wall += seen["wall"]
            self.costs.cpu += seen["cpu"]
            self.costs.size += seen["bytes"]

    def save(self, number: int, path: Path) -> None:
        """Writes document `number` to a file."""
        self._ask({"save": [number, str(path)]})

    def close(self) -> None:
        """Ends the process and notes its peak memory; does nothing a second time."""
        if self._process.returncode is not None:
            return
        assert self._process.stdin and self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._said.close()
        self.costs.memory, _ = _reap(self._process)

    def _ask(self, order: object) -> dict[str, Any]:
        assert self._process.stdin
        # A process that has ended cannot take orders; what it said of that is read with its answer.
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if line:
            return json.loads(line)
        self._said.seek(0)
        said = self._said.read()
        self.close()
        raise FailedError(said or "a contestant ended before its time")


def _reap(process: subprocess.Popen[str]) -> tuple[int, float]:
    """Waits for a process to end; its peak memory in bytes and its processor time in seconds."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _RSS_UNIT, usage.ru_utime + usage.ru_stime


def take_turns(workers: Mapping[str, Worker], documents: int, *, burst: int = 5) -> None:
    """Lets every worker make `documents` documents, `burst` at a time in turns, after two bursts that do not count."""
    for worker in workers.values():
        worker.make(2 * burst, measured=False)
    for _ in range(-(-documents // burst)):
        for worker in workers.values():
            worker.make(burst)
