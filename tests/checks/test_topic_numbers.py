"""Numbers that contradict each other are found where they stand, by the rule that is meant for them."""

from __future__ import annotations

import pytest
from content_findings import SHIPPED, findings, line_of, only_new
from topic_samples import Change

# Code, what is replaced and by what, and the text whose line the finding names.
NUMBERS = [
    ("NUM01", "count: 9, n: 50, percent: 18,", "count: 51, n: 50, percent: 18,", "count: 51, n: 50"),
    ("NUM02", "count: 9, n: 50, percent: 18,", "count: 9, n: 50, percent: 19,", "percent: 19"),
    ("NUM03", "count: 47, n: 52, percent: 90,", "count: 470, n: 520, percent: 90,", "count: 470"),
    ("NUM04", "within: orr, count: 30, n: 52, percent: 58", "within: orr, count: 11, n: 52, percent: 21", "count: 11"),
    ("NUM05", "    enrolled: 60\n    evaluable: 50", "    enrolled: 49\n    evaluable: 50", "    evaluable: 50"),
    ("NUM06", "percent: 26,", "percent: 126,", "percent: 126"),
    ("NUM06", "ixa_rd: {percent: 47}", "ixa_rd: {percent: 147}", "percent: 147"),
    ("NUM01", "severe_neuropathy: {count: 2, n: not_stated}", "severe_neuropathy: {count: 2, n: 1}", "count: 2, n: 1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "at"), NUMBERS)
def test_numbers_that_contradict_each_other_stop_the_build(
    changed: Change, code: str, old: str, new: str, at: str
) -> None:
    pairs = [(old, new)]
    if code == "NUM03":
        # The others of the study take the same people, so that one rule alone is broken.
        pairs += [("count: 30, n: 52, percent: 58, basis: derived", "count: 300, n: 520"),
                  ("count: 12, n: 52, percent: 23, basis: derived", "count: 120, n: 520"),
                  ("evaluable: 52", "evaluable: 520")]  # fmt: skip
    content = changed(*pairs)
    problem = only_new(findings(content))
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", at)


def test_a_side_effect_agrees_with_its_count(changed: Change) -> None:
    old = "severe_neuropathy: {count: 1, n: not_stated}"
    problem = only_new(findings(changed((old, "severe_neuropathy: {count: 1, n: 60, percent: 2.5}"))))
    assert (problem.code, problem.message) == ("NUM02", "1 of 60 is 1.67%, not 2.5%")


def test_a_count_that_does_not_fit_its_percentage_is_answered_with_those_that_do(changed: Change) -> None:
    problem = only_new(findings(changed(("count: 47, n: 52, percent: 90,", "count: 46, n: 52, percent: 90,"))))
    assert problem.message == "46 of 52 is 88.5%, not 90%"
    assert problem.instead == "counts that round to it: 47"


def test_of_many_counts_that_fit_the_first_and_the_last_are_told(changed: Change) -> None:
    old = "severe_neuropathy: {count: 1, n: not_stated}"
    found = findings(changed((old, "severe_neuropathy: {count: 1, n: 720, percent: 26}")))
    assert [p.instead for p in found if p.code == "NUM02"] == ["counts that round to it: 184 to 190"]


def test_a_derived_count_that_is_one_of_several_is_refused(changed: Change) -> None:
    old = "orr_chosen_dose: {better: higher, percent: 26, n: not_stated,"
    new = "orr_chosen_dose: {better: higher, percent: 26, n: 200, count: 52, basis: derived,"
    problem = only_new(findings(changed((old, new))))
    assert problem.code == "NUM03"
    assert problem.message == "26% of 200 may be any of 51, 52, 53"


def test_about_so_many_enrolled_may_be_fewer_than_were_evaluable(changed: Change) -> None:
    content = changed(("enrolled: about 57\n    evaluable: 46", "enrolled: about 45\n    evaluable: 46"))
    assert {p.code for p in findings(content)} == SHIPPED
