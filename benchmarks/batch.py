"""What a batch of personalised documents costs on one core and on two, beside Typst, all in one run.

Run: .venv/bin/python -m benchmarks.batch [--write --date YYYY-MM-DD]. docs/scaling.md says what is measured and how.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks.parts import cache
from benchmarks.parts.arguments import parse, parser
from benchmarks.parts.cache import CACHE, FONTS, PYTHON, ROOT
from benchmarks.parts.measure import Worker
from benchmarks.parts.page import TARGET_HEAD, Target, number, table, write_region

PAGE = ROOT / "docs" / "scaling.md"
LEAST_RATE, TIMES_TYPST, TWO_CORES, FLAT = 1500, 20, 1.8, 1.2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes when asked."""
    made = parser(__doc__ or "")
    made.add_argument("--rounds", type=int, default=5, help="batches of each kind, in turns with Typst (5)")
    made.add_argument("--rows", type=int, default=3000, help="rows of each batch (3000)")
    made.add_argument("--memory", default="1000,10000,100000", help="rows of the batches whose memory is told")
    given = parse(made, arguments)
    cache.set_up()
    cache.ours("benchmarks.parts.prepare", "typst")
    rates: dict[str, list[float]] = {"one": [], "two": [], "typst": [], "partly": []}
    costs: list[dict[str, Any]] = []
    processor: list[float] = []
    typst, partly = (_typst(project, mode) for project, mode in (("personal", "inputs"), ("personal-file", "file")))
    try:
        typst.make(10, measured=False)
        partly.make(10, measured=False)
        for _ in range(given.rounds):
            costs.append(batch(given.rows, 1))
            rates["one"].append(costs[-1]["rate"])
            for name, worker in (("typst", typst), ("partly", partly)):
                worker.costs.wall.clear()
                worker.costs.cpu.clear()
                worker.make(given.documents)
                rates[name].append(given.documents / sum(worker.costs.wall))
            processor.append(sum(typst.costs.cpu) / given.documents)
            rates["two"].append(batch(given.rows, 2)["rate"])
    finally:
        typst.close()
        partly.close()
    stages = batch(given.rows, 1, timed=True)["stages"]
    others = {name: batch(rows, 1, formats=name) for name, rows in (("card", given.rows), ("pptx", 1000))}
    memory = [(rows, batch(rows, 1)["memory"]) for rows in map(int, given.memory.split(","))]
    day = f"{given.date.isoformat()}. " if given.date else ""
    body = "\n\n".join([f"{day}{given.machine}.", *_parts(rates, costs, processor, stages, others, memory, given.rows)])
    print(body)
    if given.write:
        write_region("batch", body, PAGE)
    return 0


def _typst(project: str, mode: str) -> Worker:
    return Worker(cache.worker(PYTHON, "with_typst", str(CACHE / "typst" / project), str(FONTS), mode))


def batch(rows: int, jobs: int, *, formats: str = "pdf", timed: bool = False) -> dict[str, Any]:
    """One batch in a process of its own, into a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = (str(rows), str(jobs), formats, "timed" if timed else "plain", folder)
        return json.loads(cache.ours("benchmarks.workers.with_batch", *arguments))


def _parts(
    rates: dict[str, list[float]], costs: list[dict[str, Any]], processor: list[float], stages: dict[str, float],
    others: dict[str, dict[str, Any]], memory: list[tuple[int, int]], rows: int,
) -> list[str]:  # fmt: skip
    one, two, typst, partly = (median(rates[name]) for name in ("one", "two", "typst", "partly"))
    times = median(a / b for a, b in zip(rates["one"], rates["typst"], strict=True))
    gain = median(b / a for a, b in zip(rates["one"], rates["two"], strict=True))
    growth = max(size for _, size in memory) / memory[0][1]
    targets = [
        Target("one core", f"{number(one)} a second", LEAST_RATE / one, f"{LEAST_RATE:,} a second"),
        Target("beside Typst in the same run", f"{times:.0f} times", TIMES_TYPST / times, f"{TIMES_TYPST} times"),
        Target("two cores", f"{gain:.2f} × one", TWO_CORES / gain, f"{TWO_CORES} × one"),
        Target("memory", f"{growth:.2f} × that of {memory[0][0]:,} rows", growth / FLAT, f"{FLAT} ×"),
    ]
    cpu = median(cost["cpu"] for cost in costs) * 1000
    size = median(cost["bytes"] for cost in costs) / 1000
    speeds = [
        ("Handouts, one core", number(one), number(min(rates["one"])), number(max(rates["one"]))),
        ("Handouts, two cores", number(two), number(min(rates["two"])), number(max(rates["two"]))),
        (
            "Typst, one process, nothing written",
            number(typst),
            number(min(rates["typst"])),
            number(max(rates["typst"])),
        ),
        (
            "Typst, all but the clinic's block remembered",
            number(partly),
            number(min(rates["partly"])),
            number(max(rates["partly"])),
        ),
        ("wallet cards, one core", number(others["card"]["rate"]), "", ""),
        ("decks, one core", number(others["pptx"]["rate"]), "", ""),
    ]
    rest = 1 - sum(stages.values())
    return [
        table(TARGET_HEAD, [target.row() for target in targets]),
        f"Handouts of {size:.0f} kB, written and read back, in batches of {rows:,} rows; {len(costs)} rounds in turns. "
        f"Processor time, which other work on the machine changes less than rates: {cpu:.2f} ms a handout, with Typst "
        f"{median(processor) * 1000:.1f} ms: {median(processor) * 1000 / cpu:.0f} times.",
        table(("documents a second", "median", "least", "most"), speeds),
        table(
            ("share of a handout's time", "%"),
            [*((stage, number(100 * share)) for stage, share in stages.items()), ("all else", number(100 * rest))],
        ),
        table(("rows", "peak memory, MB"), [(f"{count:,}", number(size / 1e6)) for count, size in memory]),
    ]


if __name__ == "__main__":
    sys.exit(main())
