"""Sections, statements and their times: what each may hold, where it stands, and what contradicts itself, located."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handouts.model.base import Model
from handouts.model.fit import MisfitsError, fit
from handouts.model.json_schema import schemas
from handouts.model.leaves import leaves
from handouts.model.load import load
from handouts.model.section import DOCUMENTS, DocumentName, Section, SectionKind, Show, Statement, When
from handouts.problems import Problem, ProblemsError

KINDS: tuple[SectionKind, ...] = get_args(SectionKind)
SHOWS: tuple[Show, ...] = get_args(Show)
NEEDED: dict[str, dict[str, Any]] = {
    "care_card": {"urgency": "urgent", "contacts": ["line"]},
    "contacts": {"contacts": ["line"]},
    "evidence": {"show": "rates", "study": "one"},
}
"""What a section of a kind cannot be without."""
OWN_KEYS: dict[str, tuple[Any, set[str]]] = {
    "study": ("one", {"evidence"}),
    "studies": (["one"], {"evidence"}),
    "outcomes": ("all", {"evidence"}),
    "harms": (["rash"], {"evidence"}),
    "show": ("rates", {"evidence"}),
    "per": (1000, {"evidence"}),
    "urgency": ("emergency", {"care_card"}),
    "contacts": (["line"], {"care_card", "contacts", "fill_in"}),
    "qr": ("line", {"contacts"}),
    "picture": ("cell", {"text", "points", "steps", "callout"}),
    "tone": ("changed", {"text", "points", "callout"}),
    "form": ("tiles", {"points"}),
    "cautions": (["costs"], {"points"}),
    "anchor": ("visit", {"steps", "schedule"}),
}
"""Keys that not every section has: a value, and the kinds that have it."""
FORMLESS = {
    ("fill_in", "deck"),
    ("evidence", "card"),
    *((one, d) for one in ("questions", "terms") for d in ("deck", "card")),
}


def refused(text: str, model: type[Model] = Section) -> list[str]:
    """What is wrong with a file, each with line and column."""
    with pytest.raises(ProblemsError) as caught:
        load("f.yaml", text, model)
    return [_said(one) for one in caught.value.problems]


def _said(problem: Problem) -> str:
    return f"{problem.origin.line}:{problem.origin.column} {problem.code} {problem.message}; {problem.instead}"


def section(kind: str, **given: Any) -> Section:
    return fit({"kind": kind, **NEEDED.get(kind, {}), **given}, Section)


def complaints(kind: str, **given: Any) -> list[tuple[Any, ...]]:
    """The keys of a section that something is wrong with."""
    try:
        section(kind, **given)
    except MisfitsError as bad:
        return [misfit.path for misfit in bad.misfits]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_a_section_needs_little_more_than_its_kind(kind: SectionKind) -> None:
    assert section(kind).kind == kind


@pytest.mark.parametrize(
    ("kind", "documents"),
    [
        ("text", ("handout", "deck")),
        ("points", ("handout", "deck")),
        ("steps", ("handout", "deck")),
        ("schedule", ("handout", "deck")),
        ("callout", ("handout", "deck")),
        ("evidence", ("handout", "deck")),
        ("care_card", ("handout",)),
        ("contacts", ("handout", "card")),
        ("fill_in", ("card",)),
        ("questions", ("handout",)),
        ("terms", ("handout",)),
    ],
)
def test_a_section_that_does_not_say_where_stands_where_its_kind_does(
    kind: SectionKind, documents: tuple[DocumentName, ...]
) -> None:
    assert section(kind).stands_in() == documents
    assert section(kind, **{"in": ["handout"]}).stands_in() == ("handout",)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_without_a_form_for_a_kind_is_refused(kind: SectionKind, document: DocumentName) -> None:
    assert complaints(kind, **{"in": [document]}) == ([("in",)] if (kind, document) in FORMLESS else [])


@pytest.mark.parametrize("key", OWN_KEYS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_other_kinds_is_refused(kind: SectionKind, key: str) -> None:
    value, kinds = OWN_KEYS[key]
    given = {key: value, **({"study": None} if key == "studies" else {})}
    if kind in kinds:
        assert complaints(kind, **given) == []
    else:
        assert (key,) in complaints(kind, **given)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "kind: text\nin: [handout]\nslide: backup\n",
            "3:8 SCHEMA07 slide is a form of slide, but the section is not in the deck; delete it, or add deck to in",
        ),
        (
            "kind: steps\nslide: section\n",
            "2:8 SCHEMA07 slide is 'section', which is for a section of kind text or points or callout, not steps; "
            "delete it",
        ),
        (
            "kind: points\nslide: take_home\npicture: cell\n",
            "2:8 SCHEMA07 slide is 'take_home', which has no place for a picture; delete one of them",
        ),
        (
            "kind: text\nurgency: urgent\n",
            "2:10 SCHEMA07 urgency is for a section of kind care_card, not text; delete the key",
        ),
        (
            "kind: text\npicture: a\nqr: b\ncontacts: [b]\n",
            "3:5 SCHEMA07 qr is for a section of kind contacts, not text; delete the key",
        ),
        (
            "kind: terms\nin: [handout, deck]\n",
            "2:1 SCHEMA07 in puts a section of kind terms in the deck, which has no form for it; leave deck out",
        ),
        ("kind: text\nin: [deck, deck]\n", "2:1 SCHEMA07 in names the deck twice; write it once"),
        (
            "kind: evidence\nshow: forest\nstudy: a\nstudies: [b]\n",
            "4:1 SCHEMA07 studies stands beside study; give one of them",
        ),
        (
            "kind: care_card\ncontacts: [line]\n",
            "1:1 SCHEMA07 the file does not say how urgent it is; add urgency: non_urgent, urgent or emergency",
        ),
        (
            "kind: care_card\nurgency: urgent\n",
            "1:1 SCHEMA07 the file is of kind care_card and names nobody to call; add contacts: with ids of 'contacts'",
        ),
        (
            "kind: contacts\n",
            "1:1 SCHEMA07 the file is of kind contacts and names nobody to call; add contacts: with ids of 'contacts'",
        ),
        (
            "kind: contacts\ncontacts: [line]\nqr: lien\n",
            "3:5 SCHEMA07 qr is 'lien', which the section's contacts do not have; write one of them",
        ),
        (
            "kind: evidence\nstudy: a\n",
            "1:1 SCHEMA07 the file does not say how it shows its evidence; "
            "add show: with the name of a figure or table",
        ),
        (
            "kind: evidence\nshow: forest\n",
            "1:1 SCHEMA07 the file names no study; add study: with an id of 'studies'",
        ),
        (
            "kind: evidence\nstudy: a\nin: [deck]\nshow: {handout: facts_box, deck: forest}\n",
            "4:1 SCHEMA07 show says how to show it in the handout, where it does not stand; delete it",
        ),
        (
            "kind: text\nside: back\n",
            "2:7 SCHEMA07 side is a side of the card, in which the section does not stand; delete it, "
            "or add card to in",
        ),
    ],
)
def test_a_contradiction_is_told_at_its_key_with_what_to_write(text: str, expected: str) -> None:
    assert expected in refused(text)


@pytest.mark.parametrize("show", SHOWS)
def test_what_is_shown_of_no_study_in_particular_needs_none(show: Show) -> None:
    free = {"timeline", "by_study", "trial_map"}
    assert complaints("evidence", show=show, study=None) == ([] if show in free else [()])
    assert complaints("evidence", show={"handout": show, "deck": "timeline"}, study=None) == (
        [] if show in free else [()]
    )


def test_all_contradictions_of_a_section_are_told_at_once() -> None:
    assert len(refused("kind: fill_in\nin: [deck]\nurgency: urgent\nside: front\npicture: a\n")) == 4


def test_what_is_shown_may_differ_by_document() -> None:
    one = section("evidence", show={"handout": "facts_box", "deck": "forest"}, study=None, studies=["a", "b"])
    assert [one.shown_in(document) for document in DOCUMENTS] == ["facts_box", "forest", None]
    assert (one.shows(), one.named_studies()) == (("facts_box", "forest"), ("a", "b"))
    alike = section("evidence", show="rates")
    assert [alike.shown_in(document) for document in DOCUMENTS] == ["rates"] * 3
    assert (alike.shows(), alike.named_studies()) == (("rates",), ("one",))
    assert section("text").shows() == section("text").named_studies() == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "1:1 SCHEMA07 the file needs either day or hours, counted from the section's anchor; "),
        ("day: 1\nhours: 2\n", "1:1 SCHEMA07 the file needs either day or hours, counted from the section's anchor; "),
        ("hours: -5\ntime: '18:00'\n", "2:7 SCHEMA07 time stands without a day; add day:, like 0 for the day itself"),
        ("day: 3651\n", "1:6 SCHEMA06 day is 3651, which is too large; write 3,650 or less"),
        ("hours: -10001\n", "1:8 SCHEMA06 hours is -10001, which is too small; write -10000 or more"),
    ],
)
def test_a_time_is_a_day_with_or_without_a_time_of_day_or_hours(text: str, expected: str) -> None:
    (line,) = refused(text, When)
    assert line.startswith(expected)


@given(st.none() | st.integers(-3650, 3650), st.none() | st.sampled_from(["06:00", "18:00"]), st.none() | st.integers())
def test_every_time_has_one_count_and_a_time_of_day_only_beside_a_day(
    day: int | None, time: str | None, hours: int | None
) -> None:
    given_keys = {"day": day, "time": time, "hours": hours}
    sound = (day is None) != (hours is None) and (time is None or day is not None)
    sound = sound and (hours is None or -10_000 <= hours <= 10_000)
    try:
        fit({key: value for key, value in given_keys.items() if value is not None}, When)
    except MisfitsError:
        assert not sound
    else:
        assert sound


def test_a_statement_rests_on_sources_or_is_the_authors_own() -> None:
    assert load("f.yaml", "section: a\nown: true\n", Statement).value.own
    (line,) = refused("section: a\n", Statement)
    assert line.startswith("1:1 SCHEMA07 the file rests on nothing; add sources: with ids of 'sources', or own: true")
    (line,) = refused("section: a\nsources: [b]\nown: true\n", Statement)
    assert line == "3:6 SCHEMA07 own stands beside sources; keep what is true of it"
    assert refused("section: a\nown: true\nvalues: []\n", Statement)[0].startswith("3:1 SCHEMA06 values is empty")


def test_the_section_of_each_document_says_in_which_a_statement_stands() -> None:
    (line,) = refused("section: {handout: a}\nin: [handout]\nown: true\n", Statement)
    assert line == "2:1 SCHEMA07 in stands beside a section for each document; delete it"
    assert refused("section: {}\nown: true\n", Statement)[0].startswith("1:1 SCHEMA06 section is empty")
    assert "the text 'slides', which is not allowed here" in refused("section: {slides: a}\nown: true\n", Statement)[0]


def test_a_row_of_a_table_needs_a_column() -> None:
    (line,) = refused("section: a\nown: true\nrow: b\n", Statement)
    assert line == "3:6 SCHEMA07 row stands without a column; add aspect: with an id of 'names'"


DOCUMENT_LISTS = st.lists(st.sampled_from([*DOCUMENTS, "slides"]), max_size=4)


@pytest.mark.parametrize(("model", "rest"), [(Section, {"kind": "text"}), (Statement, {"section": "a", "own": True})])
@given(named=DOCUMENT_LISTS)
def test_the_documents_are_named_in_the_key_in_and_each_once(
    model: type[Section] | type[Statement], rest: dict[str, Any], named: list[str]
) -> None:
    written = {**rest, "in": named}
    (schema,) = schemas({"x": model}).values()
    of_editors = Draft202012Validator(json.loads(schema)).is_valid(written)
    sound = named and "slides" not in named and len(set(named)) == len(named)
    try:
        value = fit(written, model)
    except MisfitsError as bad:
        assert not sound
        assert {misfit.path[0] for misfit in bad.misfits} == {"in"}
        # That each is named once is the loader's to say.
        assert of_editors == (bool(named) and "slides" not in named)
        return
    assert sound and of_editors
    assert value.documents == tuple(named)
    found = [(path, leaf) for path, leaf in leaves(value) if "in" in path]
    assert found == [(("in", index), name) for index, name in enumerate(named)]
    assert not any("documents" in path for path, _ in leaves(value))


@given(
    st.sampled_from(KINDS),
    st.fixed_dictionaries(
        {},
        optional={
            **{key: st.just(value) for key, (value, _) in OWN_KEYS.items()},
            "in": st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=3, unique=True),
            "width": st.sampled_from(["full", "half", 3, 9]),
            "new_page": st.booleans(),
            "side": st.sampled_from(["front", "back"]),
        },
    ),
)
def test_any_section_is_refused_with_a_place_or_stands_only_where_it_has_a_form(
    kind: SectionKind, given_keys: dict[str, Any]
) -> None:
    try:
        one = section(kind, **given_keys)
    except MisfitsError as bad:
        assert all(misfit.path == () or str(misfit.path[0]) in {*given_keys, "studies"} for misfit in bad.misfits)
        return
    assert one.stands_in()
    assert all((kind, document) not in FORMLESS for document in one.stands_in())
    assert one.side is None or "card" in one.stands_in()
    assert one.qr is None or one.qr in one.contacts
