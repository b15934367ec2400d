"""Rule on how numbers are written: one number, one spelling in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.printed import run_at, words_at
from handouts.checks.rule import Found, OfPlan, rule
from handouts.plan.text import plain
from handouts.problems import Origin

FEWEST_DIGITS = 5
"""Digits from which documents group thousands; four may be a year, and stand both ways."""

_BARE = re.compile(r"(?<![\w.,:/+-])[0-9]{5,}(?![\w/-]|[.,:][0-9])")
_GROUPED = re.compile(
    r"(?<![\w.,:/+-])[0-9]{1,3}(?:([.,'’\u00A0\u2009\u202F])[0-9]{3})(?:\1[0-9]{3})*(?![\w/-]|[.,:]?[0-9])"
)


@rule(
    "NUM26",
    OfPlan,
    "warning",
    why="A reader who meets 43548 and 43,548 on one page looks for what sets the two apart.",
    source="CDC Clear Communication Index, item 15: numbers are written in one way",
)
def two_spellings(subject: OfPlan) -> Iterator[Found]:
    """A number stands in one document with the mark between its thousands and without it: 43548 beside 43,548."""
    grouped: dict[str, str] = {}
    bare: dict[str, set[Origin]] = {}
    for runs in subject.plan.texts():
        text = plain(runs)
        for found in _GROUPED.finditer(text):
            digits = re.sub(r"\D", "", found[0])
            if len(digits) >= FEWEST_DIGITS:
                grouped.setdefault(digits, found[0])
        for found in _BARE.finditer(text):
            run = run_at(runs, found.start())
            # What has no place is a source's own title, which is quoted.
            if run.origin and not run.dials:
                bare.setdefault(found[0], set()).add(run.origin)
    for digits, origins in bare.items():
        if written := grouped.get(digits):
            for origin in sorted(origins):
                words = words_at(subject, origin)
                place = subject.words.document.origin_within(words[0], digits) if words else origin
                yield Found(place, f"{digits} stands in this document as {written}, too", f"write {written}")
