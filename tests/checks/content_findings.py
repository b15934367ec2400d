"""What the checks find in changed copies of the shipped topic, for the tests of rules to share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from topic_samples import ROOT, TODAY

from handouts.build.make import make
from handouts.build.request import Request
from handouts.model.document import KeyPath
from handouts.model.yaml_source import read_yaml
from handouts.problems import Problem, ProblemsError

SHIPPED = {"REVIEW01", "STALE01", "HOTLINE01", "SRC01", "SRC03"}


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


def rewrite(path: Path, at: KeyPath, text: str) -> None:
    """Writes `text`, as YAML, in the place of the value at `at`; what the value says there now does not matter."""
    document = read_yaml(str(path), path.read_bytes())
    span = document.spans[at]
    # A block or a folded text ends where the next key begins.
    end = len(document.text[: span.end].rstrip())
    path.write_text(document.text[: span.start] + text + document.text[end:], "utf-8")
