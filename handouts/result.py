"""What a run of the program made: documents in memory with their manifest entries, and its findings."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.manifest import Entry
from handouts.problems import Problem


@dataclass(frozen=True, slots=True)
class Made:
    """A document in memory: its bytes and its manifest entry."""

    data: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made, every finding that did not stop it, and the entries of files that were up to date."""

    made: tuple[Made, ...]
    findings: tuple[Problem, ...]
    kept: tuple[Entry, ...] = ()
