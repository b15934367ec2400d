"""How a handout is built: the edges of the rules, on handouts of a few blocks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from content_findings import rewrite
from msgspec.structs import replace
from patient_samples import finds, messages, paragraphs, subject_of
from topic_samples import CONTENT, ROOT, TODAY, lexicon, shipped_plans

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.clear_communication import (
    LONGEST_SECTION,
    MOST_ITEMS,
    calls_to_action,
    decimal_in_a_rate,
    long_list,
    long_section,
    no_call_to_action,
    no_main_message,
    nothing_to_use,
    passive,
    passive_message,
    picture_without_a_caption,
    table_without_heads,
)
from handouts.model.load import load
from handouts.model.locale import Locale
from handouts.plan.blocks import Box, Cell, Column, FigureBlock, Grid, Heading, Item, ListBlock, Paragraph, Table, walk
from handouts.plan.text import Run
from handouts.problems import Problem

SHIPPED = shipped_plans("ixazomib").handout
FIGURE = next(b.figure for b in walk(SHIPPED.blocks) if isinstance(b, FigureBlock))
HEADING = Heading(2, (Run("Heading"),))


def _list(items: int) -> ListBlock:
    return ListBlock(tuple(Item((Run(f"Item {n}"),)) for n in range(items)))


def test_the_main_message_stands_before_the_first_section() -> None:
    message = Box("message", paragraphs("Ask your doctor."))
    assert messages(no_main_message, subject_of(message, HEADING)) == []
    assert len(messages(no_main_message, subject_of(HEADING, message))) == 1
    assert len(messages(no_main_message, subject_of(*paragraphs("Ask your doctor.")))) == 1


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Ask your care team.", 1),
        ("You can ask.", 0),
        ("It works. Call us now.", 1),
        ("Asking helps.", 0),
        ("Askew.", 0),
    ],
)
def test_a_call_to_action_begins_with_its_verb(text: str, calls: int) -> None:
    subject = subject_of(*paragraphs(text))
    assert len(calls_to_action(subject)) == calls
    assert len(messages(no_call_to_action, subject)) == (0 if calls else 1)


def test_a_heading_is_no_call_to_action() -> None:
    assert calls_to_action(subject_of(Heading(2, (Run("Find a trial"),)))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The drug was given by mouth.", "was given"),
        ("It has been carefully studied.", "been carefully studied"),
        ("Rash was not often seen.", "was not often seen"),
        ("They gave the drug by mouth.", ""),
        ("She is tired and worried.", ""),
        ("It is a drug, studied since 2013.", ""),
        ("You needed it.", ""),
    ],
)
def test_the_passive_is_an_auxiliary_and_a_participle(text: str, said: str) -> None:
    subject = subject_of(*paragraphs(text))
    (sentence,) = (one for section in subject.sections for one in section.sentences)
    assert passive(subject, sentence) == said


def test_the_passive_matters_in_the_message_and_in_calls() -> None:
    message = Box("message", paragraphs("The drug was approved."))
    assert messages(passive_message, subject_of(message)) == ["'was approved' is passive"]
    assert messages(passive_message, subject_of(*paragraphs("The drug was approved."))) == []
    assert messages(passive_message, subject_of(*paragraphs("Ask what was found."))) == ["'was found' is passive"]


def test_a_list_has_seven_items_at_the_most() -> None:
    assert messages(long_list, subject_of(_list(MOST_ITEMS))) == []
    assert messages(long_list, subject_of(_list(MOST_ITEMS + 1))) == ["a list has 8 items"]


def test_a_heading_gives_a_section_a_new_start() -> None:
    words = " ".join(["word"] * LONGEST_SECTION)
    assert messages(long_section, subject_of(*paragraphs(words))) == []
    assert len(messages(long_section, subject_of(*paragraphs(words, "One more.")))) == 1
    assert messages(long_section, subject_of(*paragraphs(words), HEADING, *paragraphs("One more."))) == []


def test_a_picture_has_a_caption_or_a_heading_in_its_own_column() -> None:
    bare, told = FigureBlock(FIGURE), FigureBlock(FIGURE, (Run("Seen."),))
    assert messages(picture_without_a_caption, subject_of(told)) == []
    assert messages(picture_without_a_caption, subject_of(HEADING, bare)) == []
    assert len(messages(picture_without_a_caption, subject_of(bare))) == 1
    # An introduction may stand between a heading and what it heads, a whole text not.
    assert messages(picture_without_a_caption, subject_of(HEADING, *paragraphs("Text."), bare)) == []
    assert len(messages(picture_without_a_caption, subject_of(HEADING, *paragraphs("Text.") * 3, bare))) == 1
    beside = Grid((Column(6, (HEADING,)), Column(6, (bare,))))
    assert len(messages(picture_without_a_caption, subject_of(beside))) == 1


def test_a_table_has_short_heads() -> None:
    head = (Cell((Run("What"),), "column"), Cell((Run("Seen"),), "column"))
    row = (Cell((Run("Rash"),), "row"), Cell((Run("28"),)))
    assert messages(table_without_heads, subject_of(Table(head, (row,), (1, 1)))) == []
    for broken in (
        Table((head[0], Cell((), "column")), (row,), (1, 1)),
        Table(head, ((Cell((Run("Rash"),)), row[1]),), (1, 1)),
        Table((head[0], Cell((Run("What was seen in the first study"),), "column")), (row,), (1, 1)),
    ):
        assert len(messages(table_without_heads, subject_of(broken))) == 1


def test_a_row_with_an_empty_head_is_told_at_its_other_words() -> None:
    head = (Cell((Run("When"),), "column"), Cell((Run("What"),), "column"))
    origin = subject_of().words.document.origin(("handout", "title"))
    step = (Cell((), "row"), Cell((Run("Drink.", origin=origin),)))
    (found,) = table_without_heads.judge(subject_of(Table(head, (step,), (1, 1))))
    assert found.origin == origin
    assert found.instead.startswith("give the statement its 'at:'")


def test_a_line_to_write_on_is_a_tool_and_the_one_for_the_clinics_number_is_none() -> None:
    lines = {"fields": ("sections", "carry", "fields", 0), "contact": ("contacts", "clinic", "name")}
    document = subject_of().words.document
    found = {
        key: messages(nothing_to_use, subject_of(Paragraph((Run("Line", origin=document.origin(at)),), "rule-line")))
        for key, at in lines.items()
    }
    assert found == {"fields": [], "contact": ["there is nothing to tick, to follow or to fill in"]}
    for plan in (shipped_plans("ixazomib").card, shipped_plans("ixazomib").deck):
        assert messages(nothing_to_use, subject_of(plan=plan)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("21.5 in 100", 1), ("21.5%", 1), ("21 in 100", 0), ("20.6 months", 0), ("1 in 1,000", 0), ("3 in 10,000", 0),
        ("1,250 in 100,000", 0), ("1 in 1,000,000", 0), ("1,5%", 1), ("0,500%", 1), ("1.000%", 0),
        ("18.0 in 100", 1), ("2 in 12.5", 1),
    ],
)  # fmt: skip
def test_rates_are_whole_numbers(text: str, count: int) -> None:
    assert len(finds(decimal_in_a_rate, f"It was {text}.")) == count


ENGLISH, SPANISH = (
    load(tag, (ROOT / f"templates/locales/{tag}.yaml").read_bytes(), Locale).value for tag in ("en", "es")
)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("21.5%", "write '22%', as with | percent(0)"),
        ("21.5 in 100", "write '22 in 100', as with | decimals(0)"),
        ("0.04%", "if it is of people, write '4 in 10,000', as with | per(10000) on the result itself"),
        ("0.4 in 100", "if it is of people, write '4 in 1,000', as with | per(1000) on the result itself"),
        ("99.96 %", "if it is of people, write '9,996 in 10,000', as with | per(10000) on the result itself"),
        ("1.4%", "if it is of people, write '14 in 1,000', as with | per(1000) on the result itself"),
        ("2.5 in 1,000", "if it is of people, write '25 in 10,000', as with | per(10000) on the result itself"),
        ("0.00012%", "if it is of people, write '1 in 1,000,000', as with | per(1000000) on the result itself"),
    ],
)
def test_a_rate_with_decimals_is_told_how_to_be_written(text: str, advice: str) -> None:
    subject = replace(subject_of(*paragraphs(f"It was {text} here.")), formats=ENGLISH.formats)
    (found,) = decimal_in_a_rate.problems(subject)
    assert found.instead == advice


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0,04\u00a0%", "4 de cada 10\u00a0000"),
        ("1 de cada 10\u00a0000", None),
        ("1,500\u00a0%", "15 de cada 1\u00a0000"),
        ("1.500 de cada 10.000", None),
    ],
)
def test_marks_are_those_of_the_language(text: str, advice: str | None) -> None:
    subject = subject_of(*paragraphs(f"Fue {text} aquí."))
    spanish = replace(subject, lexicon=lexicon("es"), formats=SPANISH.formats)
    found = list(decimal_in_a_rate.problems(spanish))
    assert [f"write '{advice}'" in one.instead for one in found] == ([True] if advice else [])


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("count", "n"), [(2, 5000), (1, 300), (4997, 5000), (7, 500), (107, 500)])
def test_advice_on_decimals_followed_leaves_none(count: int, n: int, tmp_path: Path) -> None:
    folder = tmp_path / "ixazomib"
    shutil.copytree(CONTENT / "ixazomib", folder)
    rewrite(folder / "topic.yaml", ("studies", "weekly", "enrolled"), "9000")
    rewrite(folder / "topic.yaml", ("studies", "weekly", "evaluable"), str(n))
    result = f"{{rank: primary, better: higher, count: {count}, n: {n}}}"
    rewrite(folder / "topic.yaml", ("studies", "weekly", "outcomes", "orr"), result)
    rewrite(folder / "topic.yaml", ("sections", "weekly", "show"), "{deck: rates}")

    def found(words: str) -> list[Problem]:
        rewrite(folder / "en.yaml", ("statements", "B3", "patient"), words)
        request = Request(TODAY, ("pdf",), ("ixazomib",), content=tmp_path, templates=ROOT / "templates")
        return [one for one in examine(request).findings if one.code == "CLEAR11" or one.severity == "error"]

    (told,) = found('"It helped {{ weekly.orr.share | percent(2) }} of them."')
    format_ = re.search(r"\| (\w+\([0-9]+\))", told.instead)
    assert format_
    name = "weekly.orr" if format_[1].startswith("per(") else "weekly.orr.share"
    assert found(f'"It helped {{{{ {name} | {format_[1]} }}}} of them."') == []


def test_the_rules_on_form_are_for_the_handout_alone() -> None:
    for plan in (shipped_plans("ixazomib").card, shipped_plans("ixazomib").deck):
        for rule in (no_main_message, no_call_to_action, long_list, picture_without_a_caption, table_without_heads):
            assert messages(rule, subject_of(plan=plan)) == []


def test_a_language_without_words_of_its_own_is_not_judged_by_them() -> None:
    subject = subject_of(Paragraph((Run("It was given."),)))
    silent = type(subject.lexicon)(schema_version=1, language="en")
    bare = type(subject)(subject.topic, subject.words, subject.plan, silent)
    assert messages(no_call_to_action, subject) != []
    assert messages(no_call_to_action, bare) == []
