"""What a run of the program made: documents in memory with their manifest entries, and its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from handouts.files.manifest import Entry
from handouts.problems import Problem, Waived

if TYPE_CHECKING:
    # A run that makes nothing need not load what checks documents.
    from handouts.checks.clarity import Clarity
    from handouts.checks.rule import OfPlan


class Made(Struct, frozen=True):
    """A document in memory: its bytes, its manifest entry, and what the rules on documents saw."""

    data: bytes
    entry: Entry
    subject: OfPlan


class Result(Struct, frozen=True):
    """What a run made, its findings, the entries of files that were up to date, and the findings that topics waive."""

    made: tuple[Made, ...]
    findings: tuple[Problem, ...]
    kept: tuple[Entry, ...] = ()
    waived: tuple[Waived, ...] = ()

    def clarity(self) -> tuple[Clarity, ...]:
        """How the handouts among them read, a report for each topic and language."""
        from handouts.checks.clarity import clarity_of

        reports = (clarity_of(made.entry.topic, made.subject) for made in self.made)
        return tuple(report for report in reports if report)
