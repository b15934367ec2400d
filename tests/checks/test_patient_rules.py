"""The rules on patients' texts name the place to mend; what they find can be waived there."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_findings import SHIPPED
from patient_changes import ASKED, ROOM, TEMPLATE, WORDS, Pairs, with_template
from topic_samples import CONTENT, ROOT, TODAY, Change, lexicon, plans_of

from handouts.build.make import make
from handouts.build.request import Request
from handouts.checks.registry import judged
from handouts.checks.rule import OfPlan
from handouts.files.workspace import Workspace
from handouts.problems import Problem


def _found(content: Path, templates: Path = ROOT / "templates") -> list[Problem]:
    """What the rules find in the shipped topic's handout and card, composed and not rendered."""
    workspace = Workspace(content, templates)
    loaded = workspace.topic("ixazomib")
    plans = plans_of(content, "ixazomib", templates)
    subjects = (OfPlan(loaded.topic, loaded.words[0], plan, lexicon("en")) for plan in (plans.handout, plans.card))
    return [problem for subject in subjects for problem in judged(subject)]


def test_the_shipped_handout_breaks_no_rule() -> None:
    assert _found(CONTENT) == []


@pytest.mark.sampled(9)
@pytest.mark.parametrize(("code", "pairs", "at"), WORDS, ids=[code for code, _, _ in WORDS])
def test_a_finding_points_at_the_words_to_mend(changed: Change, code: str, pairs: Pairs, at: str) -> None:
    content = changed(*pairs, file="en.yaml")
    (problem,) = _found(content)
    assert (problem.code, problem.severity) == (code, "warning")
    path = content / "ixazomib" / "en.yaml"
    assert Path(problem.origin.file) == path
    lines = path.read_text("utf-8").splitlines()
    assert at in "\n".join(lines[problem.origin.line - 3 : problem.origin.line])


@pytest.mark.sampled(2)
@pytest.mark.parametrize("code", TEMPLATE)
def test_a_template_can_break_a_rule_as_words_can(tmp_path: Path, code: str) -> None:
    with_template(tmp_path, code)
    found = _found(CONTENT, tmp_path)
    assert {problem.code for problem in found} == {code}
    if code == "CLEAR07":
        assert found[0].origin.file == "handout.html.j2"


def test_a_waiver_covers_the_reading_level_of_a_language(changed: Change) -> None:
    waiver = (
        "  - code: READ01\n    language: en\n    at: handout\n    reason: Awaits an editor.\n    until: 2026-12-31\n"
    )
    changed(*ROOM, ("freshness:\n", f"waivers:\n{waiver}\nfreshness:\n"))
    ((code, pairs, _),) = [one for one in WORDS if one[0] == "READ01"]
    content = changed(*pairs, file="en.yaml")
    assert [problem.code for problem in _found(content)] == [code]
    result = make(Request(TODAY, ("pdf",), content=content, templates=ROOT / "templates"))
    assert {problem.code for problem in result.findings} == SHIPPED
    assert [waived.problem.code for waived in result.waived] == [code]


@pytest.mark.parametrize(("words", "codes"), [("88 in 10,000", set()), ("88.4 in 10,000", {"CLEAR11"})])
def test_thousands_are_no_decimals(changed: Change, words: str, codes: set[str]) -> None:
    content = changed((ASKED, f"Did {words} people get it?"), file="en.yaml")
    assert {problem.code for problem in _found(content)} - {"RISK05", "READ01"} == codes
