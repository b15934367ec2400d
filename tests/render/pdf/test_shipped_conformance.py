"""The real handouts and cards of all topics before veraPDF: PDF/UA-1 and PDF/A-2a, letter and A4."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from verapdf import PROFILES, failures

from handouts.make import make
from handouts.request import Request

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("content", ["content", "tests/topics"])
def test_every_pdf_that_we_make_conforms(content: str, paper: str) -> None:
    request = Request(date(2026, 11, 22), formats=("pdf", "card"), paper=paper, content=ROOT / content)
    for made in make(request).made:
        for profile in PROFILES:
            assert failures(made.data, profile) == [], (made.entry.path, profile)
