"""What the deck costs beside plain python-pptx that makes ten slides with the same charts, all in one run.

Run: .venv/bin/python -m benchmarks.deck [--write --date YYYY-MM-DD]. docs/performance.md says what is measured and how.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.parts import cache
from benchmarks.parts.arguments import parse, parser, report
from benchmarks.parts.measure import Costs, Worker, take_turns
from benchmarks.parts.page import TARGET_HEAD, Target, number, table

OURS, FILES = "Handouts, from loaded content", "Handouts, from files: all of `make(request)`"
TEN, ALL = "python-pptx, ten slides", "python-pptx, all slides of our plan with tables and notes"
COUNTED = {"slides": "slides/slide", "charts": "charts/chart", "workbooks": "embeddings/", "notes": "notesSlides/notes"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes when asked; 1 when the decks do not have the same charts, targets aside."""
    given = parse(parser(__doc__ or ""), arguments)
    ready = {
        OURS: cache.worker(sys.executable, "with_handouts", "pptx", "loaded"),
        FILES: cache.worker(sys.executable, "with_handouts", "pptx", "files"),
        TEN: cache.worker(sys.executable, "with_python_pptx", "ten"),
        ALL: cache.worker(sys.executable, "with_python_pptx", "all"),
    }
    workers = {name: Worker(command) for name, command in ready.items()}
    holds: dict[str, dict[str, int]] = {}
    try:
        take_turns(workers, given.documents)
        with tempfile.TemporaryDirectory() as folder:
            for name, worker in workers.items():
                worker.save(7, Path(folder) / "deck.pptx")
                holds[name] = contents(Path(folder) / "deck.pptx")
    finally:
        for worker in workers.values():
            worker.close()
    seen = {name: worker.costs for name, worker in workers.items()}
    report(given, "deck", *_parts(seen, holds, given.documents))
    alike = all(held["charts"] == holds[OURS]["charts"] > 0 for held in holds.values())
    return 0 if alike else 1


def contents(path: Path) -> dict[str, int]:
    """How many slides, charts, workbooks and notes a deck holds."""
    names = zipfile.ZipFile(path).namelist()
    return {kind: sum(bool(re.match(f"ppt/{start}[^/]*$", n)) for n in names) for kind, start in COUNTED.items()}


def _parts(seen: dict[str, Costs], holds: dict[str, dict[str, int]], documents: int) -> list[str]:
    warm, beside = seen[OURS].milliseconds, seen[ALL].milliseconds
    target = Target("warm deck", f"{number(warm)} ms", warm / beside / 2, f"2 × {ALL}: {number(2 * beside)} ms")
    rows = [
        (name, number(c.milliseconds), number(c.cpu_milliseconds), number(1000 / c.milliseconds),
         number(c.memory / 1e6), number(c.kilobytes), *map(str, holds[name].values()))
        for name, c in seen.items()
    ]  # fmt: skip
    head = ("", "wall, ms", "CPU, ms", "decks/s", "peak memory, MB", "kB", *COUNTED)
    return [
        table(TARGET_HEAD, [target.row()]),
        f"**Warm**, one deck after the other in one process; medians of {documents}.",
        table(head, rows),
    ]


if __name__ == "__main__":
    sys.exit(main())
