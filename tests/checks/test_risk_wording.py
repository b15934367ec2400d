"""How chances are put: which wordings the rules find and which they let stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_findings import line_of
from hypothesis import given, settings
from hypothesis import strategies as st
from patient_samples import finds, messages, paragraphs, subject_of
from thoroughness import examples
from topic_samples import ROOT, TODAY, Change, shipped_plans

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.phrases import found, pattern_of
from handouts.checks.risk_wording import (
    count_without_its_rate,
    likelihood_without_a_number,
    rates_of_different_wholes,
    relative_risk_alone,
    sections_of_different_wholes,
)
from handouts.compose.share import Share
from handouts.figures.shapes import Figure, Label
from handouts.plan.blocks import Block, Cell, FigureBlock, Heading, Table
from handouts.plan.text import Run
from handouts.problems import Problem


def test_one_in_some_with_another_some_is_found_at_each_but_the_usual_one() -> None:
    assert finds(rates_of_different_wholes, "1 in 8 were sick.", "1 in 20 had a rash.") != []
    assert finds(rates_of_different_wholes, "3 in 10 were sick.", "18 in 100 had a rash. 5 out of 100 died.") == [
        "'3 in 10' stands beside rates out of 100"
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("18 in 100 were sick.", "5 out of 100 had a rash, 7 in every 100 a fever."),
        ("1 in 8 were sick.",),
        ("Of 46 people, 6 of 46 responded.", "9 of 50 responded."),
        ("Take it 2 weeks of every 3.", "In 2013 and in 2015."),
    ],
)
def test_one_whole_and_counts_are_let_stand(texts: tuple[str, ...]) -> None:
    assert finds(rates_of_different_wholes, *texts) == []


def _drawing(*labels: str, draws: tuple[str, ...] = ("weekly.orr",)) -> FigureBlock:
    """A figure that prints these labels."""
    shapes = tuple(Label(0, 10 * at, text, 9) for at, text in enumerate(labels))
    return FigureBlock(Figure("paired_bars", 100, 100, shapes, "An alt text"), draws=draws)


def _facts_box(*cells: str) -> Table:
    """A table of results with one row."""
    row = tuple(Cell((Run(text),)) for text in cells)
    return Table(tuple(Cell((Run("Out of"),)) for _ in cells), (row,), (1.0,) * len(cells), draws=("weekly.orr",))


def _section(title: str, *blocks: Block) -> tuple[Block, ...]:
    return (Heading(2, (Run(title),)), *blocks)


@pytest.mark.parametrize(
    "drawn", [_drawing("Drug A", "59 in 1,000"), _drawing("59 in", "1,000"), _facts_box("59 in 1,000", "none")]
)
def test_the_rates_of_a_figure_or_facts_box_stand_beside_those_of_its_section(drawn: Block) -> None:
    subject = subject_of(*_section("Results", *paragraphs("6 in 100 were sick.", "7 in 100 had a rash."), drawn))
    (problem,) = rates_of_different_wholes.problems(subject)
    assert " ".join(problem.message.split()) == "'59 in 1,000' stands beside rates out of 100"
    assert problem.instead == "write per: 100 in its section"
    assert problem.origin == subject.topic.document.key_origin(("sections", "weekly"))


def test_words_are_told_where_most_rates_are_those_of_the_figure() -> None:
    blocks = (*paragraphs("6 in 100 were sick."), _drawing("59 in 1,000", "62 in 1,000"))
    (problem,) = rates_of_different_wholes.problems(subject_of(*_section("Results", *blocks)))
    assert problem.message == "'6 in 100' stands beside rates out of 1000"
    assert problem.instead == "give it out of 1000 too"


def test_a_figure_that_no_section_asks_for_is_the_template_s() -> None:
    blocks = (*paragraphs("6 in 100 were sick."), _drawing("59 in 1,000", draws=()))
    (problem,) = rates_of_different_wholes.problems(subject_of(*_section("Results", *blocks)))
    assert problem.origin.file == "handout.html.j2"


def test_the_same_whole_written_in_two_ways_is_one() -> None:
    assert finds(rates_of_different_wholes, "3 in 1000 were sick.", "4 in 1,000 had a rash.") == []


def test_two_sections_may_not_differ_unnoticed() -> None:
    helps = _section("Benefits", *paragraphs("59 in 10,000 were saved.", "62 in 10,000 were well."))
    harms = _section("Side effects", *paragraphs("3 in 100 had a rash."))
    more = _section("More side effects", _drawing("7 in 100"))
    subject = subject_of(*helps, *harms, *more)
    assert messages(rates_of_different_wholes, subject) == []
    assert messages(sections_of_different_wholes, subject) == [
        "'Benefits' has rates out of 10000, and 'Side effects' out of 100"
    ]
    assert messages(sections_of_different_wholes, subject_of(*harms, *more)) == []


def test_a_section_that_differs_in_itself_is_told_by_its_own_rule() -> None:
    mixed = _section("Results", *paragraphs("3 in 100 were sick.", "4 in 100 had a rash. 5 in 1,000 died."))
    subject = subject_of(*mixed, *_section("Side effects", *paragraphs("3 in 100 had a rash.")))
    assert messages(rates_of_different_wholes, subject) == ["'5 in 1,000' stands beside rates out of 100"]
    assert messages(sections_of_different_wholes, subject) == []


def _of_handout(content: Path) -> list[Problem]:
    found_there = examine(Request(TODAY, ("pdf",), content=content, templates=ROOT / "templates"))
    return [one for one in found_there.findings if one.code.startswith("RISK")]


def test_a_facts_box_per_thousand_is_found_where_the_topic_asks_for_it(changed: Change) -> None:
    study = "    study: twice_weekly\n"
    shows = ("icon_array, deck: rates}", "facts_box, deck: rates}\n    outcomes: [orr]\n    per: 1000")
    content = changed((f"{study}    show: {{handout: {shows[0]}", f"{study}    show: {{handout: {shows[1]}"))
    found_here = _of_handout(content)
    assert {(one.code, one.severity, one.instead) for one in found_here} == {
        ("RISK01", "warning", "write per: 100 in its section")
    }
    assert {one.origin.line for one in found_here} == {line_of(content / "ixazomib" / "topic.yaml", "per: 1000")}


def test_two_sections_that_cannot_share_a_whole_can_be_waived_with_a_reason(changed: Change) -> None:
    words = "first one, for {{ weekly.evaluable }} in {{ weekly.enrolled }}, to be"
    content = changed(("first one by mouth to be", words), file="en.yaml")
    (problem,) = _of_handout(content)
    assert problem.code == "RISK05"
    told = "'What is ixazomib?' has rates out of 60, and 'What did the early studies find? (about 2013)' out of 100"
    assert told in problem.message
    waiver = "{code: RISK05, at: statements.K1.patient, language: en, reason: As published, until: 2026-12-31}"
    changed(("\nfreshness:", f"\nwaivers: [{waiver}]\nfreshness:"))
    assert _of_handout(content) == []


@pytest.mark.parametrize(
    "text",
    [
        "The risk doubled.", "It helps twice as many people.", "30% fewer people were sick.", "It cut the risk by 30%.",
        "The hazard ratio was 0.74.", "3 times more people were sick; 28 in 100 of them.",
    ],
)  # fmt: skip
def test_a_relative_risk_needs_both_numbers_beside_it(text: str) -> None:
    assert len(finds(relative_risk_alone, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The risk doubled, from 1 in 100 to 2 in 100.",
        "Twice as many people were sick: 28% with the drug. With placebo it was 14%.",
        "It was given 3 times a week.",
        "Take it three times a day, at least three times.",
        "Fewer people were sick.",
    ],
)
def test_a_relative_risk_with_its_numbers_is_let_stand(text: str) -> None:
    assert finds(relative_risk_alone, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rash is rare.", "Nausea is very common.", "You are LIKELY to be tired.", "It usually goes away.",
        "In 2013, rash was uncommon.", "Sometimes it hurts.",
    ],
)  # fmt: skip
def test_a_word_for_chance_needs_its_number(text: str) -> None:
    assert len(finds(likelihood_without_a_number, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Rash is rare: 2 in 100 people.",
        "Rash was rare. How many is not stated.",
        "Rash was rare. The source gives no number.",
        "Most people were well, and few were sick.",
        "An unlikelihood and commonplaces.",
        "It is twice as likely.",
    ],
)
def test_a_word_for_chance_with_its_number_or_a_note_is_let_stand(text: str) -> None:
    assert finds(likelihood_without_a_number, text) == []


def test_a_note_holds_for_its_own_section_alone() -> None:
    heading = Heading(2, (Run("Side effects"),))
    subject = subject_of(*paragraphs("How many is not stated."), heading, *paragraphs("Rash is rare."))
    assert messages(likelihood_without_a_number, subject) == ["'rare' stands without its number"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("9 of 50 people responded.", 1),
        ("9 of the 50 people responded.", 1),
        ("9 of 50 people (18 in 100) responded.", 0),
        ("9 of 50 people responded. That is 18%.", 0),
        ("18 of 100 people responded.", 0),
        ("Page 1. Of 50 people, 9 responded.", 0),
        ("9 of 50 people (18 of 100) responded.", 0),
        ("9 of 50 people responded, 18 percent.", 0),
        ("9 of 50 people took all 4 doses.", 1),
        ("8 of 18,198 people fell ill.", 1),
        # Nothing is to be worked out, or nothing that says more.
        ("0 of 46 people fell ill.", 0),
        ("46 of 46 people fell ill.", 0),
        ("8 of 1,000 people fell ill.", 0),
        ("2 of 3 people responded.", 0),
        ("19 of 20 people responded.", 1),
        ("50 of 9 people responded.", 0),
        ("2.5 of 50 were left.", 0),
        # No people.
        ("Take it on 21 of 28 days.", 0),
        ("On day 8 of 28 you come back.", 0),
        ("Each cycle has 3 of the 24 weeks.", 0),
        ("You may score 24 of 30 points.", 0),
    ],
)
def test_people_of_so_many_come_with_their_rate(text: str, count: int) -> None:
    assert len(finds(count_without_its_rate, text)) == count


@pytest.mark.parametrize(
    ("text", "rate", "written"),
    [
        ("9 of 50 responded.", "18 in 100, as", "18 in 100"),
        ("1 of 200 responded.", "1 in 100", "1 in 100"),
        ("8 of 18,198 fell ill.", "4 in 10,000", "4 in 10,000"),
        ("1 of 300 fell ill.", "3 in 1,000", "3 in 1,000"),
        ("299 of 300 were well.", "997 in 1,000", "997 in 1,000"),
        ("3 of 4,000,000 died.", "", ""),
    ],
)
def test_the_rate_that_it_asks_for_can_be_written_and_is_enough(text: str, rate: str, written: str) -> None:
    problems = list(count_without_its_rate.problems(subject_of(*paragraphs(text))))
    assert len(problems) == bool(rate)
    for problem in problems:
        assert problem.instead.endswith(f": {written}")
        assert finds(count_without_its_rate, f"{text[:-1]} ({written}).") == []


@given(st.integers(1, 99_999), st.integers(20, 100_000))
def test_a_rate_is_never_none_nor_all_and_what_the_format_of_words_writes(count: int, of: int) -> None:
    text = f"{count} of {of} people fell ill."
    for problem in count_without_its_rate.problems(subject_of(*paragraphs(text))):
        share = Share(count, of, None)
        rate = share.per(share.least_whole())
        assert rate.said == "exactly"
        assert problem.instead.endswith(f"'| per({rate.whole})' writes it: {rate.count} in {rate.whole:,}")


def test_a_cell_that_the_program_fills_is_not_the_author_s_to_mend() -> None:
    cells = Table(
        (Cell((Run("Who"),)), Cell((Run("9 of 50"),))), ((Cell((Run("All"),)), Cell((Run("6 of 46"),))),), (1, 1)
    )
    assert messages(count_without_its_rate, subject_of(cells)) == []


def test_spanish_is_judged_by_its_own_words() -> None:
    assert finds(likelihood_without_a_number, "El sarpullido es poco frecuente.", topic="espanol") == [
        "'poco frecuente' stands without its number"
    ]
    assert finds(likelihood_without_a_number, "Rash is rare.", topic="espanol") == []
    assert len(finds(count_without_its_rate, "Respondieron 9 de 50 personas.", topic="espanol")) == 1
    for text in (
        "Respondieron 9 de 50 (18 de cada 100).",
        "Respondieron 9 de 50, un 18 por ciento.",
        "En 21 de 28 días.",
    ):
        assert finds(count_without_its_rate, text, topic="espanol") == []


def test_a_deck_is_for_clinicians_and_is_not_judged() -> None:
    subject = subject_of(plan=shipped_plans("ixazomib").deck)
    rules = (rates_of_different_wholes, sections_of_different_wholes)
    for rule in (*rules, relative_risk_alone, likelihood_without_a_number, count_without_its_rate):
        assert messages(rule, subject) == []


@settings(derandomize=True, max_examples=examples(60))
@given(st.lists(st.text(alphabet="abc {}()[.*+?|\\^$", min_size=1, max_size=8), max_size=4), st.text(max_size=30))
def test_phrases_of_a_user_are_text_never_expressions(phrases: list[str], text: str) -> None:
    for match in found(tuple(phrases), text):
        assert match[0].lower() in {phrase.lower() for phrase in phrases} or " " in match[0]


def test_numbers_stand_where_a_phrase_has_places() -> None:
    pattern = pattern_of(("{n} in {of}",))
    assert [m[0] for m in pattern.finditer("18 in 100, 2.5 in 1,000, x in 3, 18 in 100th")] == [
        "18 in 100",
        "2.5 in 1,000",
    ]
