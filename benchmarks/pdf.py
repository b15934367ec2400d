"""What the handout costs beside Typst and WeasyPrint, which make a like one to PDF/UA-1, all in one run.

Run: .venv/bin/python -m benchmarks.pdf [--write --date YYYY-MM-DD]. docs/performance.md says what is measured and how.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from benchmarks.parts import cache
from benchmarks.parts.arguments import parse, parser, report
from benchmarks.parts.cache import CACHE, FONTS, OUT, PYTHON, ROOT
from benchmarks.parts.measure import Command, Costs, Worker, own_peak, run_cold, take_turns
from benchmarks.parts.page import TARGET_HEAD, Target, number, table
from benchmarks.rivals import commands

RIVALS = {"typst": "Typst", "weasyprint": "WeasyPrint"}
LETTER = [612.0, 792.0]
OURS, AGAIN, BARE = "Handouts", "Handouts, nothing changed since", "Python alone, doing nothing"
LOADED, FILES = "Handouts, from loaded content", "Handouts, from files: all of `make(request)`"
TYPST, REMEMBERED = "Typst", "Typst, all but the clinic's block remembered"
WEASYPRINT = "WeasyPrint"
PERSONAL = {
    LOADED: "handouts-personal",
    TYPST: "typst-personal",
    REMEMBERED: "typst-remembered",
    WEASYPRINT: "weasyprint-personal",
}
"""The names under which a warm document of a contestant is kept for judging."""
SIZE_LIMIT_KB = 100
COLD_LIMIT = 4


class Run(Struct):
    """The contestants of a run and what was seen of them."""

    loadable: list[str]
    versions: dict[str, str]
    cold: dict[str, Costs] = field(default_factory=dict[str, Costs])
    warm: dict[str, Costs] = field(default_factory=dict[str, Costs])
    files: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints, and writes when asked; 1 when a handout is not what it should be, targets aside."""
    made = parser(__doc__ or "")
    made.add_argument("--rounds", type=int, default=12, help="runs of each command when cold (12)")
    given = parse(made, arguments)
    missing = cache.missing_tools()
    if missing:
        made.error(f"{', '.join(missing)} must be installed to judge the files; run: pip install -e '.[test]'")
    run = _contestants()
    measure_cold(run, given.rounds)
    measure_warm(run, given.documents)
    wrong = judge(run)
    report(given, "pdf", *_parts(run, given))
    for line in wrong:
        print(f"NOT ALIKE: {line}", file=sys.stderr)
    return 1 if wrong else 0


def _contestants() -> Run:
    """Sets the other tools up and lets their sources be written."""
    cache.set_up()
    loadable: list[str] = []
    for module, name in RIVALS.items():
        reason = cache.why_not(module)
        if reason is None:
            loadable.append(module)
        else:
            print(f"{name} is left out, it cannot be loaded: {reason} (docs/performance.md says what it needs)\n")
    cache.ours("benchmarks.parts.prepare", *loadable)
    return Run(loadable, cache.versions(RIVALS))


def cold_commands(run: Run, out: Path) -> dict[str, Command]:
    """Every command that is run from its interpreter's start, by the name of its contestant."""
    generate = [sys.executable, "generate.py", "--format", "pdf", "--topic", "ixazomib", "--lang", "en", "--quiet"]
    generate += ["--date", "2026-11-22", "--out", str(out)]
    told = subprocess.run([*generate[:2], "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    force = ["--force"] if "--force" in told else []
    made = {BARE: Command([sys.executable, "-c", "pass"], ROOT)}
    made[OURS] = Command([*generate, *force], ROOT)
    if force:
        made[AGAIN] = Command(generate, ROOT)
    if "typst" in run.loadable:
        made[TYPST] = commands.typst_package(CACHE / "typst" / "plain", OUT / "typst.pdf")
        program = commands.typst_program(CACHE / "typst" / "plain", OUT / "typst.pdf")
        if program:
            made["Typst, its program"] = program
    if "weasyprint" in run.loadable:
        made[WEASYPRINT] = commands.weasyprint(CACHE / "weasyprint" / "plain", OUT / "weasyprint.pdf")
    return made


def measure_cold(run: Run, rounds: int) -> None:
    """Runs every command `rounds` times in turns, after one time that does not count."""
    with tempfile.TemporaryDirectory() as out:
        ready = cold_commands(run, Path(out))
        for command in ready.values():
            run_cold(command)
        run.cold = {name: Costs() for name in ready}
        for _ in range(rounds):
            for name, command in ready.items():
                run_cold(command, run.cold[name])
        (made,) = Path(out).glob("*.pdf")
        (OUT / "handouts.pdf").write_bytes(made.read_bytes())


def measure_warm(run: Run, documents: int) -> None:
    """Lets every contestant make many documents in a process of its own, in turns."""
    ready = {
        LOADED: cache.worker(sys.executable, "with_handouts", "pdf", "loaded"),
        FILES: cache.worker(sys.executable, "with_handouts", "pdf", "files"),
    }
    if "typst" in run.loadable:
        for name, project, mode in ((TYPST, "personal", "inputs"), (REMEMBERED, "personal-file", "file")):
            ready[name] = cache.worker(PYTHON, "with_typst", str(CACHE / "typst" / project), str(FONTS), mode)
    if "weasyprint" in run.loadable:
        ready[WEASYPRINT] = cache.worker(PYTHON, "with_weasyprint", str(CACHE / "weasyprint" / "personal"))
    workers = {name: Worker(command) for name, command in ready.items()}
    try:
        take_turns(workers, documents)
        for name in workers.keys() & PERSONAL.keys():
            workers[name].save(7, OUT / f"{PERSONAL[name]}.pdf")
    finally:
        for worker in workers.values():
            worker.close()
    run.warm = {name: worker.costs for name, worker in workers.items()}


def judge(run: Run) -> list[str]:
    """Judges every file that was kept; gives what is not as it should be for the figures to be compared."""
    paths = sorted(OUT.glob("*.pdf"))
    judges = str(ROOT / "tests" / "render" / "pdf")
    found = json.loads(cache.ours("benchmarks.parts.judge", *map(str, paths), path=judges))
    run.files = {path.stem: finding for path, finding in zip(paths, found, strict=True)}
    wrong: list[str] = []
    for stem, finding in run.files.items():
        if finding["pages"] != [LETTER, LETTER]:
            wrong.append(f"{stem}.pdf is not two letter pages but {finding['pages']}")
        wrong += [f"{stem}.pdf fails PDF/UA-1: {failure}" for failure in finding["ua"]]
        ours = run.files[PERSONAL[LOADED] if stem in PERSONAL.values() else "handouts"]
        if finding["words"] != ours["words"]:
            differing = set(finding["words"]) ^ set(ours["words"])
            wrong.append(f"{stem}.pdf has other words than ours: {', '.join(sorted(differing)) or 'as many times'}")
    return wrong


def _parts(run: Run, given: argparse.Namespace) -> list[str]:
    cold = [
        (name, number(c.milliseconds), number(c.cpu_milliseconds), number(c.memory / 1e6))
        for name, c in run.cold.items()
    ]
    warm = [
        (name, number(c.milliseconds), number(c.cpu_milliseconds), number(1000 / c.milliseconds),
         number(c.memory / 1e6))
        for name, c in run.warm.items()
    ]  # fmt: skip
    versions = ", ".join(f"{RIVALS[name]} {version}" for name, version in run.versions.items())
    notes = [f"{name} could not be loaded and is left out." for key, name in RIVALS.items() if key not in run.loadable]
    if "weasyprint" in run.loadable and not cache.has_harfbuzz_subset():
        notes.append("WeasyPrint subsets fonts without HarfBuzz-Subset, which is not installed.")
    return [
        " ".join([f"{versions}.", *notes]),
        table(TARGET_HEAD, [target.row() for target in targets(run)]),
        f"**Cold**, the whole command; medians of {given.rounds} runs.",
        table(("", "wall, ms", "CPU, ms", "peak memory, MB"), cold),
        f"**Warm**, one document after the other in one process; medians of {given.documents}.",
        table(("", "wall, ms", "CPU, ms", "documents/s", "peak memory, MB"), warm),
        "**The files** of the cold command, and what is in them.",
        _files_table(run.files, ["handouts", *run.loadable]),
        f"The benchmark itself took {own_peak() / 1e6:.0f} MB, the least peak of memory that it could tell of another.",
    ]


def _files_table(files: Mapping[str, dict[str, Any]], stems: Sequence[str]) -> str:
    names = {"handouts": OURS, **RIVALS}
    rows: list[Sequence[str]] = []
    for stem in stems:
        f = files[stem]
        counts = f["tags"]
        headings = sum(counts[level] for level in ("H1", "H2", "H3"))
        rows.append((
            names[stem], number(f["bytes"] / 1000), str(len(f["pages"])), _verdict(f["ua"]), _verdict(f["a2a"]),
            str(len(f["words"])), str(headings), str(counts["LI"]), f"{counts['TH']} + {counts['TD']}",
            f"{counts['Alt']} of {counts['Figure']}", str(counts["Link"]),
        ))  # fmt: skip
    head = ("", "kB", "pages", "PDF/UA-1", "PDF/A-2a", "words", "headings", "list items", "TH + TD",
            "figures with alt text", "links")  # fmt: skip
    return table(head, rows)


def _verdict(failures: Sequence[str]) -> str:
    return f"fails {len(failures)} rules" if failures else "passes"


def targets(run: Run) -> list[Target]:
    """What is to be reached, as far as this run could tell."""
    size = run.files["handouts"]["bytes"] / 1000
    told = [Target("size of the file", f"{size:.0f} kB", size / SIZE_LIMIT_KB, f"{SIZE_LIMIT_KB} kB")]
    if "typst" in run.loadable:
        warm, beside = run.warm[LOADED].milliseconds, run.warm[TYPST].milliseconds
        told.append(Target("warm document", f"{number(warm)} ms", warm / beside, f"Typst's {number(beside)} ms"))
        cold, beside = run.cold[OURS].milliseconds, COLD_LIMIT * run.cold[TYPST].milliseconds
        limit = f"{COLD_LIMIT} × Typst's: {number(beside)} ms"
        told.append(Target("cold command", f"{number(cold)} ms", cold / beside, limit))
    return told


if __name__ == "__main__":
    sys.exit(main())
