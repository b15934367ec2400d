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
