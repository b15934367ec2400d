"""A number that a document writes in two ways is told at the place that does not write it as the language does."""

from __future__ import annotations

import pytest
from content_findings import line_of
from topic_samples import ROOT, TODAY, Change

from handouts.build.make import examine
from handouts.build.request import Request


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("43548", "43,548", True),
        ("43548", "43548", False),
        ("43,548", "43,548", False),
        ("2013", "2,013", False),
        ("43548", "43,549", False),
        ("MLN43548", "43,548", False),
    ],
)
def test_two_spellings_of_one_number_are_told_where_the_mark_is_missing(
    changed: Change, one: str, other: str, told: bool
) -> None:
    content = changed(("growth: Growth", f"growth: Growth of {one}"), ("In mice", f"In {other} mice"), file="en.yaml")
    found = examine(Request(TODAY, ("pptx",), content=content, templates=ROOT / "templates")).findings
    problems = [problem for problem in found if problem.code == "NUM26"]
    assert bool(problems) == told
    if told:
        (problem,) = problems
        assert problem.origin.line == line_of(content / "ixazomib" / "en.yaml", f"Growth of {one}")
        assert problem.instead == f"write {other}"


def test_a_value_beside_a_typed_spelling_of_it_is_told(changed: Change) -> None:
    changed(("\nfacts:\n", "\nfacts:\n  people: {value: 43548, source: us_label}\n"))
    content = changed(
        ("  lead: Ask", "  lead: Of {{ facts.people }}. Ask"),
        ("title: Ixazomib (Ninlaro)\n  lead", "title: 43548 people\n  lead"),
        file="en.yaml",
    )  # fmt: skip
    found = examine(Request(TODAY, ("card",), content=content, templates=ROOT / "templates")).findings
    assert {problem.code for problem in found} >= {"NUM26", "NUM11"}
