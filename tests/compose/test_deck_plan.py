"""The deck's plan: every statement on a slide of its section, each study with what a clinician needs to judge it."""

from __future__ import annotations

import re

import pytest
from topic_samples import CONTENT, FOLDERS, Change, Plans, edition_of, shipped_plans

from handouts.compose.context import Context
from handouts.compose.deck import compose_deck
from handouts.plan.blocks import FigureBlock, Table, walk, words_of
from handouts.plan.documents import Slide
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pptx.deck import render_deck
from handouts.theme.schema import Theme
from handouts.workspace import Workspace

OVERVIEW, EVIDENCE, SAFETY, TRIALS, TODAY = "Overview", "Evidence", "Safety", "Trials", "Today"
SECTIONS = {
    OVERVIEW: ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "L1", "L2", "L3"],
    EVIDENCE: ["K1", "K2", "K3", "K4", "K5", "A1", "A2", "B1", "B2", "B3", "C1", "C2", "C5"],
    SAFETY: ["A3", "A4", "B4", "B5", "C3", "C4"],
    TRIALS: ["W8", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "P1"],
    TODAY: ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"],
}
STATEMENTS = [(statement, section) for section, listed in SECTIONS.items() for statement in listed]


def _studies(plans: Plans) -> list[Slide]:
    return [slide for slide in plans.deck.slides if slide.layout == "Study"]


def _table(slide: Slide) -> list[tuple[str, ...]]:
    (table,) = [b for b in walk(slide.slots["table"]) if isinstance(b, Table)]
    return [tuple(plain(cell.runs) for cell in row) for row in table.rows]


def _charts(slide: Slide) -> list[FigureBlock]:
    return [b for b in walk(slide.blocks()) if isinstance(b, FigureBlock) and b.figure.kind == "response-rates"]


def test_the_table_of_statements_is_that_of_the_topic() -> None:
    assert {statement for statement, _ in STATEMENTS} == set(edition_of(CONTENT, "ixazomib").topic.statements)


@pytest.mark.parametrize(("statement", "section"), STATEMENTS)
def test_every_statement_is_on_a_slide_of_its_section(ixazomib: Plans, statement: str, section: str) -> None:
    told = [slide for slide in ixazomib.deck.slides if statement in slide.statements()]
    assert {slide.section for slide in told} == {section}


@pytest.mark.parametrize("statement", [statement for statement, _ in STATEMENTS])
def test_every_statement_can_be_read_on_its_slide_or_in_its_notes(ixazomib: Plans, statement: str) -> None:
    context = Context(edition_of(CONTENT, "ixazomib"))
    words = str(context.words["statements"][statement]["clinician"])
    slides = [slide for slide in ixazomib.deck.slides if statement in slide.statements()]
    assert any(words in slide.words() or words in words_of(slide.notes) for slide in slides)


def test_a_topic_that_is_not_the_shipped_one_tells_all_it_has(plans: Plans, topic_id: str) -> None:
    assert plans.deck.statements() == set(edition_of(FOLDERS[topic_id], topic_id).topic.statements)


def test_the_deck_is_neither_a_leaflet_nor_a_lecture_series(ixazomib: Plans) -> None:
    assert 14 <= len(ixazomib.deck.slides) <= 24


def test_titles_are_unique_and_none_is_empty(plans: Plans) -> None:
    titles = [plain(slide.title) for slide in plans.deck.slides]
    assert all(titles)
    assert len({title.casefold() for title in titles}) == len(titles)


def test_every_slide_has_something_on_it(plans: Plans) -> None:
    assert all(any(True for _ in walk(slide.blocks())) for slide in plans.deck.slides)


def test_every_slide_has_notes_that_name_a_source(plans: Plans, topic_id: str) -> None:
    publishers = [source.publisher for source in edition_of(FOLDERS[topic_id], topic_id).topic.sources.values()]
    for slide in plans.deck.slides:
        assert any(publisher in words_of(slide.notes) for publisher in publishers), plain(slide.title)


def test_no_source_line_is_empty(plans: Plans) -> None:
    assert [plain(slide.title) for slide in plans.deck.slides if plain(slide.source).strip().endswith(":")] == []


@pytest.mark.parametrize(
    ("title", "population", "patients", "endpoint", "rows", "source"),
    [
        (
            "6 of 46", "Relapsed and/or refractory", "about 57 enrolled → 46 evaluable", "Best response",
            [("ORR (PR or better)", "6/46", "13.0", "4.9–26.3"), ("MR or better", "7/46", "15.2", "6.3–28.9"),
             ("Complete response (CR)", "1/46", "2.2", "0.1–11.5")],
            "MMRF, about 2013 (preliminary)",
        ),
        (
            "9 of 50", "Relapsed and/or refractory", "60 enrolled → 50 evaluable", "Overall response rate",
            [("ORR (PR or better)", "9/50", "18.0", "8.6–31.4"),
             ("ORR (PR or better), at the dose for further study", "not stated", "26", "none")],
            "MMRF, about 2013 (final)",
        ),
        (
            "47 of 52", "Newly diagnosed", "52 analyzed; enrollment not stated", "Overall response rate",
            [("ORR (PR or better)", "47/52", "90.4", "79.0–96.8"), ("VGPR or better", "30/52", "57.7", "43.2–71.3"),
             ("Complete response (CR)", "12/52", "23.1", "12.5–36.8")],
            "MMRF, about 2013 (preliminary)",
        ),
    ],
    ids=["twice weekly", "weekly", "triplet"],
)  # fmt: skip
def test_a_study_slide_carries_all_that_a_rate_needs(
    ixazomib: Plans, title: str, population: str, patients: str, endpoint: str, rows: list[tuple[str, ...]], source: str
) -> None:
    (slide,) = [s for s in _studies(ixazomib) if plain(s.title).startswith(title)]
    facts = words_of(slide.slots["facts"])
    for piece in (population, patients.partition(";")[0], endpoint):
        assert piece in facts
    assert sorted(_table(slide)) == sorted(rows)
    assert source in plain(slide.source)
    assert "Clopper-Pearson" in plain(slide.source)
    assert len(_charts(slide)) == 1


def test_every_study_slide_shows_the_rows_of_its_table_in_its_chart(plans: Plans) -> None:
    for slide in _studies(plans):
        (chart,) = _charts(slide)
        assert chart.figure.chart
        shown = [(bar.label.split(",")[0], bar.low is None) for bar in chart.figure.chart.bars]
        assert sorted(shown) == sorted((row[0].split(",")[0], not re.match("[0-9]", row[3])) for row in _table(slide))


def test_a_chart_shows_one_study_and_so_one_population(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id))
    rates = [{str(r.rate) for r in v.responses.values() if r.cumulative} for v in context.views.values() if v.responses]
    charts = [chart for slide in plans.deck.slides for chart in _charts(slide)]
    assert len(charts) == len(rates)
    for chart, own in zip(charts, rates, strict=True):
        assert chart.figure.chart
        assert {bar.value for bar in chart.figure.chart.bars} == {float(rate) for rate in own}


def test_relapsed_and_newly_diagnosed_patients_never_share_a_slide_of_rates(ixazomib: Plans) -> None:
    for slide in _studies(ixazomib):
        populations = {word for word in ("Relapsed", "Newly diagnosed") if word in words_of(slide.slots["facts"])}
        assert len(populations) == 1


def test_the_limits_say_what_cannot_be_compared(ixazomib: Plans) -> None:
    (slide,) = [s for s in ixazomib.deck.slides if s.section == "Limits of this evidence"]
    for piece in ("cannot be", "not stated", "denominator", "90%", "both planned and under way"):
        assert piece in slide.words()


def test_counts_that_were_worked_out_are_said_to_be(ixazomib: Plans) -> None:
    said = ["follow from the published percentages" in plain(slide.source) for slide in _studies(ixazomib)]
    assert said == [False, True, True]


def test_the_footer_carries_age_and_review_state(ixazomib: Plans) -> None:
    assert ixazomib.deck.footer == (
        "Main source: MMRF, about 2013; changes to December 2025. Draft, not yet reviewed by a clinician."
    )


def test_the_references_list_every_source(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id))
    assert all(context.cite(source) in plans.deck.slides[-1].words() for source in context.edition.topic.sources)


def test_side_effects_need_no_clinicians_words_of_their_own() -> None:
    assert "Müdigkeitserscheinungen" in shipped_plans("longwords").deck.words()


def test_text_outside_a_slide_and_a_slide_without_a_title_are_mistakes_of_the_template() -> None:
    templates = {"deck.html.j2": '<p>loose</p>stray<section data-layout="Blank"><p>x</p></section>'}
    with pytest.raises(ProblemsError) as caught:
        compose_deck(edition_of(CONTENT, "ixazomib"), templates)
    messages = " ".join(p.message for p in caught.value.problems)
    for piece in ("<p> stands outside a slide", "'stray' stands outside a slide", "a slide has no title"):
        assert piece in messages


def test_a_study_with_four_categories_fits_its_slide(changed: Change) -> None:
    content = changed(
        ("mr: {category: MR, count: 28, of: 273}", "mr: {category: MR, or_better: true, count: 236, of: 273}"),
        topic="longwords",
    )
    deck = compose_deck(edition_of(content, "longwords"), Workspace(content).templates())
    theme = Workspace(content).named("themes", "default", Theme)
    assert render_deck(deck, theme)
