"""What counts as told: words that are seen whole, numbers that a marked table prints; and words that reach nobody."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from content_findings import SHIPPED, line_of
from msgspec.structs import replace
from section_samples import TEMPLATES, edition
from topic_samples import CONTENT, ROOT, TODAY, Change, edition_of, lexicon, shipped_plans

from handouts.build.build import build
from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.coverage import untold_statement, words_for_nobody
from handouts.checks.rule import OfDocuments, OfPlan
from handouts.compose.card import compose_card
from handouts.compose.deck import compose_deck
from handouts.compose.handout import compose_handout
from handouts.files.workspace import TopicFiles, Workspace
from handouts.model.load import load
from handouts.model.section import DocumentName
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.plan.documents import Plan
from handouts.problems import Problem

SLIDE = '<section data-layout="Table"><h2>Slide</h2>{}<aside class="notes"><p>Say.</p>{}</aside></section>'
TABLE = "<table><tr><th>Trial</th><th>{}</th></tr><tr><th{}>{}</th><td>{}</td></tr></table>"
A1 = "{{ told('twice_weekly') | last }}"
SHOWN = '<figure data-section="{}" data-figure="{}"{}></figure>'
IN_TABLE = ' data-slot="table"'


@cache
def _loaded() -> TopicFiles:
    return Workspace(CONTENT, ROOT / "templates").topic("ixazomib")


def _untold(on_slide: str, in_notes: str = "", content: Path = CONTENT) -> set[str]:
    """The statements that a deck of one slide leaves untold, as the rule names them."""
    deck = compose_deck(edition_of(content, "ixazomib"), {"deck.html.j2": SLIDE.format(on_slide, in_notes)})
    loaded = _loaded()
    subject = OfPlan(loaded.topic, loaded.words[0], deck, lexicon("en"))
    return {
        found.message.removeprefix("the deck does not tell ").split()[0] for found in untold_statement.judge(subject)
    }


def test_words_that_are_seen_are_told() -> None:
    assert set(_loaded().topic.value.statements) - _untold(f"<p>{A1}</p>") == {
        "A1",
        # The card's, not the deck's.
        "call_for_help",
    }
    assert "A1" not in _untold(TABLE.format("What", "", "MM1", A1))
    assert "A1" not in _untold(f"<ul><li>First: {A1} And on.</li></ul>")


def test_words_in_notes_alone_are_not_told() -> None:
    assert "A1" in _untold("<p>Text.</p>", f"<p>{A1}</p>")


def test_a_mark_tells_nothing() -> None:
    assert "A1" in _untold('<p data-statement="A1">Text.</p>')
    numbers = "722, 20.6, 14.7, 0.74, 53.6, 51.6, 0.939, 0.495"
    assert "N3" in _untold(f'<p data-statement="N3">{numbers}</p>')
    assert "N3" in _untold(TABLE.format("Results", ' data-statement="N3"', "TOURMALINE-MM1", numbers))
    assert "N3" in _untold('<figure data-figure="forest" data-studies="mm1" data-statement="N3"></figure>')


def test_words_that_a_template_changes_are_not_told() -> None:
    assert "A1" in _untold(f"<p>{{{{ {A1[2:-2]} ~ '' | replace('Many', 'Few') }}}}</p>")
    cut = "{{ (told('twice_weekly') | last ~ '') | replace(', some refractory to them', '') }}"
    assert "A1" in _untold(f"<p>{cut}</p>")


OTHER_TRIALS = {f"T{number}" for number in range(4, 11)}


@pytest.mark.parametrize(
    ("figure", "statements"),
    [
        (("phase_three_results", "forest", ""), {"N3", "N4", "N8"}),
        (("side_effects", "dumbbell", ""), {"N5"}),
        (("trial_map", "trial_map", IN_TABLE), {"T1", "T2", *OTHER_TRIALS}),
        (("triplet", "rates", ""), set[str]()),
    ],
)
def test_a_section_s_figure_tells_the_statements_all_of_whose_values_it_draws(
    figure: tuple[str, str, str], statements: set[str]
) -> None:
    told = set(_loaded().topic.value.statements) - {"call_for_help"} - _untold(SHOWN.format(*figure))
    assert told == statements


def test_a_value_that_the_figure_does_not_draw_leaves_its_statement_untold(changed: Change) -> None:
    forest = SHOWN.format("phase_three_results", "forest", "")
    content = changed(("values: [mm2.pfs]", "values: [mm2.pfs, mm2.planned]"))
    assert {"N3", "N4", "N8"} & _untold(forest, content=content) == {"N4"}


def test_the_values_of_two_figures_are_not_taken_together(changed: Change) -> None:
    both = SHOWN.format("phase_three_results", "forest", "") + SHOWN.format("side_effects", "dumbbell", "")
    assert {"N3", "N4", "N5"} & _untold(both) == set()
    content = changed(("values: [mm2.pfs]", "values: [mm2.pfs, pooled.rash]"))
    assert {"N3", "N4", "N5"} & _untold(both, content=content) == {"N4"}


def test_a_figure_tells_no_statement_that_has_words_of_its_own(changed: Change) -> None:
    content = changed(
        ("section: triplet, sources: [mmrf]}", "section: triplet, sources: [mmrf], values: [triplet.orr]}")
    )
    assert {"C1", "C2"} <= _untold(SHOWN.format("triplet", "rates", ""), content=content)


def test_statements_in_a_table_by_study_are_told_in_their_own_words() -> None:
    table = SHOWN.format("early_harms", "by_study", IN_TABLE)
    assert {"A3", "A4", "B4", "B5", "C3", "C4"} & _untold(table) == set()


def _advice(document: DocumentName, section: dict[str, Any], statement: dict[str, Any]) -> dict[str, str]:
    """What the rule says of each untold statement of a made-up topic: S, and T, of the same section."""
    told = {key: {"section": "x", "sources": ["page"], **values} for key, values in (("S", statement), ("T", {}))}
    words = {"sections": {"x": {"heading": "A heading", "fields": ["Name"], "deck": {"title": "A title"}}}}
    if section["kind"] != "fill_in":
        del words["sections"]["x"]["fields"]
    if statement.get("values"):
        words["statements"] = {"T": {"patient": "Say T.", "clinician": "Tell T."}}
    of = edition({"x": section}, told, words)
    compose: dict[DocumentName, Any] = {"handout": compose_handout, "deck": compose_deck, "card": compose_card}
    topic = load("topic.yaml", of.topic_document.text, Topic)
    language = load("en.yaml", of.words_document.text, Words)
    subject = OfPlan(topic, language, compose[document](of, TEMPLATES), lexicon("en"))
    return {one.message.split()[5]: one.instead for one in untold_statement.judge(subject)}


ONE = {"kind": "evidence", "study": "one"}


@pytest.mark.parametrize(
    ("document", "section", "statement", "advice"),
    [
        ("handout", {"kind": "questions"}, {}, "of kind questions prints no statements in the handout: name another"),
        ("handout", {"kind": "terms"}, {}, "of kind terms prints no statements in the handout: name another section"),
        ("card", {"kind": "fill_in"}, {}, "of kind fill_in prints no statements in the card: name another section"),
        ("handout", {**ONE, "show": {"handout": "by_study"}}, {"study": "two"}, "add two to the studies of section"),
        ("deck", {**ONE, "show": {"deck": "by_study"}}, {"study": "two"}, "add two to the studies of section"),
        ("handout", {**ONE, "show": {"handout": "icon_array"}}, {"values": ["one.rash"]},
         "give it words for the handout, or values that its icon_array draws there"),
        ("deck", {**ONE, "show": {"deck": "rates"}, "in": ["deck"]}, {"values": ["one.rash"]},
         "give it words for the deck, or values that its rates draws there"),
    ],
)  # fmt: skip
def test_what_the_topic_leaves_untold_is_to_be_mended_in_the_topic(
    document: DocumentName, section: dict[str, Any], statement: dict[str, Any], advice: str
) -> None:
    told = _advice(document, {"in": [document], **section}, statement)
    assert advice in told["S"]
    assert "template" not in told["S"]


def test_a_study_added_to_its_section_and_words_in_another_kind_are_told() -> None:
    shown = {"kind": "evidence", "studies": ["one", "two"], "show": {"handout": "by_study"}, "in": ["handout"]}
    assert _advice("handout", shown, {"study": "two"}) == {}
    for kind in ("text", "points"):
        assert _advice("handout", {"kind": kind, "in": ["handout"]}, {}) == {}
        assert _advice("card", {"kind": kind, "in": ["card"]}, {}) == {}


def _of_all(content: Path, formats: tuple[str, ...] = ()) -> list[Problem]:
    request = Request(TODAY, formats, content=content, templates=ROOT / "templates")
    return [found for found in examine(request).findings if found.code == "WORDS02"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    fields: [Name, Doctor]\n", "    fields: [Name, Doctor]\n    deck: {talk: Say it.}\n",
         "sections.carry.deck.talk"),
        ("  results:\n", "  results:\n    deck: {note: Do not compare.}\n", "sections.results.deck.note"),
        ("    fields: [Name, Doctor]\n", "    fields: [Name, Doctor]\n    intro: Write here.\n",
         "sections.carry.intro"),
        ("names:\n", "names:\n  severe_neuropathy: Severe nerve problems\n", "names.severe_neuropathy"),
        ("  cr:\n    patient: complete\n", "  cr:\n    patient: complete\n    part: complete\n", "names.cr.part"),
        ("  L2:\n", "  L2:\n    patient: It makes cells die.\n", "statements.L2.patient"),
    ],
    ids=["talk without a slide", "note without a slide", "intro without a place", "harm without a row",
         "part of no bar", "patient words"],
)  # fmt: skip
def test_words_that_reach_no_document_are_found_at_their_line(changed: Change, old: str, new: str, place: str) -> None:
    content = changed((old, new), file="en.yaml")
    found = _of_all(content)
    assert [(one.severity, one.message) for one in found] == [("warning", f"{place} stands in no document")]
    words = Workspace(content, ROOT / "templates").topic("ixazomib").words[0].document
    path = tuple(place.split("."))
    assert found[0].origin == words.origin(path)


def test_words_of_a_statement_that_is_untold_are_found_once(changed: Change, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "deck").mkdir(parents=True)
    slide = '<section data-layout="Title and Content"><h2>{{ s.title }}</h2><p>None.</p></section>'
    (templates / "deck" / "preclinical.html.j2").write_text(slide, "utf-8")
    found = examine(Request(TODAY, content=changed(), templates=templates)).findings
    assert {one.message.split()[5] for one in found if one.code == "TOLD01"} == {"L1", "L2", "L3"}
    left = ("sections.preclinical.deck.note", "sections.preclinical.deck.talk", "names.growth", "names.apoptosis",
            "names.in_mice")  # fmt: skip
    assert {one.message for one in found if one.code == "WORDS02"} == {f"{one} stands in no document" for one in left}


def test_words_that_speaker_notes_alone_have_reach_somebody_and_tell_nothing() -> None:
    loaded, plans = _loaded(), shipped_plans("ixazomib")
    quiet = replace(plans.deck, slides=tuple(replace(slide, notes=()) for slide in plans.deck.slides))
    assert list(untold_statement.judge(OfPlan(loaded.topic, loaded.words[0], quiet, lexicon("en")))) == []
    subject = OfDocuments(loaded.topic, loaded.words[0], (plans.handout, quiet, plans.card))
    lost = {one.message.split()[0] for one in words_for_nobody.judge(subject)}
    talk = {f"sections.{key}.deck.talk" for key, one in loaded.words[0].value.sections.items() if one.deck.talk}
    assert lost == talk | {"deck.talk"}


def test_what_a_language_calls_the_subject_stands_in_the_properties_of_files(changed: Change) -> None:
    assert _of_all(changed(("language: en\n", "language: en\nsubject: {name: ixazomib}\n"), file="en.yaml")) == []


"""Templates that print what a contact is called, and where they do."""


def test_words_that_a_build_of_some_documents_does_not_see_are_not_judged(changed: Change) -> None:
    content = changed(("names:\n", "names:\n  severe_neuropathy: Severe\n"), file="en.yaml")
    assert [_of_all(content, formats) for formats in (("pdf",), ("pdf", "card"))] == [[], []]


def test_a_build_that_makes_the_last_documents_judges_them_all(changed: Change, tmp_path: Path) -> None:
    content = changed(("names:\n", "names:\n  severe_neuropathy: Severe\n"), file="en.yaml")
    request = Request(TODAY, ("pdf", "pptx"), content=content, templates=ROOT / "templates", out=tmp_path / "out")
    assert "WORDS02" not in {found.code for found in build(request).findings}
    rest = build(replace(request, formats=()))
    assert [made.entry.format for made in rest.made] == ["card"]
    assert [found.origin.line for found in rest.findings if found.code == "WORDS02"] == [
        line_of(content / "ixazomib" / "en.yaml", "  severe_neuropathy: Severe")
    ]
    assert build(replace(request, formats=())).findings == rest.findings


def test_one_document_is_enough() -> None:
    loaded, plans = _loaded(), shipped_plans("ixazomib")

    def lost(*given: Plan) -> set[str]:
        found = words_for_nobody.judge(OfDocuments(loaded.topic, loaded.words[0], given))
        return {one.message.removesuffix(" stands in no document") for one in found}

    everywhere = (plans.handout, plans.deck, plans.card)
    assert lost(*everywhere) == set()
    without_deck, without_handout = lost(plans.handout, plans.card), lost(plans.deck, plans.card)
    assert {"deck.talk", "sections.take_home.deck.title", "names.chosen_dose.clinician"} <= without_deck
    assert {"sections.results.intro", "questions, item 1", "statements.K1.patient"} <= without_handout
    # The picture stands in both, and its alt text says what it shows.
    assert not any(
        one.startswith("pictures.mechanism.") and not one.endswith("caption") for one in without_deck | without_handout
    )
    assert not any(one.startswith("terms") for one in without_deck | without_handout)


def test_a_folder_whose_name_is_no_text_changes_nothing(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    shutil.copytree(CONTENT, folder)
    found = examine(Request(TODAY, content=folder, templates=ROOT / "templates")).findings
    assert {one.code for one in found} == SHIPPED


def test_a_finding_on_words_can_be_waived_where_they_stand(changed: Change) -> None:
    changed(("names:\n", "names:\n  severe_neuropathy: Severe\n"), file="en.yaml")
    where = "at: names.severe_neuropathy, language: en"
    waiver = f"waivers:\n  - {{code: WORDS02, {where}, reason: For later, until: 2026-12-31}}\n"
    content = changed(("schema_version: 2\n", f"schema_version: 2\n{waiver}"))
    request = Request(TODAY, content=content, templates=ROOT / "templates")
    result = examine(request)
    assert [one.problem.code for one in result.waived] == ["WORDS02"]
    assert not {"WORDS02", "WAIVE02"} & {found.code for found in result.findings}


@pytest.mark.parametrize("show", ["by_study", "timeline"])
def test_a_show_that_draws_no_values_is_told_and_not_the_template(tmp_path: Path, show: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "samples" / "liraglutide", content / "liraglutide")
    file = content / "liraglutide" / "topic.yaml"
    old = "show: mean_change"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, f"show: {show}"), "utf-8")
    found = examine(Request(TODAY, content=content, templates=ROOT / "templates")).findings
    (problem,) = [one for one in found if one.code == "TOLD01"]
    assert problem.message == "the deck does not tell R1 (results)"
    assert problem.instead == (
        f"give it words for the deck, or show section 'results' otherwise: {show} draws no values"
    )
