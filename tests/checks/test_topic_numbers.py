"""Numbers that contradict each other are found where they stand, by the rule that is meant for them."""

from __future__ import annotations

import pytest
from content_findings import SHIPPED, findings, line_of, only_new
from topic_samples import Change

# Code, what is replaced and by what, and the text whose line the finding names.
NUMBERS = [
    ("NUM01", "count: 9, of: 50, percent: 18,", "count: 51, of: 50, percent: 18,", "count: 51, of: 50"),
    ("NUM02", "count: 9, of: 50, percent: 18,", "count: 9, of: 50, percent: 19,", "percent: 19"),
    ("NUM03", "count: 47, of: 52, percent: 90,", "count: 470, of: 520, percent: 90,", "count: 470"),
    ("NUM04", "category: VGPR, or_better: true, count: 30, of: 52, percent: 58",
     "category: VGPR, or_better: true, count: 11, of: 52, percent: 21", "count: 11"),
    ("NUM05", "    enrolled: 60\n    evaluable: 50", "    enrolled: 49\n    evaluable: 50", "    evaluable: 50"),
    ("NUM06", "percent: 26,", "percent: 126,", "percent: 126"),
    ("NUM06", "{percent: 47, of: 418", "{percent: 147, of: 418", "percent: 147"),
    ("NUM01", "severe_neuropathy: {grade: severe, cases: 2}", "severe_neuropathy: {grade: severe, cases: 2, of: 1}",
     "cases: 2, of: 1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "at"), NUMBERS)
def test_numbers_that_contradict_each_other_stop_the_build(
    changed: Change, code: str, old: str, new: str, at: str
) -> None:
    pairs = [(old, new)]
    if code == "NUM03":
        # The others of the study take the same people, so that one rule alone is broken.
        pairs += [("count: 30, of: 52, percent: 58, basis: derived", "count: 300, of: 520"),
                  ("count: 12, of: 52, percent: 23, basis: derived", "count: 120, of: 520"),
                  ("evaluable: 52", "evaluable: 520")]  # fmt: skip
    content = changed(*pairs)
    problem = only_new(findings(content))
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", at)


ORR = "      orr: {category: PR, or_better: true, count: 9, of: 50, percent: 18, basis: derived}\n"


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("sd: {category: SD, count: 42, of: 50}\npd: {category: PD, count: 9, of: 50}", "51 people in parts of 50"),
        ("pr: {category: PR, count: 10, of: 50}", "9 had PR or better, but its parts add up to 10"),
        ("cr: {category: CR, count: 1, of: 50}\nvgpr: {category: VGPR, count: 2, of: 50}\n"
         "pr: {category: PR, count: 5, of: 50}", "9 had PR or better, but its parts add up to 8"),
    ],
)  # fmt: skip
def test_parts_that_are_not_the_whole_stop_the_build(changed: Change, parts: str, message: str) -> None:
    problem = only_new(findings(changed((ORR, ORR + "".join(f"      {part}\n" for part in parts.splitlines())))))
    assert (problem.code, problem.message) == ("NUM07", message)


@pytest.mark.parametrize("parts", ["pr: {category: PR, count: 9, of: 50}", "cr: {category: CR, count: 8, of: 50}"])
def test_parts_that_may_be_some_of_the_whole_are_fine(changed: Change, parts: str) -> None:
    assert {p.code for p in findings(changed((ORR, f"{ORR}      {parts}\n")))} == SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pr: {category: PR, count: 5, of: 46}", "pr: {category: PR, count: 4, of: 46}",
         "6 is derived, but its parts (1 CR, 4 PR) add up to 5"),
        ("      pr: {category: PR, count: 5, of: 46}\n", "",
         "6 is derived, but its parts (1 CR) add up to 1"),
        ("chosen_dose: {category: PR, or_better: true, percent: 26,",
         "chosen_dose: {category: PR, or_better: true, count: 13, of: 50, basis: derived,",
         "13 is derived from nothing: no percentage is given, and no parts"),
    ],
)  # fmt: skip
def test_a_derived_count_follows_from_what_the_source_prints(changed: Change, old: str, new: str, message: str) -> None:
    found = [p for p in findings(changed((old, new))) if p.code == "NUM08"]
    assert message in [p.message for p in found]


def test_categories_of_percentages_alone_nest_too(changed: Change) -> None:
    old = "orr: {category: PR, or_better: true, percent: 15}"
    content = changed((old, f"{old}\n          cr: {{category: CR, percent: 16}}"))
    problem = only_new(findings(content))
    assert (problem.code, problem.message) == ("NUM04", "15% had PR or better, but 16% had CR")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("vgpr: {category: VGPR, or_better: true, count: 30, of: 52, percent: 58, basis: derived}",
         "vgpr: {category: VGPR, or_better: true, count: 29, of: 50, percent: 58, basis: derived}",
         "this counts of 50, its study of 52"),
        ("rash: {percent: 25, of: 418,", "rash: {percent: 25, of: 400,",
         "this is a share of 400, the others are of 418"),
        (", control_percent: 15, control_of: 417}", ", control_percent: 15}",
         "this is a share of a number not given, the others are of 417"),
    ],
)  # fmt: skip
def test_what_one_figure_or_table_shows_has_one_denominator(changed: Change, old: str, new: str, message: str) -> None:
    problem = only_new(findings(changed((old, new))))
    assert (problem.code, problem.message) == ("NUM09", message)


@pytest.mark.parametrize(
    ("code", "old", "new", "at"),
    [
        ("NUM12", "hr_low: 0.676", "hr_low: 0.876", "hr: 0.830"),
        ("NUM12", "hr_high: 1.332", "hr_high: 1.002", "hr: 1.025"),
        ("NUM13", "hr_high: 1.018", "hr_high: 0.918", "hr_high: 0.918"),
        ("NUM13", "p: 0.495, significant: false", "p: 0.495, significant: true", "p: 0.495"),
        ("NUM13", "p: 0.495", "p: 0.0495", "p: 0.0495"),
    ],
)
def test_a_hazard_ratio_agrees_with_its_interval_and_p(changed: Change, code: str, old: str, new: str, at: str) -> None:
    content = changed((old, new))
    problem = only_new(findings(content))
    assert problem.code == code
    line = line_of(content / "ixazomib" / "topic.yaml", at)
    assert line <= problem.origin.line <= line + 1


def test_a_side_effect_agrees_with_its_count(changed: Change) -> None:
    old = "severe_neuropathy: {grade: severe, cases: 1}"
    problem = only_new(findings(changed((old, "severe_neuropathy: {grade: severe, cases: 1, of: 60, percent: 2.5}"))))
    assert (problem.code, problem.message) == ("NUM02", "1 of 60 is 1.67%, not 2.5%")


def test_a_count_that_does_not_fit_its_percentage_is_answered_with_those_that_do(changed: Change) -> None:
    problem = only_new(findings(changed(("count: 47, of: 52, percent: 90,", "count: 46, of: 52, percent: 90,"))))
    assert problem.message == "46 of 52 is 88.5%, not 90%"
    assert problem.instead == "counts that round to it: 47"


def test_a_derived_count_that_is_one_of_several_is_refused(changed: Change) -> None:
    old = "chosen_dose: {category: PR, or_better: true, percent: 26,"
    content = changed((old, f"{old} count: 52, of: 200, basis: derived,"))
    problem = only_new(findings(content))
    assert problem.code == "NUM03"
    assert problem.message == "26% of 200 may be any of 51, 52, 53"


def test_about_so_many_enrolled_may_be_fewer_than_were_evaluable(changed: Change) -> None:
    content = changed(("enrolled: about 57\n    evaluable: 46", "enrolled: about 45\n    evaluable: 46"))
    assert {p.code for p in findings(content)} == SHIPPED
