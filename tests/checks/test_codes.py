"""How old codes are: from which day one is a finding, what spares it that, and that it can be waived."""

from __future__ import annotations

from datetime import date

from content_findings import SHIPPED, findings, line_of, only_new
from topic_samples import Change

OWN = "source: openfda, as_of: 2015-11-20}\n"
LABEL = "    next_check: 2027-03\n    address: https://dailymed.nlm.nih.gov/"
WITHOUT_CHECK = (LABEL, LABEL.replace("    next_check: 2027-03\n", ""))
ADDED = (OWN, f'{OWN}  - {{system: rxnorm, code: "1191", display: X, source: us_label, as_of: 2024-02}}\n')


def test_a_code_is_old_when_the_topics_limit_has_passed(changed: Change) -> None:
    content = changed(ADDED, WITHOUT_CHECK)
    assert {one.code for one in findings(content, date(2026, 2, 28))} == SHIPPED
    problem = only_new(findings(content, date(2026, 3, 31)))
    assert (problem.code, problem.severity) == ("CODE01", "warning")
    assert problem.message.startswith("RxNorm 1191 is as of 2024-02, older than 24 months")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", 'code: "1191"')


def test_a_code_whose_source_is_looked_at_again_is_not_old_of_itself(changed: Change) -> None:
    assert {one.code for one in findings(changed(ADDED), date(2026, 3, 31))} == SHIPPED


def test_a_code_of_an_article_stays_what_it_was(changed: Change) -> None:
    content = changed((OWN, f"{OWN}  - {{system: icd10cm, code: C90.0, display: X, source: nejm_2016, as_of: 2016}}\n"))
    assert {one.code for one in findings(content, date(2026, 3, 31))} == SHIPPED


def test_an_old_code_can_be_let_stay(changed: Change) -> None:
    waived = "waivers: [{code: CODE01, at: 'codes, item 2, as_of', reason: Known, until: 2026-12-31}]\n"
    content = changed(ADDED, WITHOUT_CHECK, ("\nfreshness:\n", f"\n{waived}freshness:\n"))
    assert {one.code for one in findings(content, date(2026, 3, 31))} == SHIPPED


def test_a_code_of_the_future_is_a_slip(changed: Change) -> None:
    content = changed((OWN, OWN.replace("2015-11-20", "2026-12-01")))
    problem = only_new(findings(content))
    assert (problem.code, problem.severity) == ("STALE02", "error")
    assert problem.origin.line == line_of(content / "ixazomib" / "topic.yaml", "2026-12-01")


def test_a_code_cites_a_source_of_the_topic(changed: Change) -> None:
    problem = only_new(findings(changed((OWN, OWN.replace("openfda", "openfd")))))
    assert problem.code == "REF01"
    assert "codes, item 1, source names the source 'openfd'" in problem.message
    assert "did you mean 'openfda'?" in problem.instead
