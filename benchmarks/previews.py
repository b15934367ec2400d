"""What a preview costs in a process that serves a page: one option changed, the same again, many at once by threads.

Run: .venv/bin/python -m benchmarks.previews [--write --date YYYY-MM-DD]. docs/performance.md says what is measured.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from benchmarks.parts.arguments import parse, parser, report
from benchmarks.parts.cache import ROOT
from benchmarks.parts.page import TARGET_HEAD, Target, number, table
from handouts.build.make import make
from handouts.build.memory import Memory
from handouts.build.request import ClinicText, Request

AT_ONCE, THREADS = 200, 2
CPU_MS, A_SECOND = 40, 25
"""What is to be reached: milliseconds of CPU for one changed option, and previews a second."""


def request_of(number: int, **options: Any) -> Request:
    """A request for the shipped handout of a made-up clinic, which no other number has."""
    clinic = ClinicText("the clinic's form", f"schema_version: 1\nname: Ward {number} Clinic\n".encode())
    usual: dict[str, Any] = {"formats": ("pdf",), "topics": ("ixazomib",), "languages": ("en",), "clinic": clinic}
    return Request(date(2026, 3, 31), content=ROOT / "content", templates=ROOT / "templates", **(usual | options))


CHANGES: dict[str, tuple[dict[str, Any] | None, dict[str, Any]]] = {
    "another clinic's name": (None, {}),
    "another theme": ({}, {"theme": "large-print"}),
    "another paper": ({}, {"paper": "a4"}),
    "card, another clinic's name": (None, {"formats": ("card",)}),
    "deck, another clinic's name": (None, {"formats": ("pptx",)}),
    "the same again": ({}, {}),
}
"""What is asked for, after what for the same clinic; None where nothing was asked for it before."""
NEW = 3
"""The first of them make new bytes of the handout."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints, and writes when asked; 1 when a request was lost or answered with other bytes."""
    given = parse(parser(__doc__ or ""), arguments)
    # As a server has it: what lives long is looked through seldom.
    gc.set_threshold(100_000, 20, 20)
    memory = Memory()
    seen = {
        name: _median([_changed(n, *one, memory) for n in range(6 + given.documents)][6:])
        for name, one in CHANGES.items()
    }
    without = _median([_cost(request_of(n), None) for n in range(4)])
    seconds, right = _at_once(memory)
    slowest = max(cpu for cpu, _ in list(seen.values())[:NEW])
    rate = AT_ONCE / seconds
    targets = [
        Target("one option changed", f"{number(slowest)} ms of CPU", slowest / CPU_MS, f"{CPU_MS} ms of CPU"),
        Target("many at once", f"{number(rate)} a second", A_SECOND / rate, f"{A_SECOND} a second"),
    ]
    rows = [(name, *map(number, costs)) for name, costs in {**seen, "without a memory": without}.items()]
    report(
        given,
        "previews",
        table(TARGET_HEAD, [one.row() for one in targets]),
        f"One after the other in one process; medians of {given.documents}.",
        table(("", "CPU, ms", "wall, ms"), rows),
        f"{AT_ONCE} requests at once, each of another clinic, {THREADS} made at a time: {right} answered rightly, "
        f"in {seconds:.1f} s. The memory then held {memory.taken / 1e6:.0f} MB.",
    )
    return 0 if right == AT_ONCE else 1


def _changed(n: int, before: dict[str, Any] | None, after: dict[str, Any], memory: Memory) -> tuple[float, float]:
    """What a request costs after another of the same clinic, which no measurement had before."""
    name = n + 1000 * (1 + list(CHANGES.values()).index((before, after)))
    if before is not None:
        make(request_of(name, **before), memory=memory)
    return _cost(request_of(name, **after), memory)


def _median(costs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(cpu for cpu, _ in costs), statistics.median(wall for _, wall in costs)


def _cost(request: Request, memory: Memory | None) -> tuple[float, float]:
    """Milliseconds of CPU and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    make(request, memory=memory)
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _at_once(memory: Memory) -> tuple[float, int]:
    """How many seconds many requests take, and how many are answered with bytes of their own; of a sample, with those
    that a run without a memory makes.
    """
    requests = [request_of(n) for n in range(AT_ONCE)]

    def made(request: Request) -> bytes:
        return make(request, memory=memory).made[0].data

    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(made, requests))
    seconds = time.perf_counter() - began
    wrong = sum(make(requests[n]).made[0].data != found[n] for n in range(0, AT_ONCE, 20))
    return seconds, len(set(found)) - wrong


if __name__ == "__main__":
    sys.exit(main())
