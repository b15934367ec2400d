"""The rules on words, risk and form: one change to the shipped content or template trips one rule, at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from content_findings import SHIPPED, line_of
from topic_samples import CONTENT, ROOT, TODAY, Change

from handouts.build import Request, make
from handouts.problems import Problem

Pairs = list[tuple[str, str]]
ASKED = "What else could I take?"
PLAIN_75 = " ".join(["We tell you what they saw and when they saw it."] * 7)

# Code, the changes to en.yaml, and what stands in the line of the finding ("": the file as a whole).
WORDS: list[tuple[str, Pairs, str]] = [
    ("READ01", [(ASKED, "Which alternative possibilities remain available?")], "handout:"),
    ("READ02", [("in_text: white cells", "in_text: a kind of cell")], "- term: Neutrophils"),
    ("READ03", [(ASKED, "What else could I obtain?")], "obtain"),
    ("RISK01", [(ASKED, "'Do {{ weekly.evaluable }} in {{ weekly.enrolled }} get it?'")], "Do {{"),
    ("RISK02", [(ASKED, "Is it twice as good?")], "twice"),
    ("RISK03", [(ASKED, "Which side effects are rare?")], "rare?"),
    ("RISK04", [(", about {{ twice_weekly.responses.orr.per_100 }} in 100,", "")], "people responded."),
    ("CLEAR01", [("Ixazomib can be an option after other treatment", "It can help. It can harm. It is a drug")],
     "main_message:"),
    ("CLEAR03", [("Ixazomib can be an option after", "Ixazomib was approved after")], "was approved"),
    ("CLEAR05", [(ASKED, f"{ASKED}\n  - How?\n  - When?")], "Is ixazomib right"),
    ("CLEAR06", [("Do not compare the groups.", f"Do not compare the groups. {PLAIN_75}")], "results_intro:"),
    ("CLEAR08", [("neuropathy: Nerve problems\n", "neuropathy: Nerve problems that people in studies had\n")],
     "Nerve problems that"),
    ("CLEAR11", [("chosen_dose.percent }}", "chosen_dose.percent | decimals(1) }}")], "  B3:"),
]  # fmt: skip

# Code, the changes to the handout's template.
TEMPLATE: list[tuple[str, Pairs]] = [
    ("CLEAR01", [('<aside class="message">', '<aside class="plain">')]),
    ("CLEAR07", [("<figcaption>{{ fixed('timeline') }}</figcaption>", "")]),
    ("CLEAR08", [("<th>{{ fixed('study') }}</th>", "<th></th>")]),
    ("CLEAR10", [('<ul class="checkbox">', "<ul>")]),
]


def _found(content: Path, templates: Path = ROOT / "templates") -> list[Problem]:
    """What is found beside what the shipped topic waits for."""
    result = make(Request(TODAY, ("pdf", "card"), content=content, templates=templates))
    return [problem for problem in result.findings if problem.code not in SHIPPED]


def test_the_shipped_handout_breaks_no_rule() -> None:
    assert _found(CONTENT) == []


@pytest.mark.parametrize(("code", "pairs", "at"), WORDS, ids=[code for code, _, _ in WORDS])
def test_a_change_of_words_trips_one_rule(changed: Change, code: str, pairs: Pairs, at: str) -> None:
    content = changed(*pairs, file="en.yaml")
    (problem,) = _found(content)
    assert (problem.code, problem.severity) == (code, "warning")
    path = content / "ixazomib" / "en.yaml"
    assert Path(problem.origin.file) == path
    lines = path.read_text("utf-8").splitlines()
    assert at in "\n".join(lines[problem.origin.line - 3 : problem.origin.line])


@pytest.mark.parametrize(("code", "pairs"), TEMPLATE, ids=[code for code, _ in TEMPLATE])
def test_a_change_of_the_template_trips_one_rule(tmp_path: Path, code: str, pairs: Pairs) -> None:
    text = (ROOT / "templates" / "handout.html.j2").read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "handout.html.j2").write_text(text, "utf-8")
    assert {problem.code for problem in _found(CONTENT, tmp_path)} == {code}


def test_a_handout_without_key_facts_has_no_summary(changed: Change) -> None:
    (problem,) = _found(changed(("section: key_facts", "section: what_it_is")))
    assert problem.code == "CLEAR09"
    assert problem.origin.line == line_of(CONTENT / "ixazomib" / "topic.yaml", "statements:")


def test_a_handout_that_calls_to_nothing_is_told_so(changed: Change, tmp_path: Path) -> None:
    content = changed(
        (" Ask your care team.", ""),
        ("Do not compare the groups.", "The groups differ."),
        ("Call, or ask for", "Ring"),
        file="en.yaml",
    )
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates" / "locales", templates / "locales")
    locale = templates / "locales" / "en.yaml"
    locale.write_text(locale.read_text("utf-8").replace(" Ask your care team what is new.", ""), "utf-8")
    (problem,) = _found(content, templates)
    assert problem.code == "CLEAR02"


def test_a_handout_in_the_passive_voice_is_told_so(changed: Change) -> None:
    passive = [
        ("Most were mild or moderate and could be managed.", "They were called mild. They could be managed."),
        ("Few people. No severe case.", "No severe case was seen."),
        ("Few people. {{", "It was seen. {{"),
        ("Few were severe: rash", "Few were seen. They were: rash"),
        (
            "Cancer cells need this to grow and survive. Ixazomib blocks it.",
            "It is needed. It is blocked by this drug.",
        ),
        ("Most were mild to moderate.", "Most were called mild."),
        ("Final results. It may be gentler than twice a week.", "This was found. It may be borne."),
        ("Early studies saw few nerve problems", "Few nerve problems were seen"),
        ("Same use in Europe.", "It is used in Europe."),
        ("people did not live longer.", "no gain was seen."),
        ("In some, these had failed.", "Some had been cured."),
    ]
    (problem,) = _found(changed(*passive, file="en.yaml"))
    assert problem.code == "CLEAR04"


def test_a_waiver_covers_the_reading_level_of_a_language(changed: Change) -> None:
    waiver = (
        "  - code: READ01\n    language: en\n    at: handout\n    reason: Awaits an editor.\n    until: 2026-12-31\n"
    )
    changed(("freshness:\n", f"waivers:\n{waiver}\nfreshness:\n"))
    content = changed((ASKED, "Which alternative possibilities remain available?"), file="en.yaml")
    assert _found(content) == []
