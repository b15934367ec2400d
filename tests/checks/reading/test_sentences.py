"""What counts as a word and as a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thoroughness import examples

from handouts.checks.reading.sentences import Sentence, sections_of
from handouts.checks.reading.words import words_in
from handouts.plan.blocks import Block, Box, Cell, Column, Grid, Group, Heading, Item, ListBlock, Paragraph, Table
from handouts.plan.text import Run
from handouts.problems import Origin


def _runs(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def _sentences(*blocks: Block, held: tuple[str, ...] = ()) -> list[Sentence]:
    return [one for section in sections_of(blocks, held) for one in section.sentences]


def _texts(*blocks: Block, held: tuple[str, ...] = ()) -> list[str]:
    return [one.text.strip() for one in _sentences(*blocks, held=held)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask your care team.", ["Ask", "your", "care", "team"]),
        ("relapsed and/or refractory", ["relapsed", "and", "or", "refractory"]),
        ("once-weekly, long‑term use", ["once-weekly", "long‑term", "use"]),
        ("18% of 50 – or 20.6 months", ["18%", "of", "50", "or", "20.6", "months"]),
        ("(“It’s mild,” she said)", ["It’s", "mild", "she", "said"]),
        ("→ • — …", []),
        ("1-866-603-MMCT (6628)", ["1-866-603-MMCT", "6628"]),
    ],
)
def test_words_stand_between_blanks_slashes_and_dashes(text: str, words: list[str]) -> None:
    assert [word.text for word in words_in(text)] == words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("703", "figures"), ("18%", "figures"), ("2013,", "figures"), ("III", "figures"), ("1-866-603-MMCT", "figures"),
        ("US", "abbreviation"), ("MMRF", "abbreviation"), ("MM1", "abbreviation"), ("MLN9708", "abbreviation"),
        ("I", "word"), ("A", "word"), ("NOTHING", "word"), ("M-protein", "word"), ("TOURMALINE-MM1", "word"),
    ],
)  # fmt: skip
def test_a_word_is_a_word_figures_or_an_abbreviation(text: str, kind: str) -> None:
    (word,) = words_in(text)
    assert word.kind == kind


@settings(derandomize=True, max_examples=examples(80))
@given(st.text(max_size=60))
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in words_in(text):
        assert text[word.start : word.start + len(word.text)] == word.text


def test_marks_end_sentences_and_decimals_do_not() -> None:
    text = "It took 20.6 months. Was it long? Yes! “No.” (Perhaps.) That is all"
    assert _texts(Paragraph(_runs(text))) == [
        "It took 20.6 months.", "Was it long?", "Yes!", "“No.”", "(Perhaps.)", "That is all",
    ]  # fmt: skip


def test_abbreviations_of_the_language_end_no_sentence() -> None:
    paragraph = Paragraph(_runs("Ask Dr. Who about it. Bring water, e.g. a bottle."))
    assert len(_texts(paragraph)) == 3 + 1
    assert len(_texts(paragraph, held=("dr.", "e.g."))) == 2
    (fragment,) = _sentences(Paragraph(_runs("Water, e.g. a bottle")), held=("e.g.",))
    assert not fragment.whole


def test_headings_items_cells_and_captions_are_sentences_of_their_own() -> None:
    table = Table((Cell(_runs("What"), "column"), Cell(_runs("How many"), "column")),
                  ((Cell(_runs("Rash"), "row"), Cell(_runs("28"))),), (1, 1))  # fmt: skip
    blocks = (Heading(2, _runs("Key facts")), ListBlock((Item(_runs("A pill")), Item(_runs("No needle")))), table)
    found = _sentences(*blocks)
    assert [one.text for one in found] == ["Key facts", "A pill", "No needle", "What", "How many", "Rash"]
    assert [one.place for one in found] == ["heading", "item", "item", "cell", "cell", "cell"]
    assert not any(one.whole for one in found)


def test_what_holds_no_word_is_no_sentence() -> None:
    assert _texts(Paragraph(_runs("28 (22). 47.")), Paragraph(_runs("1-202-555-0143"))) == []
    assert _texts(Paragraph(_runs("28. Of these, 3 died."))) == ["28. Of these, 3 died."]


def test_telephone_numbers_sources_and_the_clinic_are_not_read() -> None:
    blocks = (
        Paragraph(_runs("Call us"), "number"),
        Paragraph(_runs("Sources: a journal."), "source"),
        Box("clinic", (Paragraph(_runs("Rivers Clinic")),)),
        Box("hotline", (Paragraph(_runs("Call.")),)),
    )
    assert _texts(*blocks) == ["Call."]


def test_text_in_another_language_is_not_measured() -> None:
    assert _texts(Paragraph((Run("Say "), Run("buenos días", lang="es"), Run(" to all.")))) == ["Say  to all."]


def test_sections_begin_at_headings_of_the_second_level() -> None:
    one = (Heading(2, _runs("One")), Paragraph(_runs("First.")))
    two = (Heading(2, _runs("Two")), Heading(3, _runs("Sub")), Paragraph(_runs("Second.")))
    columns = Grid((Column(6, one), Column(6, two)))
    sections = sections_of((Heading(1, _runs("Title")), Paragraph(_runs("Before.")), Group((columns,))))
    assert [(one.title, [s.text for s in one.sentences]) for one in sections] == [
        ("Title", ["Title", "Before."]), ("One", ["One", "First."]), ("Two", ["Two", "Sub", "Second."]),
    ]  # fmt: skip


def test_a_sentence_knows_where_each_of_its_words_stands() -> None:
    first, second = Origin("en.yaml", 3, 5), Origin("en.yaml", 9, 5)
    runs = (Run("First. It is ", origin=first, statements=("K1",)), Run("a pill.", origin=second, statements=("K2",)))
    one, two = _sentences(Paragraph(runs))
    assert (one.origin, two.origin) == (first, first)
    assert two.origin_at(two.text.index("pill")) == second
    assert (one.statements, two.statements) == ({"K1"}, {"K1", "K2"})
    assert one.passage == two.passage
