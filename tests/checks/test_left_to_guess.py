"""Numbers without a unit, comparisons without the other group, sentences without a verb: what is found and what not."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from patient_samples import finds, messages, paragraphs, subject_of
from topic_samples import shipped_plans

from handouts.checks.left_to_guess import (
    comparison_without_the_other_group,
    number_in_brackets_alone,
    sentence_without_a_verb,
)
from handouts.checks.registry import judged
from handouts.checks.rule import Rule
from handouts.plan.blocks import Cell, Heading, Item, ListBlock, Paragraph, Table
from handouts.plan.documents import Glossary
from handouts.plan.text import Run

NUMBERS = [
    ("28 (22) had nausea.", "22"),
    ("Of 128 people, 28 (22) had it.", "22"),
    ("28 of 128 (22) had it.", "22"),
    ("28 out of 128 people had it, and 5 [4] died.", "4"),
    ("28 people (22) had it.", "22"),
    ("Nausea: 28 (22.5).", "22.5"),
    ("1,028 [22] had it.", "22"),
    ("Of 50, 9( 18 ) responded.", "18"),
]
NO_NUMBERS = [
    "28 (22%) had it.",
    "28 (22 in 100) had it.",
    "9 of 50 (18 in 100).",
    "It was found in March (2013).",
    "Study 2 (2014) found more.",
    "In MM1 (2016) it helped.",
    "Grade 3 (4) is bad.",
    "Call 1-866-603-6628 (6628).",
    "Call 1-866-603 (6628).",
    "Call 1 (866) 603-6628.",
    "Call +1 (866) 603 6628.",
    "At 38 °C (100.4 °F), call.",
    "Take 2 (two) pills.",
    "20.6 months (18 to 23).",
    "722 people (MM1).",
    "(1) First. (2) Second.",
]
COMPARISONS = [
    "More people responded.",
    "More patients died in the first year.",
    "Fewer had nausea.",
    "There was less nausea.",
    "More rash was seen.",
    "They had less diarrhea.",
    "There were fewer side effects.",
    "People lived longer.",
    "It worked better.",
    "More people responded with ixazomib.",
]
NO_COMPARISONS = [
    "More people responded than with a dummy drug.",
    "Less nausea was seen with ixazomib than without it.",
    "With a dummy drug 5 in 100 had rash. More people had rash with the other drug than that.",
    "In both groups, more people had rash after a year.",
    "You may have less nausea.",
    "Ask if more people responded.",
    "Did more people respond?",
    "Two more people responded.",
    "No more nausea was seen.",
    "Older people had more nausea.",
    "Drink more water.",
    "Learn more about trials.",
    "More than 3 people responded.",
    "More people take it now.",
    "The more common side effects are rash and fever.",
    "More side effects are in the leaflet.",
    "If more bleeding starts, stop.",
    "It can ease pain more or less.",
    "Exercise means less constipation.",
    "After surgery there is more swelling on the second day.",
    "Less bleeding is a good sign.",
    "Most people felt better in a week.",
    "The rash was better after a day.",
    "The pill works better with food.",
    "Those with more bleeding were told to stop.",
    "More people died from flu last year.",
]
FRAGMENTS = [
    "It helps. A pill once a week.",
    "No needle. That is good.",
    "You take it. Not for children.",
    "Less nausea, more time. It is a gain.",
    "It can harm. Few side effects.",
    "It can harm. Side effects in 100 people.",
    "This is new. A capsule, not an injection.",
    "This is new. Higher risk of bleeding.",
    "This is new. Only with two other drugs.",
    "Best in the morning, without food.",
]
NO_FRAGMENTS = [
    "Yes. No. You can stop.",
    "How often? Once a week.",
    "A pill once a week",
    "A pill once a week!",
    "Relapsed: came back.",
    "(A pill once a week.)",
    "Dr. Lee. He helps.",
    "12 Main Street, Springfield. It is near.",
    "Platelets clot. Pills work.",
    "Some vomit. Most rashes fade.",
    "Doctors titrate doses. It exacerbates nausea.",
    "Half died. That's all.",
    "Ask us. Do not stop.",
    "Few had nerve problems.",
    "Exercise helps. Heat harms it.",
    "Weekly may be gentler.",
    "Children under 12 need less.",
    "Fruit juice weakens the drug.",
    "The nurse weighs you.",
    "The week after, call your doctor.",
    "From day five on, take two pills.",
    "If no, call the clinic.",
    "Two nurses double-check each dose.",
    "Small children outgrow asthma.",
    "Skin rashes pop up in spring.",
    "These drugs target the tumor.",
    "Some people overdose by mistake.",
]
SPANISH = [
    (number_in_brackets_alone, ["28 (22,5) personas.", "28 de 128 (22) tuvieron."], ["28 (22%) personas."]),
    (
        comparison_without_the_other_group,
        ["Más personas respondieron.", "Hubo menos náuseas.", "Vivieron más tiempo."],
        ["Más personas respondieron que con placebo.", "Usted puede tener más náuseas.", "No hubo más náuseas.",
         "Dos personas más respondieron.", "Tome más agua.", "Si hay más fiebre, llame.",
         "En invierno hay más infecciones.", "El resultado fue mejor al año.", "Vivieron más de cinco años."],
    ),
    (
        sentence_without_a_verb,
        ["Es buena. Una pastilla por semana.", "Sin agujas. Es fácil."],
        ["Es una pastilla.", "Tome agua.", "Sí. No.", "¿Cuándo? Una vez por semana.", "La fiebre sube.",
         "El médico receta otra dosis.", "Entre sin agua ni comida.", "La enfermera vacuna a los niños."],
    ),
]  # fmt: skip
GOOD = """Take your medicine at the same time each day. Swallow the pill whole with a glass of water. Do not crush or
chew it. If you miss a dose, skip it. Take the next one at your usual time. Never take two at once. Keep it
dry and out of reach of children. Call us right away if you have a fever of 100.4 °F or more. Most people
feel better within 2 weeks. Your nurse will show you how to give the shot. Wash your hands first. Some
people lose their hair. It grows back. Drink 6 to 8 glasses of water a day. Bring this sheet to each visit.
You can say no. You can stop. Nobody will be upset. Tell your doctor about all the drugs you take. This
includes herbs and vitamins. Your kidneys clean your blood. When they fail, waste builds up. Dialysis does
their work. Each session lasts about 4 hours. Plan to rest after it. Many people go back to work. About 1 in
10 people get a rash. It often goes away by itself. Blood tests show how the drug works. We check your blood
every 2 weeks at first. After that, once a month is enough. Learn more at our desk. It costs nothing."""


@pytest.mark.parametrize(("text", "second"), NUMBERS)
def test_a_number_in_brackets_alone_is_asked_for_its_unit(text: str, second: str) -> None:
    (message,) = finds(number_in_brackets_alone, text)
    assert message.endswith(f"does not say what '{second}' is")


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_numbers_with_a_unit_years_names_and_telephones_pass(text: str) -> None:
    assert finds(number_in_brackets_alone, text) == []


def test_a_head_with_a_percent_sign_is_the_unit_of_its_cells() -> None:
    def table(head: str) -> Table:
        cells = (Cell((Run("Harm"),), "column"), Cell((Run(head),), "column"))
        return Table(cells, ((Cell((Run("Rash"),), "row"), Cell((Run("28 (22)"),))),), (1, 1))

    assert messages(number_in_brackets_alone, subject_of(table("People (%)"))) == []
    assert len(messages(number_in_brackets_alone, subject_of(table("People")))) == 1


@pytest.mark.parametrize("text", COMPARISONS)
def test_a_comparison_without_the_other_group_is_found(text: str) -> None:
    assert len(finds(comparison_without_the_other_group, text)) == 1


@pytest.mark.parametrize("text", NO_COMPARISONS)
def test_a_comparison_that_names_both_or_is_none_passes(text: str) -> None:
    assert finds(comparison_without_the_other_group, text) == []


def test_two_groups_that_a_paragraph_names_are_compared_with_each_other() -> None:
    text = "With ixazomib, 9 in 100 responded. With Velcade, 5 did. So more people responded."
    subject = subject_of(*paragraphs(text))
    for names, found in ((("ixazomib", "Velcade"), 0), (("ixazomib",), 1)):
        named = replace(subject, plan=replace(subject.plan, glossary=Glossary(names)))
        assert len(messages(comparison_without_the_other_group, named)) == found


def test_the_topics_own_harms_are_compared_too() -> None:
    # "Nerve problems" is what the topic calls neuropathy for patients.
    assert len(finds(comparison_without_the_other_group, "There were fewer nerve problems.")) == 1


@pytest.mark.parametrize("text", FRAGMENTS)
def test_a_sentence_without_a_verb_is_found(text: str) -> None:
    assert len(finds(sentence_without_a_verb, text)) == 1


@pytest.mark.parametrize("text", NO_FRAGMENTS)
def test_sentences_answers_labels_and_names_pass(text: str) -> None:
    assert finds(sentence_without_a_verb, text) == []


def test_headings_items_cells_captions_and_bold_heads_need_no_verb() -> None:
    said = (Run("A pill once a week."),)
    table = Table((Cell(said, "column"),), ((Cell(said),),), (1,))
    shipped = subject_of(plan=shipped_plans("ixazomib").handout)
    figure = next(block for section in shipped.sections for block in section.drawn)
    free = (
        Heading(2, said), ListBlock((Item(said),)), table, Paragraph(said, "eyebrow"), Paragraph(said, "caption"),
        Paragraph((Run("A pill once a week.", strong=True), Run(" It helps."))), Paragraph((Run("It helps."),)), figure,
        Paragraph(said),
    )  # fmt: skip
    assert messages(sentence_without_a_verb, subject_of(*free)) == []


@pytest.mark.parametrize(("rule", "hits", "misses"), SPANISH)
def test_spanish_has_its_own_words(rule: Rule[Any], hits: list[str], misses: list[str]) -> None:
    assert [len(finds(rule, text, topic="espanol")) for text in hits] == [1] * len(hits)
    assert [found for text in misses for found in finds(rule, text, topic="espanol")] == []


def test_good_plain_words_have_no_finding_of_these_rules() -> None:
    codes = {problem.code for problem in judged(subject_of(*paragraphs(GOOD)))}
    assert codes.isdisjoint({"CLEAR12", "CLEAR13", "CLEAR14", "CLEAR15"})
