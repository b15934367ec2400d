"""The rules on content: one change to the shipped topic trips one rule, at the line that was changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from topic_samples import CONTENT, ROOT, TODAY, TOPICS, Change

from handouts.checks.typed_numbers import check_typed_numbers
from handouts.compose.context import Context, Edition
from handouts.make import make
from handouts.problems import Problem, ProblemsError
from handouts.request import Request
from handouts.workspace import Workspace

SHIPPED = {"REVIEW01", "STALE01", "HOTLINE01"}


def _findings(content: Path, today: date = TODAY) -> tuple[Problem, ...]:
    request = Request(today, ("card",), content=content, templates=ROOT / "templates")
    try:
        return make(request).findings
    except ProblemsError as bad:
        return bad.problems


def _new(found: Iterable[Problem]) -> Problem:
    (problem,) = [p for p in found if p.code not in SHIPPED]
    return problem


def _line(path: Path, text: str) -> int:
    """The only line of a file that holds a text."""
    (line,) = [n for n, words in enumerate(path.read_text("utf-8").splitlines(), 1) if text in words]
    return line


def test_the_shipped_topic_only_waits_for_a_review_a_call_and_newer_sources() -> None:
    found = make(Request(TODAY, content=CONTENT, templates=ROOT / "templates")).findings
    assert {(p.code, p.severity) for p in found} == {(code, "warning") for code in SHIPPED}
    assert len(found) == 3
    path = CONTENT / "ixazomib" / "topic.yaml"
    lines = path.read_text("utf-8").splitlines()
    assert {p.code: p.origin.line for p in found} == {
        "REVIEW01": _line(path, "schema_version"),
        "STALE01": lines.index("as_of: about 2013") + 1,
        "HOTLINE01": _line(path, "shown: 1-866"),
    }


def test_a_topic_with_a_review_a_checked_hotline_and_young_sources_has_no_finding() -> None:
    found = make(Request(TODAY, topics=("longwords",), content=TOPICS, templates=ROOT / "templates")).findings
    assert found == ()


# Code, what is replaced and by what, and the text whose line the finding names.
NUMBERS = [
    ("NUM01", "or_better: true, count: 7, of: 46", "or_better: true, count: 47, of: 46", "count: 47, of: 46"),
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
    problem = _new(_findings(content))
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.origin.line == _line(content / "ixazomib" / "topic.yaml", at)


def test_parts_that_exceed_the_whole_stop_the_build(changed: Change) -> None:
    content = changed(("pr: {category: PR, count: 5, of: 46}", "pr: {category: PR, count: 45, of: 46}"))
    problem = _new(_findings(content))
    assert (problem.code, problem.message) == ("NUM07", "47 people in parts of 46")


def test_a_count_that_does_not_fit_its_percentage_is_answered_with_those_that_do(changed: Change) -> None:
    problem = _new(_findings(changed(("count: 47, of: 52, percent: 90,", "count: 46, of: 52, percent: 90,"))))
    assert problem.message == "46 of 52 is 88.5%, not 90%"
    assert problem.instead == "counts that round to it: 47"


def test_a_derived_count_that_is_one_of_several_is_refused(changed: Change) -> None:
    old = "chosen_dose: {category: PR, or_better: true, percent: 26,"
    content = changed((old, f"{old} count: 52, of: 200, basis: derived,"))
    problem = _new(_findings(content))
    assert problem.code == "NUM03"
    assert problem.message == "26% of 200 may be any of 51, 52, 53"


def test_about_so_many_enrolled_may_be_fewer_than_were_evaluable(changed: Change) -> None:
    content = changed(("enrolled: about 57\n    evaluable: 46", "enrolled: about 45\n    evaluable: 46"))
    assert {p.code for p in _findings(content)} == SHIPPED


def test_a_number_that_the_topic_does_not_have_is_an_error_where_it_is_typed(changed: Change) -> None:
    content = changed(("What else could I take?", "What do 43 people take?"), file="en.yaml")
    problem = _new(_findings(content))
    words = content / "ixazomib" / "en.yaml"
    assert (problem.code, problem.severity) == ("NUM10", "error")
    assert problem.origin.line == _line(words, "What do 43")
    assert problem.origin.column == words.read_text("utf-8").splitlines()[problem.origin.line - 1].index("43") + 1


def test_a_number_that_the_topic_has_is_a_warning_that_names_it(changed: Change) -> None:
    content = changed(("What else could I take?", "What did the 722 people take?"), file="en.yaml")
    problem = _new(_findings(content))
    assert (problem.code, problem.severity) == ("NUM11", "warning")
    assert problem.origin.line == _line(content / "ixazomib" / "en.yaml", "the 722")
    assert "{{ mm1." in problem.instead


def test_a_typed_number_is_found_after_the_same_digits_in_a_name(changed: Change) -> None:
    new = "{{ sources.blood_2014_1038.registry }} says 1038"
    problem = _new(_findings(changed(("What else could I take?", f"'{new}'"), file="en.yaml")))
    assert problem.code == "NUM10"
    assert problem.origin.column == 5 + new.rindex("1038") + 1


@pytest.mark.parametrize("typed", ["20.6", "703", "1.018", "2013", "4"])
def test_the_name_that_is_offered_for_a_typed_number_prints_that_number(typed: str) -> None:
    workspace = Workspace(CONTENT, ROOT / "templates")
    loaded = workspace.topic("ixazomib")
    words = loaded.words[0]
    asked = words.value.model_copy(update={"questions": (f"Is it {typed} for me?",)})
    (problem,) = check_typed_numbers(loaded.topic, type(words)(asked, words.document))
    name = problem.instead.partition("{{ ")[2].partition(" }}")[0]
    with_name = words.value.model_copy(update={"questions": (f"{{{{ {name} }}}}",)})
    context = Context(
        Edition(
            "ixazomib", loaded.topic.value, with_name, words.document, workspace.locale("en"), TODAY, lambda *_: 1.0
        )
    )
    assert typed in str(context.words["questions"][0])


@pytest.mark.parametrize("text", ["95% of 100", "MM1 and H1", "2-week", "I/II", "{{ weekly.evaluable }}", "COVID-19"])
def test_levels_names_and_compounds_are_no_typed_numbers(changed: Change, text: str) -> None:
    assert {p.code for p in _findings(changed(("What else could I take?", f"'{text}'"), file="en.yaml"))} == SHIPPED


def test_a_decimal_comma_is_read_as_one() -> None:
    workspace = Workspace(TOPICS, ROOT / "templates")
    loaded = workspace.topic("espanol")
    words = loaded.words[0]
    for typed, code in (("18,4", "NUM11"), ("0,95", "NUM10"), ("12,640", "NUM11")):
        asked = words.value.model_copy(update={"questions": (f"¿Son {typed}?",)})
        (problem,) = check_typed_numbers(loaded.topic, type(words)(asked, words.document))
        assert (typed, problem.code) == (typed, code)


def test_information_is_stale_after_its_limit_and_not_before(changed: Change) -> None:
    content = changed(("as_of: about 2013\nmain_source", "as_of: 2024-03\nmain_source"))
    assert {p.code for p in _findings(content, date(2026, 3, 31))} == SHIPPED - {"STALE01"}
    (problem,) = [p for p in _findings(content, date(2026, 4, 1)) if p.code == "STALE01"]
    lines = (content / "ixazomib" / "topic.yaml").read_text("utf-8").splitlines()
    assert (problem.severity, problem.origin.line) == ("warning", lines.index("as_of: 2024-03") + 1)


def test_a_source_of_the_future_stops_the_build(changed: Change) -> None:
    content = changed(("as_of: 2025-12-04", "as_of: 2026-12-04"))
    problem = _new(_findings(content))
    assert (problem.code, problem.severity) == ("STALE02", "error")
    assert problem.origin.line == _line(content / "ixazomib" / "topic.yaml", "as_of: 2026-12-04")


def test_a_hotline_that_was_checked_long_ago_is_to_be_called_again(changed: Change) -> None:
    content = changed(
        ("  # verified_on: 2026-01-31", "  verified_on: 2023-01-31"),
        ("  # verified_by: Name, role", "  verified_by: A. Nurse, study nurse"),
    )
    found = _findings(content)
    assert {p.code for p in found} == {"REVIEW01", "STALE01", "HOTLINE02"}
    (problem,) = [p for p in found if p.code == "HOTLINE02"]
    assert problem.origin.line == _line(content / "ixazomib" / "topic.yaml", "verified_on: 2023")


def test_a_hotline_that_was_checked_lately_and_a_review_end_their_warnings(changed: Change) -> None:
    content = changed(
        ("  # verified_on: 2026-01-31", "  verified_on: 2026-01-31"),
        ("  # verified_by: Name, role", "  verified_by: A. Nurse, study nurse"),
        ("freshness:\n", "review:\n  role: Hematologist\n  on: 2026-02-01\n\nfreshness:\n"),
    )
    assert {p.code for p in _findings(content)} == {"STALE01"}


@pytest.mark.parametrize("document", ["handout", "deck"])
def test_a_statement_that_a_template_leaves_out_is_a_warning_at_its_line(
    changed: Change, tmp_path: Path, document: str
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    name = f"{document}.html.j2"
    text = (ROOT / "templates" / name).read_text("utf-8").replace("told('what_it_is'", "told('laboratory'")
    (templates / name).write_text(text.replace("told('laboratory', aspect", "told('laboratory', study"), "utf-8")
    request = Request(TODAY, ("pdf" if document == "handout" else "pptx",), content=changed(), templates=templates)
    found = [p for p in make(request).findings if p.code == "TOLD01"]
    assert {p.severity for p in found} == {"warning"}
    assert all(f"the {document} does not tell W" in p.message for p in found)
    path = CONTENT / "ixazomib" / "topic.yaml"
    assert {p.origin.line for p in found} >= {_line(path, "  W1: {"), _line(path, "  W2: {")}
