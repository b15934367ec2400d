"""Doses that ISMP warns of are found in words, names, values and documents, and what to write instead is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_findings import findings, line_of
from topic_samples import ROOT, TODAY, Change
from typed_samples import codes, typed

from handouts.build.make import examine
from handouts.build.request import Request


def _advice(text: str, topic: str = "ixazomib") -> dict[str, str]:
    return {one.code: one.instead for one in typed(text, topic) if one.code.startswith("DOSE")}


@pytest.mark.parametrize(
    ("text", "code", "instead"),
    [
        ("5.0 mg", "DOSE01", "write 5 mg"),
        ("5.00mg", "DOSE01", "write 5 mg"),
        ("1,000.0 units", "DOSE01", "write 1,000 units"),
        ("a 2.0-mg dose", "DOSE01", "write 2 mg"),
        ("3.0 tablets", "DOSE01", "write 3 tablets"),
        (".5 mg", "DOSE02", "write 0.5 mg"),
        ("(.25 mL)", "DOSE02", "write 0.25 mL"),
        ("5mg", "DOSE03", "write 5 mg"),
        ("{{ weekly.enrolled }}mg", "DOSE03", "write {{ weekly.enrolled }} mg"),
        ("Tegretol300 mg", "DOSE03", "write Tegretol 300 mg"),
        ("10 U of insulin", "DOSE04", "write units"),
        ("10u", "DOSE04", "write units"),
        ("{{ weekly.enrolled }} IU", "DOSE04", "write units"),
        ("10 µg", "DOSE04", "write mcg"),
        ("10 \u03bcg", "DOSE04", "write mcg"),
        ("once q.d.", "DOSE04", "write daily"),
        ("QD", "DOSE04", "write daily"),
        ("QOD", "DOSE04", "write every other day"),
        ("q.o.d.", "DOSE04", "write every other day"),
        ("one at HS", "DOSE04", "write at bedtime, or half-strength if that is meant"),
        ("2 cc", "DOSE04", "write mL"),
        ("5 mg SC", "DOSE04", "write subcutaneously"),
        ("5 mg sub q", "DOSE04", "write subcutaneously"),
        ("MS 4 mg", "DOSE04", "write morphine sulfate or magnesium sulfate, in full"),
        ("MgSO4", "DOSE04", "write magnesium sulfate"),
        ("2 drops OU", "DOSE04", "write both eyes"),
        ("5 mg @ noon", "DOSE04", "write at"),
        (">5 mg", "DOSE04", "write more than 5 mg"),
        ("5 mg BID", "DOSE04", "write twice a day"),
        ("100000 units", "DOSE05", "write 100,000 units"),
        ("1000000 mcg", "DOSE05", "write 1,000,000 mcg"),
    ],
)
def test_what_is_misread_is_found_with_what_to_write(text: str, code: str, instead: str) -> None:
    assert _advice(text) == {code: instead}


@pytest.mark.parametrize(
    ("text", "code", "instead"),
    [
        ("5,0 mg", "DOSE01", "write 5 mg"),
        ("tome ,5 mg", "DOSE02", "write 0,5 mg"),
        ("5mg", "DOSE03", "write 5 mg"),
        ("10 UI", "DOSE04", "write unidades"),
        ("10 µg", "DOSE04", "write mcg"),
        ("100000 unidades", "DOSE05", "write 100\u00a0000 unidades"),
    ],
)
def test_spanish_has_its_own_marks_and_words(text: str, code: str, instead: str) -> None:
    assert _advice(text, "espanol") == {code: instead}


@pytest.mark.parametrize(
    "text",
    ["5 mg", "0.5 mg", "2.5 mg", "10 units", "10 mcg", "4.0 mmol/L", "1.0 mg/dL", "3.0 g/24 h", "5.0%", "5.0 months",
     "HR 1.0", "the HSV and SC1 tests", "multiple sclerosis (MS) and MS alone", "OS 5 months", "as you do", "PO Box",
     "12,640 units",
     "a CC-BY text", "10,000 units", "5000 units", "{{ weekly.enrolled }} mg", "3 days", "10 U.S. states", "p >0.05",
     "version 5.0", "QDs", "section 2.0 mgmt", "5 L", "5-10 mg"],
)  # fmt: skip
def test_good_doses_values_of_laboratories_and_other_words_are_none(text: str) -> None:
    assert _advice(text) == {}


def test_a_short_form_that_the_words_explain_is_none(changed: Change) -> None:
    text = "I have hidradenitis suppurativa (HS). Does HS go?"
    content = changed(("  - Is ixazomib right for me?", f"  - {text}"), file="en.yaml")
    assert not {one.code for one in findings(content) if one.code.startswith("DOSE")}


@pytest.mark.parametrize("asked", ["{{ facts.dose | unit }}", "{{ facts.dose }} mg", "{{ facts.dose }}-mg"])
def test_a_value_with_a_zero_behind_its_point_is_told_where_it_is_named_and_where_to_write_it(
    changed: Change, asked: str
) -> None:
    content = changed(("\nfacts:\n", "\nfacts:\n  dose: {value: 5.0, unit: mg, source: us_label}\n"))
    (problem,) = typed(f"Is {asked} right?", content=content)
    line = line_of(content / "ixazomib" / "topic.yaml", "value: 5.0")
    assert problem.code == "DOSE01"
    assert problem.message.startswith(asked.partition("}}")[0])
    assert f"write 5 at {content / 'ixazomib' / 'topic.yaml'}:{line}:" in problem.instead


@pytest.mark.parametrize(
    ("value", "asked", "found"),
    [
        ("5", "{{ facts.dose | decimals(1) }} mg", ["DOSE01"]),
        ("5", "{{ facts.dose | decimals }} mg", ["DOSE01"]),
        ("5.04", "{{ facts.dose | decimals(1) }} mg", ["DOSE01"]),
        ("5.2", "{{ facts.dose | decimals(1) }} mg", []),
        ("5", "{{ facts.dose | decimals(0) }} mg", []),
        ("5", "{{ facts.dose | unit }}", []),
        ("5", "{{ facts.dose | decimals(1) }} points", []),
        ("5.0", "{{ facts.dose }} points", []),
    ],
)
def test_decimals_that_a_format_gives_are_found_where_they_end_in_zeros_of_a_dose(
    changed: Change, value: str, asked: str, found: list[str]
) -> None:
    content = changed(("\nfacts:\n", f"\nfacts:\n  dose: {{value: {value}, unit: mg, source: us_label}}\n"))
    assert codes(asked, content=content) == found


def test_names_in_topic_yaml_are_judged_too(changed: Change) -> None:
    content = changed(("  - {name: dexamethasone}", "  - {name: dexamethasone 4.0 mg}"))
    (problem,) = [one for one in findings(content) if one.code == "DOSE01"]
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "dexamethasone 4.0")


def test_an_arm_among_arms_with_decimals_keeps_them_for_clinicians_alone(changed: Change) -> None:
    names = (
        "names:\n  low: {clinician: Low 1.8 mg}\n  high: {clinician: High 3.0 mg}\n  high_too: {patient: High 3.0 mg}\n"
    )
    content = changed(("names:\n", names), file="en.yaml")
    (problem,) = [one for one in findings(content) if one.code == "DOSE01"]
    assert problem.origin.line == line_of(content / "ixazomib" / "en.yaml", "high_too")


def test_a_unit_that_the_locale_glues_to_its_number_is_found_in_the_document(changed: Change, tmp_path: Path) -> None:
    changed(("\nfacts:\n", "\nfacts:\n  dose: {value: 5, unit: mg, source: us_label}\n"))
    content = changed(("  lead: Ask", "  lead: Take {{ facts.dose | unit }}. Ask"), file="en.yaml")
    own = tmp_path / "own" / "locales"
    own.mkdir(parents=True)
    text = (ROOT / "templates" / "locales" / "en.yaml").read_text("utf-8")
    (own / "en.yaml").write_text(
        text.replace('mg: {one: "{n} mg", other: "{n} mg"}', 'mg: {one: "{n}mg", other: "{n}mg"}')
    )
    found = examine(Request(TODAY, ("card",), content=content, templates=own.parent)).findings
    (problem,) = [one for one in found if one.code == "DOSE06"]
    assert "5mg is printed here" in problem.message
    assert problem.origin.line == line_of(content / "ixazomib" / "en.yaml", "lead: Take")


def test_a_unit_glued_to_a_name_is_told_once_and_not_again_as_printed(changed: Change) -> None:
    changed(("\nfacts:\n", "\nfacts:\n  dose: {value: 5, unit: mg, source: us_label}\n"))
    content = changed(("  lead: Ask", "  lead: Take {{ facts.dose }}mg. Ask"), file="en.yaml")
    assert [one.code for one in findings(content) if one.code.startswith("DOSE")] == ["DOSE03"]
