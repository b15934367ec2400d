"""Runs one batch and says what it cost. Arguments: rows, processes, formats, whether to time its stages, and a folder.

The rate is taken between the end of the first tenth of the rows and the last, so that starting Python and laying out
the templates, which a batch pays once, does not count. Printed as one JSON object.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.parts.content import ROOT, TODAY, TOPIC
from benchmarks.workers.records import recipient
from handouts.batch.filling import personalise, prefilled_pdf, proof_pdf
from handouts.batch.work import work
from handouts.batch.work.run import Progress, run
from handouts.batch.work.workers import InProcess, Workers
from handouts.build.inputs import input_digests
from handouts.build.request import Request
from handouts.checks import phones
from handouts.render.pdf.layout import openings

STAGES = {
    "check the row": (work, "recipient"),
    "check its telephone number": (phones, "fault_of"),
    "break its lines": (openings.OpenText, "set"),
    "write what changes": (prefilled_pdf.PrefilledPdf, "fill"),
    "write and name the file": (work, "_write"),
    "read back and compare": (proof_pdf.Proof, "check"),
    "lay out as a whole": (personalise.RecipientDocuments, "_whole"),
}
INNER = {"write and name the file": "read back and compare"}
"""A stage whose time holds another's."""


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def watch(self) -> None:
        """Time every call of every stage from here on."""
        for stage, (owner, name) in STAGES.items():
            setattr(owner, name, self._timed(stage, getattr(owner, name)))

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[stage] += time.perf_counter() - start

        return timed


def main(rows: int, jobs: int, formats: tuple[str, ...], timed: bool, folder: Path) -> dict[str, Any]:
    """Runs the batch; documents a second, peak memory in bytes, and the share of each stage."""
    gc.set_threshold(100_000, 20, 20)  # as the command does
    table = folder / "recipients.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "name", "phone", "hours", "address"))
        writer.writerows((f"c{number:07}", *recipient(number)) for number in range(rows))
    content, templates = ROOT / "content", ROOT / "templates"
    request = Request(TODAY, formats, (TOPIC,), content=content, templates=templates, out=folder / "out")
    order = work.Order(request, table, tuple(input_digests(request, (TOPIC,)).items()))
    clock = Clock()
    if timed:
        clock.watch()
    seen: list[tuple[float, int, float]] = []

    def tell(now: Progress) -> None:
        if now.problems:
            raise SystemExit(now.problems[0])
        seen.append((time.perf_counter(), now.done, time.process_time()))

    summary = run(order, _workers(jobs), tell)
    begun = next(entry for entry in seen if entry[1] >= summary.made / 10)
    seconds = seen[-1][0] - begun[0]
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    whole = sum(clock.seconds.values()) - sum(clock.seconds[inner] for inner in INNER.values())
    shares = {
        stage: (spent - (clock.seconds[INNER[stage]] if stage in INNER else 0))
        for stage, spent in clock.seconds.items()
    }
    return {
        "rate": (seen[-1][1] - begun[1]) / seconds,
        "cpu": (seen[-1][2] - begun[2]) / (seen[-1][1] - begun[1]),
        "memory": max(one.ru_maxrss for one in usage) * 1024,
        "bytes": sum(path.stat().st_size for path in (folder / "out").glob("*.p*")) / summary.made,
        "stages": {stage: spent / max(seen[-1][0] - seen[0][0], whole) for stage, spent in shares.items()},
    }


def _workers(jobs: int) -> Workers:
    if jobs == 1:
        return Workers(InProcess, 1)
    from handouts.batch.work.processes import process_workers

    return process_workers(jobs)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    found = main(
        int(arguments[0]),
        int(arguments[1]),
        tuple(arguments[2].split(",")),
        arguments[3] == "timed",
        Path(arguments[4]),
    )
    print(json.dumps(found))
    os._exit(0)
