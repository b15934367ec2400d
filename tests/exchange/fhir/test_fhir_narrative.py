"""What a narrative says: all words of the plan in reading order, in the XHTML that FHIR allows, for any words."""

from __future__ import annotations

import pytest
from fhir_rules import faults, resources, sections
from fhir_samples import publication, spoken, told, words, words_of_plan
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pdf_samples import META, drawing, handout, paragraph, runs
from topic_samples import ROOT, Plans, plans_of, shipped_plans
from wild_plans import blocks, handouts

from handouts.exchange.fhir.bundle import bundle
from handouts.exchange.fhir.narrative import narrated, said
from handouts.plan.blocks import (
    Block,
    Box,
    Cell,
    Column,
    FigureBlock,
    Grid,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Table,
)
from handouts.plan.documents import Handout
from handouts.plan.text import Run

HOSTILE = (
    "<script>alert(1)</script>", "]]>", "&amp; &", '"\'', "<!--", "a\x00b\x1bc", "\x0b", "\ufffe\uffff", "\u2028",
    "so\u00adft", "\u200b", "\u202edesrever", "𝔘𝔫𝔦", "é", "\ud800",
)  # fmt: skip


def written(plan: Handout, release: str = "R4") -> dict[str, object]:
    return bundle(publication(plan), release)  # type: ignore[arg-type]


def foot(plan: Handout) -> list[str]:
    return words(plan.footer.left)


def body(plan: Handout) -> list[str]:
    """What the bundle tells of the plan's blocks: without the running foot, which ends its text, and the last part."""
    made = written(plan)
    (composition,) = resources(made, "Composition")
    text, pdf = words(spoken(composition["text"]["div"])), ["PDF", publication(plan).file]
    found = told(made)
    assert found[-2:] == pdf
    assert text[-len(foot(plan)) :] == foot(plan)
    return [*text[: -len(foot(plan))], *found[len(text) : -2]]


def test_every_word_of_a_topic_is_told_in_reading_order(plans: Plans) -> None:
    assert body(plans.handout) == words_of_plan(plans.handout.blocks)


@pytest.mark.parametrize("topic", ["colonoscopy", "covid-vaccine", "ixazomib-short", "liraglutide", "safety-card"])
def test_every_word_of_a_sample_is_told_in_reading_order(topic: str) -> None:
    plan = plans_of(ROOT / "tests" / "samples", topic).handout
    assert body(plan) == words_of_plan(plan.blocks)


def test_the_document_says_its_source_and_that_it_is_a_draft(ixazomib: Plans) -> None:
    (composition,) = resources(written(ixazomib.handout), "Composition")
    assert (
        "<b>MMRF, about 2013; changes to December 2025. Draft, not yet reviewed by a clinician.</b>"
        in composition["text"]["div"]
    )


@pytest.mark.examples
@given(handouts())
def test_every_word_of_any_plan_is_told_and_the_bundle_is_sound(plan: Handout) -> None:
    assert body(plan) == words_of_plan(plan.blocks)
    for release in ("R4", "R5"):
        assert faults(written(plan, release), release) == []


@pytest.mark.examples
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=5)), min_size=1, max_size=6))
def test_any_text_stays_text(parts: list[str]) -> None:
    text = " ".join(parts)
    plan = handout(
        Heading(1, runs(text)),
        Heading(2, runs(text)),
        Paragraph(runs(text, href="https://example.org/?a=1&b=%22")),
        ListBlock((Item(runs(text, strong=True)),)),
        Table((Cell(runs(text), "column"),), ((Cell(runs(text)),),), (1.0,), text),
        Paragraph((Run(text, lang="es"),)),
    )
    plan = replace(plan, meta=replace(META, title=f"Title {text}", subject=text))
    assert body(plan) == words_of_plan(plan.blocks)
    for release in ("R4", "R5"):
        assert faults(written(plan, release), release) == []


@given(st.lists(blocks(80), max_size=3))
def test_a_narrative_of_nothing_is_nothing(some: list[Block]) -> None:
    assert bool(narrated(some, "en")) == bool(words_of_plan(some))


def test_a_section_stands_for_each_heading() -> None:
    plan = handout(
        Heading(1, runs("Title")),
        Group((Heading(2, runs("First")), paragraph("a"), Heading(3, runs("Inner")), paragraph("b"))),
        Grid((Column(6, (Heading(2, runs("Left")), paragraph("c"))), Column(6, (paragraph("d"),)))),
        paragraph("e"),
        Heading(2, runs("Nothing below")),
        Box("urgent", (Heading(2, runs("Call if")), paragraph("f"), Paragraph(runs("911", strong=True), "lead"))),
    )
    (composition,) = resources(written(plan), "Composition")
    first, left, after, lone, call, _pdf = composition["section"]
    assert (first["title"], [one["title"] for one in first["section"]]) == ("First", ["Inner"])
    assert words(spoken(left["text"]["div"])) == ["c", "d"]
    assert "title" not in after and words(spoken(after["text"]["div"])) == ["e"]
    assert "title" not in lone and words(spoken(lone["text"]["div"])) == ["Nothing", "below"]
    assert call["title"] == "Call if"
    assert '<div class="urgent">\n<p>f</p>\n<p class="lead"><b>911</b></p>\n</div>' in call["text"]["div"]


def test_what_follows_a_grid_of_subsections_is_none_of_theirs() -> None:
    grid = Grid((Column(6, (Heading(3, runs("One study")), paragraph("a"))), Column(6, (paragraph("b"),))))
    plan = handout(Group((Heading(2, runs("Studies")), grid, paragraph("of all studies"))))
    (composition,) = resources(written(plan), "Composition")
    study, rest = composition["section"][0]["section"]
    assert study["title"] == "One study" and words(spoken(study["text"]["div"])) == ["a", "b"]
    assert "title" not in rest and words(spoken(rest["text"]["div"])) == ["of", "all", "studies"]


def test_a_figure_is_told_by_alt_text_table_and_caption() -> None:
    table = Table((Cell(runs("Arm"), "column"),), ((Cell(runs("20 months"), "row"),),), (1.0,), "What was seen")
    told_of_it = narrated([FigureBlock(drawing(), runs("A caption"), instead=table)], "en")
    assert told_of_it.startswith(f'<p class="figure">{drawing().alt}</p>\n<table summary="What was seen">\n<thead>')
    assert '<th scope="row">20 months</th>' in told_of_it
    assert told_of_it.endswith('<p class="caption">A caption</p>')


def test_numbers_to_call_are_links(ixazomib: Plans) -> None:
    (composition,) = resources(written(ixazomib.handout), "Composition")
    assert any(
        '<a href="tel:+18666036628">1-866-603-6628</a>' in one["text"]["div"]
        for one in sections(composition)
        if "text" in one
    )


def test_words_of_another_language_say_so_with_their_direction() -> None:
    spanish = narrated([Paragraph((Run("Ask for "), Run("ayuda", lang="es")))], "en")
    assert spanish == '<p>Ask for <span lang="es" xml:lang="es">ayuda</span></p>'
    arabic = narrated([Paragraph((Run("اسأل", lang="ar"),))], "en")
    assert arabic == '<p dir="rtl"><span lang="ar" xml:lang="ar" dir="rtl">اسأل</span></p>'


def test_a_language_from_right_to_left_says_so() -> None:
    plan = handout(paragraph("سؤال"), Paragraph((Run("English", lang="en"),)))
    (composition,) = resources(written(replace(plan, meta=replace(META, language="ar"))), "Composition")
    assert composition["text"]["div"].startswith(
        '<div xmlns="http://www.w3.org/1999/xhtml" lang="ar" xml:lang="ar" dir="rtl">\n'
    )
    assert '<p dir="ltr"><span lang="en" xml:lang="en" dir="ltr">English</span></p>' in composition["text"]["div"]


def test_titles_are_one_line_of_characters() -> None:
    assert said(" so\u00adft\nand \x07 bell ") == "soft and \ufffd bell"


def test_lists_keep_their_numbers_and_lines_their_ends() -> None:
    assert narrated([ListBlock((Item(runs("a")), Item(())), "number")], "en") == "<ol>\n<li>a</li>\n</ol>"
    assert narrated([paragraph("one\ntwo")], "en") == "<p>one<br/>\ntwo</p>"


def test_the_shipped_spanish_topic_is_in_spanish() -> None:
    made = written(shipped_plans("espanol").handout)
    assert made["language"] == "es"
    assert {one["resource"]["language"] for one in made["entry"]} == {"es"}  # type: ignore[attr-defined]
