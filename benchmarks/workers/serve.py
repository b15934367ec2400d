"""A contestant's side of the bargain: orders as JSON lines on stdin, each document's cost as JSON lines on stdout.

`{"make": [first, count]}` makes the documents of these numbers and answers `{"wall": […], "cpu": […], "bytes": […]}`,
in seconds; `{"save": [number, path]}` writes one of them and answers `{}`. Needs the standard library alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

T = TypeVar("T")


def serve(prepare: Callable[[int], T], make: Callable[[T], bytes]) -> None:
    """Serves until stdin ends. What `prepare` does for a document is not measured, what `make` does is."""
    _answer({"ready": True})
    for line in sys.stdin:
        order = json.loads(line)
        if "save" in order:
            number, path = order["save"]
            Path(path).write_bytes(make(prepare(number)))
            _answer({})
        else:
            _answer(_timed(prepare, make, *order["make"]))


def _timed(prepare: Callable[[int], T], make: Callable[[T], bytes], first: int, count: int) -> dict[str, list[float]]:
    seen: dict[str, list[float]] = {"wall": [], "cpu": [], "bytes": []}
    for number in range(first, first + count):
        given = prepare(number)
        wall, cpu = perf_counter(), process_time()
        data = make(given)
        seen["wall"].append(perf_counter() - wall)
        seen["cpu"].append(process_time() - cpu)
        seen["bytes"].append(len(data))
    return seen


def _answer(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
