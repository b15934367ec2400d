"""`handouts check-template`: a presentation's path in, lines that say how a deck would wear it out."""

from __future__ import annotations

from pathlib import Path

from handouts.files.workspace import Workspace
from handouts.theme.schema import Theme


def check_template(path: Path) -> tuple[str, ...]:
    """What a template has and lacks, and which layouts of ours stand in. Raises ProblemsError where it is refused."""
    from handouts.render.pptx.template.report import report
    from handouts.render.pptx.template.template import template_of

    file = Workspace(Path()).deck_template(path)
    return tuple(report(template_of(file, Theme())))
