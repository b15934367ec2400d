"""How each rival is told to make the handout: the whole command, from the interpreter's start to the file on disk."""

from __future__ import annotations

from pathlib import Path

from benchmarks.parts.cache import FONTS, PYTHON, script
from benchmarks.parts.measure import Command


def typst_package(project: Path, out: Path) -> Command:
    """Typst as a Python package; told of our two font files alone, which spares it the search for others."""
    call = (
        f"typst.compile('main.typ', {str(out)!r}, font_paths=typst.Fonts(False, False, [{str(FONTS)!r}]), "
        "pdf_standards='ua-1')"
    )
    return Command([str(PYTHON), "-c", f"import typst; {call}"], project)


def typst_program(project: Path, out: Path) -> Command | None:
    """Typst's own program, where the wheel brings it along."""
    program = script("typst")
    if program is None:
        return None
    fonts = ["--ignore-system-fonts", "--font-path", str(FONTS)]
    return Command([str(program), "compile", *fonts, "--pdf-standard", "ua-1", "main.typ", str(out)], project)


def weasyprint(project: Path, out: Path) -> Command:
    """WeasyPrint's program."""
    arguments = ["-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "main.html", str(out)]
    return Command([str(PYTHON), *arguments], project, {"PYTHONWARNINGS": "ignore"})
