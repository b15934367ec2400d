"""A number and the noun beside it agree; names, ranges and parts of words are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_findings import line_of
from msgspec.structs import replace
from patient_samples import paragraphs, subject_of
from topic_samples import CONTENT, ROOT, TODAY, Change, lexicon, locale

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.counting import number_with_the_wrong_form


def found(text: str, language: str = "en") -> list[str]:
    subject = subject_of(*paragraphs(text))
    subject = replace(subject, lexicon=lexicon(language), formats=locale(language).formats)
    return [one.message.split("'")[1] for one in number_with_the_wrong_form.problems(subject)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1 people responded.", "1 people"),
        ("It took 1 months.", "1 months"),
        ("It took 1\u00a0months.", "1\u00a0months"),
        ("Severe in 1 patients (of 60).", "1 patients"),
        ("Severe in 1 other patients.", "1 other patients"),
        ("Only 1 children had it.", "1 children"),
        ("About 0 person had it.", "0 person"),
        ("It took 5 month.", "5 month"),
        ("Take it for 12 week in all.", "12 week"),
        ("It takes 2.5 hour.", "2.5 hour"),
        ("Drink 2 glass.", "2 glass"),
        ("There were 1,000 person in it.", "1,000 person"),
    ],
)
def test_a_noun_in_the_wrong_form_is_found(text: str, wrong: str) -> None:
    assert found(text) == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "1 person and 2 people, 1 month and 0 months; 1.0 months, 21 days.",
        "1 in 100 people. 1 of 50 patients. 1 to 2 weeks. 0 to 1 months. 0 or 1 doses.",
        "Phase 1 studies and Phase 1 patients; grade 1 events; Arm 1 patients; in arm 1 patients got more.",
        "Study 1 patients, Study 1 had patients. TOURMALINE-MM1 patients. COVID-19 patients.",
        "A 12 week course, a 5 year follow-up, a 2 year, double-blind study, 5 year and 10 year survival.",
        "The 2013 study of it, a 2016 trial in Spain. Day 5 dose. Week 2 visit in town. Phase 2 trial of it.",
        "Take 1/2 tablet, 0.5 hour before. Wait 1 1/2 hours. It was 2.1 months.",
        "Call 1-800-999-8888 days and nights. Section 1, patients. On May 1 people came.",
        "1-month visits, 3-day course, 5 mg dose.",
    ],
)
def test_what_is_right_or_no_count_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Respondieron 1 personas.", ["1 personas"]),
        ("Hubo 0 persona.", ["0 persona"]),
        ("Duró 1 meses y 5 mes.", ["1 meses", "5 mes"]),
        ("1 persona, 0 personas, 1,5 meses, 1 dosis, 2 dosis, 1 de cada 100 personas, fase 1 pacientes.", []),
        ("1\u00a0000\u00a0000 de personas y 1.000 personas", []),
    ],
)
def test_spanish_has_nouns_of_its_own(text: str, wrong: list[str]) -> None:
    assert found(text, "es") == wrong


def test_what_the_number_of_the_topic_makes_of_words_is_told_at_the_noun(changed: Change) -> None:
    old = "{{ triplet.severe_neuropathy.count }} patients"
    content = changed()
    path = content / "ixazomib" / "en.yaml"
    path.write_text(path.read_text("utf-8").replace(old, "{{ weekly.severe_neuropathy.count }} patients"), "utf-8")
    request = Request(TODAY, ("pptx",), ("ixazomib",), content=content, templates=ROOT / "templates")
    (told,) = [one for one in examine(request).findings if one.code == "WORDS04"]
    line = line_of(path, "Severe in {{ weekly.severe_neuropathy.count }} patients")
    assert (told.origin.line, told.message) == (line, "'1 patients' has the form of other numbers than 1")
    assert path.read_text("utf-8").splitlines()[line - 1][told.origin.column - 1 :].startswith("patients")
    # The advice, followed.
    text = path.read_text("utf-8").replace(
        "{{ weekly.severe_neuropathy.count }} patients", "{{ weekly.severe_neuropathy.count | plural(patient) }}"
    )
    forms = 'plurals: {patient: {one: "{n} patient", other: "{n} patients"}}\n'
    path.write_text(f"{text}\n{forms}", "utf-8")
    assert [one for one in examine(request).findings if one.code == "WORDS04" or one.severity == "error"] == []


@pytest.mark.parametrize("folder", [CONTENT, ROOT / "tests" / "samples"], ids=["shipped", "samples"])
def test_shipped_words_agree_with_their_numbers(folder: Path) -> None:
    request = Request(TODAY.replace(year=2027), content=folder, templates=ROOT / "templates")
    assert [str(one) for one in examine(request).findings if one.code == "WORDS04"] == []
