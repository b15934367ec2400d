"""Effects that contradict their intervals, their p or their arms' counts are found."""

from __future__ import annotations

import pytest
from content_findings import SHIPPED, findings, line_of, only_new
from topic_samples import Change


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("code", "old", "new", "at"),
    [
        ("NUM12", "interval: [0.676, 1.018]", "interval: [0.876, 1.018]", "value: 0.830"),
        ("NUM12", "interval: [0.789, 1.332]", "interval: [0.789, 1.002]", "value: 1.025"),
        ("NUM12", "interval: [0.861, 1.381]", "interval: [1.381, 0.861]", "[1.381, 0.861]"),
        ("NUM13", "interval: [0.676, 1.018]", "interval: [0.676, 0.918]", "p: 0.073"),
        ("NUM13", "p: 0.495, significant: false", "p: 0.495, significant: true", "p: 0.495"),
        ("NUM13", "p: 0.495", "p: 0.0495", "p: 0.0495"),
        ("NUM13", "p: 0.495", "p: <0.0001", "p: <0.0001"),
        ("NUM13", "p: 0.01, significant: true", "p: '>0.9', significant: true", "p: '>0.9'"),
    ],
)
def test_a_hazard_ratio_agrees_with_its_interval_and_p(changed: Change, code: str, old: str, new: str, at: str) -> None:
    content = changed((old, new))
    problem = only_new(findings(content))
    assert problem.code == code
    line = line_of(content / "ixazomib" / "topic.yaml", at)
    assert line <= problem.origin.line <= line + 1


def test_a_bound_that_leaves_open_what_it_means_is_no_contradiction(changed: Change) -> None:
    content = changed(("p: 0.495", "p: <0.5"))
    assert {p.code for p in findings(content)} == SHIPPED


CASES = """\
      cases:
        better: lower
        arms: {{ixa_rd: {{count: 8, n: 18198}}, placebo_rd: {{count: 162, n: 18325}}}}
        effects: {{e: {{statistic: {statistic}, of: ixa_rd, to: placebo_rd, value: {value}}}}}
      pfs:
        measure: time_to_event
        rank: primary
        unit: month
        better: higher
        source: blood_2021
"""


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("statistic", "agrees", "differs", "exact"),
    [
        ("efficacy", "95.0", "94.0", "95.03"),
        ("risk_ratio", "0.05", "0.5", "0.05"),
        ("risk_difference", "-0.84", "0.84", "-0.84"),
        ("odds_ratio", "0.049", "0.06", "0.05"),
    ],
)
def test_counts_of_both_arms_give_the_published_effect(
    changed: Change, statistic: str, agrees: str, differs: str, exact: str
) -> None:
    """8 of 18,198 against 162 of 18,325 (N Engl J Med 2020;383:2603): efficacy 95.03%, published as 95.0%."""
    old = CASES[CASES.index("      pfs") :]
    for value, expected in ((agrees, []), (differs, [f"the counts give {exact}, not {differs}"])):
        content = changed((old, CASES.format(statistic=statistic, value=value)))
        found = [p for p in findings(content) if p.code not in SHIPPED | {"REF03"}]
        assert [(p.code, p.message) for p in found] == [("NUM14", message) for message in expected]
        changed((CASES.format(statistic=statistic, value=value), old))


def test_a_ratio_beside_no_case_may_be_corrected(changed: Change) -> None:
    """Sources that give a ratio where one arm had no case add half a case to each: 0 of 300 and 5 of 300 give 0.09."""
    old = CASES[CASES.index("      pfs") :]
    none = CASES.replace("count: 8, n: 18198", "count: 0, n: 300").replace("count: 162, n: 18325", "count: 5, n: 300")
    for value, expected in (("0.09", []), ("0.13", []), ("0.9", ["NUM14"])):
        new = none.format(statistic="risk_ratio", value=value)
        content = changed((old, new))
        assert [p.code for p in findings(content) if p.code not in SHIPPED | {"REF03"}] == expected
        changed((new, old))
