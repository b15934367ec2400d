"""What the checks find in changed copies of the shipped topic, for the tests of rules to share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from topic_samples import ROOT, TODAY

from handouts.build import Request, make
from handouts.problems import Problem, ProblemsError

SHIPPED = {"REVIEW01", "STALE01", "HOTLINE01"}


def findings(content: Path, today: date = TODAY) -> tuple[Problem, ...]:
    """All findings in a folder of topics, whether or not they stop the build; the card stands for all documents."""
    request = Request(today, ("card",), content=content, templates=ROOT / "templates")
    try:
        return make(request).findings
    except ProblemsError as bad:
        return bad.problems


def only_new(found: Iterable[Problem]) -> Problem:
    """The only finding beside those of the shipped topic."""
    (problem,) = [p for p in found if p.code not in SHIPPED]
    return problem


def line_of(path: Path, text: str) -> int:
    """The only line of a file that holds a text."""
    (line,) = [n for n, words in enumerate(path.read_text("utf-8").splitlines(), 1) if text in words]
    return line
