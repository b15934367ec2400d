"""The report of `handouts check`: every item of both indexes has an outcome, and none is met that nobody judged."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import replace
from patient_samples import paragraphs, subject_of
from topic_samples import CONTENT, ROOT, TODAY, shipped_plans

from handouts.build.make import make
from handouts.build.request import Request
from handouts.checks.clarity import clarity_data, clarity_lines, clarity_of
from handouts.checks.indexes import CDC, INDEXES, PEMAT_P, Index, never_met, scored
from handouts.checks.registry import RULES
from handouts.checks.rule import OfPlan
from handouts.plan.blocks import Box, FigureBlock, Heading, Item, ListBlock, Marker, Paragraph, walk
from handouts.plan.documents import Handout
from handouts.plan.text import Run

CODES = {rule.code for rule in RULES if rule.over is OfPlan}


def _shipped(topic: str = "ixazomib") -> OfPlan:
    return subject_of(topic=topic, plan=shipped_plans(topic).handout)


def test_the_indexes_have_the_items_of_their_sheets() -> None:
    assert [item.number for item in CDC.items] == list(range(1, 21))
    assert [item.number for item in PEMAT_P.items] == [*range(1, 13), *range(15, 27)]
    assert all(item.look.endswith("?") for index in INDEXES for item in index.items)


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_every_rule_that_judges_an_item_exists(index: Index) -> None:
    assert {code for item in index.items for code in item.rules} <= CODES
    assert len({item.asks for item in index.items}) == len(index.items)


MET = {CDC.name: {2, 5, 8}, PEMAT_P.name: {20}}
"""The items of each index that the composed ixazomib handout shows to be met."""


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_an_item_is_met_only_where_the_document_shows_it(index: Index) -> None:
    found = scored(index, _shipped(), ())
    assert {item.number for item in found.items("met")} == MET[index.name]
    assert found.items("not met") == ()
    assert found.judged == len(MET[index.name])
    # The shipped handout has no table.
    assert {item.rules for item in found.items("not applicable")} <= {("CLEAR08",)}
    assert sum(len(found.items(outcome)) for outcome in ("met", "for a person", "not applicable")) == len(index.items)


def _outcomes(index: Index, subject: OfPlan) -> dict[int, str]:
    return {item.number: outcome for item, outcome in scored(index, subject, ()).outcomes}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Ask your care team.", "met"),
        ("Talk to your doctor.", "met"),
        ("Use of this drug is new.", "for a person"),
        ("Use by your child is not safe.", "for a person"),
        ("Find out more.", "for a person"),
        ("Call your doctor", "for a person"),
        ("Should I stop? It is up to you.", "for a person"),
    ],
)
def test_only_a_request_to_the_reader_is_surely_a_call_to_act(text: str, outcome: str) -> None:
    subject = subject_of(*paragraphs(text))
    assert (_outcomes(CDC, subject)[5], _outcomes(PEMAT_P, subject)[20]) == (outcome, outcome)


def test_spanish_calls_to_act_are_seen_too() -> None:
    subject = subject_of(*paragraphs("Llame a su médico."), topic="espanol")
    assert _outcomes(CDC, subject)[5] == "met"
    assert _outcomes(CDC, subject_of(*paragraphs("Uso en su casa."), topic="espanol"))[5] == "for a person"


def test_lists_are_met_where_they_have_marks_and_are_short() -> None:
    def listed(count: int, marker: Marker = "bullet") -> OfPlan:
        return subject_of(ListBlock(tuple(Item((Run("A pill"),)) for _ in range(count)), marker))

    assert _outcomes(CDC, listed(7))[8] == "met"
    assert {_outcomes(CDC, one)[8] for one in (listed(8), listed(3, "none"), subject_of())} == {"for a person"}


def test_the_message_is_at_the_top_where_its_own_words_stand_in_its_box() -> None:
    words = _shipped().words.document
    own = Paragraph((Run("It helps.", origin=words.origin(("handout", "main_message"))),), "lead")
    other = Paragraph((Run("It helps."),), "lead")
    heading = Heading(2, (Run("What is it?"),))
    assert _outcomes(CDC, subject_of(Box("message", (own,)), heading))[2] == "met"
    for blocks in ((Box("message", (other,)), heading), (heading, Box("message", (own,))), (own, heading)):
        assert _outcomes(CDC, subject_of(*blocks))[2] == "for a person"


def test_drawings_have_captions_of_their_own_or_are_left_to_a_person() -> None:
    shipped = _shipped().plan
    assert isinstance(shipped, Handout)
    figure = next(block for block in walk(shipped.blocks) if isinstance(block, FigureBlock) and block.caption)
    assert _outcomes(PEMAT_P, subject_of(figure))[17] == "met"
    assert _outcomes(PEMAT_P, subject_of(figure, replace(figure, caption=())))[17] == "for a person"
    assert _outcomes(PEMAT_P, subject_of())[17] == "not applicable"


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


@pytest.mark.parametrize("number", [7, 15, 17])
def test_what_rules_can_only_find_broken_is_never_met(number: int) -> None:
    assert _outcomes(CDC, subject_of(*paragraphs("It took 21 months.")))[number] == "for a person"


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
        count = len(MET[index.name])
        assert f"  {index.name}: judged {count} of {len(index.items)}: {count} met" in text
    assert "    not judged: a person reads these 17" in lines
    assert "      17 asks for no arithmetic: does a reader have to add, divide or compare wholes?" in lines
    assert "not met" not in text
    assert "%" not in text
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
    assert list(data["whole"])[1:3] == ["whole_sentences", "in_whole_sentences"]
    assert [(one["judged"], one["items_in_all"], one["met"]) for one in data["indexes"]] == [(3, 20, 3), (1, 24, 1)]
    assert "percent" not in json.dumps(data)
    assert {item["outcome"] for index in data["indexes"] for item in index["items"]} == {
        "met",
        "for a person",
        "not applicable",
    }


def test_the_page_on_readability_says_which_items_are_judged() -> None:
    page = (ROOT / "docs" / "readability.md").read_text("utf-8")
    table, by_rules = page.split("## What the program judges")[1].split("These a rule can find broken")
    by_rules = by_rules.split("\n## ")[0]
    for index, name in ((CDC, "CDC"), (PEMAT_P, "PEMAT-P")):
        named = {int(number) for number in re.findall(rf"{name} ([0-9]+)", table)}
        assert named == {item.number for item in index.items if item.met is not never_met}
        codes = {code for item in index.items if item.met is never_met for code in item.rules}
        assert {code for code in codes if f"`{code}`" not in by_rules} == set()
    assert "%" not in page
