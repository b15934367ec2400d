"""Writes the rivals' sources from our plan, with as much white space as leaves two pages, as our own fitter does.

Run as a module with the names of the rivals that can be loaded; writes `CACHE/RIVAL/plain` (for the command) and
`CACHE/RIVAL/personal` (for one clinic after the other).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from msgspec.structs import replace

from benchmarks.parts.cache import CACHE, FONTS, OUT
from benchmarks.parts.content import Content, clinic_of, edition, load_content, output
from benchmarks.parts.measure import Command, run_cold
from benchmarks.rivals import commands
from benchmarks.rivals.html_source import html_files
from benchmarks.rivals.typst_source import typst_files
from benchmarks.workers.records import PLACES, Recipient
from handouts.compose.edition import PRODUCT
from handouts.plan.documents import Handout
from handouts.theme.fonts import family

Files = dict[str, str]
PAGES = 2
STRETCHES = [step / 20 for step in range(1, 31)]
"""White space as parts of the theme's, from least to most."""


def typst_projects(content: Content, stretch: float) -> dict[str, Files]:
    """The handout as Typst projects: with no clinic, with one from `sys.inputs`, and with one from a file."""
    theme, personal = content.setup.theme, _plan(content, PLACES)
    names = dict(zip(PLACES, PLACES._fields, strict=True))
    inputs = {place: f'sys.inputs.at("{name}", default: "{place}")' for place, name in names.items()}
    values = {place: f"clinic.{name}" for place, name in names.items()}
    # The author is a property of the whole document: one that changes would make Typst lay out all of it anew.
    steady = replace(personal, meta=replace(personal.meta, author=PRODUCT))
    file = typst_files(steady, theme, stretch, values, '#let clinic = json("clinic.json")\n')
    return {
        "plain": typst_files(_plan(content), theme, stretch, {}),
        "personal": typst_files(personal, theme, stretch, inputs),
        "personal-file": {**file, "clinic.json": json.dumps(PLACES._asdict())},
    }


def weasyprint_projects(content: Content, stretch: float) -> dict[str, Files]:
    """The handout as web pages: with no clinic, and with places for the words of one."""
    theme = content.setup.theme
    return {
        "plain": html_files(_plan(content), theme, stretch),
        "personal": html_files(_plan(content, PLACES), theme, stretch),
    }


def _plan(content: Content, recipient: Recipient | None = None) -> Handout:
    clinic = clinic_of(recipient) if recipient else None
    return output("pdf").compose(edition(content, clinic), content.templates)


Projects = Callable[[Content, float], dict[str, Files]]
RIVALS: dict[str, tuple[Projects, Callable[[Path, Path], Command]]] = {
    "typst": (typst_projects, commands.typst_package),
    "weasyprint": (weasyprint_projects, commands.weasyprint),
}


def write_fonts(content: Content) -> None:
    """Copies the handout's two font files to a folder of their own."""
    FONTS.mkdir(parents=True, exist_ok=True)
    faces = family(content.setup.theme.family)
    for face in (faces.regular, faces.strong):
        shutil.copy(face.path, FONTS)


def fit(rival: str, content: Content) -> float:
    """Writes a rival's sources with the most white space that leaves two pages; gives that part of the theme's.

    Raises ValueError where no white space is little enough.
    """
    projects, command = RIVALS[rival]
    folder = CACHE / rival
    stamp = folder / "fitted-from"
    wanted = hashlib.sha256(repr(projects(content, 1)).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8").startswith(wanted):
        return float(stamp.read_text("utf-8").split()[1])

    def fits(stretch: float) -> bool:
        made = folder / "tried.pdf"
        for name, files in projects(content, stretch).items():
            _write(folder / name, files)
        run_cold(command(folder / "personal", made))
        return len(pypdfium2.PdfDocument(made)) == PAGES

    least, most = 0, len(STRETCHES) - 1
    if not fits(STRETCHES[least]):
        raise ValueError(f"{rival} needs more than {PAGES} pages; look at {folder}")
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if fits(STRETCHES[middle]) else (least, middle - 1)
    fits(STRETCHES[least])
    stamp.write_text(f"{wanted} {STRETCHES[least]}", "utf-8")
    return STRETCHES[least]


def _write(folder: Path, files: Files) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "fonts").symlink_to(FONTS)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def main(rivals: list[str]) -> None:
    """Prepares all that can be loaded, and an empty folder for what is made."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    content = load_content()
    write_fonts(content)
    for rival in rivals:
        fit(rival, content)


if __name__ == "__main__":
    main(sys.argv[1:])
