"""Results that their study or their measure cannot have are found, each at its line, and told what would do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from content_findings import SHIPPED, findings
from topic_samples import ROOT, TODAY, Change

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.problems import Problem, ProblemsError

OS = """\
      os:
        measure: time_to_event
        unit: month
        better: higher
        arms:
          ixazomib: {median: 64.8}
          placebo: {median: 69.5}
        effects:
          hr:
            statistic: hazard_ratio
            of: ixazomib
            to: placebo
            value: 1.090
            interval: [0.861, 1.381]
            significant: false
"""


def _found(changed: Change, outcome: str, *more: tuple[str, str]) -> list[Problem]:
    """What is found new where MM4 has another outcome."""
    found = findings(changed((OS, f"      {outcome}\n"), *more))
    # That words and tables then miss what they name is not what is tried here.
    return [p for p in found if p.code.startswith("EVID")]


BOTH = "ixazomib: {%s}, placebo: {%s}"
HR = "effects: {hr: {statistic: hazard_ratio, of: ixazomib, to: placebo, value: 1.09}}"


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("code", "outcome", "message", "instead"),
    [
        ("EVID01", "os: {arms: {ixa: {percent: 4}}}", "'ixa' is no arm of the study", "known: ixazomib, placebo"),
        ("EVID01", "os: {better: higher, arms: {ixazomib: {percent: 1}}, effects: {rr: {statistic: risk_ratio, "
         "of: ixazomib, to: dummy, value: 1}}}", "'dummy' is no arm of the study", "known: ixazomib, placebo"),
        ("EVID01", "os: {better: higher, arms: {placebo: {percent: 1}}, effects: {rr: {statistic: risk_ratio, "
         "of: placebo, to: placebo, value: 1}}}", "an arm is compared with itself", "name the arm"),
        ("EVID02", "os: {arms: {ixazomib: {percent: 4, median: 3}}}", "a result of measure proportion has no median",
         "it may have basis, count, n, percent"),
        ("EVID02", "os: {measure: continuous, unit: mg, arms: {ixazomib: {mean: 4, percent: 3}}}",
         "a result of measure continuous has no percent", "it may have interval"),
        ("EVID02", "os: {arms: {ixazomib: {n: 4}}}", "this arm has no result", "give count or percent"),
        ("EVID02", "os: {rank: primary}", "no result is given", "give count or percent"),
        ("EVID03", "os: {measure: continuous, unit: mg, better: lower, arms: {ixazomib: {mean: 4}}, " + HR + "}",
         "an outcome of measure continuous has no hazard_ratio", "it may have mean_difference, median_difference"),
        ("EVID04", "os: {measure: time_to_event, arms: {ixazomib: {median: 4}}}", "the outcome has no unit",
         "add unit"),
        ("EVID04", "os: {measure: rate, arms: {ixazomib: {events: 4, rate: 3.1}}}", "the outcome has no unit",
         "add unit"),
        ("EVID05", "os: {measure: time_to_event, unit: month, arms: {ixazomib: {median: 4}}, " + HR + "}",
         "the outcome has an effect, and does not say what is better", "add better: higher, or better: lower"),
        ("EVID06", "os: {measure: time_to_event, unit: month, arms: {ixazomib: {median: not_reached, "
         "interval: [9.76, 14]}}}", "a median that was not reached has an upper limit", "write null for it"),
        ("EVID08", "os: {better: lower, arms: {ixazomib: {percent: 4}}, effects: {rr: {statistic: risk_ratio, "
         "of: ixazomib, to: placebo, value: 1}}}", "a ratio is given, and no result of placebo", "add the count"),
        ("EVID09", "os: {arms: {ixazomib: {percent: 4}}, grades: {ixazomib: {percent: 4}}}",
         "'ixazomib' has another meaning in this outcome", "rename it, like 'ixazomib_group'"),
        ("EVID09", "os: {percent: 4, grades: {unit: {percent: 4}}}", "'unit' has another meaning in this outcome",
         "rename it"),
    ],
)  # fmt: skip
def test_a_result_that_cannot_be_is_told_at_its_line(
    changed: Change, code: str, outcome: str, message: str, instead: str
) -> None:
    (problem,) = _found(changed, outcome)
    assert (problem.code, problem.message) == (code, message)
    assert instead in problem.instead


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "outcome",
    [
        "os: {measure: time_to_event, unit: month, arms: {ixazomib: {median: not_reached, interval: [9.76, null]}}}",
        "os: {measure: rate, better: lower, arms: {ixazomib: {rate: not_stated}, placebo: {rate: not_stated}}, "
        "effects: {r: {statistic: rate_ratio, of: ixazomib, to: placebo, value: not_stated, p: <0.0001}}}",
        "os: {measure: rate, unit: per_100_person_years, arms: {ixazomib: {events: 662, rate: 336.1, n: 195}}}",
        "os: {measure: continuous, change: true, unit: percentage_point, better: lower, time_frame: {value: 52, "
        "unit: week}, arms: {ixazomib: {mean: -0.84, sd: 1.23}, placebo: {mean: -0.51, se: 0.1}}, effects: {d: "
        "{statistic: mean_difference, of: ixazomib, to: placebo, value: -0.33, interval: [-0.53, -0.13], p: 0.0014}}}",
        "os: {arms: {ixazomib: {percent: 0.04, count: 8, n: 18198}}, grades: {'3+': {ixazomib: {percent: 0}}}}",
        "os: {better: lower, arms: {ixazomib: {count: 9, n: 90}, placebo: {count: 9, n: 90}}, " + HR + "}",
    ],
)
def test_what_sources_print_is_no_mistake(changed: Change, outcome: str) -> None:
    assert _found(changed, outcome) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    arms:\n      ixazomib: {role: experimental}\n      placebo: {role: placebo_comparator}\n    outcomes:\n"
         "      os:\n        measure: time_to_event\n        unit: month\n        better: higher\n        arms:\n"
         "          ixazomib: {median: 64.8}",
         "    outcomes:\n      os:\n        measure: time_to_event\n        unit: month\n        better: higher\n"
         "        arms:\n          ixazomib: {median: 64.8}", "a randomized study has no arms"),
        ("    design: single_arm\n    phase: I/II", "    arms: {a: {role: other}, b: {role: other}}\n"
         "    design: single_arm\n    phase: I/II", "a study of one arm names 2 arms"),
    ],
)  # fmt: skip
def test_a_study_has_the_arms_of_its_design(changed: Change, old: str, new: str, message: str) -> None:
    found = [p for p in findings(changed((old, new))) if p.code == "EVID07"]
    assert [p.message for p in found] == [message]


def test_a_trial_that_has_no_results_yet_needs_no_arms(changed: Change) -> None:
    planned = "  mm5: {design: randomized, setting: maintenance, source: mmrf, status: planned}\n"
    changed(("\nstudies:\n", f"\nstudies:\n{planned}"))
    content = changed(("\nstudies:\n", "\nstudies:\n  mm5: {short: MM5}\n"), file="en.yaml")
    assert {p.code for p in findings(content)} == SHIPPED


@pytest.mark.parametrize(
    ("given", "shown", "instead"),
    [
        ("show: outcomes_table", "an outcomes_table", "show: {handout: facts_box, deck: outcomes_table}"),
        ("show: {handout: forest, deck: mean_change}", "a forest", "show: {handout: facts_box, deck: mean_change}"),
        ("show: forest, in: [handout]", "a forest", "show: facts_box"),
    ],
)
def test_effects_for_patients_are_told_with_what_can_show_them(
    tmp_path: Path, given: str, shown: str, instead: str
) -> None:
    """A change of a mean has no bars; what the advice says is followed."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "samples" / "liraglutide", content / "liraglutide")
    file = content / "liraglutide" / "topic.yaml"
    file.write_text(file.read_text("utf-8").replace("show: mean_change", given), "utf-8")
    (problem,) = _errors(content)
    assert (problem.code, problem.instead) == ("SHOW02", f"write {instead}")
    assert shown in problem.message
    file.write_text(file.read_text("utf-8").replace(given.removesuffix(", in: [handout]"), instead), "utf-8")
    assert not _errors(content)


def _errors(content: Path) -> list[Problem]:
    try:
        found = examine(Request(TODAY, content=content, templates=ROOT / "templates")).findings
    except ProblemsError as bad:
        found = bad.problems
    return [one for one in found if one.severity == "error"]
