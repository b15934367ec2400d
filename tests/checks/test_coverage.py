"""What counts as told: words that are seen whole, numbers that a marked table prints; and words that reach nobody."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from content_findings import SHIPPED, line_of
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, TODAY, Change, edition_of, lexicon, shipped_plans

from handouts.build.build import build
from handouts.build.make import examine
from handouts.build.request import Request
from handouts.checks.coverage import untold_statement, words_for_nobody
from handouts.checks.rule import OfDocuments, OfPlan
from handouts.compose.deck import compose_deck
from handouts.files.workspace import TopicFiles, Workspace
from handouts.plan.documents import Plan
from handouts.problems import Problem

SLIDE = '<section data-layout="Table"><h2>Slide</h2>{}<aside class="notes"><p>Say.</p>{}</aside></section>'
TABLE = "<table><tr><th>Trial</th><th>{}</th></tr><tr><th{}>{}</th><td>{}</td></tr></table>"
A1 = "{{ told('results', study='twice_weekly')[0] }}"
MARK = ' data-statement="{}"'


@cache
def _loaded() -> TopicFiles:
    return Workspace(CONTENT, ROOT / "templates").topic("ixazomib")


def _untold(on_slide: str, in_notes: str = "") -> set[str]:
    """The statements that a deck of one slide leaves untold, as the rule names them."""
    deck = compose_deck(edition_of(CONTENT, "ixazomib"), {"deck.html.j2": SLIDE.format(on_slide, in_notes)})
    loaded = _loaded()
    subject = OfPlan(loaded.topic, loaded.words[0], deck, lexicon("en"))
    return {
        found.message.removeprefix("the deck does not tell ").split()[0] for found in untold_statement.judge(subject)
    }


def test_words_that_are_seen_are_told() -> None:
    assert set(_loaded().topic.value.statements) - _untold(f"<p>{A1}</p>") == {"A1"}
    assert "A1" not in _untold(TABLE.format("What", "", "MM1", A1))
    assert "A1" not in _untold(f"<ul><li>First: {A1} And on.</li></ul>")


def test_words_in_notes_alone_are_not_told() -> None:
    assert "A1" in _untold("<p>Text.</p>", f"<p>{A1}</p>")


def test_a_mark_tells_nothing() -> None:
    assert "A1" in _untold(f"<p{MARK.format('A1')}>Text.</p>")
    assert "N3" in _untold(f"<p{MARK.format('N3')}>722, 20.6, 14.7, 0.74, 53.6, 51.6, 0.939, 0.495</p>")


def test_words_that_a_template_changes_are_not_told() -> None:
    assert "A1" in _untold(f"<p>{{{{ {A1[2:-2]} ~ '' | replace('twice', 'once') }}}}</p>")
    cut = "{{ (told('results', study='twice_weekly')[0] ~ '') | replace('Single agent, ', '') }}"
    assert "A1" in _untold(f"<p>{cut}</p>")


def test_a_marked_table_tells_a_statement_when_it_prints_all_its_numbers() -> None:
    numbers = "20.6 v 14.7, HR 0.74, p=0.01; 53.6 v 51.6, HR 0.939; p=0.495"
    assert "N3" not in _untold(TABLE.format("Results", MARK.format("N3"), "TOURMALINE-MM1, n=722", numbers))
    assert "N3" in _untold(TABLE.format("Results", "", "TOURMALINE-MM1, n=722", numbers))


@pytest.mark.parametrize("gone", ["20.6", "0.939", "0.495"])
def test_a_marked_table_that_lacks_a_number_does_not_tell_the_statement(gone: str) -> None:
    numbers = "20.6 v 14.7, HR 0.74, p=0.01; 53.6 v 51.6, HR 0.939; p=0.495".replace(gone, f"1{gone}")
    assert "N3" in _untold(TABLE.format("Results", MARK.format("N3"), "TOURMALINE-MM1, n=722", numbers))


def test_a_statement_without_numbers_is_told_by_its_words_alone() -> None:
    assert "B4" in _untold(TABLE.format("Results", MARK.format("B4"), "MM1", "1 2 3"))


def test_the_numbers_of_two_tables_are_not_taken_together() -> None:
    first = TABLE.format("Results", MARK.format("N3"), "n=722", "20.6 v 14.7, HR 0.74, p=0.01")
    second = TABLE.format("Results", MARK.format("N3"), "n=722", "53.6 v 51.6, HR 0.939; p=0.495")
    assert "N3" in _untold(first + second)


def test_a_marked_chart_tells_a_statement_when_its_bars_say_all_its_numbers(changed: Change) -> None:
    content = changed(
        ("    clinician: Final results; weekly dosing may be better tolerated than twice-weekly.",
         '    clinician: "{{ weekly.orr.share | percent(1) }} responded."'), file="en.yaml"
    )  # fmt: skip
    loaded = Workspace(content, ROOT / "templates").topic("ixazomib")
    chart = '<figure data-figure="response-rates" data-study="weekly"{}></figure>'
    untold: list[bool] = []
    for mark in ("", MARK.format("B1")):
        templates = {"deck.html.j2": SLIDE.format(chart.format(mark), "")}
        deck = compose_deck(edition_of(content, "ixazomib"), templates)
        found = untold_statement.judge(OfPlan(loaded.topic, loaded.words[0], deck, lexicon("en")))
        untold.append(any("not tell B1 " in one.message for one in found))
    assert untold == [True, False]


def _of_all(content: Path, formats: tuple[str, ...] = ()) -> list[Problem]:
    request = Request(TODAY, formats, content=content, templates=ROOT / "templates")
    return [found for found in examine(request).findings if found.code == "WORDS02"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  talk:\n    title", "  talk:\n    changed: Say what is new.\n    title", "deck.talk.changed"),
        ("names:\n", "names:\n  mechanism: How it works\n", "names.mechanism"),
        ("names:\n", "names:\n  severe_neuropathy: Severe nerve problems\n", "names.severe_neuropathy"),
        ("  cr:\n    patient: Complete\n", "  cr:\n    patient: Complete\n    part: Complete\n", "names.cr.part"),
        ("  L2:\n", "  L2:\n    patient: It makes cells die.\n", "statements.L2.patient"),
    ],
    ids=["talk without a slide", "aspect without a column", "harm without a row", "part of no bar", "patient words"],
)  # fmt: skip
def test_words_that_reach_no_document_are_found_at_their_line(changed: Change, old: str, new: str, place: str) -> None:
    content = changed((old, new), file="en.yaml")
    found = _of_all(content)
    assert [(one.severity, one.message) for one in found] == [("warning", f"{place} stands in no document")]
    words = Workspace(content, ROOT / "templates").topic("ixazomib").words[0].document
    path = tuple(place.split("."))
    assert found[0].origin == words.origin(path)


def test_words_of_a_statement_that_is_untold_are_found_once(changed: Change) -> None:
    content = changed(("  trials_other: Other trials named by the source covered four settings\n", ""), file="en.yaml")
    found = examine(Request(TODAY, content=content, templates=ROOT / "templates")).findings
    others = ["W8", *(f"T{number}" for number in range(3, 11))]
    assert {one.message.split()[5] for one in found if one.code == "TOLD01"} == set(others)
    assert [one.message for one in found if one.code == "WORDS02"] == ["deck.talk.trials_other stands in no document"]


def test_words_that_a_table_stands_for_still_have_to_stand_somewhere() -> None:
    loaded, plans = _loaded(), shipped_plans("ixazomib")
    quiet = replace(plans.deck, slides=tuple(replace(slide, notes=()) for slide in plans.deck.slides))
    assert list(untold_statement.judge(OfPlan(loaded.topic, loaded.words[0], quiet, lexicon("en")))) == []
    subject = OfDocuments(loaded.topic, loaded.words[0], (plans.handout, quiet, plans.card))
    lost = {one.message.split()[0] for one in words_for_nobody.judge(subject)}
    assert {f"statements.{one}.clinician" for one in ("N3", "N4", "N5", "N8", "T1", "T2")} <= lost


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
    assert {"deck.talk.title", "studies.mm2.short", "names.chosen_dose.clinician"} <= without_deck
    assert {"timeline.early", "questions, item 1", "statements.K1.patient"} <= without_handout
    # The picture stands in both, and its alt text says what it shows.
    assert not any(
        one.startswith("mechanism.") and one != "mechanism.caption" for one in without_deck | without_handout
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
    content = changed(("schema_version: 1\n", f"schema_version: 1\n{waiver}"))
    request = Request(TODAY, content=content, templates=ROOT / "templates")
    result = examine(request)
    assert [one.problem.code for one in result.waived] == ["WORDS02"]
    assert not {"WORDS02", "WAIVE02"} & {found.code for found in result.findings}
