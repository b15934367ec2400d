"""The deck's plan: every statement on a slide of its section, each study with what a clinician needs to judge it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, FOLDERS, OWN, Change, Plans, edition_of, plans_of, shipped_plans

from handouts.compose.context import Context
from handouts.compose.deck import compose_deck
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.model.study import Study
from handouts.model.topic import Topic
from handouts.plan.blocks import FigureBlock, Table, drawn_words, walk, words_of
from handouts.plan.documents import Slide
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pptx.deck import render_deck
from handouts.render.pptx.layout.optional import fit_deck
from handouts.theme.schema import Theme

OVERVIEW, EVIDENCE, PAGE, BACKUP = "Overview", "Evidence", "What the page of about 2013 reported", "Backup"
HARMS = ("side_effects", "early_harms")
"""Sections that tell of harms in words."""
LIMITS, TAKE_HOME = "Limits of this evidence", "Take-home points"
SECTIONS = {
    OVERVIEW: ["N1", "N2", "N6"],
    EVIDENCE: ["N9", "N9_nerves", "N9_swelling", "N9_ease", "W2", "W3", "W4", "L1", "L2", "L3"],
    PAGE: ["bortezomib_class", "K1", "K2", "K4", "W1", "W5", "W6", "W7", "W7_injection", "A1", "A2", "B1", "B2", "B3",
           "C1", "C2", "A3", "A4", "B4", "B5", "C3", "C4"],
    LIMITS: ["K3", "K5", "W8", "C5", "also_response", "read_response", "read_phase_three", "also_mmrc", "read_mmrc",
             "says_weekly", "also_weekly", "read_weekly", "limit_size"],
    TAKE_HOME: ["home_label", "home_survival", "home_harms", "P1"],
    BACKUP: ["N7", "T3", "follow_up"],
}  # fmt: skip
DRAWN = {
    **dict.fromkeys(("N3", "N4", "N8", "N5"), EVIDENCE),
    **dict.fromkeys(("T1", "T2", "T4", "T5", "T6", "T7", "T8", "T9", "T10"), PAGE),
}
"""Statements that have no words for clinicians, and where a figure or table tells their numbers."""
CARD = {"call_for_help"}
"""What the card alone tells."""
STATEMENTS = [(statement, section) for section, listed in SECTIONS.items() for statement in listed]


def _studies(plans: Plans) -> list[Slide]:
    return [slide for slide in plans.deck.slides if slide.layout == "Study"]


def _charts(slide: Slide) -> list[FigureBlock]:
    return [b for b in walk(slide.blocks()) if isinstance(b, FigureBlock) and b.figure.kind == "rates"]


def test_the_table_of_statements_is_that_of_the_topic() -> None:
    known = {*(statement for statement, _ in STATEMENTS), *DRAWN, *CARD}
    assert known == set(edition_of(CONTENT, "ixazomib").topic.statements)


@pytest.mark.parametrize(("statement", "section"), STATEMENTS)
def test_every_statement_is_on_a_slide_of_its_section(ixazomib: Plans, statement: str, section: str) -> None:
    told = [slide for slide in ixazomib.deck.slides if statement in slide.statements()]
    assert {slide.section for slide in told} == {section}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("statement", sorted(one for one, _ in STATEMENTS))
def test_every_statement_is_read_whole_on_its_slide(ixazomib: Plans, statement: str) -> None:
    words = str(Context(edition_of(CONTENT, "ixazomib"), "deck").words["statements"][statement]["clinician"])
    assert any(words in slide.words() for slide in ixazomib.deck.slides if statement in slide.statements())


@pytest.mark.parametrize("statement", sorted(DRAWN))
def test_a_statement_without_words_for_clinicians_has_its_numbers_on_one_slide(ixazomib: Plans, statement: str) -> None:
    values = set(edition_of(CONTENT, "ixazomib").topic.statements[statement].values)
    showing = [slide for slide in ixazomib.deck.slides if values <= _drawn(slide)]
    assert [slide.section for slide in showing] == [DRAWN[statement]]


def _drawn(slide: Slide) -> set[str]:
    """The outcomes of which a slide's figures and tables show the results."""
    blocks = (block for block in walk(slide.blocks()) if isinstance(block, FigureBlock | Table))
    return {one for block in blocks for one in block.draws}


def test_a_deck_tells_all_that_it_has_to(plans: Plans) -> None:
    drawn = {one for slide in plans.deck.slides for one in _drawn(slide)}
    told = plans.deck.statements()
    assert {one.statement for one in plans.deck.to_tell if not one.values} <= told
    assert all(one.statement in told or set(one.values) <= drawn for one in plans.deck.to_tell)


def test_the_deck_is_neither_a_leaflet_nor_a_lecture_series(ixazomib: Plans) -> None:
    assert 12 <= len(ixazomib.deck.slides) <= 19


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


def _bars(slide: Slide) -> list[tuple[str, str, str]]:
    """What a study's chart writes at each bar: category and x/n, percent, interval."""
    (chart,) = _charts(slide)
    assert chart.figure.chart
    return [(f"{bar.label}, {bar.people}", bar.text, bar.interval) for bar in chart.figure.chart.bars]


FACTS = ["Population", "Design", "Dose and schedule", "Patients", "Endpoint", "Data"]


@pytest.mark.parametrize(
    ("title", "facts", "bars", "source"),
    [
        (
            "6 of 46",
            ["Relapsed and/or refractory myeloma", "Phase I, single agent", "Twice a week, 2 of 3 weeks",
             "about 57 enrolled → 46 evaluable", "Response; criteria not stated",
             "preliminary; cut-off not stated"],
            [("ORR, 6 of 46", "13.0%", "4.9–26.3"), ("MR or better, 7 of 46", "15.2%", "6.3–28.9"),
             ("Complete response (CR), 1 of 46", "2.2%", "0.1–11.5")],
            "MMRF, about 2013",
        ),
        (
            "9 of 50",
            ["Relapsed and/or refractory; on average 4 prior therapies", "Phase I, single agent", "Once a week",
             "60 enrolled → 50 evaluable", "Overall response rate; criteria not stated", "final; cut-off not stated"],
            [("ORR, 9 of 50", "18.0%", "8.6–31.4"),
             ("ORR, at the dose for further study, n not stated", "26%", "")],
            "MMRF, about 2013",
        ),
        (
            "47 of 52",
            ["Newly diagnosed myeloma", "Phase I/II, no control group",
             "Once a week, with lenalidomide and dexamethasone (Rd)",
             "52 analyzed; enrollment not stated", "Overall response rate; criteria not stated",
             "preliminary; cut-off not stated"],
            [("ORR, 47 of 52", "90.4%", "79.0–96.8"), ("VGPR or better, 30 of 52", "57.7%", "43.2–71.3"),
             ("Complete response (CR), 12 of 52", "23.1%", "12.5–36.8")],
            "MMRF, about 2013",
        ),
    ],
    ids=["twice weekly", "weekly", "triplet"],
)  # fmt: skip
def test_a_study_slide_carries_all_that_a_rate_needs(
    ixazomib: Plans, title: str, facts: list[str], bars: list[tuple[str, str, str]], source: str
) -> None:
    (slide,) = [s for s in _studies(ixazomib) if title in plain(s.title)]
    (table,) = slide.slots["facts"]
    assert isinstance(table, Table) and table.role == "facts"
    assert [plain(cell.runs) for row in (table.head, *table.rows) for cell in row] == [*FACTS, *facts]
    assert _bars(slide) == bars
    for piece in (source, "Exact (Clopper-Pearson) 95% intervals"):
        assert piece in plain(slide.source)


def test_every_study_slide_has_all_its_facts_and_a_method(plans: Plans, topic_id: str) -> None:
    fixed = Context(edition_of(FOLDERS[topic_id], topic_id), "deck").fixed
    for slide in _studies(plans):
        (table,) = slide.slots["facts"]
        assert isinstance(table, Table) and len(table.rows) == 1
        names = [fixed(key) for key in ("population", "design", "regimen", "patients", "endpoint", "data")]
        assert [plain(cell.runs) for cell in table.head] == names
        assert all(plain(cell.runs).strip() for cell in table.rows[0])
        assert fixed("method") in plain(slide.source)


def test_criteria_and_data_cut_off_are_shown_where_the_source_gives_them(changed: Change) -> None:
    content = changed(
        ("    evaluable: 58\n", "    evaluable: 58\n    criteria: IMWG 2016\n    as_of: 2019-03\n"),
        topic="espanol",
    )  # fmt: skip
    (slide,) = [s for s in plans_of(content, "espanol").deck.slides if s.layout == "Study"]
    facts = words_of(slide.slots["facts"])
    assert "criterios: IMWG 2016" in facts
    assert "corte de marzo de 2019" in facts


def test_a_later_report_stands_beside_the_study_with_its_source(ixazomib: Plans) -> None:
    said = [plain(slide.source) for slide in _studies(ixazomib)]
    assert "Published since (Blood 2014;124:1038): 60 enrolled → 55 evaluable; ORR 15%" in said[0]
    assert "Published since (Blood 2014;124:1047): 60 enrolled" in said[1]
    assert "Published since (Lancet Oncol 2014;15:1503)" in said[2]


def test_a_chart_shows_one_study_and_so_one_population(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id), "deck")
    shown = [
        [one.result for one in view.outcomes.values() if one.result and (one.outcome.within or not one.outcome.part_of)]
        for view in context.views.values()
    ]
    rates = [{str(result.share) for result in results} for results in shown if results]
    charts = [chart for slide in plans.deck.slides for chart in _charts(slide)]
    assert len(charts) == len(rates)
    for chart, own in zip(charts, rates, strict=True):
        assert chart.figure.chart
        assert {bar.value for bar in chart.figure.chart.bars} == {float(rate) for rate in own}


def _seen(slide: Slide) -> str:
    """The words of a slide and of its figures."""
    figures = [drawn_words(block) for block in walk(slide.blocks()) if isinstance(block, FigureBlock)]
    return "\n".join((slide.words(), *figures))


def _results(topic: Topic) -> dict[str, set[str]]:
    """What a reader may take for a result, by the setting that it was found in."""
    found: dict[str, set[str]] = {}
    for study in topic.studies.values():
        said = found.setdefault(study.setting, set())
        said |= {f"{one.count} of {one.n}" for one in study.outcomes.values() if one.count is not None}
        said |= {str(effect.value) for one in study.outcomes.values() for effect in one.effects.values()}
    return found


def test_results_in_different_populations_never_share_a_slide_without_the_note(ixazomib: Plans) -> None:
    context = Context(edition_of(CONTENT, "ixazomib"), "deck")
    results = _results(context.edition.topic)
    sharing = [
        slide for slide in ixazomib.deck.slides
        if sum(any(one in _seen(slide) for one in said) for said in results.values()) > 1
    ]  # fmt: skip
    assert sharing
    assert all(context.fixed("do_not_compare") in slide.words() for slide in sharing)


@pytest.mark.parametrize("section", ["phase_three_results", "early_harms", "limits"])
def test_a_slide_of_several_populations_says_that_they_cannot_be_compared(ixazomib: Plans, section: str) -> None:
    context = Context(edition_of(CONTENT, "ixazomib"), "deck")
    title = str(context.words["sections"][section]["deck"]["title"])
    (slide,) = [slide for slide in ixazomib.deck.slides if plain(slide.title) == title]
    assert context.fixed("do_not_compare") in slide.words()


def _has_results(study: Study) -> bool:
    """Whether a study has results of all its people together, as the early ones have."""
    return any(one.count is not None or one.percent is not None for one in study.outcomes.values())


def test_a_topic_with_one_population_needs_no_note(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id), "deck")
    settings = {s.setting for s in context.edition.topic.studies.values() if _has_results(s)}
    assert (context.fixed("do_not_compare") in plans.deck.words()) == (len(settings) > 1)


def test_a_slide_of_harms_stands_wherever_there_are_benefits(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id), "deck")
    studies = context.edition.topic.studies
    assert any(map(_has_results, studies.values())) or not studies
    harms = [slide for slide in plans.deck.slides if _tells_harms(slide, context.edition.topic)]
    for key, study in studies.items():
        if _has_results(study):
            assert any(str(context.words["studies"][key]["short"]) in slide.words() for slide in harms)


def _tells_harms(slide: Slide, topic: Topic) -> bool:
    drawn = (one.split(".") for one in _drawn(slide))
    in_words = any(topic.statements[one].section_in("deck") in HARMS for one in slide.statements())
    return in_words or any(name in topic.studies[study].harms for study, name in drawn)


def test_endpoints_are_written_in_the_deck_s_language() -> None:
    words = [_seen(slide) for slide in shipped_plans("espanol").deck.slides]
    assert any("SLP" in one for one in words)
    assert not any("PFS" in one for one in words)


def test_the_notes_of_the_shipped_deck_say_more_than_its_slides(ixazomib: Plans) -> None:
    for slide in ixazomib.deck.slides:
        talk = words_of(slide.notes).split("\n")[0]
        assert len(talk.split()) > 12, plain(slide.title)
        assert talk not in slide.words()


def test_notes_without_words_of_their_own_are_composed_from_the_numbers() -> None:
    deck = shipped_plans("longwords").deck
    (slide,) = [s for s in deck.slides if plain(s.title).startswith("31 of 84")]
    talk, sources = words_of(slide.notes).split("\n")
    assert talk.startswith("ORR (PR or better): 31 of 84 evaluable patients, 36.9%.")
    assert "anywhere from 26.6 to 48.1 percent" in talk
    assert sources.startswith("Sources: Musterkongress.")


def test_the_notes_end_with_the_sources_in_full(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id), "deck")
    for slide in plans.deck.slides:
        last = words_of(slide.notes).split("\n")[-1]
        assert last.startswith(f"{context.fixed('sources')}:")
        assert any("".join(map(str, context.cite(source))) in last for source in context.edition.topic.sources)


def test_the_limits_say_what_cannot_be_compared(ixazomib: Plans) -> None:
    (slide,) = [s for s in ixazomib.deck.slides if s.section == "Limits of this evidence"]
    for piece in ("cannot be", "not stated", "denominator", "90%", "is planned"):
        assert piece in slide.words()


def test_counts_that_were_worked_out_are_said_to_be(ixazomib: Plans) -> None:
    said = ["follow from the published percentages" in plain(slide.source) for slide in _studies(ixazomib)]
    assert said == [False, True, True]


def test_the_footer_carries_age_and_review_state(ixazomib: Plans) -> None:
    assert ixazomib.deck.footer == (
        "Main source: MMRF, about 2013; changes to December 2025. Draft, not yet reviewed by a clinician."
    )


def test_the_references_list_every_source(plans: Plans, topic_id: str) -> None:
    context = Context(edition_of(FOLDERS[topic_id], topic_id), "deck")
    listed = plans.deck.slides[-1].words()
    assert all("".join(map(str, context.cite(source))) in listed for source in context.edition.topic.sources)


def test_side_effects_need_no_clinicians_words_of_their_own() -> None:
    assert any("Müdigkeitserscheinungen" in _seen(slide) for slide in shipped_plans("longwords").deck.slides)


def test_text_outside_a_slide_and_a_slide_without_a_title_are_mistakes_of_the_template() -> None:
    templates = {"deck.html.j2": '<p>loose</p>stray<section data-layout="Blank"><p>x</p></section>'}
    with pytest.raises(ProblemsError) as caught:
        compose_deck(edition_of(CONTENT, "ixazomib"), templates)
    messages = " ".join(p.message for p in caught.value.problems)
    for piece in ("<p> stands outside a slide", "'stray' stands outside a slide", "a slide has no title"):
        assert piece in messages


def test_more_slides_than_anybody_shows_are_refused_before_they_are_laid_out() -> None:
    slides = "{% for i in range(201) %}<section data-layout='Blank'><h2>Slide {{ i }}</h2></section>{% endfor %}"
    with pytest.raises(ProblemsError, match="TEMPLATE06 error: there are 201 slides; the most is 200; print fewer"):
        compose_deck(edition_of(CONTENT, "ixazomib"), {"deck.html.j2": slides})


def test_a_study_with_four_categories_fits_its_slide(changed: Change) -> None:
    content = changed(
        (
            "cr: {better: higher, within: vgpr, count: 61, n: 273}",
            "cr: {better: higher, within: vgpr, count: 61, n: 273}\n      mrd: {within: cr, count: 20, n: 273}",
        ),
        topic="longwords",
    )
    named = "  mrd: {patient: No trace, clinician: MRD negative}\n  cr:\n    part: Complete\n"
    changed(("  cr:\n    patient: Complete\n", named), topic="longwords", file="en.yaml")
    deck = compose_deck(edition_of(content, "longwords"), Workspace(content).templates())
    theme = Workspace(content).named("themes", "default", Theme)
    assert render_deck(deck, theme, OWN)


LONG = Clinic(
    schema_version=1,
    name="The Royal and Ancient Clinic of Saint Aurélien at the Upper Riverside Medical Campus",
    address=("1 High Street of the Upper Riverside Medical Campus, Building 12, Floor 3", "Springfield, MA 01101"),
    phone="617-726-2000",
    hours="Monday to Friday 8:30 am to 5:30 pm, Saturday from 9 am to noon, closed on Sundays and public holidays",
)


@pytest.mark.parametrize(
    ("clinic", "kept"),
    [
        (LONG, False),
        (replace(LONG, address=(), hours="Mon–Fri 9–5"), True),
        (replace(LONG, name="Clinic", address=()), True),
    ],
    ids=["all long", "long name", "long hours"],
)
def test_hours_that_a_title_slide_has_no_room_for_are_left_out_and_told(clinic: Clinic, kept: bool) -> None:
    edition = replace(edition_of(CONTENT, "ixazomib"), clinic=clinic)
    whole = compose_deck(edition, Workspace(CONTENT, None).templates())
    assert str(clinic.hours) in words_of(whole.slides[0].blocks())
    deck, left_out = fit_deck(whole, Theme(), OWN)
    words = words_of(deck.slides[0].blocks())
    assert clinic.name in words and "617-726-2000" in words and all(line in words for line in clinic.address)
    assert (str(clinic.hours) in words) == kept
    assert [one.problem.code for one in left_out] == ([] if kept else ["FIT03"])
    assert all("slide 1 has no room for 'Monday to Friday 8:30 am to" in one.problem.message for one in left_out)
    assert render_deck(deck, Theme(), OWN)


def test_review_state_and_telephone_number_are_never_left_out() -> None:
    edition = replace(edition_of(CONTENT, "ixazomib"), clinic=LONG)
    templates = dict(Workspace(CONTENT, None).templates())
    marked = templates["deck.html.j2"].replace(
        "<p>{{ fixed('for_clinicians') }}", "<p data-optional>{{ fixed('for_clinicians') }}"
    )
    marked = marked.replace("<p>{{ clinic.address | join", "<p data-optional>{{ clinic.address | join")
    assert marked.count("data-optional") == 3
    deck, _ = fit_deck(compose_deck(edition, templates | {"deck.html.j2": marked}), Theme(), OWN)
    assert deck.meta.review_words in words_of(deck.slides[0].blocks())
    assert str(LONG.phone) in words_of(deck.slides[0].blocks())
