"""Harms under medical names, and handouts of harms that do not say when to call."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from patient_samples import finds, messages, paragraphs, subject_of
from topic_samples import shipped_plans

from handouts.checks.harm_words import harm_without_its_meaning, harms_without_when_to_call
from handouts.checks.rule import OfPlan
from handouts.model.load import Loaded
from handouts.model.words import NameWords, Words
from handouts.plan.blocks import Box
from handouts.plan.documents import ExplainedTerm, Glossary


def _named(**names: str | NameWords) -> OfPlan:
    """The shipped handout of ixazomib, whose figure draws harms, with other names for them."""
    subject = subject_of(plan=shipped_plans("ixazomib").handout)
    words = subject.words.value
    return replace(subject, words=Loaded(replace(words, names={**words.names, **names}), subject.words.document))


@pytest.mark.parametrize(
    ("name", "hard"),
    [
        ("Thrombocytopenia", "Thrombocytopenia"),
        ("Low platelets (thrombocytopenia)", "thrombocytopenia"),
        ("Hepatotoxicity", "Hepatotoxicity"),
        ("Severe pancreatitis", "pancreatitis"),
    ],
)
def test_a_harm_that_a_figure_names_in_medical_terms_needs_its_meaning(name: str, hard: str) -> None:
    (message,) = messages(harm_without_its_meaning, _named(thrombocytopenia=name))
    assert message == f"'{hard}' is a medical term for a harm"
    with_meaning = NameWords(patient=name, means="you may bleed more")
    assert messages(harm_without_its_meaning, _named(thrombocytopenia=with_meaning)) == []


def test_the_advice_offers_the_plain_words_that_are_known() -> None:
    (problem,) = harm_without_its_meaning.problems(_named(thrombocytopenia="Thrombocytopenia"))
    assert problem.instead == "say what it is, like means: low platelets, or name it plainly"
    assert problem.origin.line


@pytest.mark.parametrize("name", ["Low platelets", "Rash", "Arthritis", "Anemia", "Nausea"])
def test_names_of_every_day_need_none(name: str) -> None:
    assert messages(harm_without_its_meaning, _named(thrombocytopenia=name)) == []


@pytest.mark.parametrize("word", ["pancreatitis", "cardiomyopathy", "Hepatotoxicity", "angioedema"])
def test_a_medical_term_in_a_sentence_is_found_once(word: str) -> None:
    assert finds(harm_without_its_meaning, f"It can cause {word} in some people.") == [
        f"'{word}' is a medical term that nothing explains"
    ]


@pytest.mark.parametrize(
    "text", ["It can cause arthritis.", "This is the basis.", "A diagnosis takes time.", "Neutropenia may come."]
)
def test_everyday_words_and_words_that_another_rule_tells_pass(text: str) -> None:
    assert finds(harm_without_its_meaning, text) == []


def test_a_term_that_the_handout_explains_passes() -> None:
    subject = subject_of(*paragraphs("It can inflame the pancreas (pancreatitis)."))
    term = ExplainedTerm("pancreatitis", ("inflame the pancreas",))
    explained = replace(subject, plan=replace(subject.plan, glossary=Glossary((), (term,))))
    assert messages(harm_without_its_meaning, explained) == []
    assert len(messages(harm_without_its_meaning, subject)) == 1


def test_spanish_terms_end_in_their_own_way() -> None:
    assert len(finds(harm_without_its_meaning, "Puede causar pancreatitis.", topic="espanol")) == 1
    assert finds(harm_without_its_meaning, "La dosis es alta. Hay artritis.", topic="espanol") == []


@pytest.mark.parametrize(
    "text",
    [
        "It has side effects such as rash.",
        "It has side effects. Ask your care team if it is right for you.",
        "Some had bad reactions. Call to make a visit.",
    ],
)
def test_a_handout_of_harms_says_when_to_call(text: str) -> None:
    assert len(finds(harms_without_when_to_call, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It has side effects. Call us right away if you bleed.",
        "Tell your doctor about any side effects.",
        "It has side effects. Get medical help at once when you cannot breathe.",
        "It has side effects. If you faint, call 911.",
        "It is a pill. You swallow it.",
    ],
)
def test_a_sentence_on_whom_to_call_and_when_is_enough(text: str) -> None:
    assert finds(harms_without_when_to_call, text) == []


def test_harms_that_are_drawn_count_and_a_box_of_urgency_answers_them() -> None:
    subject = subject_of(plan=shipped_plans("ixazomib").handout)
    drawn = [block for section in subject.sections for block in section.drawn]
    assert len(messages(harms_without_when_to_call, subject_of(*drawn))) == 1
    box = Box("urgent", paragraphs("Bleeding."))
    assert messages(harms_without_when_to_call, subject_of(*drawn, box)) == []


def test_spanish_says_it_in_its_own_words() -> None:
    assert len(finds(harms_without_when_to_call, "Tiene efectos secundarios.", topic="espanol")) == 1
    assert finds(harms_without_when_to_call, "Tiene efectos secundarios. Llame si sangra.", topic="espanol") == []
    said = "Tiene efectos secundarios. Si sangra, póngase en contacto con su médico."
    assert finds(harms_without_when_to_call, said, topic="espanol") == []


@pytest.mark.parametrize(
    "text",
    [
        "If you have side effects, let us know.",
        "Let your nurse know about side effects.",
        "It has side effects. Go to the ER if you cannot breathe.",
        "It has side effects. Text us when you feel ill.",
        "Inform your doctor of any side effects.",
    ],
)
def test_every_way_to_reach_somebody_is_a_call(text: str) -> None:
    assert finds(harms_without_when_to_call, text) == []


def test_the_words_of_a_language_without_lists_are_left_alone() -> None:
    subject = subject_of(*paragraphs("It has side effects such as pancreatitis."))
    silent = replace(subject, lexicon=type(subject.lexicon)(schema_version=1, language="de"))
    assert messages(harms_without_when_to_call, silent) == []
    assert messages(harm_without_its_meaning, silent) == []
    assert isinstance(subject.words.value, Words)
