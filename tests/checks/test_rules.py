"""What holds for every rule: a code of its own, words for the page, a reason with its source, and one page of all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from topic_samples import ROOT

from handouts.checks.page import SECTIONS, checks_page
from handouts.checks.registry import RULES
from handouts.checks.rule import Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_finds_why_and_whence(rule: Rule[Any]) -> None:
    assert re.fullmatch(r"[A-Z]+[0-9]{2}", rule.code)
    assert re.fullmatch(r"[A-Z].*\.", rule.what)
    assert re.fullmatch(r"[A-Z].*\.", rule.why)
    assert "\n" not in rule.why + rule.source
    assert rule.source
    assert rule.over in SECTIONS


def test_no_two_rules_have_the_same_code() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_the_page_on_rules_is_that_of_this_code() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert page == checks_page(RULES), "run: python scripts/checks_page.py"
