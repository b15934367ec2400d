"""The sections of a document: their rows, headings, times, parts and sources; any of them in any order composes."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from section_samples import TEMPLATES, composed, edition, made
from thoroughness import examples
from topic_samples import OWN

from handouts.compose.context import Context
from handouts.compose.deck import compose_deck
from handouts.compose.handout import compose_handout
from handouts.compose.plain import PlainRecord
from handouts.compose.sections import sections_of
from handouts.model.section import DOCUMENTS, DocumentName, SectionKind
from handouts.plan.blocks import Grid, Group, Heading, Paragraph, origins_of, runs_of, walk, words_of
from handouts.plan.text import plain
from handouts.problems import ProblemsError
from handouts.render.pptx.deck import render_deck
from handouts.theme.schema import Theme

KINDS: tuple[SectionKind, ...] = get_args(SectionKind)


def ids(records: tuple[PlainRecord, ...]) -> list[str]:
    return [str(one.get("id")) for one in records]


def told_in(*sections: str) -> dict[str, Any]:
    """A statement of each section, with the section's id in capitals."""
    return {key.upper(): {"section": key, "sources": ["page"]} for key in sections}


def headed(*sections: str, **more: Any) -> dict[str, Any]:
    return {"sections": {key: {"heading": f"Heading {key}"} for key in sections}, **more}


def card(urgency: Any = "urgent", **more: Any) -> dict[str, Any]:
    return {"kind": "care_card", "urgency": urgency, "contacts": ["line"], **more}


HALF, FULL = {"kind": "text", "width": "half"}, {"kind": "text"}


@pytest.mark.parametrize(
    ("sections", "rows"),
    [
        ([FULL, FULL], ["a", "b"]),
        ([HALF, HALF], ["ab"]),
        ([HALF, HALF, HALF], ["ab", "c"]),
        ([HALF, FULL, HALF], ["a", "b", "c"]),
        ([HALF, {**HALF, "new_page": True}, HALF], ["a", "bc"]),
        ([card(), card()], ["ab"]),
        ([card()] * 4, ["abc", "d"]),
        ([card(), card(width="half"), HALF, HALF], ["a", "bc", "d"]),
        ([{**FULL, "width": 7}, card(width=5)], ["ab"]),
        ([{**FULL, "width": 7}, card(width="half")], ["a", "b"]),
        ([{**FULL, "width": 4}] * 4, ["abc", "d"]),
        ([{**FULL, "width": 3}] * 4, ["abcd"]),
        ([{**FULL, "width": 4}, FULL, {**FULL, "width": 4}], ["a", "b", "c"]),
        ([HALF, card(), HALF], ["a", "b", "c"]),
        ([card(), card(new_page=True)], ["a", "b"]),
    ],
)
def test_what_has_room_in_a_row_shares_it_and_care_cards_stand_in_threes(
    sections: list[dict[str, Any]], rows: list[str]
) -> None:
    named = dict(zip("abcd", sections, strict=False))
    of = edition(named, told_in(*named), headed(*named))
    assert ["".join(ids(row)) for row in made(of).rows] == rows
    grids = [block for block in walk(compose_handout(of, TEMPLATES).blocks) if isinstance(block, Grid)]
    assert [len(grid.columns) for grid in grids if len(grid.columns) > 1] == [len(row) for row in rows if len(row) > 1]


@pytest.mark.parametrize(
    ("sections", "spans"),
    [
        ([FULL], [[12]]),
        ([HALF], [[12]]),
        ([HALF, HALF], [[6, 6]]),
        ([{**FULL, "width": 7}, card(width=5)], [[7, 5]]),
        ([{**FULL, "width": 4}] * 2, [[4, 4]]),
        ([card()] * 3, [[4, 4, 4]]),
    ],
)
def test_a_section_has_the_columns_that_it_wishes_and_alone_all(
    sections: list[dict[str, Any]], spans: list[list[int]]
) -> None:
    named = dict(zip("abcd", sections, strict=False))
    of = edition(named, told_in(*named), headed(*named))
    assert [[one.get("span") for one in row] for row in made(of).rows] == spans
    grids = [block for block in walk(compose_handout(of, TEMPLATES).blocks) if isinstance(block, Grid)]
    assert [[column.span for column in grid.columns] for grid in grids] == [row for row in spans if len(row) > 1]


@pytest.mark.parametrize("place", [{}, {"under": "a"}], ids=["by itself", "under another"])
@pytest.mark.parametrize("kind", [FULL, HALF, card()], ids=["full", "half", "card"])
def test_a_section_begins_a_page_wherever_it_stands(kind: dict[str, Any], place: dict[str, Any]) -> None:
    named = {"a": FULL, "b": {**kind, **place, "new_page": True}, "c": {**kind, **place}}
    plan = compose_handout(edition(named, told_in(*named), headed(*named)), TEMPLATES)
    (begins,) = [block for block in walk(plan.blocks) if isinstance(block, Group) and block.new_page]
    heads = [plain(block.runs) for block in walk(begins.blocks) if isinstance(block, Heading)]
    assert heads[0].endswith("Heading b")
    assert len(heads) == (1 if kind is FULL else 2)


@given(st.lists(st.sampled_from([HALF, FULL, card(), {**HALF, "new_page": True}]), max_size=8))
def test_rows_have_every_section_once_and_in_order(sections: list[dict[str, Any]]) -> None:
    named = dict(zip("abcdefgh", sections, strict=False))
    found = made(edition(named, told_in(*named), headed(*named)))
    assert [key for row in found.rows for key in ids(row)] == ids(found.listed) == list(named)
    for row in found.rows:
        assert len({one.get("kind") for one in row}) == 1
        assert sum(one.get("span") for one in row) <= 12
        assert len(row) <= (3 if row[0].get("kind") == "care_card" else 2)
        assert not any(one.get("new_page") for one in row[1:])


def test_a_half_without_content_leaves_its_place_to_the_next() -> None:
    named = {"a": HALF, "b": HALF, "c": HALF}
    found = made(edition(named, told_in("a", "c"), headed(*named)))
    assert ["".join(ids(row)) for row in found.rows] == ["ac"]


@pytest.mark.parametrize(
    ("words", "document", "heading", "title"),
    [
        ({}, "handout", "Key facts", "Key facts"),
        ({"heading": "Mine"}, "handout", "Mine", "Mine"),
        ({"deck": {"title": "A message"}}, "deck", "Key facts", "A message"),
        ({"heading": "Mine", "deck": {"title": "A message"}}, "deck", "Mine", "A message"),
        ({"heading": "Mine"}, "deck", "Mine", "Mine"),
    ],
)
def test_a_heading_is_that_of_the_words_else_of_the_locale(
    words: dict[str, Any], document: DocumentName, heading: str, title: str
) -> None:
    of = edition({"key_facts": FULL}, told_in("key_facts"), {"sections": {"key_facts": words}})
    (record,) = made(of, document).listed
    assert (str(record.get("heading")), str(record.get("title"))) == (heading, title)


def test_a_common_heading_names_subject_and_dates() -> None:
    sections = {"what_it_is": FULL, "what_has_changed": {"kind": "points", "tone": "changed"}}
    found = made(edition(sections, told_in(*sections))).listed
    headings = [Markup(one.get("heading")).striptags() for one in found]
    assert headings == ["What is a test?", "What has changed since 2026"]


@pytest.mark.parametrize(
    ("section", "document", "said"),
    [
        (FULL, "handout", "sections has no heading for 'odd'; add 'odd:' with 'heading:' to 'sections'"),
        (card(), "handout", "sections has no heading for 'odd'; add 'odd:' with 'heading:' to 'sections'"),
        (
            FULL, "deck",
            "sections has no words for the slide of 'odd'; add 'odd:' with 'deck: {title: …}' or 'heading:' to "
            "'sections'",
        ),
        ({"kind": "callout"}, "handout", ""),
        ({"kind": "text", "in": ["card"]}, "card", ""),
    ],
)  # fmt: skip
def test_a_section_that_cannot_be_found_without_a_heading_is_told(
    section: dict[str, Any], document: DocumentName, said: str
) -> None:
    context = Context(edition({"odd": section}, told_in("odd"), {"sections": {"odd": {"intro": "Before."}}}), document)
    sections_of(context)
    if not said:
        context.complete()
        return
    with pytest.raises(ProblemsError) as caught:
        context.complete()
    (problem,) = caught.value.problems
    assert str(problem).startswith("en.yaml:") and str(problem).endswith(f": REF03 error: {said}")
    assert problem.origin.line > 1


@pytest.mark.parametrize(
    ("at", "anchor", "said"),
    [
        (None, "visit", ""),
        ({"day": -1}, "visit", "1 day before your visit"),
        ({"day": -2, "time": "18:00"}, "visit", "2 days before, 6:00 pm"),
        ({"day": 3}, "visit", "3 days after your visit"),
        ({"day": 0}, "visit", "On the day"),
        ({"day": 0, "time": "08:30"}, "visit", "On the day, 8:30 am"),
        ({"hours": -5}, "visit", "5 hours before your visit"),
        ({"hours": 1}, "visit", "1 hour after your visit"),
        ({"hours": 0}, "visit", "At your visit"),
        ({"day": -1}, None, "1 day before"),
        ({"hours": 2}, None, "2 hours after"),
        ({"hours": 0}, None, "On the day"),
    ],
)
@pytest.mark.parametrize("kind", ["steps", "schedule"])
def test_when_a_step_is_taken_is_said_in_words(
    kind: str, at: dict[str, Any] | None, anchor: str | None, said: str
) -> None:
    section = {"kind": kind, **({"anchor": anchor} if anchor else {})}
    statement = {"section": "prep", "own": True, **({"at": at} if at else {})}
    of = edition({"prep": section}, {"S": statement}, headed("prep"))
    for document in ("handout", "deck"):
        (record,) = made(of, document).listed
        (step,) = record.get("steps")
        # The anchor's name keeps the mark that says where it stands.
        assert Markup(step.get("when")).striptags().replace("\N{NO-BREAK SPACE}", " ") == said
    words = composed(of)
    assert all(said in one.words().replace("\N{NO-BREAK SPACE}", " ") for one in (words.handout, words.deck))


def test_sections_under_another_are_its_parts_on_a_page_and_slides_of_their_own() -> None:
    sections = {"all": FULL, "low": {**HALF, "under": "all"}, "other": FULL, "high": {**HALF, "under": "all"}}
    of = edition(sections, told_in(*sections), headed(*sections))
    whole, other = made(of).listed
    assert (ids(whole.get("parts")), ids(other.get("parts"))) == (["low", "high"], [])
    assert [ids(row) for row in whole.get("rows")] == [["low", "high"]]
    assert [one.get("level") for one in (whole, *whole.get("parts"), other)] == [2, 3, 3, 2]
    assert ids(made(of, "deck").listed) == list(sections)
    headings = [b for b in walk(compose_handout(of, TEMPLATES).blocks) if isinstance(b, Heading) and b.level > 1]
    assert [(b.level, plain(b.runs)) for b in headings] == [
        (2, "Heading all"), (3, "Heading low"), (3, "Heading high"), (2, "Heading other")
    ]  # fmt: skip


def test_slides_that_open_a_part_or_bring_the_message_stand_on_the_accent_and_reserves_come_last() -> None:
    sections = {
        "first": FULL,
        "spare": {**FULL, "slide": "backup"},
        "opens": {"kind": "points", "slide": "section"},
        "inside": FULL,
        "take_home": {"kind": "points", "slide": "take_home"},
        "after": FULL,
    }
    of = edition(sections, told_in(*sections), headed(*sections))
    assert ids(made(of).listed) == list(sections)
    deck = compose_deck(of, TEMPLATES)
    assert [(plain(one.title), one.layout, one.section) for one in deck.slides[2:]] == [
        ("Heading first", "Title and Content", "Overview"),
        ("Heading opens", "Section Header", "Heading opens"),
        ("Heading inside", "Title and Content", "Heading opens"),
        ("Heading take_home", "Take-home", "Take-home points"),
        ("Heading after", "Title and Content", "Take-home points"),
        ("Heading spare", "Title and Content", "Backup"),
        ("References", "Title and Content", "Backup"),
    ]
    assert render_deck(deck, Theme(), OWN)


def test_a_statement_stands_in_the_section_that_each_document_has_for_it() -> None:
    named = {"a": {**FULL, "in": ["handout"]}, "b": {**FULL, "in": ["deck"]}}
    statements = told_in(*named)
    statements["B"]["section"] = {"handout": "a", "deck": "b"}
    of = edition(named, statements, headed(*named))
    assert [[str(said) for said in one.get("told")] for one in made(of).listed] == [["Say A.", "Say B."]]
    assert [[str(said) for said in one.get("told")] for one in made(of, "deck").listed] == [["Tell B."]]


def test_what_stands_under_a_section_of_other_documents_stands_by_itself() -> None:
    sections = {"all": {"kind": "text", "in": ["deck"]}, "low": {"kind": "text", "under": "all"}}
    (record,) = made(edition(sections, told_in(*sections), headed(*sections))).listed
    assert (record.get("id"), record.get("level")) == ("low", 2)


def test_a_part_may_take_the_name_of_its_study_as_heading() -> None:
    show = {"kind": "evidence", "show": "icon_array", "study": "one", "under": "all"}
    of = edition(
        {"all": FULL, "low": show},
        told_in("all"),
        {"sections": {"all": {"heading": "All"}, "low": {"deck": {"title": "T"}}}},
    )
    (whole,) = made(of).listed
    assert str(whole.get("parts")[0].get("heading")) == "Study one"


def test_sources_are_those_of_statements_figures_and_contacts_each_once() -> None:
    sections = {
        "facts": FULL,
        "shown": {"kind": "evidence", "show": "rates", "study": "one", "in": ["deck"]},
        "both": {"kind": "evidence", "show": "outcomes_table", "studies": ["one", "two"], "in": ["deck"]},
        "call": {"kind": "contacts", "contacts": ["clinic", "line"], "in": ["handout", "deck"]},
        "own": FULL,
    }
    statements = {**told_in("facts"), "OWN": {"section": "own", "own": True}}
    found = made(edition(sections, statements, headed(*sections)), "deck")
    assert {str(one.get("id")): one.get("sources") for one in found.listed} == {
        "facts": ("page",), "shown": ("paper",), "both": ("paper", "page"), "call": ("page",), "own": ()
    }  # fmt: skip
    assert [one.get("own") for one in found.listed] == [False, False, False, False, True]
    assert found.cited == ("page", "paper")


@pytest.mark.parametrize(
    ("section", "apart"),
    [
        ({"show": "outcomes_table", "studies": ["one", "two"]}, True),
        ({"show": "trial_map", "studies": ["one", "two"]}, False),
        ({"show": "rates", "study": "one"}, False),
    ],
)
def test_studies_of_different_settings_are_kept_apart(section: dict[str, Any], apart: bool) -> None:
    of = edition({"shown": {"kind": "evidence", "in": ["deck"], **section}}, {}, headed("shown"))
    (record,) = made(of, "deck").listed
    assert record.get("apart") is apart
    assert (Context(of, "deck").fixed("do_not_compare") in composed(of).deck.words()) is apart


def test_the_care_cards_of_a_slide_have_all_their_sources_and_words() -> None:
    sections = {
        "soon": card(**{"in": ["handout", "deck"]}),
        "now": card("emergency", contacts=["help"], **{"in": ["handout", "deck"]}),
    }
    statements = {"S": {"section": "soon", "sources": ["page"]}, "N": {"section": "now", "sources": ["paper"]}}
    of = edition(sections, statements, headed(*sections))
    slides = [slide for slide in composed(of).deck.slides if slide.statements()]
    (slide,) = slides
    assert slide.statements() == {"S", "N"}
    for piece in ("Somewhere", "Elsewhere 2025"):
        assert piece in plain(slide.source) and piece in words_of(slide.notes)


@pytest.mark.parametrize("order", [("text", "soon", "now"), ("soon", "text", "now"), ("soon", "now", "text")])
def test_care_cards_share_a_slide_and_what_stands_beside_them_keeps_its_own(order: tuple[str, ...]) -> None:
    of_kind = {"text": FULL, "soon": card(), "now": card("emergency")}
    sections = {key: {**of_kind[key], "width": 4, "in": ["handout", "deck"]} for key in order}
    of = edition(sections, told_in(*order), headed(*order))
    assert [ids(row) for row in made(of, "deck").rows] == [list(order)]
    told = [slide.statements() for slide in composed(of).deck.slides if slide.statements()]
    both = [{"TEXT"}, {"SOON", "NOW"}]
    assert told == (both if order[0] == "text" else both[::-1])


def test_what_cannot_be_shown_is_told_at_the_sections_line_with_what_can() -> None:
    shown = {"kind": "evidence", "show": {"handout": "dumbbell"}, "study": "one", "outcomes": ["orr"]}
    of = edition({"facts": FULL, "shown": shown}, told_in("facts", "shown"), headed("facts", "shown"))
    with pytest.raises(ProblemsError) as caught:
        compose_handout(of, TEMPLATES)
    (problem,) = caught.value.problems
    assert problem.code == "SHOW01"
    assert problem.origin == of.topic_document.key_origin(("sections", "shown", "show"))
    assert "section 'shown' cannot be shown as dumbbell: " in problem.message
    assert problem.instead.startswith("show it as ")
    assert {"icon_array", "part_bar", "rates"} <= set(problem.instead.removeprefix("show it as ").split(" or "))
    assert problem.cause == problem.message, "the deck's of the same line is no other mistake"


def test_a_translated_source_keeps_where_its_words_stand() -> None:
    sources = {"page": {"title": "Una página", "publisher": "Una editorial"}, "paper": {"short": "El papel"}}
    sections = {"facts": {"kind": "text", "in": ["handout", "deck"]}}
    statements = {"S": {"section": "facts", "sources": ["page", "paper"]}}
    of = edition(sections, statements, headed("facts", sources=sources))
    plans = composed(of)
    notes = [run for slide in plans.deck.slides for run in runs_of(slide.notes)]
    for key, name, runs in (
        ("page", "title", notes),
        ("page", "publisher", notes),
        ("paper", "short", list(runs_of(plans.handout.blocks))),
    ):
        found = {run.origin for run in runs if run.text == sources[key][name]}
        assert found == {of.words_document.origin(("sources", key, name))}
    assert any("A journal" in run.text and run.origin is None for run in notes), "the original stands for the rest"


SHOWN: list[dict[str, Any]] = [
    {"show": {"handout": "icon_array", "deck": "rates"}, "study": "one"},
    {"show": "part_bar", "study": "one"},
    {"show": "icon_array", "study": "two"},
    {"show": {"deck": "outcomes_table"}, "studies": ["one", "two"]},
    {"show": {"handout": "icon_array"}, "study": "one"},
    {"show": "by_study"},
    {"show": "trial_map"},
    {"show": "facts_box", "studies": ["one", "two"], "outcomes": "all", "per": 100},
]


@st.composite
def any_section(draw: st.DrawFn, under: list[str]) -> dict[str, Any]:
    kind: SectionKind = draw(st.sampled_from(KINDS))
    one: dict[str, Any] = {"kind": kind, "width": draw(st.sampled_from(["full", "half"]))}
    one["new_page"] = draw(st.booleans())
    if kind == "evidence":
        one |= draw(st.sampled_from(SHOWN))
    if kind == "care_card":
        one["urgency"] = draw(st.sampled_from(["non_urgent", "urgent", "emergency"]))
    if kind in ("care_card", "contacts"):
        one["contacts"] = draw(
            st.lists(st.sampled_from(["line", "help", "clinic"]), min_size=1, max_size=3, unique=True)
        )
    if kind == "contacts" and draw(st.booleans()):
        one["qr"] = draw(st.sampled_from(one["contacts"]))
    if kind in ("text", "points", "steps", "callout") and draw(st.booleans()):
        one["picture"] = "cell"
    if kind in ("text", "points", "callout") and draw(st.booleans()):
        one["tone"] = draw(st.sampled_from(["changed", "important"]))
    if kind in ("steps", "schedule") and draw(st.booleans()):
        one["anchor"] = "visit"
    never = {"fill_in": {"deck"}, "evidence": {"card"}, "questions": {"deck", "card"}, "terms": {"deck", "card"}}
    fitting = sorted(set(DOCUMENTS) - never.get(kind, set()))
    shown = one.get("show")
    if not isinstance(shown, dict) and draw(st.booleans()):
        one["in"] = draw(st.lists(st.sampled_from(fitting), min_size=1, unique=True))
    if under and draw(st.integers(0, 3)) == 0:
        one["under"] = draw(st.sampled_from(under))
    return one


@st.composite
def topics(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Sections, their statements and their words."""
    sections: dict[str, Any] = {}
    statements: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for key in "abcdefghijk"[: draw(st.integers(0, 11))]:
        tops = [one for one, section in sections.items() if "under" not in section]
        sections[key] = draw(any_section(tops))
        # Questions and terms are lists of their own.
        for number in range(0 if sections[key]["kind"] in ("questions", "terms") else draw(st.integers(0, 3))):
            one: dict[str, Any] = {"section": key, "sources": [draw(st.sampled_from(["page", "paper"]))]}
            if sections[key]["kind"] in ("steps", "schedule") and draw(st.booleans()):
                one["at"] = draw(st.sampled_from([{"day": -1, "time": "18:00"}, {"day": 0}, {"hours": -5}]))
            if sections[key].get("show") == "by_study":
                one["study"] = "one"
            statements[f"{key}{number}"] = one
        more = {"intro": "Before all that.", "fields": ["Name", "Doctor"]} if draw(st.booleans()) else {}
        words[key] = {"heading": f"Heading {key}", **more, "deck": {"note": "Mind."} if draw(st.booleans()) else {}}
    return sections, statements, words


@settings(max_examples=examples(60))
@given(topics())
def test_any_sections_in_any_order_compose_in_all_three_documents(
    topic: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    sections, statements, words = topic
    of = edition(sections, statements, {"sections": words})
    plans = composed(of)
    told = plans.handout.statements(), plans.deck.statements()
    for document, found in zip(("handout", "deck"), told, strict=True):
        wanted = {key for key, one in of.topic.statements.items() if document in of.topic.tells_in(one)}
        assert found == wanted
    faces = origins_of((*plans.card.front, *plans.card.back))
    for key, one in of.topic.statements.items():
        if "card" in of.topic.tells_in(one) and of.topic.sections[one.section_in("card") or ""].kind in (
            "text",
            "points",
            "callout",
        ):
            assert of.words_document.origin(("statements", key, "patient")) in faces
    headings = [plain(b.runs) for b in walk(plans.handout.blocks) if isinstance(b, Heading)]
    assert len(headings) == len(set(headings))
    assert all(plain(b.runs).strip() for b in walk(plans.handout.blocks) if isinstance(b, Heading | Paragraph))
