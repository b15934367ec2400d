"""The real handouts and cards of all topics in all themes before veraPDF: PDF/UA-1 and PDF/A-2a, letter and A4."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from verapdf import PROFILES, failures

from handouts.make import make
from handouts.request import Request

ROOT = Path(__file__).parents[3]
THEMES = sorted(path.stem for path in (ROOT / "templates" / "themes").glob("*.yaml"))


CASES = [
    pytest.param(theme, paper, marks=pytest.mark.slow) if theme != "default" and paper == "a4" else (theme, paper)
    for theme in THEMES
    for paper in ("letter", "a4")
]


@pytest.mark.parametrize("content", ["content", "tests/topics"])
@pytest.mark.parametrize(("theme", "paper"), CASES)
def test_every_pdf_that_we_make_conforms(theme: str, content: str, paper: str) -> None:
    request = Request(date(2026, 11, 22), formats=("pdf", "card"), paper=paper, theme=theme, content=ROOT / content)
    for made in make(request).made:
        for profile in PROFILES:
            assert failures(made.data, profile) == [], (made.entry.path, profile)
