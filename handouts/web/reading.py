"""The reading report as a nurse reads it: how hard the words are, which are long, and what is not met."""

from __future__ import annotations

from msgspec import Struct

from handouts.checks.clarity import Clarity


class Report(Struct, frozen=True):
    """How a handout reads. `verdict` says it in a sentence; `grades` are rows of name, value and target."""

    verdict: str
    grades: tuple[tuple[str, str, str], ...]
    long_words: tuple[str, ...]
    indexes: tuple[tuple[str, int, int, tuple[str, ...]], ...]
    """Of each list of questions: its name, how many are met, how many were judged, and what is not met."""


def report_of(clarity: Clarity) -> Report:
    """The report of a handout in plain words."""
    grades: tuple[tuple[str, str, str], ...] = ()
    if clarity.levels is None:
        verdict = "How hard the words are to read is not measured in this language."
    else:
        judged = clarity.levels.whole.judged
        reached = all(one.reached for one in judged)
        verdict = (
            "Easy enough to read for most people." if reached else "Harder to read than it should be for most people."
        )
        grades = tuple(
            (one.formula, f"{one.value:.1f}", f"{one.target:g} or {'more' if one.is_ease else 'less'}")
            for one in judged
        )
    words = tuple(f"{word} ({times} times)" if times > 1 else word for word, times in clarity.long_words)
    indexes = tuple(
        (
            one.index.name,
            len(one.items("met")),
            one.judged,
            tuple(f"{item.number} {item.asks}" for item in one.items("not met")),
        )
        for one in clarity.indexes
    )
    return Report(verdict, grades, words, indexes)
