"""The rules on content: one change to the shipped topic trips one rule, at the line that was changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from content_findings import SHIPPED, findings, line_of, only_new
from msgspec.structs import replace
from patient_changes import ASKED
from topic_samples import CONTENT, FOLDERS, ROOT, TODAY, TOPICS, Change, edition_of, lexicon

from handouts.build.make import make
from handouts.build.request import Request
from handouts.checks.rule import OfWords, findings_of
from handouts.checks.typed_numbers import typed_number, unknown_number
from handouts.compose.context import Context
from handouts.files.workspace import TopicFiles, Workspace
from handouts.model.words import Words
from handouts.problems import Problem


def _typed(loaded: TopicFiles, asked: Words) -> list[Problem]:
    """The numbers that are typed into words, which stand for those of the topic's first language file."""
    words = replace(loaded.words[0], value=asked)
    return list(
        findings_of((unknown_number, typed_number), OfWords(loaded.topic, words, TODAY, lexicon(words.value.language)))
    )


def test_the_shipped_topic_only_waits_for_a_review_a_call_and_newer_sources() -> None:
    found = make(Request(TODAY, topics=("ixazomib",), content=CONTENT, templates=ROOT / "templates")).findings
    assert {(p.code, p.severity) for p in found} == {(code, "warning") for code in SHIPPED}
    assert len(found) == 6
    path = CONTENT / "ixazomib" / "topic.yaml"
    lines = path.read_text("utf-8").splitlines()
    assert {p.code: p.origin.line for p in found if p.code not in ("SRC01", "SRC03")} == {
        "REVIEW01": line_of(path.with_name("en.yaml"), "language: en"),
        "STALE01": lines.index("as_of: about 2013") + 1,
        "HOTLINE01": line_of(path, "shown: 1-866"),
    }


def test_a_topic_with_a_sign_off_a_checked_hotline_and_young_sources_has_no_finding(signed: Path) -> None:
    found = make(Request(TODAY, content=signed, templates=ROOT / "templates")).findings
    assert found == ()


def test_a_number_that_the_topic_does_not_have_is_an_error_where_it_is_typed(changed: Change) -> None:
    content = changed((ASKED, "What do 43 people take?"), file="en.yaml")
    problem = only_new(findings(content))
    words = content / "ixazomib" / "en.yaml"
    assert (problem.code, problem.severity) == ("NUM10", "error")
    assert problem.origin.line == line_of(words, "What do 43")
    assert problem.origin.column == words.read_text("utf-8").splitlines()[problem.origin.line - 1].index("43") + 1


def test_a_number_that_the_topic_has_is_a_warning_that_names_it(changed: Change) -> None:
    content = changed((ASKED, "What did the 722 people take?"), file="en.yaml")
    problem = only_new(findings(content))
    assert (problem.code, problem.severity) == ("NUM11", "warning")
    assert problem.origin.line == line_of(content / "ixazomib" / "en.yaml", "the 722")
    assert "{{ mm1." in problem.instead


def test_a_short_code_typed_into_words_is_a_contact_that_has_a_name(changed: Change) -> None:
    changed(("\nfreshness:", '  danger: {code: "911", region: US, emergency: true, source: mmrf}\n\nfreshness:'))
    content = changed(
        (ASKED, "When do I call 911 or 988?"),
        ("  trial_line: {name", "  danger: {name: Emergency}\n  trial_line: {name"),
        file="en.yaml",
    )
    loaded = Workspace(content, ROOT / "templates").topic("ixazomib")
    found = {problem.code: problem for problem in _typed(loaded, loaded.words[0].value)}
    assert "911 is typed into words" in found["NUM11"].message
    assert "{{ contacts.danger }}" in found["NUM11"].instead
    assert "988 is a number that the topic does not have" in found["NUM10"].message


def test_a_number_typed_into_a_counted_word_is_found_there(changed: Change) -> None:
    forms = 'plurals:\n  case: {one: one case of 43, other: "{n} cases"}\nquestions:'
    content = changed(("\nquestions:", f"\n{forms}"), file="en.yaml")
    problem = only_new(findings(content))
    assert (problem.code, problem.origin.line) == ("NUM10", line_of(content / "ixazomib" / "en.yaml", "of 43"))


def test_the_ends_of_a_range_and_the_bound_of_a_p_value_are_numbers_of_the_topic(changed: Change) -> None:
    content = changed(
        ("\nfacts:\n", "\nfacts:\n  iron: {value: [471, 473], unit: day, source: mmrf}\n"), ("p: 0.495", "p: '>0.487'")
    )
    words = content / "ixazomib" / "en.yaml"
    asked = words.read_text("utf-8").replace(ASKED, "Is it 471, 473 or 0.487?")
    words.write_text(asked, "utf-8")
    found = [p for p in findings(content) if p.code == "NUM11"]
    assert [p.instead.partition("{{ ")[2] for p in found] == ["facts.iron }}", "facts.iron }}", "mm1.os.hr.p }}"]


def test_a_typed_number_is_found_after_the_same_digits_in_a_name(changed: Change) -> None:
    new = "{{ sources.blood_2014_1038.registry }} says 1038"
    problem = only_new(findings(changed((ASKED, f"'{new}'"), file="en.yaml")))
    assert problem.code == "NUM10"
    assert problem.origin.column == 5 + new.rindex("1038") + 1


@pytest.mark.parametrize(
    ("topic", "typed"),
    [
        *(("ixazomib", typed) for typed in ("20.6", "703", "1.018", "2013", "4")),
        ("ixazomib", "418"),
        ("longwords", "2026"),
    ],
    ids=["median", "planned", "interval", "date", "fact of a study", "people of an arm", "day of a call"],
)
def test_the_name_that_is_offered_for_a_typed_number_prints_that_number(topic: str, typed: str) -> None:
    content = FOLDERS[topic]
    loaded = Workspace(content, ROOT / "templates").topic(topic)
    words = loaded.words[0]
    asked = replace(words.value, questions=(f"Is it {typed} for me?",))
    (problem,) = _typed(loaded, asked)
    name = problem.instead.partition("{{ ")[2].partition(" }}")[0]
    with_name = replace(words.value, questions=(f"{{{{ {name} }}}}",))
    context = Context(replace(edition_of(content, topic), words=with_name), "handout")
    assert typed in str(context.words["questions"][0])


@pytest.mark.parametrize("text", ["MM1 and H1", "I/II", "{{ weekly.evaluable }}", "COVID-19"])
def test_levels_names_and_compounds_are_no_typed_numbers(changed: Change, text: str) -> None:
    assert {p.code for p in findings(changed((ASKED, f"'{text}'"), file="en.yaml"))} == SHIPPED


def test_a_decimal_comma_is_read_as_one() -> None:
    workspace = Workspace(TOPICS, ROOT / "templates")
    loaded = workspace.topic("espanol")
    words = loaded.words[0]
    for typed, code in (("18,4", "NUM11"), ("0,95", "NUM10"), ("12,640", "NUM11")):
        asked = replace(words.value, questions=(f"¿Son {typed}?",))
        (problem,) = _typed(loaded, asked)
        assert (typed, problem.code) == (typed, code)


def test_information_is_stale_after_its_limit_and_not_before(changed: Change) -> None:
    content = changed(("as_of: about 2013\nmain_source", "as_of: 2024-03\nmain_source"))
    assert {p.code for p in findings(content, date(2026, 3, 31))} == SHIPPED - {"STALE01"}
    (problem,) = [p for p in findings(content, date(2026, 4, 1)) if p.code == "STALE01"]
    lines = (content / "ixazomib" / "topic.yaml").read_text("utf-8").splitlines()
    assert (problem.severity, problem.origin.line) == ("warning", lines.index("as_of: 2024-03") + 1)


def test_a_source_of_the_future_stops_the_build(changed: Change) -> None:
    content = changed(("as_of: 2025-12-04", "as_of: 2026-12-04"))
    problem = only_new(findings(content))
    assert (problem.code, problem.severity) == ("STALE02", "error")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "as_of: 2026-12-04")


def test_a_hotline_that_was_checked_long_ago_is_to_be_called_again(changed: Change) -> None:
    content = changed(
        ("  # verified_on: 2026-01-31", "  verified_on: 2023-01-31"),
        ("  # verified_by: Name, role", "  verified_by: A. Nurse, study nurse"),
    )
    found = findings(content)
    assert {p.code for p in found} == {"REVIEW01", "STALE01", "HOTLINE02", "SRC01", "SRC03"}
    (problem,) = [p for p in found if p.code == "HOTLINE02"]
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "verified_on: 2023")


def test_a_hotline_that_was_checked_lately_ends_its_warning(changed: Change) -> None:
    content = changed(
        ("  # verified_on: 2026-01-31", "  verified_on: 2026-01-31"),
        ("  # verified_by: Name, role", "  verified_by: A. Nurse, study nurse"),
    )
    assert {p.code for p in findings(content)} == {"REVIEW01", "STALE01", "SRC01", "SRC03"}


WITHOUT_ITS_WORDS = {
    "handout": "<h2>{{ s.heading }}</h2>",
    "deck": '<section data-layout="Title and Content"><h2>{{ s.title }}</h2><p>Nothing.</p>'
            '<aside class="notes"><p>{{ s.talk }}</p></aside></section>',
}  # fmt: skip
"""Templates of one section that print its heading alone."""
UNTOLD = {"handout": ("what_it_is", ("W1", "K1", "W5", "W7")), "deck": ("preclinical", ("L1", "L2", "L3"))}
"""The section that such a template stands for, and its statements."""


@pytest.mark.parametrize("document", ["handout", "deck"])
def test_a_statement_that_a_template_leaves_out_is_a_warning_at_its_line(
    changed: Change, tmp_path: Path, document: str
) -> None:
    section, statements = UNTOLD[document]
    templates = tmp_path / "templates"
    (templates / document).mkdir(parents=True)
    (templates / document / f"{section}.html.j2").write_text(WITHOUT_ITS_WORDS[document], "utf-8")
    content = changed()
    request = Request(TODAY, ("pdf" if document == "handout" else "pptx",), content=content, templates=templates)
    found = [p for p in make(request).findings if p.code == "TOLD01"]
    assert {p.severity for p in found} == {"warning"}
    told = {f"the {document} does not tell {key} ({section})" for key in statements}
    assert {p.message for p in found} == told
    path = content / "ixazomib" / "topic.yaml"
    assert {p.origin.line for p in found} == {line_of(path, f"  {key}: {{") for key in statements}
