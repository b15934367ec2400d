"""How chances are put: which wordings the rules find and which they let stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patient_samples import finds, messages, paragraphs, subject_of
from thoroughness import examples
from topic_samples import shipped_plans

from handouts.checks.phrases import found, pattern_of
from handouts.checks.risk_wording import (
    count_without_its_rate,
    likelihood_without_a_number,
    rates_of_different_wholes,
    relative_risk_alone,
)
from handouts.plan.blocks import Heading
from handouts.plan.text import Run


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
    ],
)
def test_people_of_so_many_come_with_their_rate(text: str, count: int) -> None:
    assert len(finds(count_without_its_rate, text)) == count


def test_spanish_is_judged_by_its_own_words() -> None:
    assert finds(likelihood_without_a_number, "El sarpullido es poco frecuente.", topic="espanol") == [
        "'poco frecuente' stands without its number"
    ]
    assert finds(likelihood_without_a_number, "Rash is rare.", topic="espanol") == []
    assert len(finds(count_without_its_rate, "Respondieron 9 de 50 personas.", topic="espanol")) == 1
    assert finds(count_without_its_rate, "Respondieron 9 de 50 (18 de cada 100).", topic="espanol") == []


def test_a_deck_is_for_clinicians_and_is_not_judged() -> None:
    subject = subject_of(plan=shipped_plans("ixazomib").deck)
    for rule in (rates_of_different_wholes, relative_risk_alone, likelihood_without_a_number, count_without_its_rate):
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
