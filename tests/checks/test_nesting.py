"""Outcomes of a study that contradict each other are found: wider ones, parts, derived counts and denominators."""

from __future__ import annotations

import pytest
from content_findings import SHIPPED, findings, only_new
from topic_samples import Change

ORR = "      orr: {rank: primary, better: higher, count: 9, n: 50, percent: 18, basis: derived}\n"


def test_parts_that_are_more_than_their_whole_stop_the_build(changed: Change) -> None:
    parts = "      cr: {part_of: orr, count: 1, n: 50}\n      pr: {part_of: orr, count: 9, n: 50}\n"
    problem = only_new(findings(changed((ORR, ORR + parts))))
    assert (problem.code, problem.message) == ("NUM07", "orr counts 9, but its parts add up to 10")
    assert problem.instead == "check 1 cr, 9 pr"


@pytest.mark.parametrize("part", ["pr: {part_of: orr, count: 9, n: 50}", "cr: {part_of: orr, count: 8, n: 50}"])
def test_parts_that_may_be_some_of_the_whole_are_fine(changed: Change, part: str) -> None:
    assert {p.code for p in findings(changed((ORR, f"{ORR}      {part}\n")))} == SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pr: {part_of: orr, count: 5, n: 46}", "pr: {part_of: orr, count: 4, n: 46}",
         "6 is derived, but its parts (1 cr, 4 pr) add up to 5"),
        ("part_of: orr, count: 5, n: 46}", "count: 5, n: 46}", "6 is derived, but its parts (1 cr) add up to 1"),
        ("percent: 26, n: not_stated,", "count: 13, n: 50, basis: derived,",
         "13 is derived from nothing: no percentage is given, and no parts"),
    ],
)  # fmt: skip
def test_a_derived_count_follows_from_what_the_source_prints(changed: Change, old: str, new: str, message: str) -> None:
    found = [p for p in findings(changed((old, new))) if p.code == "NUM08"]
    assert message in [p.message for p in found]


def test_outcomes_of_percentages_alone_nest_too(changed: Change) -> None:
    old = "orr: {rank: primary, better: higher, percent: 15}"
    problem = only_new(findings(changed((old, f"{old}\n          cr: {{within: orr, percent: 16}}"))))
    assert (problem.code, problem.message) == ("NUM04", "orr counts 15%, but cr within it counts 16%")


def test_outcomes_nest_in_each_arm_of_a_study(changed: Change) -> None:
    """RECIST, ACR 20/50/70 or any other scale: what nests is said in the topic, and judged arm by arm."""
    arms = "arms: {ixa_rd: {percent: 60}, placebo_rd: {percent: %s}}"
    scale = f"      acr20: {{{arms % 40}}}\n      acr50: {{within: acr20, {arms % 41}}}\n      pfs:"
    content = changed(("    outcomes:\n      pfs:\n        measure: time_to_event\n        rank: primary\n"
                       "        unit: month\n        better: higher\n        source: blood_2021",
                       f"    outcomes:\n{scale}\n        measure: time_to_event\n        rank: primary\n"
                       "        unit: month\n        better: higher\n        source: blood_2021"))  # fmt: skip
    found = [p for p in findings(content) if p.code not in SHIPPED]
    assert [(p.code, p.message) for p in found] == [("NUM04", "acr20 counts 40%, but acr50 within it counts 41%")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("vgpr: {better: higher, within: orr, count: 30, n: 52, percent: 58, basis: derived}",
         "vgpr: {better: higher, within: orr, count: 29, n: 50, percent: 58, basis: derived}",
         "this is of 50 people, the others beside it are of 52"),
        ("      rash:\n        arms:\n          ixa_rd: {percent: 25}",
         "      rash:\n        arms:\n          ixa_rd: {percent: 25, n: 400}",
         "this is of 400 people, the others beside it are of 418"),
    ],
)  # fmt: skip
def test_what_one_figure_or_table_shows_has_one_denominator(changed: Change, old: str, new: str, message: str) -> None:
    problem = only_new(findings(changed((old, new))))
    assert (problem.code, problem.severity, problem.message) == ("NUM09", "warning", message)
