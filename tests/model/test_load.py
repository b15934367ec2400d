"""Loading: every misfit of a file at once, at the line to change, in words for people who know no Python."""

from __future__ import annotations

import re
import string
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json as msgspec_json

from handouts.model.base import AsOf, AsOfField, Line, Model, Number, Slug, TallyField
from handouts.model.clinic import Clinic
from handouts.model.contact import Contact
from handouts.model.load import MAX_PROBLEMS, Loaded, SchemaCode, load
from handouts.model.locale import Locale
from handouts.model.schema_words import PATTERNS
from handouts.model.topic import Source, Study, Topic
from handouts.model.words import Words
from handouts.problems import Problem, ProblemsError
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet


class Part(Model, frozen=True, kw_only=True):
    name: Line
    size: Number | AsOfField = AsOf(2013)
    kind: Literal["small", "LARGE"] = "small"
    ready: bool = False
    people: TallyField | None = None
    tags: tuple[Line, ...] = ()


class Whole(Model, frozen=True, kw_only=True):
    schema_version: Literal[1]
    part: Part | None = None
    parts: dict[Slug, Part] = {}
    rows: tuple[Part, ...] = ()


def refused(text: str | bytes, schema: type[Model] = Whole) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        load("f.yaml", text, schema)
    return caught.value.problems


def only(text: str, schema: type[Model] = Whole) -> str:
    (problem,) = refused(text, schema)
    return str(problem)


def test_a_file_that_fits_gives_its_value_and_its_document() -> None:
    loaded = load("f.yaml", "schema_version: 1\npart: {name: x, size: 0.830}\n", Whole)
    assert isinstance(loaded, Loaded)
    assert loaded.value.part is not None
    assert str(loaded.value.part.size) == "0.830"
    assert loaded.document.origin(("part", "name")).column == 14


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "schema_version: 1\npart:\n  name: x\n  sise: 3\n",
            "f.yaml:4:3: SCHEMA01 error: part has the unknown key 'sise'; "
            "did you mean 'size'? Known: kind, name, people, ready, size, tags",
        ),
        (
            "schema_version: 1\nsections: []\n",
            "f.yaml:2:1: SCHEMA01 error: the file has the unknown key 'sections'; "
            "known: part, parts, rows, schema_version",
        ),
        (
            "schema_version: 1\npart:\n  size: 3\n",
            "f.yaml:2:1: SCHEMA02 error: part lacks the key 'name'; write 'name:' with text",
        ),
        (
            "# a comment\npart: {name: x}\n",
            "f.yaml:2:1: SCHEMA02 error: the file lacks the key 'schema_version'; write 'schema_version:' with 1",
        ),
        (
            "schema_version: 1\nrows:\n  - name: x\n  - size: 1\n",
            "f.yaml:4:5: SCHEMA02 error: rows, item 2 lacks the key 'name'; write 'name:' with text",
        ),
        (
            "schema_version: 1\nparts:\n  one: {name: 8664}\n",
            "f.yaml:3:15: SCHEMA03 error: parts.one.name is the number 8664 where text is wanted; "
            "put it in quotes: '8664'",
        ),
        (
            "schema_version: 1\npart: {name: true}\n",
            "f.yaml:2:14: SCHEMA03 error: part.name is the value true where text is wanted; put it in quotes: 'true'",
        ),
        (
            "schema_version: 1\npart: {name: }\n",
            "f.yaml:2:8: SCHEMA03 error: part.name is empty where text is wanted; "
            "write it, or remove the key if it is not needed",
        ),
        (
            "schema_version: 1\npart: {name: [x]}\n",
            "f.yaml:2:8: SCHEMA03 error: part.name is a list where text is wanted; write text",
        ),
        (
            "schema_version: 1\npart: {name: {x: 1}}\n",
            "f.yaml:2:8: SCHEMA03 error: part.name is a block of keys where text is wanted; write text",
        ),
        (
            "schema_version: 1\npart: {name: x, ready: yes}\n",
            "f.yaml:2:24: SCHEMA03 error: part.ready is the text 'yes' where true or false is wanted; "
            "write true or false without quotes",
        ),
        (
            "schema_version: 1\npart: {name: x, tags: y}\n",
            "f.yaml:2:23: SCHEMA03 error: part.tags is the text 'y' where a list is wanted; "
            "write each item on its own line after '- '",
        ),
        (
            "schema_version: 1\npart: {name: x, tags: [a, 5]}\n",
            "f.yaml:2:27: SCHEMA03 error: part.tags, item 2 is the number 5 where text is wanted; "
            "put it in quotes: '5'",
        ),
        (
            "schema_version: 1\nparts:\n- x\n",
            "f.yaml:2:1: SCHEMA03 error: parts is a list where a block of named entries is wanted; "
            "write its keys below it, indented, each with ':'",
        ),
        (
            "schema_version: 1\npart: x\n",
            "f.yaml:2:7: SCHEMA03 error: part is the text 'x' where a block of keys (name) is wanted; "
            "write its keys below it, indented, each with ':'",
        ),
        (
            "schema_version: 1\npart: {name: x, size: soon}\n",
            "f.yaml:2:23: SCHEMA03 error: part.size is the text 'soon' where a number or a date is wanted; "
            "write a number or a date such as 2013, 2015-11 or 2025-12-04",
        ),
        (
            "schema_version: 1\npart: {name: x, people: many}\n",
            "f.yaml:2:25: SCHEMA07 error: part.people is not a number of people; "
            "write a whole number such as 60, or 'about 57'",
        ),
        (
            "schema_version: 1\npart: {name: x, kind: smal}\n",
            "f.yaml:2:23: SCHEMA04 error: part.kind is the text 'smal', which is not allowed here; "
            "did you mean 'small'? Known: small, LARGE",
        ),
        (
            "schema_version: 1\npart: {name: x, kind: large}\n",
            "f.yaml:2:23: SCHEMA04 error: part.kind is the text 'large', which is not allowed here; "
            "did you mean 'LARGE'? Known: small, LARGE",
        ),
        (
            "schema_version: '1'\n",
            "f.yaml:1:17: SCHEMA04 error: schema_version is the text '1', which is not allowed here; "
            "write 1 without quotes",
        ),
        (
            "schema_version: 2\n",
            "f.yaml:1:17: SCHEMA10 error: the file is of edition 2 of its format, and this program reads edition 1; "
            "write it as docs/authoring.md says, or begin with a new topic: handouts new; "
            "then write 'schema_version: 1'",
        ),
        (
            "schema_version: soon\n",
            "f.yaml:1:17: SCHEMA04 error: schema_version is the text 'soon', which is not allowed here; known: 1",
        ),
        (
            "schema_version: 1\nparts:\n  Part One: {name: x}\n",
            "f.yaml:3:3: SCHEMA05 error: a key in parts is 'Part One', which is not a name of lower-case letters, "
            "digits and underscores that begins with a letter; write it like 'once_a_week'",
        ),
        (
            "schema_version: 1\npart: {name: ''}\n",
            "f.yaml:2:14: SCHEMA06 error: part.name is empty; write the text",
        ),
        (
            f"schema_version: 1\npart: {{name: {'x' * 301}}}\n",
            "f.yaml:2:14: SCHEMA06 error: part.name has 301 characters, which is too many; write 300 or fewer",
        ),
        (
            "schema_version: 1\npart:\n  name: |\n    x\n    y\n",
            "f.yaml:3:9: SCHEMA07 error: part.name has a line break or control character; write it on one line",
        ),
    ],
)
def test_a_misfit_says_where_what_and_what_to_write_instead(text: str, expected: str) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        (
            "shown: 555-0100\ndial: 5550100\nsource: x\n",
            Contact,
            "f.yaml:2:7: SCHEMA07 error: dial is the number 5550100, but a telephone number is text; "
            "write it in quotes, with + and the country code first, like '+12025550143'",
        ),
        (
            "shown: 555-0100\ndial: '5550100'\nsource: x\n",
            Contact,
            "f.yaml:2:7: SCHEMA05 error: dial is '5550100', which is not a telephone number as a telephone dials it "
            "(E.164); write + and the country code in quotes, digits alone, like '+18005550100'",
        ),
        (
            "shown: 8005550100\ndial: '+18005550100'\nsource: x\n",
            Contact,
            "f.yaml:1:8: SCHEMA07 error: shown is the number 8005550100, but a telephone number is text; "
            "write it in quotes as people read it, like '1-202-555-0143'",
        ),
        (
            "schema_version: 1\nname: x\nphone: 202.5550143\n",
            Clinic,
            "f.yaml:3:8: SCHEMA07 error: phone is the number 202.5550143, but a telephone number is text; "
            "write it in quotes as people read it, like '1-202-555-0143'",
        ),
        (
            "shown: x\ndial: '+18005550100'\nsource: x\nverified_on: 2026-01\n",
            Contact,
            "f.yaml:4:14: SCHEMA07 error: verified_on says when, but not who; add verified_by: with a name and role",
        ),
        (
            "title: x\npublisher: y\nas_of: 2013-02-30\ncitation: z\n",
            Source,
            "f.yaml:3:8: SCHEMA07 error: as_of is not a date: month 2 of 2013 has 28 days",
        ),
        (
            "title: x\npublisher: y\nas_of: 2013\n",
            Source,
            "f.yaml:1:1: SCHEMA07 error: the file says nowhere to look it up; add address, doi, registry or citation",
        ),
        (
            "schema_version: 1\nname: x\naddress: [a, b, c, d, e, f]\n",
            Clinic,
            "f.yaml:3:1: SCHEMA06 error: address has 6 items, which is too many; write 5 or fewer",
        ),
        (
            "colours: {ink: red}\n",
            Theme,
            "f.yaml:1:16: SCHEMA05 error: colours.ink is 'red', which is not a hex colour; "
            "write # and six hex digits in quotes, like '#0B5C8A'",
        ),
        (
            "handout: {margin: '54'}\n",
            Theme,
            "f.yaml:1:19: SCHEMA03 error: handout.margin is the text '54' where a number is wanted; "
            "write digits alone, without quotes, with a point before decimals",
        ),
        (
            "name: x\nhandout:\n  gutter: 9999\n",
            Theme,
            "f.yaml:3:11: SCHEMA06 error: handout.gutter is 9999, which is too large; write 2,000 or less",
        ),
        (
            "name: x\nhandout:\n  gutter: -1\n",
            Theme,
            "f.yaml:3:11: SCHEMA06 error: handout.gutter is -1, which is too small; write 0 or more",
        ),
        (
            "name: x\nhandout:\n  scale:\n    body: {size: 5, leading: 6}\n",
            Theme,
            "f.yaml:2:1: SCHEMA07 error: handout sets body text at 5 pt; the least is 12 pt",
        ),
    ],
)
def test_the_shipped_schemas_speak_in_words_too(text: str, schema: type[Model], expected: str) -> None:
    assert only(text, schema) == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [("setting", "A b"), ("registry", "NCT123"), ("phase", "2"), ("evaluable", "2.5"), ("design", "x")],
)
def test_a_study_names_the_field_that_does_not_fit(key: str, value: str) -> None:
    given = {"phase": "I", "setting": "newly", "source": "x", "status": "final", "design": "single_arm"}
    fields = given | {key: value}
    text = "".join(f"{name}: {written}\n" for name, written in fields.items())
    (problem,) = refused(text, Study)
    assert problem.message.startswith(f"{key} is ")
    assert problem.origin.line == list(fields).index(key) + 1


def test_all_misfits_are_told_at_once_in_the_order_of_the_file() -> None:
    problems = refused("schema_version: '1'\nparts:\n  A: {name: 1}\n  b: {}\nrows: 1\nother: 2\n")
    assert [(p.origin.line, p.code) for p in problems] == [
        (1, SchemaCode.CHOICE),
        (3, SchemaCode.PATTERN),
        (3, SchemaCode.TYPE),
        (4, SchemaCode.MISSING_KEY),
        (5, SchemaCode.TYPE),
        (6, SchemaCode.UNKNOWN_KEY),
    ]


def test_a_misspelt_word_is_told_with_the_one_that_was_meant_where_a_block_may_stand_too() -> None:
    class Shown(Model, frozen=True, kw_only=True):
        show: Literal["mean_change", "forest"] | dict[Slug, Line]
        per: Literal[100, 1000] = 100

    (show,) = refused("show: mean_chang\n", Shown)
    assert str(show) == (
        "f.yaml:1:7: SCHEMA03 error: show is the text 'mean_chang', which is not allowed here; "
        "did you mean 'mean_change'? Known: mean_change, forest or a block of named entries"
    )
    (per,) = refused("show: forest\nper: 18198\n", Shown)
    assert str(per).endswith("per is the number 18198, which is not allowed here; write one of 100, 1000")


def test_a_misspelt_key_is_told_once_and_not_as_missing_too() -> None:
    assert only("schema_version: 1\npart:\n  nmae: x\n").startswith(
        "f.yaml:3:3: SCHEMA01 error: part has the unknown key 'nmae'; did you mean 'name'?"
    )
    assert [p.code for p in refused("schema_version: 1\npart:\n  label: x\n")] == [
        SchemaCode.MISSING_KEY,
        SchemaCode.UNKNOWN_KEY,
    ]


def test_both_branches_of_a_union_give_one_problem_for_each_place() -> None:
    problems = refused(
        "schema_version: 1\nrows: [{name: a, size: x}, {name: b, size: [1]}, {name: c, size: 2013-13}]\n"
    )
    assert [p.message.partition(" is ")[0] for p in problems] == [f"rows, item {n}, size" for n in (1, 2, 3)]


def test_a_key_in_brackets_is_only_a_key() -> None:
    (problem,) = refused("schema_version: 1\npart: {name: x, '[key]': 1}\n")
    assert (problem.code, problem.origin.column) == (SchemaCode.UNKNOWN_KEY, 17)


def test_a_missing_key_is_not_taken_for_one_of_the_same_name_outside() -> None:
    assert only("schema_version: 1\nparts:\n  name: {size: 1}\n") == (
        "f.yaml:3:3: SCHEMA02 error: parts.name lacks the key 'name'; write 'name:' with text"
    )


def test_long_values_are_cut_in_messages() -> None:
    (problem,) = refused(f"schema_version: 1\npart: {{name: x, kind: {'y' * 5000}}}\n")
    assert len(problem.message) < 200


def test_a_file_of_the_wrong_kind_lists_so_many_problems_and_says_how_many_there_are() -> None:
    problems = refused("schema_version: 1\n" + "".join(f"k{i}: {i}\n" for i in range(5000)))
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[0].code == SchemaCode.TOO_MANY
    assert "5,000 problems" in problems[0].message


def test_what_reading_finds_is_told_before_the_schema_is_asked() -> None:
    (problem,) = refused("schema_version: 1\nschema_version: 1\nnonsense: 2\n")
    assert problem.code == "YAML04"


def patterns_in(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set[str]()
        return own.union(*map(patterns_in, schema.values()))
    return set[str]().union(*map(patterns_in, schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize("schema", [Topic, Words, Clinic, Locale, Theme, Sheet])
def test_every_pattern_that_a_schema_checks_has_words(schema: type[Model]) -> None:
    # Dates and numbers of people are parsed by functions, which speak for themselves.
    parsed = {p for p in patterns_in(msgspec_json.schema(schema)) if "about " in p}
    assert patterns_in(msgspec_json.schema(schema)) - parsed <= PATTERNS.keys()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_example_of_a_pattern_fits_it(pattern: str) -> None:
    _, advice = PATTERNS[pattern]
    example = re.search(r"like '([^']+)'", advice)
    assert example
    assert re.search(pattern, example[1])


keys = st.sampled_from(["schema_version", "part", "parts", "rows", "name", "size", "kind", "tags", "[key]", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**14) | st.text(string.printable, max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def emitted(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{emitted(k)}: {emitted(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(emitted, value)) + "]"
        case str():
            return '"' + "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in value) + '"'
        case bool():
            return str(value).lower()
        case _:
            return "null" if value is None else str(value)


@given(st.dictionaries(keys, values))
def test_nothing_but_problems_comes_of_any_value_and_each_is_located(value: dict[str, Any]) -> None:
    try:
        load("f.yaml", emitted(value), Whole)
    except ProblemsError as e:
        for problem in e.problems:
            assert problem.message
            assert problem.instead or problem.code == "SCHEMA07"
            assert problem.origin.line == 1
            assert "msgspec" not in str(problem).lower()
            assert "function-" not in str(problem)


@given(st.text() | st.binary())
def test_nothing_but_problems_comes_of_any_text(text: str | bytes) -> None:
    with pytest.raises(ProblemsError):
        load("f.yaml", text, Whole)


def test_loaded_values_cannot_change() -> None:
    loaded = load("f.yaml", "schema_version: 1\n", Whole)
    with pytest.raises(AttributeError):
        loaded.value.part = None  # type: ignore[misc]
    with pytest.raises(AttributeError):
        loaded.value = loaded.value  # type: ignore[misc]


def test_a_letter_and_its_accent_are_one_character_however_they_were_typed() -> None:
    text = "schema_version: 1\nname: Cafe\u0301 A\u030angstro\u0308m\naddress: [Zo\u0308e's Street]\n"
    clinic = load("clinic.yaml", text, Clinic).value
    assert (clinic.name, clinic.address) == ("Café Ångström", ("Zöe's Street",))
