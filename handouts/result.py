"""What a run of the program made: documents in memory with their manifest entries, and its findings."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.manifest import Entry
from handouts.problems import Problem, Waived


@dataclass(frozen=True, slots=True)
class Made:
    """A document in memory: its bytes and its manifest entry."""

    data: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made, its findings, the entries of files that were up to date, and the findings that topics waive."""

    made: tuple[Made, ...]
    findings: tuple[Problem, ...]
    kept: tuple[Entry, ...] = ()
    waived: tuple[Waived, ...] = ()
