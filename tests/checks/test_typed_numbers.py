"""Numbers typed into words: every quantity is found however it is glued, no name is, and the advice can be followed."""

from __future__ import annotations

import pytest
from content_findings import findings
from topic_samples import CONTENT, Change
from typed_samples import codes, names_in, printed, typed

GLUED = [
    "5mg", ".5 mg", "12/40 of us", "10–20 mL", "x3", "3x a day", "pack #2", "1/2 tablet", "½ tablet", "1½ cups",
    "2+ doses",
    "~6", ">6", "≥7", "−3 points", "-3 points", "5%", "$40", "40€", "12:30", "8:30 am", "8 am", "2-3 days",
    "7-day course",
    "2-week break", "５ mg", "٣ days", "n=40", "p=0.05", "mid-2013", "over-65s", "1990s", "5 x 3", "(43)", "43/mL",
    "q8h",
    "100 mg/5 mL", "Tegretol300 mg", "95%", "95% of people", "100%", "100 people", "43,548", "43548", "43 548 people",
    "2024-03-09", "4/12/2024", "**43** people", "4 December 2020", "43rd-line43 mg", "{{ weekly.enrolled }}-43",
]  # fmt: skip


@pytest.mark.parametrize("text", GLUED)
def test_a_quantity_is_found_whatever_it_touches(text: str) -> None:
    assert {"NUM10", "NUM11"} & set(codes(text))


NAMES = [
    "TOURMALINE-MM1", "del(17p), t(4;14), 17p13 and 1q21", "COVID-19", "HbA1c", "CD38", "B12", "PD-L1", "mRNA-1273",
    "BNT162b2", "omega-3", "5-FU", "HER2/3", "IL-6", "GLP-1", "18F-FDG", "99mTc", "3D", "5-alpha", "9-valent",
    "12-lead",
    "type 2", "Type-2", "grade 3", "grade 3+", "Grade ≥3", "grade 3 or 4", "grades 3 and 4", "grade 3–4", "grade 3/4",
    "Phase 1/2", "Phase 1b/2", "stage 3b", "aged 16 to 55", "age 65+", "2nd dose", "the 4th day", "24/7",
    "a 24-hour line",
    "95% CI", "the 95% confidence interval", "exact 95% intervals", "a 90% CI", "I/II", "10⁹/L", "mg/m²", "H1 and MM1",
    "https://www.example.org/page/12345", "10.1056/NEJMoa1516282", "NCT01564537", "MLN9708", "me43@example.org",
    "5'-end",
    "ISBN 978-3-16-148410-0", "ISBN-13: 9783161484100", "EudraCT 2010-020347-12", "NDC 0597-0153-30", "PMID 27119237",
    "HLA-B*57:01", "CYP2C19*2", "24/7/365", "trisomy 21", "factor 8", "Room 12", "HPV 18", "PEG 3350",
    "an 18-gauge needle", "a 12-step program", "exon 19, Step 1, Section 2",
    "a 95% level of confidence", "(95 % CI)", "per 100 person-years", "R-CHOP-14",
    "{{ weekly.orr.per_100 }} in 100", "{{ weekly.orr.percent }} per 100",
    "{{ weekly.orr.percent | decimals(0) }} people in 100", "{{ weekly.orr }}",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMES)
def test_a_number_of_a_name_and_the_level_of_an_interval_are_no_quantities(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("el 95% de confianza", []),
        ("IC del 95 %", []),
        ("el 95 % de las personas", ["NUM10"]),
        ("{{ sola.orr.per_100 }} de cada 100", []),
        ("grado 3 o 4, tipo 2, 2.ª dosis", []),
        ("las 24 horas, las 24 h", []),
        ("Paso 1, parte 2, factor 8, 2do piso, 3ro, VPH 16", []),
        ("7 días", ["NUM10"]),
    ],
)
def test_another_language_has_words_of_its_own(text: str, found: list[str]) -> None:
    assert codes(text, "espanol") == found


def test_a_hundred_behind_a_count_that_is_not_out_of_it_is_found() -> None:
    (problem,) = typed("{{ weekly.orr.count }} in 100")
    assert (problem.code, names_in(problem.instead)) == ("NUM10", ["weekly.orr | per(100)"])
    assert printed(names_in(problem.instead)) == ["18\u00a0in\u00a0100"]


def test_a_hundred_without_a_count_is_the_whole_of_a_section_that_shows_people_out_of_it_alone() -> None:
    assert codes("Out of every 100 people") == ["NUM10"]
    # "Side effects in 100 people" heads a section with `per: 100`.
    assert not {"NUM10", "NUM11"} & {problem.code for problem in findings(CONTENT)}


@pytest.mark.parametrize(
    ("text", "offered", "prints"),
    [
        ("18% responded", ["weekly.orr.percent | percent"], ["18%"]),
        ("9 of 50 responded", ["weekly.orr"], ["9 of 50"]),
        ("20.6 months", ["mm1.pfs.ixa_rd.median | unit"], ["20.6\u00a0months"]),
        ("722 people", ["mm1.later.published.enrolled"], ["722"]),
        ("4 December 2025", ["sources.bcj_2025.as_of"], ["4 December 2025"]),
        ("from 0.676 to 1.018", ["mm2.pfs.hr.interval"], ["0.676–1.018"]),
        ("13% responded", ["twice_weekly.orr.per_100 | percent"], ["13%"]),
        ("13.0% responded", ["twice_weekly.orr.per_100 | percent"], ["13%"]),
        (
            "twice_weekly has {{ twice_weekly.evaluable }}: 1",
            ["twice_weekly.cr.count", "twice_weekly.mr.count"],
            ["1", "1"],
        ),
    ],
)
def test_the_names_that_are_offered_fit_and_print_what_is_typed(
    text: str, offered: list[str], prints: list[str]
) -> None:
    (problem,) = typed(text)
    assert (problem.code, names_in(problem.instead)) == ("NUM11", offered)
    assert printed(offered) == prints


@pytest.mark.parametrize("text", ["20 mg once", "28 tablets", "4 mL", "14.7%", "2 cups and 20 months"])
def test_a_number_that_the_topic_has_in_another_unit_alone_is_one_that_it_does_not_have(text: str) -> None:
    assert "NUM10" in codes(text)


def test_a_dose_of_the_topic_is_named_with_its_unit(changed: Change) -> None:
    content = changed(("\nfacts:\n", "\nfacts:\n  dose: {value: 20, unit: mg, source: us_label}\n"))
    (problem,) = [one for one in typed("Take 20 mg", content=content) if one.code.startswith("NUM")]
    assert (problem.code, problem.instead) == (
        "NUM11", "write the name that topic.yaml has for it, {{ facts.dose | unit }}",
    )  # fmt: skip
    assert printed(["facts.dose | unit"], content) == ["20\u00a0mg"]


def test_a_rate_alone_is_offered_with_doubt_where_nothing_says_that_it_is_one() -> None:
    (problem,) = typed("It came to 28 of them")
    assert problem.code == "NUM11"
    assert "if it is that; else" in problem.instead


def test_a_range_is_told_once_and_named_whole(changed: Change) -> None:
    content = changed(("\nfacts:\n", "\nfacts:\n  iron: {value: [471, 473], unit: day, source: us_label}\n"))
    for text in ("471 to 473 days", "471–473 days", "471-473 days"):
        (problem,) = typed(text, content=content)
        assert names_in(problem.instead) == ["facts.iron | unit"]


def test_an_expression_that_is_not_closed_types_no_number() -> None:
    assert typed("It was {{ lead3.nausea.lira_12 | per(100) . It is read") == []
    assert codes("It was {{ lead3.nausea.lira_12. It costs 4711") == ["NUM10"]


def test_thousands_are_no_ones() -> None:
    assert codes("It costs $1,000") == ["NUM10"]


def test_a_range_of_two_rates_is_offered_with_doubt() -> None:
    (problem,) = typed("Keep it at 20–25 degrees")
    assert "if it is that; else" in problem.instead


def test_an_emergency_number_said_digit_by_digit_is_that_number(changed: Change) -> None:
    contact = '  danger: {code: "911", region: US, emergency: true, source: mmrf}\n\nfreshness:'
    changed(("\nfreshness:", contact))
    content = changed(("  trial_line: {name", "  danger: {name: Emergency}\n  trial_line: {name"), file="en.yaml")
    (problem,) = typed("Call 9-1-1", content=content)
    assert names_in(problem.instead) == ["contacts.danger"]


def test_a_short_number_behind_a_word_for_calling_belongs_to_the_contacts() -> None:
    (problem,) = typed("Call 112")
    assert "contacts:" in problem.instead


def test_what_a_name_means_is_no_name_and_its_numbers_are_found(changed: Change) -> None:
    content = changed(("means: feeling sick", "means: feeling sick for 43 days"), file="en.yaml")
    assert "NUM10" in {problem.code for problem in findings(content)}
