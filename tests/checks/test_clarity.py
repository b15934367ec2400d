"""The report of `handouts check`: every item of both indexes has an outcome, and none is met that nobody judged."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from patient_samples import paragraphs, subject_of
from topic_samples import CONTENT, ROOT, TODAY, shipped_plans

from handouts.build.make import make
from handouts.build.request import Request
from handouts.checks.clarity import clarity_data, clarity_lines, clarity_of
from handouts.checks.indexes import CDC, INDEXES, PEMAT_P, Index, scored
from handouts.checks.registry import RULES
from handouts.checks.rule import OfPlan

CODES = {rule.code for rule in RULES if rule.over is OfPlan}


def _shipped(topic: str = "ixazomib") -> OfPlan:
    return subject_of(topic=topic, plan=shipped_plans(topic).handout)


def test_the_indexes_have_the_items_of_their_sheets() -> None:
    assert [item.number for item in CDC.items] == list(range(1, 21))
    assert [item.number for item in PEMAT_P.items] == [*range(1, 13), *range(15, 27)]
    assert (CDC.pass_mark, PEMAT_P.pass_mark) == (90, 70)


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_every_rule_that_judges_an_item_exists(index: Index) -> None:
    assert {code for item in index.items for code in item.rules} <= CODES
    assert len({item.asks for item in index.items}) == len(index.items)


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_an_item_without_a_rule_is_left_to_a_person(index: Index) -> None:
    found = scored(index, _shipped(), ())
    for item, outcome in found.outcomes:
        assert outcome != "not met"
        if not item.rules:
            assert outcome == "for a person"
    assert {item.rules for item in found.items("not applicable")} <= {("CLEAR08",)}
    assert found.percent == 100
    # The shipped handout has no table.
    assert sum(len(found.items(outcome)) for outcome in ("met", "for a person", "not applicable")) == len(index.items)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("code", sorted({code for index in INDEXES for item in index.items for code in item.rules}))
def test_what_a_rule_finds_breaks_the_items_that_it_judges_and_no_other(code: str) -> None:
    for index in INDEXES:
        found = scored(index, _shipped(), [code])
        judged = {i.number for i in index.items if code in i.rules} - {i.number for i in found.items("not applicable")}
        assert {item.number for item in found.items("not met")} == judged


def test_items_that_do_not_apply_are_in_no_score() -> None:
    found = scored(PEMAT_P, subject_of(*paragraphs("Ask your doctor.")), ())
    assert {item.number for item in found.items("not applicable")} == {17, 19}


def test_decimals_outside_rates_are_left_to_a_person() -> None:
    for text, outcome in (("It took 20.6 months.", "for a person"), ("It took 21 months.", "met")):
        outcomes = {item.number: one for item, one in scored(CDC, subject_of(*paragraphs(text)), ()).outcomes}
        assert outcomes[15] == outcome


def test_a_language_without_words_leaves_items_to_a_person() -> None:
    subject = _shipped()
    silent = type(subject.lexicon)(schema_version=1, language="en")
    met = {item.number for item in scored(CDC, replace(subject, lexicon=silent), ()).items("met")}
    assert met.isdisjoint({5, 6, 7, 17})
    assert 1 in met


def test_what_is_found_makes_an_item_not_met() -> None:
    report = clarity_of(
        "ixazomib", subject_of(*paragraphs("Numerous possibilities necessitate considerable deliberation."))
    )
    assert report
    (pemat,) = [one for one in report.indexes if one.index is PEMAT_P]
    assert 3 in {item.number for item in pemat.items("not met")}


def test_the_report_of_the_shipped_handout() -> None:
    report = clarity_of("ixazomib", _shipped())
    assert report
    lines = list(clarity_lines(report))
    text = "\n".join(lines)
    assert lines[0] == "ixazomib, en: how the handout reads"
    assert "target without names and terms: Flesch-Kincaid 6 or less, SMOG 8 or less: reached" in text
    for section in ("What has changed", "Side effects in 100 people", "whole handout"):
        assert any(line.strip().startswith(section) for line in lines)
    for index in INDEXES:
        assert f"  {index.name}: rules judge" in text
    assert "left to a person (11): 4 has a picture that supports it; 10" in text
    assert "not met" not in text
    assert len(report.long_words) <= 12
    assert not {word for word, _ in report.long_words} & {"ixazomib", "lenalidomide", "myeloma", "refractory"}


def test_a_language_without_a_formula_is_said_not_to_be_measured() -> None:
    subject = _shipped()
    german = replace(
        shipped_plans("ixazomib").handout, meta=replace(shipped_plans("ixazomib").handout.meta, language="de")
    )
    report = clarity_of("ixazomib", replace(subject, plan=german))
    assert report
    assert any("not measured" in line for line in clarity_lines(report))
    assert clarity_data(report)["whole"] is None


def test_decks_and_cards_have_no_report() -> None:
    result = make(Request(TODAY, topics=("ixazomib",), content=CONTENT, templates=ROOT / "templates"))
    (report,) = result.clarity()
    assert (report.topic, report.language) == ("ixazomib", "en")
    data = json.loads(json.dumps(clarity_data(report)))
    assert data["whole"]["without_names_and_terms"]["SMOG"] <= 8
    assert {item["outcome"] for index in data["indexes"] for item in index["items"]} == {
        "met",
        "for a person",
        "not applicable",
    }
