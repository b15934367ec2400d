"""Sources can be looked up, are looked at again in time, and stand under the numbers that they give."""

from __future__ import annotations

import re
from datetime import date

import pytest
from content_findings import SHIPPED, findings, line_of, only_new
from topic_samples import CONTENT, ROOT, Change

from handouts.checks.sources import source_of
from handouts.files.workspace import Workspace
from handouts.model.base import parse_as_of
from handouts.model.freshness import is_future, is_past

NEJM = (
    "    as_of: 2016\n    registry: NCT01564537\n    doi: 10.1056/NEJMoa1516282\n"
    "    citation: N Engl J Med 2016;374:1621\n"
)
LABEL = "    next_check: 2027-03\n    address: https://dailymed.nlm.nih.gov/"


@pytest.mark.parametrize(
    ("key", "good", "bad", "advice"),
    [
        ("address", "https://themmrf.org/living", "themmrf.org/living", "write it whole, from 'https://' on"),
        ("address", "https://themmrf.org/living", "http://themmrf.org/living", "write it whole, from 'https://' on"),
        ("address", "https://themmrf.org/living", "https://themmrf/living", "write it whole, from 'https://' on"),
        ("address", "https://themmrf.org/living", "https://me:secret@themmrf.org/", "write it whole"),
        ("doi", "10.1056/NEJMoa1516282", "doi:10.1056/NEJMoa1516282", "write it from '10.' on"),
        ("registry", "registry: NCT00932698", "registry: NCT0093269", "write NCT and eight digits"),
    ],
)
def test_an_address_doi_or_trial_number_is_checked_for_its_form(
    changed: Change, key: str, good: str, bad: str, advice: str
) -> None:
    found = findings(changed((good, bad)))
    (problem,) = [p for p in found if p.severity == "error"]
    assert problem.code == "SCHEMA05"
    assert f".{key} is '" in problem.message
    assert problem.instead.startswith(advice)


def test_a_citation_alone_is_a_source_that_few_can_look_up(changed: Change) -> None:
    content = changed(("    address: https://www.ema.europa.eu/en/medicines/human/EPAR/ninlaro\n", ""))
    # The shipped topic has one such source of its own.
    (problem,) = [p for p in findings(content) if p.code == "SRC01" and "outside the US" not in p.message]
    assert problem.severity == "warning"
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "  eu_label:\n".strip("\n"))


def test_a_source_is_stale_from_the_day_after_its_next_check(changed: Change) -> None:
    content = changed((LABEL, LABEL.replace("2027-03", "2026-05")))
    assert {p.code for p in findings(content, date(2026, 5, 31))} == SHIPPED
    problem = only_new(findings(content, date(2026, 6, 1)))
    assert (problem.code, problem.severity) == ("STALE03", "warning")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "next_check: 2026-05")


def test_a_label_without_a_next_check_is_stale_with_age_and_an_article_is_not(changed: Change) -> None:
    content = changed((LABEL, LABEL.replace("    next_check: 2027-03\n", "")))
    assert {p.code for p in findings(content, date(2026, 3, 31))} == SHIPPED
    problem = only_new(findings(content, date(2026, 4, 1)))
    assert (problem.code, problem.severity) == ("STALE04", "warning")
    assert "Ninlaro (ixazomib) prescribing information" in problem.message


def test_the_topics_own_date_cannot_lie_ahead(changed: Change) -> None:
    content = changed(("as_of: about 2013\nmain_source", "as_of: about 2027\nmain_source"))
    found = [p for p in findings(content) if p.severity == "error"]
    assert [p.code for p in found] == ["STALE02"]


@pytest.mark.parametrize(
    ("day", "past", "future"),
    [
        ("2026-03-30", True, False),
        ("2026-03-31", False, False),
        ("2026-04-01", False, True),
        ("2026-02", True, False),
        ("2026-03", False, False),
        ("2026-04", False, True),
        ("2025", True, False),
        ("2026", False, False),
        ("2027", False, True),
    ],
)
def test_a_date_is_past_once_all_of_it_is(day: str, past: bool, future: bool) -> None:
    today = date(2026, 3, 31)
    assert (is_past(parse_as_of(day), today), is_future(parse_as_of(day), today)) == (past, future)


def test_a_statement_cites_the_source_of_each_number_that_it_prints(changed: Change) -> None:
    content = changed(("take_home, sources: [nejm_2016, jco_2021]", "take_home, sources: [nejm_2016]"))
    found = [p for p in findings(content) if p.code not in SHIPPED]
    assert {(p.code, p.severity) for p in found} == {("SRC02", "warning")}
    assert all("home_survival prints mm1.os." in p.message for p in found)
    for problem in found:
        named = re.findall(r"prints (\S+),", problem.message)[0]
        words = (content / "ixazomib" / "en.yaml").read_text("utf-8").splitlines()
        assert words[problem.origin.line - 1][problem.origin.column - 1 :].startswith(named)


@pytest.mark.parametrize(
    ("named", "source"),
    [
        ("weekly.enrolled", "mmrf"),
        ("weekly.orr.count", "mmrf"),
        ("weekly.main.count", "mmrf"),
        ("twice_weekly.later.published.orr.percent", "blood_2014_1038"),
        ("mm1.later.published.enrolled", "nejm_2016"),
        ("mm1.planned", "mmrf"),
        ("mm1.os.hr", "jco_2021"),
        ("pooled.rash.percent", "intl_label"),
        ("facts.us_marketing", "openfda"),
        ("mm1.name", None),
        ("subject.brand", None),
        ("weekly.nothing.count", None),
        ("nothing.at.all", None),
        ("weekly.later.nothing.enrolled", None),
    ],
)
def test_the_source_of_what_words_name(named: str, source: str | None) -> None:
    topic = Workspace(CONTENT, ROOT / "templates").topic("ixazomib").topic.value
    assert source_of(topic, named) == source


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("as_of", "doi", "citation", "year"),
    [
        ("2024", "10.1200/JCO.2018.36.15", "J", "doi holds 2018"),
        ("2024-03", "10.1016/j.jacc.2016.03.001", "J", "doi holds 2016"),
        ("2024", "10.1016/S0140-6736(19)32222-3", "J", "doi holds 2019"),
        ("2006", "10.1016/S0140-6736(96)32222-3", "J", "doi holds 1996"),
        ("2024", "10.1056/NEJMoa1516282", "Blood 2014;124:1038", "citation holds 2014"),
        ("2016", "10.1016/j.jacc.2016.03.001", "J", ""),
        ("2017", "10.1016/j.jacc.2016.03.001", "J", ""),
        ("2024", "10.1016/j.jacc.2016.03.001", "Circulation 2024;1:2", ""),
        ("2024", "10.1056/NEJMoa1516282", "N Engl J Med 374:2014", ""),
        ("2024", "10.2016/abc", "Report 2014", ""),
        ("2024", "10.1002/14651858.CD001234.pub2", "NDC 2014-390", ""),
        ("about 2013", "10.1200/JCO.2010.36.15", "J", "doi holds 2010"),
    ],
)
def test_a_year_in_doi_or_citation_is_that_of_the_date(
    changed: Change, as_of: str, doi: str, citation: str, year: str
) -> None:
    lines = f"    as_of: {as_of}\n    registry: NCT01564537\n    doi: {doi}\n    citation: {citation}\n"
    content = changed((NEJM, lines))
    found = [one for one in findings(content) if one.code == "SRC04"]
    assert [year in one.message for one in found] == ([True] if year else [])
    if found:
        assert found[0].origin.line == line_of(content / "ixazomib" / "topic.yaml", f"doi: {doi}") - 2


def test_a_source_without_a_date_is_told_the_year_that_its_doi_holds(changed: Change) -> None:
    lines = "    as_of: unknown\n    seen: 2026-01\n    doi: 10.1200/JCO.2018.36.15\n    citation: J Clin Oncol\n"
    content = changed((NEJM, lines))
    (found,) = [one for one in findings(content) if one.code == "SRC03" and "MM1" in one.message]
    assert found.instead == "its doi holds 2018: if it is from that year, write as_of: 2018"


@pytest.mark.parametrize(
    ("next_check", "codes"),
    [("2023-01", ["STALE06"]), ("2024-02", ["STALE06"]), ("2024-03-30", ["STALE03"]), ("2024", ["STALE03"]),
     ("2027", [])],
)  # fmt: skip
def test_a_source_is_looked_at_again_after_its_own_date(changed: Change, next_check: str, codes: list[str]) -> None:
    content = changed((LABEL, LABEL.replace("2027-03", next_check)))
    assert [one.code for one in findings(content) if one.code in ("STALE03", "STALE06")] == codes


@pytest.mark.parametrize(("day", "count"), [("2012-05-01", 0), ("2013-05-01", 0), ("2025-01-31", 0)])
def test_a_number_of_about_a_year_may_have_been_verified_about_then(changed: Change, day: str, count: int) -> None:
    dial = 'dial: "+18666036628"\n'
    content = changed((dial, f"{dial}    verified_on: {day}\n    verified_by: A. Nurse\n"))
    assert len([one for one in findings(content) if one.code == "STALE06"]) == count


def test_a_number_is_verified_after_its_source_was_published(changed: Change) -> None:
    dial = 'dial: "+18666036628"\n    source: mmrf\n'
    content = changed(
        (dial, dial.replace("mmrf", "us_label") + "    verified_on: 2023-05-01\n    verified_by: A. Nurse\n")
    )
    (found,) = [one for one in findings(content) if one.code == "STALE06"]
    assert found.origin.line == line_of(content / "ixazomib" / "topic.yaml", "verified_on: 2023-05-01")
