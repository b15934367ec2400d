"""The whole matrix as files and a table: every template, its deck, its pages, and what is wrong with each.

python tests/render/pptx/matrix/matrix_table.py FOLDER [--only TEXT] [--small] [--no-pictures]

--only TEXT       the designs in whose names this stands
--small           a deck of nine slides in place of the shipped one
--no-pictures     without LibreOffice: no contrast and no words outside their boxes
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[3]), str(HERE.parents[2]), str(HERE.parent), str(HERE)]

import pypdfium2  # noqa: E402
from deck_samples import full_deck, render_deck  # noqa: E402
from matrix_axes import Design, matrix  # noqa: E402
from matrix_designs import template  # noqa: E402
from matrix_measured import faults, opened  # noqa: E402
from matrix_shown import converted, faint  # noqa: E402
from shown_words import outside_boxes  # noqa: E402
from topic_samples import OWN, shipped_plans  # noqa: E402

from handouts.problems import ProblemsError  # noqa: E402
from handouts.theme.schema import Theme  # noqa: E402
from handouts.theme.template_file import TemplateFile  # noqa: E402

MOST = 1.6
"""Times the slides of our own template."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default="")
    asked.add_argument("--small", action="store_true")
    asked.add_argument("--no-pictures", action="store_true")
    given = asked.parse_args()
    plan = full_deck() if given.small else shipped_plans("ixazomib").deck
    designs = [(n, one) for n, one in enumerate(matrix()) if given.only in one.name]
    given.folder.mkdir(parents=True, exist_ok=True)
    made: dict[int, Path] = {}
    said: dict[int, list[str]] = {}
    ours = len(opened(render_deck(plan, Theme(), OWN)).slides)
    for number, design in designs:
        said[number] = _built(number, design, plan, given.folder, made, ours)
    if not given.no_pictures:
        start = time.monotonic()
        converted(made.values(), given.folder.resolve() / "profile", given.folder)
        sys.stderr.write(f"LibreOffice: {time.monotonic() - start:.0f} s\n")
        for number, path in made.items():
            shown = path.with_suffix(".pdf")
            if not shown.exists():
                said[number].append("LibreOffice makes no PDF of it")
                continue
            said[number] += [f"faint: {line}" for line in faint(shown)]
            said[number] += [
                f"box: {line}" for line in outside_boxes(opened(path.read_bytes()), pypdfium2.PdfDocument(shown))
            ]
    lines: list[str] = []
    for number, design in designs:
        state = "built" if number in made else "FAILED"
        lines.append(f"{number:03d} {state}, {len(said[number])} faults: {design.name}")
        lines += [f"      {line}" for line in said[number]]
    clean = sum(number in made and not said[number] for number, _ in designs)
    lines.append(f"{len(designs)} designs: {len(made)} built, {clean} of them without a fault; ours has {ours} slides")
    (given.folder / "table.txt").write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def _built(number: int, design: Design, plan: object, folder: Path, made: dict[int, Path], ours: int) -> list[str]:
    data = template(design)
    (folder / f"template-{number:03d}.pptx").write_bytes(data)
    path = folder / f"deck-{number:03d}.pptx"
    try:
        path.write_bytes(render_deck(plan, Theme(), TemplateFile(data, f"template-{number:03d}.pptx")))  # type: ignore[arg-type]
    except ProblemsError as refused:
        path.unlink(missing_ok=True)
        return [str(problem) for problem in refused.problems]
    except Exception as crash:  # a fault of the program: the others are still to be looked at
        path.unlink(missing_ok=True)
        return [f"CRASH {type(crash).__name__}: {crash}"]
    made[number] = path
    deck = opened(path.read_bytes())
    count = len(deck.slides)
    found = list(faults(deck, plan))  # type: ignore[arg-type]
    return [*([f"{count} slides, ours has {ours}"] if count > MOST * ours else []), *found]


if __name__ == "__main__":
    main()
