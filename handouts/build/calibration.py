"""`handouts calibrate`: a paper, a language and a correction in, the file of a calibration sheet out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handouts.compose.calibration import compose_calibration
from handouts.files.disk import write_all
from handouts.files.lock import alone_in
from handouts.files.workspace import Workspace
from handouts.outputs import Paper
from handouts.render.pdf.calibration import render_calibration
from handouts.theme.fonts import family
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme


def write_calibration(
    paper: Paper, language: str, today: date, printing: Printing, *, templates: Path | None, out: Path
) -> Path:
    """Writes the sheet as `printing` corrects it and returns its path. Raises UsageError, ProblemsError."""
    workspace = Workspace(Path(), templates)
    theme = workspace.named("themes", "default", Theme)
    measure = family(theme.family).measure
    plan = compose_calibration(workspace.locale(language), paper, today, printing, measure)
    data = render_calibration(plan, theme, paper, printing)
    parts = ["calibration"]
    parts += [name for name, usual in ((paper, "letter"), (language, "en"), (printing.printer, "")) if name != usual]
    name = "-".join(parts) + ".pdf"
    with alone_in(out):
        write_all(out, [(name, data)])
    return out / name
